"""What the statuses of routers, links and sessions do to the derivation: who takes part, and what traffic leaves.

Planned and staged things are in no other router's configuration. A drained one stays there and works on: it only
becomes the last way that anybody takes, so that traffic has left it before somebody pulls a cable.
"""

from dataclasses import replace
from typing import Final

from hanse.derive.spec import ExportPolicy, ImportPolicy, PolicySpec
from hanse.network.values.communities import CommunityValue
from hanse.network.wanted.links import Link, LinkStatus
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, NodeStatus
from hanse.network.wanted.sessions import Session, SessionStatus

HIGHEST_COST: Final = 65535  # MaxLinkMetric, RFC 6987 section 2: the last way, and still one
GRACEFUL_SHUTDOWN: Final = CommunityValue(numbers=(65535, 0))  # RFC 8326 section 5
OUT_OF_SERVICE: Final = frozenset({"planned", "staged", "offline"})  # of routers and of links
LEAST_PREFERENCE: Final = 0  # RFC 8326 section 4


def takes_part(network: Network, link: Link) -> bool:
    """Say whether `link` is on its routers: it is not planned, and neither is one of them, nor staged."""
    nodes = (network.nodes.get(end.node) for end in link.ends)
    return link.status is not LinkStatus.PLANNED and all(node is not None and node.status.takes_part for node in nodes)


def out_of_service(network: Network, link: Link) -> str:
    """Return why nobody expects `link` to be up; empty: it is to be up."""
    if link.status in OUT_OF_SERVICE:
        return f"it is {link.status}"
    nodes = (network.nodes[end.node] for end in link.ends)
    return "; ".join(f"{node.name} is {node.status}" for node in nodes if node.status in OUT_OF_SERVICE)


def is_drained(node: Node, link: Link) -> bool:
    """Say whether what leaves `node` over `link` takes any other way: somebody works on one of the two."""
    return node.status is NodeStatus.MAINTENANCE or link.status is LinkStatus.MAINTENANCE


def drained_by(node: Node, session: Session, status: SessionStatus) -> str:
    """Return the path of what asks traffic to leave a session that is up; empty: nothing does.

    `status` is the session's with what stands above it taken into account.
    """
    if not status.is_up:
        return ""
    if node.status is NodeStatus.MAINTENANCE:
        return f"nodes.{node.name}.status"
    return f"sessions.{session.name}.status" if status is SessionStatus.PRE_MAINTENANCE else ""


def taken_last(policy: ImportPolicy, why: str) -> ImportPolicy:
    """Return `policy` with a last rule that prefers every other way; as it is where nothing is drained."""
    if not why:
        return policy
    rule = PolicySpec(name="draining", local_preference=LEAST_PREFERENCE, why=why)
    return replace(policy, policies=(*policy.policies, rule))


def told_to_leave(policy: ExportPolicy, why: str) -> ExportPolicy:
    """Return `policy` with the community that asks for other ways to be taken; as it is where nothing is drained."""
    if not why:
        return policy
    communities = (*policy.communities, GRACEFUL_SHUTDOWN)
    return replace(policy, communities=communities, on_default=(GRACEFUL_SHUTDOWN,) if policy.default_route else ())
