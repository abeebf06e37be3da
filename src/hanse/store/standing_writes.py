"""Bringing rows of standings to what they have to be: only those that differ are written, in bulk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

from django.db.models import Model, Q, QuerySet

from hanse.store.address_rows import FIELDS as ADDRESS_FIELDS
from hanse.store.address_rows import Row as AddressRow
from hanse.store.expected import Key
from hanse.store.models import AddressStanding, LinkStanding, RouterStanding, SessionStanding
from hanse.store.standing_rows import Fields

Rows = TypeVar("Rows", bound=Model)
SESSION_KEY: Final = ("node", "vrf", "remote_address")


def columns(model: type[Model], *without: str) -> tuple[str, ...]:
    """Return the names of the columns of `model`, but for its key and those in `without`."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - public in all but name
    return tuple(field.attname for field in fields if field.name not in {"id", *without})


SESSION_COLUMNS: Final = columns(SessionStanding)
LINK_COLUMNS: Final = columns(LinkStanding)
KEPT_OF_ROUTERS: Final = ("drift", "drift_at", "drift_error", "deployment", "stage", "deployed_at")
ROUTER_COLUMNS: Final = columns(RouterStanding, *KEPT_OF_ROUTERS)


def put_sessions(rows: Collection[Fields]) -> None:
    """Write these rows of sessions, in place of what stands there. One statement, or none."""
    if rows:
        SessionStanding.objects.bulk_create(
            [SessionStanding(**row) for row in rows],
            update_conflicts=True,
            unique_fields=list(SESSION_KEY),
            update_fields=[name for name in SESSION_COLUMNS if name not in SESSION_KEY],
        )


def drop_sessions(node: str, keys: Iterable[Key]) -> None:
    """Take away rows of a router's sessions. One statement a VRF."""
    by_vrf: defaultdict[str, list[str]] = defaultdict(list)
    for vrf, address in keys:
        by_vrf[vrf].append(address)
    for vrf, addresses in by_vrf.items():
        SessionStanding.objects.filter(node=node, vrf=vrf, remote_address__in=addresses).delete()


def settle_sessions(nodes: Collection[str] | None, wanted: Mapping[str, Mapping[Key, Fields]]) -> None:
    """Bring the session rows of `nodes`, of all if it is None, to what `wanted` has by router. Two or three queries."""
    standing = {
        tuple(row[name] for name in SESSION_KEY): row
        for row in _of_nodes(SessionStanding.objects.all(), nodes, "node").values("pk", *SESSION_COLUMNS).iterator()
    }
    rows = {(node, *key): row for node, found in wanted.items() for key, row in found.items()}
    _drop(SessionStanding.objects.all(), [row["pk"] for key, row in standing.items() if key not in rows])
    put_sessions([row for key, row in rows.items() if _differs(standing.get(key), row)])


def settle_routers(nodes: Collection[str] | None, wanted: Mapping[str, Fields]) -> tuple[str, ...]:
    """Bring the rows of `nodes`, of all if it is None, to what is wanted, and return which routers are new."""
    standing = {
        row["node"]: row
        for row in _of_nodes(RouterStanding.objects.order_by("node"), nodes, "node")
        .select_for_update()
        .values("pk", *ROUTER_COLUMNS)
    }
    _drop(RouterStanding.objects.all(), [row["pk"] for node, row in standing.items() if node not in wanted])
    differing = [row for node, row in wanted.items() if _differs(standing.get(node), row)]
    if differing:
        RouterStanding.objects.bulk_create(
            [RouterStanding(**row) for row in differing],
            update_conflicts=True,
            unique_fields=["node"],
            update_fields=[name for name in ROUTER_COLUMNS if name != "node"],
        )
    return tuple(node for node in wanted if node not in standing)


def settle_links(nodes: Collection[str] | None, wanted: Mapping[str, Fields], at: Any) -> None:
    """Bring the rows of the links at `nodes`, of all if it is None, to what is wanted; `at` is when they changed."""
    rows = LinkStanding.objects.all()
    if nodes is not None:
        rows = rows.filter(Q(one_node__in=nodes) | Q(other_node__in=nodes) | Q(name__in=list(wanted)))
    standing = {row["name"]: row for row in rows.values("pk", *LINK_COLUMNS)}
    _drop(LinkStanding.objects.all(), [row["pk"] for name, row in standing.items() if name not in wanted])
    put_links([{**row, **_since(standing.get(name), row, at)} for name, row in wanted.items()], standing)


def put_links(rows: Iterable[Fields], standing: Mapping[str, Fields]) -> None:
    """Write those of these rows of links that differ. One statement, or none."""
    differing = [LinkStanding(**row) for row in rows if _differs(standing.get(row["name"]), row)]
    if differing:
        LinkStanding.objects.bulk_create(
            differing,
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=[name for name in LINK_COLUMNS if name != "name"],
        )


def _since(standing: Fields | None, row: Fields, at: Any) -> Fields:
    """Return when the condition changed: it does not by being known for the first time."""
    if standing is None:
        return {"changed_at": None}
    return {"changed_at": standing["changed_at"] if standing["condition"] == row["condition"] else at}


def settle_addresses(nodes: Collection[str] | None, wanted: Iterable[AddressRow]) -> None:
    """Bring the addresses of `nodes` ("" is nobody), of all if it is None, to those wanted."""
    rows = _of_nodes(AddressStanding.objects.all(), nodes, "node").values_list("pk", *ADDRESS_FIELDS)
    standing = {tuple(row[1:]): row[0] for row in rows.iterator()}
    now = dict.fromkeys(wanted)
    _drop(AddressStanding.objects.all(), [pk for row, pk in standing.items() if row not in now])
    new = [row for row in now if row not in standing]
    AddressStanding.objects.bulk_create(AddressStanding(**dict(zip(ADDRESS_FIELDS, row, strict=True))) for row in new)


def _of_nodes(rows: QuerySet[Rows], nodes: Collection[str] | None, column: str) -> QuerySet[Rows]:
    return rows if nodes is None else rows.filter(**{f"{column}__in": list(nodes)})


def _differs(standing: Fields | None, row: Fields) -> bool:
    return standing is None or any(standing[name] != value for name, value in row.items())


def _drop(rows: QuerySet[Any], keys: list[Any]) -> None:
    if keys:
        rows.filter(pk__in=keys).delete()
