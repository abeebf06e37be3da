"""What FRR says, where it runs: one JSON document after another behind a line of our own."""

import json
from collections.abc import Iterator
from typing import Any, Final

from hanse.devices.linux.facts.bird_time import NOW
from hanse.devices.linux.facts.fact import NotUnderstood

MARK: Final = "#= frr"  # what BIRD says stands before it


def asked_of_frr(daemon: str, *questions: str) -> str:
    """Return the shell command that asks FRR, if its `daemon` runs: the mark, the time, the answers."""
    asked = " ".join(f"-c '{question}'" for question in questions)
    return f"if [ -S /run/frr/{daemon}.vty ]; then echo '{MARK}'; {NOW}; vtysh {asked} 2>/dev/null; fi; true"


def parts(out: str) -> tuple[str, str, str]:
    """Return what BIRD says, the time at FRR's answer, and that answer; the latter two empty where FRR does not run."""
    bird, _, rest = out.partition(f"{MARK}\n")
    now, _, answer = rest.partition("\n")
    return bird, now, answer


def documents(answer: str) -> Iterator[dict[str, Any]]:
    """Yield FRR's answers; lines that begin with % are its words for having nothing to tell.

    :raises NotUnderstood:
    """
    rest = "\n".join(line for line in answer.splitlines() if not line.startswith("%")).lstrip()
    while rest:
        try:
            found, end = json.JSONDecoder().raw_decode(rest)
        except ValueError as error:
            raise NotUnderstood(f"vtysh: {rest[:200]!r}") from error
        if isinstance(found, dict):
            yield found
        rest = rest[end:].lstrip()
