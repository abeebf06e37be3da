"""What actions need of the world outside the store; `conf.outside` has the real one, tests have theirs."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from hanse.deploy.limits import SafetyLimits
from hanse.deploy.means import Times
from hanse.deploy.rollout import Pace
from hanse.devices.clock import Clock
from hanse.devices.driver import Driver, DriverKind, Target
from hanse.monitor.telling.means import Telling
from hanse.network.errors import OutsideError, WantedError
from hanse.network.wanted.lookups import insist_on_nodes
from hanse.network.wanted.network import Network
from hanse.network.wanted.nodes import Node, Platform
from hanse.registries.irr.registry import IrrMeans
from hanse.registries.peering import PeeringdbMeans
from hanse.store import access, deployments
from hanse.store.keeping import Keeping


class NoWayIn(OutsideError):
    """The router cannot be asked: its driver is not installed, or its password was never put down."""

    retry = False


class World(Protocol):
    """Drivers, the clock, and how much may be done at once."""

    @property
    def clock(self) -> Clock: ...
    @property
    def limits(self) -> SafetyLimits: ...
    @property
    def times(self) -> Times: ...
    @property
    def pace(self) -> Pace: ...
    @property
    def concurrency(self) -> int: ...
    @property
    def templates(self) -> Mapping[str, str]: ...
    @property
    def telling(self) -> Telling: ...
    @property
    def keeping(self) -> Keeping: ...
    @property
    def irr(self) -> IrrMeans: ...
    @property
    def peeringdb(self) -> PeeringdbMeans: ...

    def kind(self, driver: str) -> DriverKind:
        """Return the driver kind of that name."""

    def target(self, node: Node, platform: Platform, *, secrets: Mapping[str, str], host_key: str) -> Target:
        """Return everything that is needed to reach `node`."""

    def carry(self, job: int) -> None:
        """Give a job's number to the engine, which runs the job in a worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The way into every router of a network. What it needs of the store was read before: it opens in any thread."""

    network: Network
    world: World
    secrets: Mapping[str, str]
    host_keys: Mapping[str, str]
    secrets_changed_at: Mapping[str, datetime] = field(default_factory=dict)
    installed_at: Mapping[str, datetime] = field(default_factory=dict)  # when each router was last installed

    def driver_name(self, node: str) -> str:
        """Return what the router's platform calls its driver."""
        return self.network.platforms[self.network.nodes[node].platform].driver

    def kind(self, node: str) -> DriverKind:
        """Return the driver kind of a router."""
        return self.world.kind(self.driver_name(node))

    def target(self, node: str) -> Target:
        """Return how a router is reached."""
        wanted = self.network.nodes[node]
        target = self.world.target(
            wanted,
            self.network.platforms[wanted.platform],
            secrets=self.secrets,
            host_key=self.host_keys.get(node, ""),
        )
        return replace(target, changed_secrets=self._changed_secrets(node))

    def _changed_secrets(self, node: str) -> frozenset[str]:
        """Return the secrets that have another value than when the router was last installed; all, if it never was."""
        installed = self.installed_at.get(node)
        if installed is None:
            return frozenset(self.secrets)
        return frozenset(name for name, at in self.secrets_changed_at.items() if at >= installed)

    def open(self, node: str) -> AbstractContextManager[Driver]:
        """Connect to a router.

        :raises NoWayIn: what is wanted or installed here does not tell how
        """
        try:
            kind, target = self.kind(node), self.target(node)
        except WantedError as error:
            raise NoWayIn(str(error)) from error
        return kind.open(target)


def doors(network: Network, world: World) -> Doors:
    """Return the way into every router of `network`. Four queries."""
    return Doors(
        network=network,
        world=world,
        secrets=access.secrets(),
        host_keys=access.host_keys(),
        secrets_changed_at=access.secret_list(),
        installed_at=deployments.last_kept_at(),
    )


def chosen(network: Network, limit: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the routers in `limit`, in order; if it is empty all that are there to be asked.

    :raises NoSuchNode:
    """
    names = sorted(set(limit)) or sorted(name for name, node in network.nodes.items() if node.status.is_asked)
    insist_on_nodes(names, network.nodes)
    return tuple(names)
