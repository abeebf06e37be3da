"""Groups of people, and what is granted to whom."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import grants
from hanse.actions.rights import Right
from hanse.network.errors import WantedError
from hanse.web.api.lists import Row
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.rows import GrantRow, GroupRow
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows

FAILURES: Final = {**MEND, **NOT_HERE}


class NameTaken(WantedError):
    """A group or grant of that name is there already, or another keeps its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPut(Exact):
    """A group and who is in it."""

    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPut(Exact):
    """Rights, and to whom they are given, all by name."""

    name: str
    rights: tuple[Right, ...]
    kinds: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    asns: tuple[int, ...] = ()
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def groups_listed() -> Operation:
    """Return the operation that gives the groups."""

    def rows(asked: Asked) -> list[Row]:
        return [_group(asked, one) for one in grants.group_list(asked.person)]

    return listed_rows(GroupRow, rows, "List groups")


def group_put(*, is_new: bool) -> Operation:
    """Return the operation that makes a group, or says who is in it."""

    def answer(asked: Asked, number: int = 0) -> Response:
        there = None if is_new else _group_of(asked, number)
        new: GroupPut = asked.body(GroupPut)
        _insist_on_own_name(new.name, there, is_taken=grants.group_list(asked.person).filter(name=new.name).exists())
        grants.put_group(name=new.name, members=new.members, person=asked.person, clock=asked.world.clock)
        row = _group(asked, grants.group(new.name, asked.person))
        return Response(row, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)

    return Operation(
        answer=answer,
        summary="Make a group" if is_new else "Say who is in a group",
        takes=taken(GroupPut),
        gives=given(GroupRow),
        status=HTTPStatus.CREATED if is_new else HTTPStatus.OK,
        failures=FAILURES,
    )


def group_shown() -> Operation:
    """Return the operation that gives one group."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_group(asked, _group_of(asked, number)))

    return Operation(answer=answer, summary="Show one group", gives=given(GroupRow), failures=NOT_HERE)


def group_removed() -> Operation:
    """Return the operation that removes a group."""

    def answer(asked: Asked, number: int) -> Response:
        found = _group_of(asked, number)
        grants.remove_group(name=found.name, person=asked.person, clock=asked.world.clock)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(answer=answer, summary="Remove a group", status=HTTPStatus.NO_CONTENT, failures=FAILURES)


def _group_of(asked: Asked, number: int) -> Any:
    found = grants.group_list(asked.person).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _group(asked: Asked, group: Any) -> Row:
    return {
        "id": group.pk,
        "url": asked.url("api-group", group.pk),
        "display": group.name,
        "name": group.name,
        "members": sorted(user.username for user in group.user_set.all()),
        "grants": sorted(grant.name for grant in group.grants.all()),
    }


def grants_listed() -> Operation:
    """Return the operation that gives the grants."""

    def rows(asked: Asked) -> list[Row]:
        return [_grant(asked, one) for one in grants.grant_list(asked.person)]

    return listed_rows(GrantRow, rows, "List grants")


def grant_put(*, is_new: bool) -> Operation:
    """Return the operation that makes a grant, or puts another in its place."""

    def answer(asked: Asked, number: int = 0) -> Response:
        there = None if is_new else _grant_of(asked, number)
        new: GrantPut = asked.body(GrantPut)
        _insist_on_own_name(new.name, there, is_taken=grants.grant_list(asked.person).filter(name=new.name).exists())
        granted = grants.granted_from(rights=new.rights, kinds=new.kinds, sites=new.sites, asns=new.asns)
        whole = grants.Given(name=new.name, granted=granted, users=new.users, groups=new.groups)
        grants.put_grant(given=whole, person=asked.person, clock=asked.world.clock)
        row = _grant(asked, grants.grant(new.name, asked.person))
        return Response(row, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)

    return Operation(
        answer=answer,
        summary="Make a grant" if is_new else "Put another grant in its place",
        takes=taken(GrantPut),
        gives=given(GrantRow),
        status=HTTPStatus.CREATED if is_new else HTTPStatus.OK,
        failures=FAILURES,
    )


def grant_shown() -> Operation:
    """Return the operation that gives one grant."""

    def answer(asked: Asked, number: int) -> Response:
        return Response(_grant(asked, _grant_of(asked, number)))

    return Operation(answer=answer, summary="Show one grant", gives=given(GrantRow), failures=NOT_HERE)


def grant_removed() -> Operation:
    """Return the operation that takes a grant from everybody who has it."""

    def answer(asked: Asked, number: int) -> Response:
        found = _grant_of(asked, number)
        grants.remove_grant(name=found.name, person=asked.person, clock=asked.world.clock)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(answer=answer, summary="Remove a grant", status=HTTPStatus.NO_CONTENT, failures=FAILURES)


def _insist_on_own_name(name: str, there: Any, *, is_taken: bool) -> None:
    if there is not None and there.name != name:
        raise NameTaken(f"{there.name} keeps its name: make {name} and remove this one")
    if there is None and is_taken:
        raise NameTaken(f"{name} is there already: change that one")


def _grant_of(asked: Asked, number: int) -> Any:
    found = grants.grant_list(asked.person).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _grant(asked: Asked, grant: Any) -> Row:
    address = {"id": grant.pk, "url": asked.url("api-grant", grant.pk), "display": grant.name, "name": grant.name}
    return {**address, **grants.shown_grant(grant)}
