"""At which sites somebody may look at routers, and at what was done to them."""

from typing import Final

from hanse.actions.rights import Person, Right

ROUTERS: Final = "nodes"  # the kind of object that rights to deploy are about


def may_deploy_somewhere(person: Person) -> bool:
    """Say whether there is a router that this person may deploy to."""
    return person.may_any(Right.DEPLOY, ROUTERS)


def seen_sites(person: Person) -> frozenset[str] | None:
    """Return the sites whose routers this person may look at; None: all of them.

    :raises NotAllowed: none at all
    """
    scope = person.scope(Right.VIEW, ROUTERS)
    if scope.everything:
        return None
    if not scope.sites:
        person.insist(Right.VIEW, ROUTERS)
    return scope.sites
