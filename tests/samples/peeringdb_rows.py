"""The sample of PeeringDB that comes with the example city, in the store as if it had been read from PeeringDB."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from hanse.network.known.peeringdb import PeeringdbKind
from hanse.registries.peeringdb.reading import read_page
from hanse.store import peeringdb_writes
from hanse.store.models import KnownMember, KnownNetwork

SAMPLE: Final = Path(__file__).parents[2] / "examples" / "small-city" / "peeringdb"
AT: Final = datetime(2026, 11, 1, tzinfo=UTC)


def put_sample(at: datetime = AT) -> None:
    """Put everything down that the sample says."""
    for kind in PeeringdbKind:
        body = (SAMPLE / f"{kind}.json").read_bytes()
        page = read_page(kind, body, now=at)
        reading = peeringdb_writes.begin(kind, is_full=True, with_key=False, full_before=at, at=at)
        reading = peeringdb_writes.put_page(reading, page, limit=page.count + 1)
        peeringdb_writes.finish(reading, largest_share=1.0, accept=True, at=at)


def say_of(asn: int, **columns: Any) -> None:
    """Let PeeringDB say something else of a network."""
    KnownNetwork.objects.filter(asn=asn).update(**columns, updated=AT + timedelta(days=1))


def many_members(count: int, *, ixlan: int = 1, first: int = 4200000000) -> None:
    """Put so many more networks on a LAN, each with one address of either family."""
    KnownNetwork.objects.bulk_create(
        KnownNetwork(
            id=1000 + number,
            updated=AT,
            round=1,
            org_id=1,
            asn=first + number,
            name=f"Network {number}",
            info_type="Content",
            policy_general="Open",
            info_prefixes4=10,
            info_prefixes6=10,
        )
        for number in range(count)
    )
    KnownMember.objects.bulk_create(
        KnownMember(
            id=1000 + number,
            updated=AT,
            round=1,
            net_id=1000 + number,
            ix_id=1,
            ixlan_id=ixlan,
            asn=first + number,
            speed=10000,
            ipaddr4=f"192.0.2.{100 + number}" if number < 150 else "",
            ipaddr6=f"2001:db8:100::{number + 0x1000:x}",
        )
        for number in range(count)
    )
