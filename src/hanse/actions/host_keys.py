"""The host keys that routers are known by: looked at, and learned by a job."""

from collections.abc import Iterable

from django.db.models import QuerySet

from hanse.actions import jobs
from hanse.actions.plans import plannable
from hanse.actions.rights import Person, Right
from hanse.actions.seen_sites import ROUTERS, seen_sites
from hanse.actions.world import World
from hanse.store import access, snapshot
from hanse.store.models import HostKey


def host_key_list(person: Person) -> QuerySet[HostKey]:
    """Return the pinned host keys of the routers that this person may see, by router.

    :raises NotAllowed:
    """
    return access.pinned(seen_sites(person))


def request_learn(*, person: Person, world: World, nodes: Iterable[str] = (), relearn: bool = False) -> int:
    """Ask that the host keys of `nodes`, of all that this person may deploy to if there are none, be learned.

    Return the job's number. With `relearn` known keys are replaced: the routers were set up anew.

    :raises NoSuchNode:
    :raises NotAllowed:
    """
    asked = tuple(nodes)
    names = plannable(snapshot.load(), asked, person)
    if not asked and person.scope(Right.DEPLOY, ROUTERS).everything:
        names = ()
    arguments = {"relearn": relearn, **({"limit": [*names]} if names else {})}
    return jobs.ask(kind="learn", person=person, world=world, arguments=arguments)
