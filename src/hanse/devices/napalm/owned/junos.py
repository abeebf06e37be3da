"""Junos: what is ours is one configuration group, HANSE, and it is replaced as a whole.

A neighbour that is wanted and stands outside the group, in a BGP group that somebody made by hand, is taken over: it is
deleted there with the same load.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from hanse.devices.driver import CandidateRefused
from hanse.devices.napalm.owned.braces import NotJunos, Statement, meaning, parse, written
from hanse.devices.napalm.owned.changes import HIDDEN
from hanse.devices.napalm.owned.passwords import junos_9
from hanse.devices.napalm.owned.refusals import NotOurs
from hanse.network.values.secrets import reveal, secret_names, secret_token

GROUP: Final = "HANSE"
PASSWORD: Final = "authentication-key"
NO_SECRETS: Final[Mapping[str, str]] = {}
Statements = tuple[Statement, ...]
Peer = tuple[str, str]  # routing instance, address


class NotReadable(CandidateRefused):
    """The wanted text is no Junos configuration: a template is broken."""


@dataclass(frozen=True, slots=True)
class JunosSection:
    """What is ours on Junos. Wanted texts name secrets; running ones hold what the router stores."""

    def owned(
        self,
        running: str,
        wanted: str,
        secrets: Mapping[str, str] = NO_SECRETS,
        changed: Collection[str] = (),
    ) -> str:
        """Return the part of `running` that is ours, as Junos prints it; `wanted` itself if it says the same."""
        want = _read(wanted)
        have = _named(_ours(_read(running), _peers(want)), want, secrets, changed)
        return wanted if meaning(have) == meaning(want) else written(have)

    def merge_lines(
        self,
        running: str,
        wanted: str,
        secrets: Mapping[str, str] = NO_SECRETS,
        changed: Collection[str] = (),
    ) -> str:
        """Return what to load so that what is ours becomes `wanted`, secrets revealed; empty: nothing to do.

        A password that the router has already is loaded as the router stores it: encrypted anew it would be a change.

        :raises NotOurs:
        :raises NotReadable:
        :raises UnknownSecret:
        """
        want = _read(wanted)
        reveal(wanted, secrets)
        _insist_on_ours(want)
        stored = _ours(_read(running), _peers(want))
        have = _named(stored, want, secrets, changed)
        if meaning(have) == meaning(want):
            return ""
        kept = _as_stored(wanted, want, stored, have)
        away = _taken_over(_read(running), _peers(want))
        return reveal(kept + written(away), secrets)

    def canonical(self, text: str) -> str:
        """Return what all texts that say the same have in common."""
        return meaning(_read(text))

    def concealed(self, diff: str, secrets: Mapping[str, str] = NO_SECRETS) -> str:
        """Return the router's own diff without passwords in a form that the router stores."""
        return "\n".join(_concealed(line, secrets) for line in diff.splitlines())


JUNOS: Final = JunosSection()


def _read(text: str) -> Statements:
    try:
        return parse(text)
    except NotJunos as error:
        raise NotReadable(f"this is no Junos configuration: {error}") from error


def _ours(statements: Statements, wanted: frozenset[Peer]) -> Statements:
    """Return our group, the line that puts it in force, and the wanted neighbours that stand elsewhere."""
    found = []
    for one in statements:
        if one.words == ("groups",):
            mine = tuple(group for group in one.below if group.words == (GROUP,))
            found += [replace(one, below=mine)] if mine else []
        elif one.words[:1] == ("apply-groups",) and GROUP in one.words:
            found.append(replace(one, words=("apply-groups", GROUP)))
    return (*found, *_elsewhere(statements, wanted))


def _elsewhere(statements: Statements, wanted: frozenset[Peer]) -> Iterator[Statement]:
    """Yield the wanted neighbours that stand outside our group, with the blocks that they stand in."""
    for one in statements:
        if one.words == ("protocols",):
            yield from _bgp_only(one, "", wanted)
        elif one.words == ("routing-instances",):
            instances = [
                replace(instance, below=found)
                for instance in one.below
                if (found := tuple(_elsewhere_in(instance, wanted)))
            ]
            if instances:
                yield replace(one, below=tuple(instances))


def _elsewhere_in(instance: Statement, wanted: frozenset[Peer]) -> Iterator[Statement]:
    for one in instance.below:
        if one.words == ("protocols",):
            yield from _bgp_only(one, instance.head, wanted)


def _bgp_only(protocols: Statement, instance: str, wanted: frozenset[Peer]) -> Iterator[Statement]:
    for bgp in protocols.below:
        groups = [
            replace(group, below=found)
            for group in bgp.below
            if bgp.words == ("bgp",)
            and (found := tuple(one for one in group.below if (instance, _neighbour(one)) in wanted))
        ]
        if groups:
            yield replace(protocols, below=(replace(bgp, below=tuple(groups)),))


def _taken_over(statements: Statements, wanted: frozenset[Peer]) -> Statements:
    return tuple(_deleted(one) for one in _elsewhere(statements, wanted))


def _deleted(one: Statement) -> Statement:
    if _neighbour(one):
        return Statement(words=("neighbor", _neighbour(one)), tag="delete:")
    return replace(one, below=tuple(_deleted(inner) for inner in one.below))


def _peers(want: Statements, instance: str = "") -> frozenset[Peer]:
    """Return all neighbours in these statements, by routing instance."""
    found: set[Peer] = set()
    for one in want:
        if _neighbour(one):
            found.add((instance, _neighbour(one)))
        elif one.words == ("routing-instances",):
            for each in one.below:
                found |= _peers(each.below, each.head)
        else:
            found |= _peers(one.below, instance)
    return frozenset(found)


def _neighbour(one: Statement) -> str:
    words = one.words[1:] if one.words[:1] == ("inactive:",) else one.words
    return words[1] if words[:1] == ("neighbor",) and len(words) > 1 else ""


def _insist_on_ours(want: Statements) -> None:
    for one in want:
        names = [group.words for group in one.below] if one.words == ("groups",) else [one.words]
        for words in names:
            if words not in {(GROUP,), ("apply-groups", GROUP)}:
                raise NotOurs(f"on junos Hanse owns the group {GROUP} only, not {' '.join(words)!r}")


def _named(have: Statements, want: Statements, secrets: Mapping[str, str], changed: Collection[str]) -> Statements:
    """Return `have` with no stored password in it; where it is the one that `want` names, by that name."""
    by_head = {_key(one): one for one in want}
    named = []
    for one in have:
        other = by_head.get(_key(one))
        if one.words[:1] == (PASSWORD,) and len(one.words) > 1:
            wanted = other.words[1] if other else ""
            named.append(replace(one, words=(PASSWORD, _name(one.words[1], wanted, secrets, changed))))
        else:
            named.append(replace(one, below=_named(one.below, other.below if other else (), secrets, changed)))
    return tuple(named)


def _key(one: Statement) -> str:
    return PASSWORD if one.words[:1] == (PASSWORD,) else one.head


def _name(stored: str, wanted: str, secrets: Mapping[str, str], changed: Collection[str]) -> str:
    stored = stored.strip('"')
    if secret_names(stored) or HIDDEN in stored:
        return stored
    plain = junos_9(stored) if stored.startswith("$9$") else None if stored.startswith("$") else stored
    names = sorted(secret_names(wanted))
    if names and (secrets.get(names[0]) == plain if plain is not None else names[0] not in changed):
        return wanted
    if HIDDEN in wanted:
        return wanted
    known = sorted(name for name, value in secrets.items() if value and value == plain)
    return secret_token(known[0]) if known else HIDDEN


def _as_stored(text: str, want: Statements, stored: Statements, named: Statements) -> str:
    """Return the wanted text with the passwords that do not change in the form that the router stores."""
    for (first, last), word in sorted(_kept(want, stored, named), reverse=True):
        text = f'{text[:first]}"{word}"{text[last:]}'
    return text


def _kept(want: Statements, stored: Statements, named: Statements) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the place in the wanted text and the stored form of each password that stays."""
    by_head = {_key(one): (one, other) for one, other in zip(stored, named, strict=True)}
    for one in want:
        have, name = by_head.get(_key(one), (None, None))
        if have is None or name is None:
            continue
        if _key(one) == PASSWORD:
            if one.words == name.words:
                yield one.value, have.words[1].strip('"')
        else:
            yield from _kept(one.below, have.below, name.below)


def _concealed(line: str, secrets: Mapping[str, str]) -> str:
    head, found, rest = line.partition(f"{PASSWORD} ")
    if not found:
        return line
    word, _, after = rest.partition(";")
    return f'{head}{found}"{_name(word, "", secrets, ())}";{after}'
