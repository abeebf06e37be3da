"""Looking at what is wanted and seen: what pages, API and commands show. Nobody is asked and nothing is written."""

from hanse.actions.looking.dashboard import Dashboard, Verdict, dashboard
from hanse.actions.looking.inheriting import session_in_force
from hanse.actions.looking.links import LinkPage, NoSuchLink, cabling, link_page
from hanse.actions.looking.lists import (
    address_list,
    audit_list,
    change_list,
    link_list,
    poll_list,
    router_list,
    session_history,
    session_list,
)
from hanse.actions.looking.maps import CityMap, Topology, city_map, topology
from hanse.actions.looking.router import RouterPage, router
from hanse.actions.looking.searching import Group, Hit, search

__all__ = [
    "CityMap",
    "Dashboard",
    "Group",
    "Hit",
    "LinkPage",
    "NoSuchLink",
    "RouterPage",
    "Topology",
    "Verdict",
    "address_list",
    "audit_list",
    "cabling",
    "change_list",
    "city_map",
    "dashboard",
    "link_list",
    "link_page",
    "poll_list",
    "router",
    "router_list",
    "search",
    "session_history",
    "session_in_force",
    "session_list",
    "topology",
]
