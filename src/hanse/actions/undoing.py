"""Going back: an open deployment is undone on the device, a kept one by its old text as a new plan."""

from ipaddress import ip_address
from typing import Any

from hanse.actions.planning import Missed, Reviewed, joints_of, review_one
from hanse.actions.settling import settle_lost
from hanse.actions.world import World, chosen, doors
from hanse.deploy.health import StillWanted
from hanse.deploy.plan import Plan
from hanse.network.errors import WantedError
from hanse.store import deployments, snapshot
from hanse.store.deployments import Deployed


class NothingToUndo(WantedError):
    """Hanse has not installed anything on the router that could be taken back."""


def stop_open(*, node: str, world: World) -> Deployed | None:
    """Undo the deployment that is open on `node`, if one is, and return it as it stands then.

    Where its worker lives, the device is told to undo; the worker sees that and puts it down.

    :raises NoSuchNode:
    :raises Unreachable:
    :raises NothingOpen: it is not on trial: wait for its end
    """
    network = snapshot.load()
    chosen(network, [node])
    is_open = deployments.open_ones([node])
    if not is_open:
        return None
    if not settle_lost(world=world, nodes=[node]):
        with doors(network, world).open(node) as driver:
            driver.undo(is_open[0].name)
    return deployments.by_name(is_open[0].name)


def plan_undo(*, node: str, world: World) -> Reviewed:
    """Return a plan that brings back what ran on `node` before the last deployment that was kept there.

    To be verified are the sessions and neighbours that were up at that time.

    :raises NoSuchNode:
    :raises NothingToUndo:
    """
    network = snapshot.load()
    chosen(network, [node])
    last = deployments.last_kept(node)
    if last is None or not last.before_text:
        what = "nothing was installed by Hanse" if last is None else "it was its first installation"
        raise NothingToUndo(f"{node} has nothing to go back to: {what}")
    ways = doors(network, world)
    found = review_one(ways, node, last.before_text, up_before(last.checks_before))
    if isinstance(found, Missed):
        return Reviewed(plan=Plan(devices=()), missed=(found,))
    return Reviewed(plan=Plan(devices=(found,)), missed=(), joints=joints_of(network))


def deployment_to_undo(node: str) -> str:
    """Return the name of the deployment that `plan_undo` takes back.

    :raises NothingToUndo:
    """
    last = deployments.last_kept(node)
    if last is None:
        raise NothingToUndo(f"{node} has nothing to go back to: nothing was installed by Hanse")
    return last.name


def up_before(checks: Any) -> StillWanted:
    """Return what was up by the checks on a deployment's record; nothing if none were made."""
    checks = checks or {"sessions": [], "neighbours": []}
    return StillWanted(
        sessions=frozenset((vrf, ip_address(address)) for vrf, address, _ in checks["sessions"]),
        neighbours=frozenset(
            (version, interface, router_id) for version, interface, router_id, _ in checks["neighbours"]
        ),
    )
