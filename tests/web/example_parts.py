"""Something real for each part of an address, so that the door is asked about what is there."""

from collections.abc import Callable
from typing import Any, Final

from hanse.store import models
from web.all_routes import parts
from web.five_people import client_in

Row = Callable[[], Any]


def _first(name: str, field: str = "pk") -> Row:
    def value() -> Any:
        return getattr(models, name).objects.order_by("pk").values_list(field, flat=True).first()

    return value


# By the first word of the address and the name of the part; what is not here is asked of the API's own lists.
EXAMPLES: Final[dict[tuple[str, str], Row]] = {
    ("account", "key"): lambda: models.ApiToken.objects.filter(user__is_superuser=True).latest("created").token_key,
    ("alerts", "number"): _first("Alert"),
    ("accounts", "provider_id"): lambda: "oidc",
    ("api", "minion"): lambda: "core1",
    ("api", "node"): lambda: "core1",
    ("api", "export"): lambda: "nobody-wrote-it",
    ("api", "session"): lambda: models.SessionStanding.objects.get(name="pix-alme", family=4).pk,
    ("api", "as_set"): lambda: "AS-ALME",
    ("audit", "number"): _first("AuditEntry"),
    ("deployments", "name"): _first("Deployment", "name"),
    ("api", "exchange"): lambda: "pix",
    ("autonomous-systems", "asn"): lambda: 64501,
    ("change-sets", "number"): _first("ChangeSet"),
    ("deliveries", "number"): _first("Delivery"),
    ("discovery", "node"): lambda: "core1",
    ("drafts", "number"): lambda: models.Draft.objects.latest("pk").pk,  # it is open
    ("exchanges", "name"): lambda: "pix",
    ("grants", "name"): lambda: "readers",
    ("groups", "name"): lambda: "readers",
    ("jobs", "number"): _first("Job"),
    ("lifecycle", "way"): lambda: "restore",
    ("links", "name"): lambda: "ring-dom-uni",
    ("names", "zone"): lambda: "city.example",
    ("objects", "kind"): lambda: "nodes",
    ("objects", "name"): lambda: "core1",
    ("objects", "refers"): lambda: "sites",
    ("peering", "number"): _first("PeeringRequest"),
    ("plans", "node"): _first("PlannedDevice", "node"),
    ("plans", "number"): _first("PlanRecord"),
    ("recipients", "name"): _first("Recipient", "name"),
    ("registries", "as_set"): lambda: "AS-ALME",
    ("routers", "kind"): lambda: "poll",
    ("routers", "number"): _first("Job"),
    ("routers", "name"): lambda: "core1",
    ("schedules", "name"): _first("Schedule", "name"),
    ("secrets", "name"): _first("Secret", "name"),
    ("sessions", "address"): _first("SessionStanding", "remote_address"),
    ("sessions", "node"): _first("SessionStanding", "node"),
    ("tunnel-keys", "name"): lambda: "nobody-wants-it",
    ("templates", "export"): lambda: "export/nobody-wrote-it.j2",
    ("templates", "name"): lambda: "bird2/bird.conf.j2",
    ("users", "username"): lambda: "carol",
}


def example(route: str, session: str) -> dict[str, Any]:
    """Return what stands for each part of `route`."""
    return {part: _value(route, part, session) for part in parts(route)}


def _value(route: str, part: str, session: str) -> Any:
    known = EXAMPLES.get((route.split("/")[1], part))
    return (known() if known else _listed(route, part, session)) or 1


def _listed(route: str, part: str, session: str) -> Any:
    """Return what the list before `part` shows first: its number, or what the part is called."""
    answer = client_in(session).get(f"{route.partition('<')[0]}?limit=1")
    rows = answer.json().get("results", []) if "json" in answer.headers.get("Content-Type", "") else []
    return rows[0].get("id" if part == "number" else part, rows[0].get("id")) if rows else None
