"""The owned section of a router with a command line, as texts: read, compared, and changed by more lines."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from hanse.devices.napalm.owned.changes import Lines, changes
from hanse.devices.napalm.owned.claims import asked, claims, in_bgp, is_shared, number_of
from hanse.devices.napalm.owned.likeness import written_like
from hanse.devices.napalm.owned.naming import Naming
from hanse.devices.napalm.owned.refusals import AnotherAs, NotOurs
from hanse.devices.napalm.owned.tree import Line, Path, closed, meaning, parse, written
from hanse.devices.napalm.owned.words import Words
from hanse.network.values.secrets import reveal

NO_SECRETS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class CliSection:
    """What is ours on one platform. Wanted texts name secrets; running ones hold what the router stores."""

    words: Words

    def owned(
        self,
        running: str,
        wanted: str,
        secrets: Mapping[str, str] = NO_SECRETS,
        changed: Collection[str] = (),
    ) -> str:
        """Return the part of `running` that is ours, laid out as `wanted`; `wanted` itself if it says the same."""
        want = self._read(wanted)
        have = self._ours(running, want, Naming(words=self.words, secrets=secrets, changed=changed))
        if meaning(have) == meaning(want):
            return wanted
        if not self._says_something(have, ()):
            return ""
        return written_like(have, want, wanted, indent=self.words.indent)

    def merge_lines(
        self,
        running: str,
        wanted: str,
        secrets: Mapping[str, str] = NO_SECRETS,
        changed: Collection[str] = (),
    ) -> str:
        """Return what to load so that what is ours becomes `wanted`, secrets revealed; empty: nothing to do.

        :raises NotOurs:
        :raises AnotherAs:
        :raises UnknownSecret:
        """
        want = self._read(wanted)
        reveal(wanted, secrets)
        self._insist_on_ours(want)
        self._insist_on_as(self._read(running), want)
        self._insist_on_free_numbers(self._read(running), want)
        have = self._ours(running, want, Naming(words=self.words, secrets=secrets, changed=changed))
        lines = changes(have, want, self.words)
        text = written(closed(lines, self.words.opens, self.words.leave), indent=self.words.indent)
        return reveal(text + (f"{self.words.ending}\n" if text and self.words.ending else ""), secrets)

    def canonical(self, text: str) -> str:
        """Return what all texts that say the same have in common."""
        return meaning(self._read(text))

    def concealed(self, diff: str, secrets: Mapping[str, str] = NO_SECRETS) -> str:
        """Return the router's own diff without passwords in a form that the router stores."""
        return Naming(words=self.words, secrets=secrets).concealed(diff)

    def _read(self, text: str) -> Lines:
        return parse(text, self.words.pieces)

    def _ours(self, running: str, want: Lines, naming: Naming) -> Lines:
        have = self._read(running)
        return naming.named(claims(have, want, self.words).part(have), want)

    def _says_something(self, lines: Lines, path: Path) -> bool:
        """Say whether there is more than blocks of others with nothing of ours in them."""
        return any(
            not is_shared(self.words, (*path, line.text)) or self._says_something(line.below, (*path, line.text))
            for line in lines
        )

    def _insist_on_ours(self, want: Lines) -> None:
        ours = claims(want, want, self.words).part(want)
        foreign = next(_missing(want, ours, ()), None)
        if foreign:
            raise NotOurs(f"on {self.words.platform} Hanse does not own {' / '.join(foreign)!r}")

    def _insist_on_as(self, have: Lines, want: Lines) -> None:
        runs = {line.text for line in have if in_bgp((line.text,))}
        wanted = {line.text for line in want if in_bgp((line.text,))}
        if runs and wanted and runs.isdisjoint(wanted):
            raise AnotherAs(f"the router has {', '.join(sorted(runs))!r}, wanted is {', '.join(sorted(wanted))!r}")

    def _insist_on_free_numbers(self, have: Lines, want: Lines) -> None:
        """Stop where a list that has only a number is there already and no policy of ours asks it."""
        known = asked(have, self.words)
        wanted = {line.text for line in want}
        for line in have:
            number = number_of(self.words, line)
            taken = number and number not in known and any(number_of(self.words, one) == number for one in want)
            if taken and line.text not in wanted:
                raise NotOurs(f"the router has a list of that number that is not Hanse's: {line.text!r}")


def _missing(want: Lines, ours: Lines, path: Path) -> Iterator[Path]:
    """Yield where the lines stand that are in `want` and not in `ours`."""
    by_text: dict[str, Line] = {line.text: line for line in ours}
    for line in want:
        inner = (*path, line.text)
        if line.text not in by_text:
            yield inner
        else:
            yield from _missing(line.below, by_text[line.text].below, inner)
