"""Regular expressions for AS paths, of the few signs that all routers read: [a-b], (a|b), _, ^ and $, no {n}."""

from collections.abc import Iterable, Iterator


def range_patterns(first: int, last: int) -> tuple[str, ...]:
    """Return patterns that together stand for the decimal numbers from `first` to `last`, both included.

    >>> range_patterns(64496, 64511)
    ('6449[6-9]', '6450[0-9]', '6451[0-1]')
    """
    return tuple(_with_length(first, last))


def _with_length(first: int, last: int) -> Iterator[str]:
    """Yield the patterns of each number of digits apart."""
    while first <= last:
        end = min(last, 10 ** len(str(first)) - 1)
        yield from _same_length(str(first), str(end))
        first = end + 1


def _same_length(first: str, last: str) -> Iterator[str]:
    """Yield the patterns between two numbers of equally many digits."""
    if first == last:
        yield first
        return
    if set(first[1:]) <= {"0"} and set(last[1:]) <= {"9"}:
        yield _digits(first[0], last[0]) + "[0-9]" * (len(first) - 1)
        return
    if first[0] == last[0]:
        yield from (first[0] + rest for rest in _same_length(first[1:], last[1:]))
        return
    low, high = int(first[0]), int(last[0])
    if first[1:].strip("0"):
        yield from (first[0] + rest for rest in _same_length(first[1:], "9" * (len(first) - 1)))
        low += 1
    top = high - 1 if last[1:].strip("9") else high
    if low <= top:
        yield _digits(str(low), str(top)) + "[0-9]" * (len(first) - 1)
    if top < high:
        yield from (last[0] + rest for rest in _same_length("0" * (len(last) - 1), last[1:]))


def _digits(low: str, high: str) -> str:
    return low if low == high else f"[{low}-{high}]"


def packed(patterns: Iterable[str], before: str, after: str, longest: int) -> tuple[str, ...]:
    """Return as few expressions as hold all `patterns` as alternatives, none with more than `longest` signs.

    >>> packed(["64501", "64502", "64503"], "_", "$", 15)
    ('_(64501|64502)$', '_64503$')
    """
    found: list[list[str]] = []
    room = longest - len(before) - len(after) - len("()")
    left = -1
    for pattern in patterns:
        left -= len(pattern) + len("|")
        if left < 0:
            found.append([])
            left = room - len(pattern)
        found[-1].append(pattern)
    return tuple(f"{before}{_either(those)}{after}" for those in found)


def _either(patterns: list[str]) -> str:
    return patterns[0] if len(patterns) == 1 else f"({'|'.join(patterns)})"
