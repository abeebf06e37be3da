"""The addresses of what registries are known to say."""

from typing import Final

from django.urls import URLPattern, URLResolver, path

from hanse.web.api import irr, registries
from hanse.web.api.lists import listed, shown
from hanse.web.api.operations import endpoint

Patterns = list[URLPattern | URLResolver]
REGISTRY_LISTS: Final = {
    "irr": "api-registries-irr",
    "irr-changes": "api-registries-irr-changes",
    "members": "api-registries-members",
    "networks": "api-registries-networks",
    "peeringdb": "api-registries-peeringdb",
}
REGISTRIES: Final[Patterns] = [
    path(
        "registries/irr/",
        endpoint("registries", "irr_names", GET=irr.names_listed()),
        name="api-registries-irr",
    ),
    path(
        "registries/irr/of/<path:as_set>/",
        endpoint("registries", "irr_names_one", GET=irr.name_shown()),
        name="api-registries-irr-name",
    ),
    path(
        "registries/irr/update/",
        endpoint("registries", "irr_update", POST=irr.updated()),
        name="api-registries-irr-update",
    ),
    path(
        "registries/irr-changes/",
        endpoint("registries", "irr_changes", GET=listed(irr.CHANGES, "List what the IRR changed")),
        name="api-registries-irr-changes",
    ),
    path(
        "registries/irr-changes/<int:number>/",
        endpoint("registries", "irr_changes_one", GET=shown(irr.CHANGES, "Show a change of the IRR")),
        name="api-registries-irr-change",
    ),
    path(
        "registries/members/",
        endpoint("registries", "known_members", GET=listed(registries.MEMBERS, "List ports that PeeringDB has")),
        name="api-registries-members",
    ),
    path(
        "registries/members/<int:number>/",
        endpoint("registries", "known_members_one", GET=shown(registries.MEMBERS, "Show a port that PeeringDB has")),
        name="api-registries-member",
    ),
    path(
        "registries/networks/",
        endpoint("registries", "known_networks", GET=listed(registries.NETWORKS, "List networks that PeeringDB has")),
        name="api-registries-networks",
    ),
    path(
        "registries/networks/<int:number>/",
        endpoint("registries", "known_networks_one", GET=shown(registries.NETWORKS, "Show a network of PeeringDB")),
        name="api-registries-network",
    ),
    path(
        "registries/peeringdb/",
        endpoint("registries", "registries_peeringdb", GET=registries.freshness()),
        name="api-registries-peeringdb",
    ),
    path(
        "registries/peeringdb/sync/",
        endpoint("registries", "registries_peeringdb_sync", POST=registries.synced()),
        name="api-registries-peeringdb-sync",
    ),
]
