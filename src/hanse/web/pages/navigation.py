"""The side navigation: what stands where, and who sees it. A page without an address yet is left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from hanse.actions.alerts import open_count
from hanse.actions.rights import Person, Right
from hanse.web.person import person_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page that the navigation leads to, by the name of its address."""

    url: str
    title: str
    icon: str
    right: Right = Right.VIEW
    about: str | None = None  # the kind that the right is asked for, everywhere; None: on anything at all
    key: str = ""  # after `g` it leads there
    count: Callable[[Person], int] | None = None  # of what waits there
    counted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Places that belong together."""

    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A place as somebody sees it."""

    title: str
    icon: str
    href: str
    key: str
    is_here: bool
    count: int = 0
    counted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part as somebody sees it."""

    title: str
    items: tuple[Item, ...] = field(default=())


PARTS: Final = (
    Part(
        title="",
        places=(
            Place(url="dashboard", title="Dashboard", icon="dashboard", key="d"),
            Place(url="alerts", title="Alerts", icon="bell", key="a", count=open_count, counted="open"),
            Place(url="map", title="Map", icon="map-2", key="m"),
            Place(url="topology", title="Topology", icon="topology-star-3", key="t"),
        ),
    ),
    Part(
        title="Network",
        places=(
            Place(url="routers", title="Routers", icon="router", key="r"),
            Place(url="sessions", title="Sessions", icon="plug-connected", key="s"),
            Place(url="discoveries", title="Discovery", icon="radar"),
            Place(url="links", title="Links", icon="link", key="l"),
            Place(url="changes", title="Changes", icon="activity", key="c"),
            Place(url="names", title="Names", icon="world-www", about=""),
        ),
    ),
    Part(
        title="Peering",
        places=(
            Place(url="exchanges", title="Exchanges", icon="network", key="e"),
            Place(url="networks", title="Networks", icon="world", key="n"),
            Place(url="peering-requests", title="Requests", icon="mail"),
        ),
    ),
    Part(
        title="What is wanted",
        places=(
            Place(url="objects", title="Objects", icon="stack-2", key="o"),
            Place(url="drafts", title="Drafts", icon="edit"),
            Place(url="change-sets", title="Change sets", icon="git-merge"),
            Place(url="templates", title="Templates", icon="template", about="templates"),
        ),
    ),
    Part(
        title="Work",
        places=(
            Place(url="plans", title="Plans", icon="list-check", key="p"),
            Place(url="deployments", title="Deployments", icon="rocket"),
            Place(url="jobs", title="Jobs", icon="activity", key="j"),
            Place(url="schedules", title="Schedules", icon="calendar-time", about=""),
        ),
    ),
    Part(
        title="House",
        places=(
            Place(url="audit", title="Audit", icon="history"),
            Place(url="registries", title="Registries", icon="database"),
            Place(url="secrets", title="Secrets", icon="key", about="secrets"),
            Place(url="tunnel-keys", title="Tunnel keys", icon="key", about="secrets"),
            Place(url="host-keys", title="Host keys", icon="fingerprint"),
            Place(url="recipients", title="Recipients", icon="webhook", right=Right.ADMINISTER, about=""),
            Place(url="users", title="Users", icon="users", right=Right.ADMINISTER, about=""),
            Place(url="groups", title="Groups", icon="users-group", right=Right.ADMINISTER, about=""),
            Place(url="settings", title="Settings", icon="settings", right=Right.ADMINISTER, about=""),
        ),
    ),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what every full page shows around its own: the navigation, and what the person may do."""

    def may() -> dict[str, bool]:
        person = person_of(request)
        return {"change": person.may_any(Right.CHANGE), "administer": person.may(Right.ADMINISTER)}

    return {  # asked for only by who needs it: a part of a page does not
        "person": SimpleLazyObject(lambda: person_of(request)),
        "may": SimpleLazyObject(may),
        "navigation": lambda: _navigation(person_of(request), request.path),
        "search_href": href_of("search"),
        "account_href": href_of("account"),
        "objects_href": href_of("objects"),
    }


def href_of(url: str, *arguments: object) -> str:
    """Return the address of that name; empty if there is none."""
    try:
        return reverse(url, args=arguments)
    except NoReverseMatch:
        return ""


def _navigation(person: Person, path: str) -> tuple[ShownPart, ...]:
    shown = []
    for part in PARTS:
        items = tuple(
            Item(
                title=place.title,
                icon=place.icon,
                href=href,
                key=place.key,
                is_here=_is_here(href, path),
                count=place.count(person) if place.count else 0,
                counted=place.counted,
            )
            for place in part.places
            if (href := href_of(place.url)) and _leads_in(place, person)
        )
        if items:
            shown.append(ShownPart(title=part.title, items=items))
    return tuple(shown)


def _leads_in(place: Place, person: Person) -> bool:
    return person.may_any(place.right) if place.about is None else person.may(place.right, place.about)


def _is_here(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(href))
