"""Zones for name servers, and targets for Prometheus: its http_sd asks here."""

from dataclasses import asdict, dataclass
from typing import Final

from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from hanse.actions import naming
from hanse.web.api.operations import MEND, Asked, Operation
from hanse.web.api.shapes import Unreadable, given, list_of

LARGEST: Final = 2**32 - 1  # RFC 1035 section 3.3.13


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRecord:
    """One record; names have all their labels. `why` is the path of the wanted object."""

    name: str
    kind: str
    value: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFile:
    """A zone, record by record and as a file of RFC 1035."""

    name: str
    first_server: str
    hostmaster: str
    records: list[ZoneRecord]
    file: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrometheusTargets:
    """A target group as Prometheus reads it."""

    targets: list[str]
    labels: dict[str, str]


def zones() -> Operation:
    """Return the operation that gives the zones."""

    def answer(asked: Asked) -> Response:
        found = naming.written_zones(asked.person, asked.world, serial=_serial(asked))
        return Response([{**asdict(one.zone), "file": one.file, "text": one.text} for one in found])

    return Operation(
        answer=answer,
        summary="Write the zones of the domain name system, forward and backward",
        gives=list_of(given(ZoneFile)),
        failures=MEND,
        parameters=(OpenApiParameter("serial", int, description="of all zones; without it, today's date and 00"),),
    )


def _serial(asked: Asked) -> int | None:
    text = asked.request.query_params.get("serial", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        raise Unreadable(f"serial: {text} is no number from 0 to {LARGEST}")
    return int(text)


def targets() -> Operation:
    """Return the operation that gives what Prometheus is to ask."""

    def answer(asked: Asked) -> Response:
        return Response([asdict(one) for one in naming.prometheus_targets(asked.person)])

    return Operation(
        answer=answer,
        summary="List what Prometheus is to ask, as its http_sd reads it",
        gives=list_of(given(PrometheusTargets)),
    )
