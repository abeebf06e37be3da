"""The addresses of the API."""

from typing import Final

from django.urls import path

from hanse.web.api import addresses, addresses_of_people, root
from hanse.web.api.addresses_of_peering import PEERING
from hanse.web.api.addresses_of_registries import REGISTRIES, REGISTRY_LISTS
from hanse.web.api.documents import document, reading_page
from hanse.web.api.operations import endpoint
from hanse.web.api.wanted_shapes import WANTED

# The apps that have a list of their own lists, and every list by its word.
LISTS: Final = {
    "deploy": {"deployments": "api-deployments", "plans": "api-plans", "rollouts": "api-rollouts"},
    "peering": {
        "differences": "api-peering-differences",
        "hidden": "api-hidden-peers",
        "requests": "api-peering-requests",
    },
    "people": {"grants": "api-grants", "groups": "api-groups", "tokens": "api-tokens", "users": "api-users"},
    "registries": REGISTRY_LISTS,
    "seen": {word: f"api-seen-{word}" for word in ("numbers", *addresses.SEEN)},
    "wanted": {"network": "api-network", **{kind.slug: f"api-wanted-{kind.slug}" for kind in WANTED}},
}
ROOT: Final = {
    **{app: f"api-{app}" for app in LISTS},
    "alerts": "api-alerts",
    "audit": "api-audit-list",
    "change-sets": "api-change-sets",
    "check": "api-check",
    "deliveries": "api-deliveries",
    "drafts": "api-drafts",
    "export": "api-export",
    "host-keys": "api-host-keys",
    "jobs": "api-jobs",
    "recipients": "api-recipients",
    "schedules": "api-schedules",
    "search": "api-search",
    "secrets": "api-secrets",
    "status": "api-status",
    "templates": "api-templates",
    "tunnel-keys": "api-tunnel-keys",
}

urlpatterns: addresses.Patterns = [
    path("", endpoint("root", "root", GET=root.root(ROOT)), name="api-root"),
    path("docs/", reading_page(), name="api-docs"),
    path("schema/", document(), name="api-schema"),
    path("status/", endpoint("root", "status", GET=root.status()), name="api-status"),
    *(
        path(f"{app}/", endpoint("root", f"{app}_root", GET=root.root(lists)), name=f"api-{app}")
        for app, lists in LISTS.items()
    ),
    *addresses.ALERTS,
    *addresses.ASKS,
    *addresses.LOOKS,
    *addresses.RECORD,
    *addresses.DRAFTS,
    *addresses.WORK,
    *addresses_of_people.PEOPLE,
    *addresses_of_people.WAYS_IN,
    *PEERING,
    *REGISTRIES,
    *(pattern for word, listing in addresses.SEEN.items() for pattern in addresses.seen_patterns(word, listing)),
    path("wanted/network/", addresses.whole(), name="api-network"),
    *(pattern for kind in WANTED for pattern in addresses.wanted_patterns(kind)),
    path(f"{root.PLUGINS}<path:rest>", root.plugin, name="api-plugin"),
    path("<path:rest>", root.nothing, name="api-nothing"),
]
