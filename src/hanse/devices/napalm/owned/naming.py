"""Passwords by name: what a router stores is told as the secret that it is, or hidden, and is then no difference.

A stored form that can be read back is compared with the secret's value. One that cannot (Cisco's types 3, 6 and 8,
EOS's 8a) counts as equal unless the secret was given another value since Hanse last installed the router.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from hanse.devices.napalm.owned.changes import HIDDEN, Lines
from hanse.devices.napalm.owned.claims import peer_of
from hanse.devices.napalm.owned.words import Words
from hanse.network.values.secrets import secret_names, secret_token


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What is known of secrets: their values, and which were changed since the router was last installed."""

    words: Words
    secrets: Mapping[str, str]
    changed: Collection[str] = ()

    def named(self, have: Lines, want: Lines, peer: str = "") -> Lines:
        """Return `have` with no stored password in it; where it is the one that `want` names, with that very line."""
        heads = {head: line for line in want if (head := self._head(line.text))}
        blocks = {line.text: line for line in want}
        return tuple(
            replace(
                line,
                text=self._line(line.text, heads[head].text if head in heads else "", peer),
                below=self.named(
                    line.below,
                    blocks[line.text].below if line.text in blocks else (),
                    peer_of(self.words, line) or peer,
                ),
            )
            for line in have
            for head in [self._head(line.text)]
        )

    def concealed(self, text: str) -> str:
        """Return a device's own diff without stored passwords."""
        return "\n".join(self._concealed(text.splitlines()))

    def _concealed(self, lines: list[str]) -> Iterator[str]:
        peer = ""
        for line in lines:
            margin = line[: len(line) - len(line.lstrip("+-! \t"))]
            said = line[len(margin) :]
            block = self.words.neighbour.fullmatch(said)
            peer = block["peer"] if block else peer
            yield margin + self._line(said, "", peer)

    def _head(self, text: str) -> str:
        found = self.words.password.fullmatch(text)
        return found["head"] if found else ""

    def _line(self, text: str, wanted: str, peer: str) -> str:
        found = self.words.password.fullmatch(text)
        if not found or secret_names(found["value"]) or found["value"] == HIDDEN:
            return text
        named = found.groupdict().get("peer") or peer
        plain = self.words.stored(found["form"] or "", found["value"], named)
        names = sorted(secret_names(wanted))
        if names and (self.secrets.get(names[0]) == plain if plain is not None else names[0] not in self.changed):
            return wanted
        if wanted and HIDDEN in wanted:
            return wanted
        known = sorted(name for name, value in self.secrets.items() if value and value == plain)
        return f"{found['head']} {secret_token(known[0]) if known else HIDDEN}"
