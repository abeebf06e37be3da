"""How faults ended, one by one and all together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from hanse_lab.faults.catalogue import Fault, Kind
from hanse_lab.faults.look import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one fault ended."""

    fault: Fault
    shown: Shown
    recorded: str  # the stage of the deployment's record
    took: timedelta  # from the strike until the router had settled
    wrong: tuple[str, ...]  # sentences; empty: all is as promised

    @property
    def end(self) -> str:
        """Say how the router and the record ended."""
        return f"{self.shown}, recorded {self.recorded}"

    def __str__(self) -> str:
        end = f"{self.end}, after {self.took.total_seconds():.1f} s"
        return f"{'ok  ' if not self.wrong else 'BAD '} {self.fault}: {end}{''.join(f'; {one}' for one in self.wrong)}"


def by_kind(results: Sequence[Result]) -> Iterator[str]:
    """Yield a line for each kind of fault that was tried: how often, how they ended, how long it took at most."""
    for kind in Kind:
        theirs = [result for result in results if result.fault.kind is kind]
        if not theirs:
            continue
        ends = Counter(result.end for result in theirs)
        ended = "; ".join(f"{count} {end}" for end, count in ends.most_common())
        longest = max(result.took for result in theirs).total_seconds()
        bad = sum(bool(result.wrong) for result in theirs)
        yield f"{len(theirs):4} {kind}: {ended}; settled within {longest:.1f} s; {bad} not as promised"
