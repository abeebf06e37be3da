"""What runs, laid out as a text that says the same, so that a comparison shows what differs and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hanse.devices.napalm.owned.changes import Lines
from hanse.devices.napalm.owned.tree import meaning, written


@dataclass(slots=True, kw_only=True)
class _Layout:
    """Which lines of the text stay away, and what comes after which."""

    indent: int
    away: set[int] = field(default_factory=set)
    after: dict[int, list[str]] = field(default_factory=dict)

    def put(self, have: Lines, like: Lines, head: int, depth: int) -> None:
        """Compare one level, whose block begins at line `head` of the text."""
        left = list(have)
        last = head
        for line in like:
            found = next((one for one in left if one.text == line.text), None)
            if found is None or (line.end and meaning([found]) != meaning([line])):
                self.away.update(range(line.first, line.last + 1))
                continue
            left.remove(found)
            last = max(last, line.last)
            if not line.end:
                self.put(found.below, line.below, line.first, depth + 1)
        if left:
            margin = " " * (self.indent * depth)
            self.after.setdefault(last, []).extend(
                f"{margin}{row}" for row in written(left, indent=self.indent).splitlines()
            )


def written_like(have: Lines, like: Lines, text: str, *, indent: int) -> str:
    """Return `have` as text, in the order and with the comments of `text`, which reads as `like`."""
    layout = _Layout(indent=indent)
    layout.put(have, like, -1, 0)
    return "".join(f"{row}\n" for row in _rows(text.splitlines(), layout))


def _rows(rows: list[str], layout: _Layout) -> Iterator[str]:
    yield from layout.after.get(-1, [])
    for number, row in enumerate(rows):
        if number not in layout.away:
            yield row
        yield from layout.after.get(number, [])
