"""The reference of templates: everything that they see and every word that they have, made from the code itself.

It reads the source of the classes, for what their comments say.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn
from hanse.network.values.communities import CommunityValue
from hanse.render.kinds import SORTS
from hanse.render.parts_told import comments_in, parts_of, without_verb
from hanse.render.vendor_words import VENDOR_FUNCTIONS
from hanse.render.words import FILTERS, TESTS

GENERAL: Final = ("words", "address_words", "list_words", "peering_words", "value_words")
OF_DIALECTS: Final = {
    name: word
    for name, word in FILTERS.items()
    if word.__module__.rpartition(".")[2] not in GENERAL or name.startswith("bird_")
}
OF_DIALECTS_MEANING: Final = "Our own templates of these platforms need them; they are there for yours too."
HEAD: Final = """# Templates: reference

What templates see, and the words that they have besides those of Jinja2 itself. `hanse template reference` prints this
page. [Templates](templates.md) says how to replace ours.

Templates run in a sandbox: they change nothing, reach nothing outside, and a word that does not exist is an error that
names template and line, never an empty text. Secrets stand as `@secret(NAME)@`.

This page is written by `script/write_docs.py` from the code.
"""
VALUES: Final = """## Values

| value | what it is |
|---|---|
| `Address` | an IPv4 or IPv6 address; `.version` is 4 or 6 |
| `Prefix` | a prefix; `.network_address`, `.prefixlen`, `.version` |
| `InterfaceAddress` | an address with its length; `.ip`, `.network` |
| `Asn` | an AS number; it is printed plain, `.number` is the number |
| `Family` | 4 or 6; it is printed as ipv4 or ipv6 |
| `CommunityValue` | a BGP community; it is printed as it is written; `.sort`, `.numbers`, `.type` |
"""
TOLD: Final = (Asn, Family, CommunityValue)  # in the table of values
STARS: Final[Mapping[Any, str]] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}


@cache
def reference() -> str:
    """Return the whole page, as Markdown. It is read out of the code, so it is the same until the next start."""
    lines = [HEAD]
    told: set[type] = set(TOLD)
    for sort in SORTS:
        lines += [f"## {sort.name.capitalize()}: `{sort.variable}`", "", sort.meaning, ""]
        for cls in _reached(sort.root, told):
            lines += [*_described(cls), ""]
    general = {name: word for name, word in FILTERS.items() if name not in OF_DIALECTS}
    lines += [VALUES, *_words("## Filters", "value | {}", general), *_words("## Tests", "value is {}", TESTS)]
    lines += ["## Words of the dialects", "", OF_DIALECTS_MEANING, ""]
    lines += _words("### Filters of dialects", "value | {}", OF_DIALECTS)
    lines += _words("### Functions of dialects", "{}", VENDOR_FUNCTIONS)
    return "\n".join(lines).rstrip("\n") + "\n"


def _reached(root: type, told: set[type]) -> Iterator[type]:
    """Yield the classes and enumerations that stand in `root`, it first, each once."""
    waiting = [root]
    while waiting:
        cls = waiting.pop(0)
        if cls in told:
            continue
        told.add(cls)
        yield cls
        if is_dataclass(cls):
            waiting += [found for hint in get_type_hints(cls).values() for found in _classes_in(hint)]


def _classes_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum)):
        yield hint
    for inner in get_args(hint):
        yield from _classes_in(inner)


def _described(cls: type) -> Iterator[str]:
    yield f"### {cls.__name__}"
    yield ""
    yield " ".join(inspect.cleandoc(cls.__doc__ or "").split("\n\n")[0].split())
    yield ""
    if issubclass(cls, Enum):
        meanings = comments_in(cls)
        yield from (f"- `{one.value}`{_dash(meanings.get(one.name, ''))}" for one in cls)
        return
    yield "| part | type | meaning |"
    yield "|---|---|---|"
    for part in parts_of(cls):
        yield f"| `{part.name}` | {part.type} | {_cell(part.meaning)} |".replace("|  |", "| |")


def _dash(meaning: str) -> str:
    return f": {meaning}" if meaning else ""


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _words(heading: str, use: str, words: Mapping[str, Callable[..., Any]]) -> list[str]:
    rows = [
        f"| `{_cell(use.format(_call(name, word, use)))}` | {_cell(_first(word))} |"
        for name, word in sorted(words.items())
    ]
    return [heading, "", "| word | what it gives |", "|---|---|", *rows, ""]


def _call(name: str, word: Callable[..., Any], use: str) -> str:
    """Return how a word is written, without the value before it."""
    is_function = use == "{}"
    taken = list(inspect.signature(word).parameters.values())[0 if is_function else 1 :]
    words = [
        f"{STARS.get(one.kind, '')}{one.name}"
        if one.default is inspect.Parameter.empty
        else f"{one.name}={one.default!r}"
        for one in taken
    ]
    return f"{name}({', '.join(words)})" if words or is_function else name


def _first(word: Callable[..., Any]) -> str:
    """Return the first paragraph of what a word says of itself."""
    return without_verb(" ".join(inspect.cleandoc(word.__doc__ or "").split("\n\n")[0].split()))
