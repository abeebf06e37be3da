"""`Outside`: the one place that picks real drivers, the real clock, and merges what is needed to reach a router."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.utils.module_loading import import_string

from hanse.conf.drivers import driver_kind
from hanse.conf.environment import current_settings
from hanse.conf.irr_means import irr_means
from hanse.conf.peeringdb_means import peeringdb_means
from hanse.conf.telling import keeping, telling
from hanse.conf.templates import templates_in
from hanse.deploy.limits import SafetyLimits
from hanse.deploy.means import Times
from hanse.deploy.rollout import Pace
from hanse.devices.clock import Clock, SystemClock
from hanse.devices.driver import DriverKind, Target
from hanse.devices.napalm.arguments import merged_arguments
from hanse.monitor.telling.means import Telling
from hanse.network.values.secrets import UnknownSecret
from hanse.network.wanted.nodes import Login, Node, Platform
from hanse.registries.irr.bgpq4 import Bgpq4
from hanse.registries.irr.registry import IrrMeans
from hanse.registries.peering import PeeringdbMeans
from hanse.registries.peeringdb.client import Peeringdb
from hanse.store.keeping import Keeping

SSH: Final = "linux"  # the driver that `--via` has another stand in for
CARRIER: Final = "hanse.conf.work.carry"  # by name, as engines know it: the task itself needs this world


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The world as the settings say. It is an `actions.world.World`.

    `via`: the driver that stands in for `linux`, where these routers are to be reached another way for once.
    """

    username: str
    password: str = field(repr=False)
    timeout: timedelta
    arguments: Mapping[str, Any] = field(repr=False)
    key_file: Path | None
    templates: Mapping[str, str]  # those that replace ours, from the folder of HANSE_TEMPLATES
    limits: SafetyLimits
    times: Times
    pace: Pace
    concurrency: int
    telling: Telling = field(default_factory=Telling)
    keeping: Keeping = field(default_factory=Keeping)
    irr: IrrMeans = field(default_factory=lambda: IrrMeans(irr=Bgpq4()))
    peeringdb: PeeringdbMeans = field(default_factory=lambda: PeeringdbMeans(registry=Peeringdb()))
    clock: Clock = field(default_factory=SystemClock)
    via: str = ""

    def kind(self, driver: str) -> DriverKind:
        """Return the driver kind of that name.

        :raises NotADriver:
        :raises UnknownNapalmDriver:
        """
        return driver_kind(self.via if self.via and driver == SSH else driver)

    def target(self, node: Node, platform: Platform, *, secrets: Mapping[str, str], host_key: str) -> Target:
        """Return everything that is needed to reach `node`: settings, then platform, then the router's own.

        :raises UnknownSecret: its login names a password that nobody has put down
        """
        login = node.login or Login()
        if login.password and login.password not in secrets:
            raise UnknownSecret(
                f"{node.name}: its login names the secret {login.password}: `hanse secret set {login.password}`"
            )
        return Target(
            name=node.name,
            host=str(node.management.address.ip),
            port=login.port,
            username=login.username or self.username,
            password=secrets[login.password] if login.password else self.password,
            key_file=str(self.key_file or ""),
            host_key=host_key,
            timeout=self.timeout,
            extent=platform.extent,
            arguments=merged_arguments(self.arguments, platform.arguments, node.arguments),
            secrets=secrets,
        )

    def carry(self, job: int) -> None:
        """Give a job's number to the engine."""
        import_string(CARRIER).enqueue(job)


def outside(via: str = "") -> Outside:
    """Return the world as this process's settings say, with Linux routers reached `via` another driver if one is named.

    :raises BadSetting:
    :raises TooShortToJudge: sessions would get longer to settle than the routers wait
    """
    values = current_settings()
    return Outside(
        username=values["NAPALM_USERNAME"],
        password=values["NAPALM_PASSWORD"],
        timeout=values["NAPALM_TIMEOUT"],
        arguments=values["NAPALM_ARGS"],
        key_file=values["HANSE_SSH_KEY"],
        templates=templates_in(values["HANSE_TEMPLATES"]),
        limits=SafetyLimits(
            max_routers=values["HANSE_MAX_ROUTERS"],
            max_share_of_lines_removed=values["HANSE_MAX_LINES_REMOVED"],
            max_share_of_sessions_removed=values["HANSE_MAX_SESSIONS_REMOVED"],
        ),
        times=Times(
            undo_after=values["HANSE_UNDO_AFTER"],
            settle=values["HANSE_SETTLE"],
            first_look=values["HANSE_FIRST_LOOK"],
        ),
        pace=Pace(canary=values["HANSE_CANARY"], batch=values["HANSE_BATCH"], concurrency=values["HANSE_CONCURRENCY"]),
        concurrency=values["HANSE_CONCURRENCY"],
        telling=telling(values),
        keeping=keeping(values),
        irr=irr_means(values),
        peeringdb=peeringdb_means(values),
        via=via,
    )
