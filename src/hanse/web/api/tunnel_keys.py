"""Keys of tunnels, without their values: how old they are, and making them anew."""

from dataclasses import dataclass
from datetime import datetime

from rest_framework.response import Response

from hanse.actions import keys
from hanse.web.api.lists import Row
from hanse.web.api.operations import MEND, Asked, Operation
from hanse.web.api.shapes import given
from hanse.web.api.values import listed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelKeysRow:
    """The keys of a tunnel. `made_at` is when the oldest was made; none: the next plan makes what is missing."""

    display: str
    tunnel: str
    kind: str
    routers: str
    made_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelKeysRotated:
    """A tunnel with new keys, and the routers that get them with the next plan."""

    tunnel: str
    routers: tuple[str, ...]


def tunnel_keys_listed() -> Operation:
    """Return the operation that gives every tunnel that has keys."""

    def rows(asked: Asked) -> list[Row]:
        return [
            {
                "display": one.tunnel,
                "tunnel": one.tunnel,
                "kind": one.kind,
                "routers": one.routers,
                "made_at": one.made_at,
            }
            for one in keys.key_list(asked.person)
        ]

    return listed_rows(TunnelKeysRow, rows, "List the keys of tunnels, without their values")


def tunnel_keys_rotated() -> Operation:
    """Return the operation that makes the keys of a tunnel anew."""

    def answer(asked: Asked, name: str) -> Response:
        routers = keys.rotate(name, person=asked.person, clock=asked.world.clock)
        return Response({"tunnel": name, "routers": routers})

    return Operation(
        answer=answer,
        summary="Make the keys of a tunnel anew; the next plan gives them to both routers in one step",
        gives=given(TunnelKeysRotated),
        failures=MEND,
    )
