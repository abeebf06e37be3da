"""A campaign: faults drawn by a seed, one after the other on a running network, each judged on the router itself."""

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse_lab.errors import CommandFailed, LabError, NotInTime
from hanse_lab.faults import variants
from hanse_lab.faults.catalogue import Fault, Kind, Variant, drawn
from hanse_lab.faults.look import Look, Shown, is_settled, look_at
from hanse_lab.faults.strike import Victim, cure, prepare, strike
from hanse_lab.folder import Folder
from hanse_lab.lab import Say, down, up
from hanse_lab.product import Hanse
from hanse_lab.waiting import wait_until

UNDO_AFTER: Final = timedelta(seconds=12)
SETTLE: Final = timedelta(seconds=5)
GRACE: Final = timedelta(seconds=10)  # beyond the undo time
CUT_FOR: Final = timedelta(seconds=8)  # at least: longer than Hanse waits for an answer here
HANSE_ENDS_WITHIN: Final = timedelta(seconds=90)
SETTINGS: Final = (
    ("HANSE_UNDO_AFTER", f"{UNDO_AFTER.total_seconds():g}"),
    ("HANSE_SETTLE", f"{SETTLE.total_seconds():g}"),
    ("NAPALM_TIMEOUT", "5"),
)
# What the record may say of a router that stands so. `none`: the deployment never began.
ALLOWED: Final[dict[Shown, frozenset[str]]] = {
    Shown.NEW: frozenset({"kept"}),
    Shown.OLD: frozenset({"reverted", "refused", "discarded", "none"}),
    Shown.MIXED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one fault ended."""

    fault: Fault
    shown: Shown
    recorded: str  # the stage of the deployment's record
    took: timedelta  # from the strike until the router had settled
    wrong: tuple[str, ...]  # sentences; empty: all is as promised

    def __str__(self) -> str:
        end = f"{self.shown}, recorded {self.recorded}, after {self.took.total_seconds():.1f} s"
        return f"{'ok  ' if not self.wrong else 'BAD '} {self.fault}: {end}{''.join(f'; {one}' for one in self.wrong)}"


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is needed to try one fault after the other on one router."""

    victim: Victim
    folder: Path  # of the variants
    originals: dict[str, str]

    @property
    def hanse(self) -> Hanse:
        """Return the product as it is normally used here."""
        return Hanse(self.victim.folder, SETTINGS)

    def with_variant(self, variant: Variant) -> Hanse:
        """Return the product with the templates of `variant`."""
        place = self.folder / variant.name.lower()
        variants.write(place, variant, self.originals)
        return Hanse(self.victim.folder, (*SETTINGS, ("HANSE_TEMPLATES", str(place))))

    def look(self) -> Look:
        """Return what the router shows now."""
        name = self.victim.name
        router = next(one for one in self.victim.folder.read().plan.routers if one.name == name)
        return look_at(self.victim.node, str(router.address.ip))


def prepared(folder: Folder, victim: str) -> Campaign:
    """Return a campaign against the router `victim` of a network that is up and as wanted."""
    hanse = Hanse(folder)
    originals = {name: hanse.tree("template", "show", name)["text"] for name in variants.TEMPLATES}
    return Campaign(Victim(folder, victim), folder.path / "variants", originals)


def try_fault(campaign: Campaign, fault: Fault) -> Result:
    """Deploy with `fault`, and judge how the router and the record end; the router is as before afterwards.

    :raises LabError: the router is not as wanted to begin with, or cannot be brought back
    """
    victim = campaign.victim
    before = campaign.look()
    if before.shown is not Shown.OLD:
        raise LabError(f"{victim.name} is not as wanted before the fault: {before.in_files} {before.in_force}")
    last = _record(campaign)["name"]
    prepare(fault, victim)
    deploying = campaign.with_variant(fault.variant).begin("apply", "--limit", victim.name, "--yes", "--force")
    try:
        strike(fault, victim, deploying)
        struck = time.monotonic()
        if fault.kind in {Kind.HARMFUL, Kind.DISK_FULL}:  # the disk stays full until Hanse has ended
            deploying.wait(HANSE_ENDS_WITHIN.total_seconds())
        if fault.kind is Kind.CONNECTION_CUT:
            time.sleep(CUT_FOR.total_seconds())
        late = _late(campaign, struck)
        took = timedelta(seconds=time.monotonic() - struck)
    except BaseException:
        deploying.kill()
        raise
    finally:
        cure(victim)
        deploying.wait(HANSE_ENDS_WITHIN.total_seconds())
    result = _judged(campaign, fault, before, last)
    _bring_back(campaign)
    return replace(result, took=took, wrong=(*late, *result.wrong))


def _late(campaign: Campaign, struck: float) -> tuple[str, ...]:
    """Wait until the router has settled; say so if that takes longer than promised."""
    rest = (UNDO_AFTER + GRACE).total_seconds() - (time.monotonic() - struck)
    try:
        wait_until(
            f"{campaign.victim.name} has no open transaction and is entirely old or new",
            lambda: is_settled(campaign.victim.node) and campaign.look().shown is not Shown.MIXED,
            within=timedelta(seconds=max(rest, 0)),
        )
    except NotInTime as error:
        return (str(error),)
    return ()


def _judged(campaign: Campaign, fault: Fault, before: Look, last: str) -> Result:
    """Return what the router shows and the record says, with what is not as promised."""
    wrong = []
    try:
        campaign.hanse.say("poll", "--limit", campaign.victim.name)  # asks about a deployment whose Hanse died, too
    except CommandFailed as error:
        wrong.append(f"it cannot be reached: {error}")
    found = campaign.look()
    recorded = _recorded(campaign, last)
    if found.shown is Shown.MIXED:
        wrong.append(f"neither old nor new: files {found.in_files}, in force {found.in_force}")
    if found.shown is Shown.OLD and found.files != before.files:
        wrong.append("the old files are not what they were")
    if recorded not in ALLOWED[found.shown]:
        wrong.append(f"the record says {recorded} and the router is {found.shown}")
    return Result(fault=fault, shown=found.shown, recorded=recorded, took=timedelta(0), wrong=tuple(wrong))


def _record(campaign: Campaign) -> dict[str, Any]:
    """Return the router's latest deployment as `hanse status` tells it."""
    status = campaign.hanse.tree("status", "--limit", campaign.victim.name)
    router = next(one for one in status["routers"] if one["node"] == campaign.victim.name)
    return router["deployment"] or {"name": "", "stage": "none"}


def _recorded(campaign: Campaign, last: str) -> str:
    """Return the stage of the deployment that the fault struck; `none` if it never began."""
    record = _record(campaign)
    return str(record["stage"]) if record["name"] != last else "none"


def _bring_back(campaign: Campaign) -> None:
    """Install the wanted configuration again where the new one was kept."""
    if campaign.look().shown is not Shown.OLD:
        campaign.hanse.say("apply", "--limit", campaign.victim.name, "--yes", "--force")


def campaign(network: Path, folder: Folder, *, seed: int, count: int, say: Say) -> bool:
    """Start a network, try `count` faults drawn by `seed`, and take it down; True if all ended as promised.

    :raises LabError:
    """
    try:
        up(network, folder, say)
        hanse = Hanse(folder)
        for words in (("import", str(network)), ("ping", "--learn"), ("apply", "--yes", "--force")):
            say(f"hanse {' '.join(words)} ...")
            hanse.say(*words)
        results = []
        tried = prepared(folder, folder.read().plan.routers[0].name)
        for fault in drawn(seed=seed, count=count):
            results.append(try_fault(tried, fault))
            say(f"{len(results):3} {results[-1]}")
    finally:
        down(folder)
    bad = sum(bool(result.wrong) for result in results)
    say(f"{len(results)} faults with seed {seed}: {bad} did not end as promised.")
    return not bad
