"""One device behind a NAPALM driver, in the words of `devices/driver.py`.

What NAPALM cannot say, this driver does not make up: OSPF and whole forwarding tables are not offered, and of another
connection's deployment it knows only whether something is on trial. A candidate lives as long as its connection:
`commit` needs the connection that staged, `confirm` and `undo` do not.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from functools import partial
from time import monotonic
from typing import Any

from hanse.devices.driver import (
    CandidateRefused,
    CommitFailed,
    DriverKind,
    NothingOpen,
    NotOffered,
    Reached,
    Staged,
    Target,
    Verdict,
)
from hanse.devices.napalm.arguments import optional_arguments
from hanse.devices.napalm.bgp import all_sessions, plain_answer
from hanse.devices.napalm.device_facts import seen_device, seen_interfaces, seen_lldp_neighbours
from hanse.devices.napalm.errors import Step, in_our_words
from hanse.devices.napalm.host_keys import insist_on_host_key, shown_host_key
from hanse.devices.napalm.owned.changes import HIDDEN
from hanse.devices.napalm.owned.section import Section
from hanse.devices.napalm.platforms import Platform, napalm_class, platform_of
from hanse.network.errors import OutsideError
from hanse.network.seen.bgp import SeenSession
from hanse.network.seen.device import (
    SeenDevice,
    SeenInterface,
    SeenLabel,
    SeenLldpNeighbour,
    SeenOspfNeighbour,
    SeenRoute,
)
from hanse.network.values.secrets import conceal, reveal
from hanse.network.wanted.nodes import Extent


def napalm_kind(driver_name: str) -> DriverKind:
    """Return the driver kind of any NAPALM driver: one that NAPALM ships, or a third party's that is installed.

    :raises UnknownNapalmDriver:
    """
    platform = platform_of(driver_name)
    return DriverKind(
        name=f"napalm:{platform.name}",
        abilities=platform.abilities,
        open=partial(napalm_device, platform),
        learn_host_key=partial(shown_host_key, port=platform.ssh_port) if platform.ssh_port else None,
    )


@contextmanager
def napalm_device(platform: Platform, target: Target) -> Iterator["NapalmDevice"]:
    """Open the device and close it again; a candidate that was not committed is discarded on the way out.

    :raises Unreachable:
    :raises HostKeyChanged:
    :raises LoginRefused:
    """
    driver_class = napalm_class(platform.name)
    if platform.ssh_port:
        insist_on_host_key(target, port=platform.ssh_port)
    with in_our_words(Step.OPEN, target):
        raw = driver_class(
            hostname=target.host,
            username=target.username,
            password=target.password,
            timeout=max(1, round(target.timeout.total_seconds())),
            optional_args=optional_arguments(target),
        )
    device = NapalmDevice(platform=platform, target=target, raw=raw)
    try:
        with in_our_words(Step.OPEN, target):
            raw.open()
        yield device
    finally:
        device.close()


class NapalmDevice:
    """A `Driver` while its connection is open; what it remembers is this connection's own doing."""

    def __init__(self, *, platform: Platform, target: Target, raw: Any) -> None:
        self._platform = platform
        self._target = target
        self._raw = raw
        self._section = platform.section if target.extent is Extent.OWNED else None
        self._staged = ""  # the deployment whose candidate lies on the device
        self._unloaded: str | None = None  # a candidate that was not loaded, because it says what runs
        self._did: dict[str, Verdict] = {}  # what this connection did to deployments, and may have timed out since

    def reach(self) -> Reached:
        """Ask the device for its facts: NAPALM's own `is_alive` may answer without asking it."""
        before = monotonic()
        version = self.facts().os_version
        return Reached(took=timedelta(seconds=monotonic() - before), version=version)

    def stage(self, deployment: str, text: str) -> Staged:
        """Load what makes the device's configuration, or what is ours of it, the text.

        A platform whose owned section Hanse knows gets the lines that are missing and those that take away what is too
        much; nothing is loaded where there are none. Any other gets the whole, merged where it cannot replace.

        :raises UnknownSecret:
        """
        if self._pending():
            on_trial = ", ".join(name for name, done in self._did.items() if done is Verdict.TRIAL) or "a commit"
            raise CandidateRefused(f"{self._target.name}: {on_trial} is on trial: confirm or undo it first")
        self._discard_staged()
        if self._section:
            return self._stage_ours(self._section, deployment, text)
        if HIDDEN in text:
            raise CandidateRefused(f"{self._target.name}: the text holds a password that Hanse does not know: {HIDDEN}")
        load = self._raw.load_replace_candidate if self._platform.replace else self._raw.load_merge_candidate
        diff = self._load(deployment, load, reveal(text, self._target.secrets))
        return Staged(diff=diff, is_whole=self._platform.replace)

    def _stage_ours(self, section: Section, deployment: str, text: str) -> Staged:
        running, known = self._read_running(), (self._target.secrets, self._target.changed_secrets)
        lines = section.merge_lines(running, text, *known)
        if not lines:
            self._staged, self._unloaded = deployment, reveal(text, self._target.secrets)
            return Staged(diff="", is_whole=False)
        diff = self._load(deployment, self._raw.load_merge_candidate, lines)
        if self._platform.merge_diff:
            return Staged(diff=diff, is_whole=False)
        return Staged(diff=difference(section.owned(running, text, *known), text), is_whole=False)

    def _load(self, deployment: str, load: Callable[..., Any], config: str) -> str:
        """Load a candidate and return the device's own diff."""
        if self._platform.names_session:
            self._raw.config_session = session_name(deployment)
        self._staged, self._unloaded = deployment, None
        try:
            self._ask(Step.STAGE, load, config=config)
            return self._concealed(self._ask(Step.STAGE, self._raw.compare_config))
        except CandidateRefused:
            with suppress(OutsideError):  # the driver may have discarded it itself
                self._discard_staged()
            raise

    def commit(self, deployment: str, *, undo_after: timedelta | None) -> None:
        """Install the candidate; a platform's timer that counts in minutes is rounded up.

        :raises NothingOpen: the candidate was staged over another connection, and NAPALM's ended with that
        """
        revert_in = None if undo_after is None else self._revert_in(undo_after)
        if self._staged != deployment:
            raise NothingOpen(
                f"{self._target.name}: {deployment} is not staged on this connection; a NAPALM driver's candidate "
                "does not outlive its connection: stage it again"
            )
        if self._unloaded is not None:  # asked to install even so
            self._load(deployment, self._raw.load_merge_candidate, self._unloaded)
        message = f"hanse {deployment}" if self._platform.takes_message and revert_in is None else ""
        self._staged = ""
        try:
            self._ask(Step.COMMIT, self._raw.commit_config, message=message, revert_in=revert_in)
        except CommitFailed:
            self._take_back(timed=revert_in is not None)
            raise
        self._did[deployment] = Verdict.KEPT if revert_in is None else Verdict.TRIAL

    def confirm(self, deployment: str) -> None:
        """Stop the timer; a pending commit is taken for this deployment's, as NAPALM gives commits no names."""
        if self._pending():
            self._reopen(deployment)
            self._ask(Step.SETTLE, self._raw.confirm_commit)
            self._did[deployment] = Verdict.KEPT
        elif self._did.get(deployment) is not Verdict.KEPT:
            raise NothingOpen(f"{self._target.name}: no commit is on trial")

    def discard(self, deployment: str) -> None:
        """Throw this connection's candidate away; any other went with its connection."""
        if self._staged == deployment:
            self._discard_staged()

    def undo(self, deployment: str) -> None:
        """Roll back: what is pending, or without a timer what this very connection installed."""
        mine = self._platform.timer is None and self._did.get(deployment) is Verdict.KEPT
        if not (mine or self._pending()):
            raise NothingOpen(f"{self._target.name}: no commit is on trial")
        self._reopen(deployment)
        self._ask(Step.SETTLE, self._raw.rollback)
        self._did[deployment] = Verdict.REVERTED

    def verdict(self, deployment: str) -> Verdict:
        """Say TRIAL while any commit is pending, else what this connection did; NAPALM keeps no memory of others."""
        if self._pending():
            return Verdict.TRIAL
        if self._staged == deployment:
            return Verdict.STAGED
        done = self._did.get(deployment, Verdict.UNKNOWN)
        return Verdict.UNKNOWN if done is Verdict.TRIAL else done

    def running(self, like: str = "") -> str:
        """Return what is ours of the running configuration; all of it where Hanse does not know what is ours."""
        running = self._read_running()
        if self._section:
            return self._section.owned(running, like, self._target.secrets, self._target.changed_secrets)
        return self._concealed(running)

    def _read_running(self) -> str:
        """Return the running configuration in the device's own words."""
        return str(self._ask(Step.ASK, self._raw.get_config, retrieve="running")["running"])

    def facts(self) -> SeenDevice:
        """Return what the device says of itself."""
        return seen_device(self._ask(Step.ASK, self._raw.get_facts))

    def interfaces(self) -> tuple[SeenInterface, ...]:
        """Return all interfaces, by name; without addresses where the driver cannot tell them."""
        links = self._ask(Step.ASK, self._raw.get_interfaces)
        try:
            addresses = self._ask(Step.ASK, self._raw.get_interfaces_ip)
        except NotOffered:
            addresses = {}
        return seen_interfaces(links, addresses)

    def bgp_sessions(self) -> tuple[SeenSession, ...]:
        """Return all BGP sessions, from both of NAPALM's answers where the driver has both."""
        plain = partial(plain_answer, self._raw, self._platform.name)
        return all_sessions(
            lambda: self._ask(Step.ASK, self._raw.get_bgp_neighbors_detail),
            lambda: self._ask(Step.ASK, plain),
            now=datetime.now(UTC).replace(microsecond=0),
        )

    def ospf_neighbours(self) -> tuple[SeenOspfNeighbour, ...]:
        """NAPALM has no question for them.

        :raises NotOffered: always
        """
        raise NotOffered(f"{self._target.name}: NAPALM does not report OSPF neighbours")

    def routes(self) -> tuple[SeenRoute, ...]:
        """NAPALM asks for one destination at a time only.

        :raises NotOffered: always
        """
        raise NotOffered(f"{self._target.name}: NAPALM does not report forwarding tables")

    def lldp_neighbours(self) -> tuple[SeenLldpNeighbour, ...]:
        """Return what LLDP sees, by interface; nothing where the driver cannot tell."""
        try:
            return seen_lldp_neighbours(self._ask(Step.ASK, self._raw.get_lldp_neighbors))
        except NotOffered:
            return ()

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return none: nobody reports them."""
        return ()

    def close(self) -> None:
        """Discard an uncommitted candidate, which on Junos the next person's commit would install; hang up."""
        with suppress(OutsideError):
            self._discard_staged()
        if self._platform.names_session:
            self._raw.config_session = None  # EOS: hanging up would abort it, which undoes a commit on trial
        with suppress(OutsideError):
            self._ask(Step.ASK, self._raw.close)

    def _ask(self, step: Step, question: Callable[..., Any], **arguments: Any) -> Any:
        with in_our_words(step, self._target):
            return question(**arguments)

    def _pending(self) -> bool:
        return self._platform.timer is not None and bool(self._ask(Step.ASK, self._raw.has_pending_commit))

    def _concealed(self, text: str | None) -> str:
        known = conceal(text or "", self._target.secrets)
        return self._platform.section.concealed(known, self._target.secrets) if self._platform.section else known

    def _revert_in(self, undo_after: timedelta) -> int:
        """Return the seconds of the device's timer.

        :raises NotOffered:
        """
        if self._platform.timer is None:
            raise NotOffered(f"{self._target.name}: the NAPALM driver {self._platform.name} has no undo timer")
        return round(self._platform.timer.at_least(undo_after).total_seconds())

    def _reopen(self, deployment: str) -> None:
        if self._platform.names_session:
            self._raw.config_session = session_name(deployment)

    def _discard_staged(self) -> None:
        was_loaded = bool(self._staged) and self._unloaded is None
        self._staged, self._unloaded = "", None
        if was_loaded:
            self._ask(Step.STAGE, self._raw.discard_config)

    def _take_back(self, *, timed: bool) -> None:
        """After a failed commit: undo what may be pending, drop the candidate and with it the device's lock."""
        if timed and self._pending():
            self._ask(Step.SETTLE, self._raw.rollback)
        else:
            self._ask(Step.SETTLE, self._raw.discard_config)


def session_name(deployment: str) -> str:
    """Return the name of the configuration session on a platform whose candidates have names.

    >>> session_name("city-7")
    'hanse_city-7'
    """
    return f"hanse_{deployment}"


def difference(running: str, wanted: str) -> str:
    """Return a unified diff, for a platform that has none of its own."""
    lines = unified_diff(running.splitlines(), wanted.splitlines(), "running", "wanted", lineterm="")
    return "".join(f"{line}\n" for line in lines)
