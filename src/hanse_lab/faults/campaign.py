"""A campaign: faults drawn by a seed, one after the other on a running network, each judged on the router itself."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hanse_lab.errors import CommandFailed, LabError, NoSuchNode, NotInTime
from hanse_lab.faults import variants
from hanse_lab.faults.bearings import Bearings, bearings_of, differences
from hanse_lab.faults.catalogue import Fault, Kind, drawn
from hanse_lab.faults.look import Look, Shown, is_settled, look_at
from hanse_lab.faults.marks import MARK, Mark, marks_of
from hanse_lab.faults.pace import Pace, pace_for
from hanse_lab.faults.results import Result, by_kind
from hanse_lab.faults.strike import StepNeverCame, Victim, cure, prepare, strike
from hanse_lab.faults.variants import TemplateHasChanged, Variant, left_out, templates_of
from hanse_lab.folder import Folder
from hanse_lab.lab import Say, down, insist_on_none, plan_from, up
from hanse_lab.plan import LabPlan, Place
from hanse_lab.product import Hanse
from hanse_lab.waiting import wait_until

TRIES: Final = 3
FILE: Final = re.compile(r"^#= (?P<path>/\S+) ", re.MULTILINE)  # as `hanse render` begins each of a router's files
# What the record may say of a router that stands so. `none`: the deployment never began.
ALLOWED: Final[dict[Shown, frozenset[str]]] = {
    Shown.NEW: frozenset({"kept"}),
    Shown.OLD: frozenset({"reverted", "refused", "discarded", "none"}),
    Shown.MIXED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is needed to try one fault after the other on one router."""

    victim: Victim
    folder: Path  # of the variants
    originals: dict[str, str]  # Hanse's templates, name -> text
    marked: tuple[Mark, ...]  # of the router's files
    pace: Pace

    @property
    def hanse(self) -> Hanse:
        """Return the product as it is normally used here."""
        return Hanse(self.victim.folder, self.pace.settings)

    def with_variant(self, variant: Variant) -> Hanse:
        """Return the product with the templates of `variant`, over those that the lab itself has replaced."""
        place = self.folder / variant.name.lower()
        if self.victim.folder.templates.is_dir():
            shutil.copytree(self.victim.folder.templates, place, dirs_exist_ok=True)
        variants.write(place, variants.texts(self.originals, variant, self.marked))
        return Hanse(self.victim.folder, (*self.pace.settings, ("HANSE_TEMPLATES", str(place))))

    def look(self) -> Look:
        """Return what the router shows now."""
        name = self.victim.name
        router = next(one for one in self.victim.folder.read().plan.routers if one.name == name)
        return look_at(self.victim.node, str(router.address.ip), self.marked)

    def bearings(self) -> Bearings:
        """Return all that the router is and does now."""
        return bearings_of(self.victim.node)

    def drawn(self, *, seed: int, count: int) -> tuple[Fault, ...]:
        """Return `count` faults for this router, decided by the seed alone."""
        return drawn(self.marked, seed=seed, count=count)

    def is_well(self) -> bool:
        """Poll, and say whether the network is as wanted."""
        self.hanse.tree("poll")
        return bool(self.hanse.tree("status")["well"])

    def gets_well(self) -> None:
        """Wait until the network is as wanted.

        :raises NotInTime:
        """
        wait_until("the network is as wanted", self.is_well, within=self.pace.well_within, every=timedelta(seconds=1))


def prepared(folder: Folder, victim: str) -> Campaign:
    """Return a campaign against the router `victim` of a network that is up and as wanted.

    :raises TemplateHasChanged: what is deployed would not change one of its files
    """
    hanse = Hanse(folder)
    place = folder.read().place
    marked = marks_of(files_of(hanse, victim), place)
    originals = {name: hanse.tree("template", "show", name)["text"] for name in templates_of(marked)}
    made = Campaign(Victim(folder, victim), folder.path / "variants", originals, marked, pace_for(marked, place))
    for file, new in files_of(made.with_variant(Variant.GOOD), victim).items():
        if MARK not in new:
            raise TemplateHasChanged(f"{victim}: nothing makes {file} new")
    return made


def files_of(hanse: Hanse, router: str) -> dict[str, str]:
    """Return the files that Hanse writes on a router, path -> text; secrets stand as their names."""
    text = hanse.tree("render", router)["text"]
    return dict(zip(FILE.findall(text), FILE.split(text)[2::2], strict=True))


def try_fault(campaign: Campaign, fault: Fault) -> Result:
    """Deploy with `fault`, and judge how the router and the record end; the router is as before afterwards.

    :raises LabError: the router is not as wanted to begin with, or cannot be brought back
    """
    before, bearings = campaign.look(), campaign.bearings()
    if before.shown is not Shown.OLD:
        raise LabError(f"{campaign.victim.name} is not as wanted before the fault: {before}")
    last = _record(campaign)["name"]
    with _struck(campaign, fault) as struck:
        # What strikes at no step strikes all the time: its time begins when Hanse has ended.
        late = _late(campaign, struck if fault.step else time.monotonic())
        took = timedelta(seconds=time.monotonic() - struck)
    result = _judged(campaign, fault, before, last)
    as_before = _as_before(campaign, bearings) if result.shown is Shown.OLD else ()
    _bring_back(campaign)
    brought = _as_before(campaign, bearings) if result.shown is not Shown.OLD else ()
    return replace(result, took=took, wrong=(*late, *result.wrong, *as_before, *brought))


def try_until_struck(campaign: Campaign, fault: Fault) -> Result:
    """Try `fault` again if the deployment ended by itself before the step came, as it may on a busy machine.

    :raises LabError:
    """
    for _ in range(1, TRIES):
        try:
            return try_fault(campaign, fault)
        except StepNeverCame:
            _late(campaign, time.monotonic())
            _bring_back(campaign)
    return try_fault(campaign, fault)


@contextmanager
def _struck(campaign: Campaign, fault: Fault) -> Iterator[float]:
    """Deploy, strike, and give the moment of the strike; all that was done to the surroundings is taken back."""
    victim, patience = campaign.victim, campaign.pace.hanse_ends_within.total_seconds()
    prepare(fault, victim)
    deploying = campaign.with_variant(fault.variant).begin("apply", "--limit", victim.name, "--yes", "--force")
    try:
        strike(fault, victim, deploying, campaign.pace)
        struck = time.monotonic()
        if fault.kind in {Kind.HARMFUL, Kind.DISK_FULL}:  # the disk stays full until Hanse has ended
            deploying.wait(patience)
        if fault.kind is Kind.CONNECTION_CUT:
            time.sleep(campaign.pace.cut_for.total_seconds())
        yield struck
    except BaseException:
        deploying.kill()
        raise
    finally:
        cure(victim)
        deploying.wait(patience)


def _late(campaign: Campaign, struck: float) -> tuple[str, ...]:
    """Wait until the router has settled; say so if that takes longer than promised."""
    rest = campaign.pace.settled_within.total_seconds() - (time.monotonic() - struck)
    try:
        wait_until(
            f"{campaign.victim.name} has no open transaction and is entirely old or new",
            lambda: is_settled(campaign.victim.node) and campaign.look().shown is not Shown.MIXED,
            within=timedelta(seconds=max(rest, 0)),
        )
    except NotInTime as error:
        return (str(error),)
    return ()


def _as_before(campaign: Campaign, bearings: Bearings) -> tuple[str, ...]:
    """Wait until the router is and does exactly what it was and did; say what is otherwise."""
    try:
        wait_until(
            f"{campaign.victim.name} is as before",
            lambda: not differences(bearings, campaign.bearings()),
            within=campaign.pace.as_before_within,
        )
    except NotInTime:
        return differences(bearings, campaign.bearings())
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
        wrong.append(f"neither old nor new: {found}")
    if found.shown is Shown.OLD and found.files != before.files:
        wrong.append("the old files are not what they were")
    if found.shown is Shown.NEW and fault.kind is Kind.HARMFUL:
        wrong.append("a harmful configuration is kept")
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
    """Install the wanted configuration again where the new one was kept, in all the time that Hanse usually gives."""
    if campaign.look().shown is not Shown.OLD:
        Hanse(campaign.victim.folder).say("apply", "--limit", campaign.victim.name, "--yes", "--force")


def campaign(
    network: Path, folder: Folder, *, victim: str, seed: int, count: int, place: Place | None, say: Say
) -> bool:
    """Start a network, try `count` faults drawn by `seed` on a router, and take it down; True if all ended as promised.

    Without a name the victim is the first router.

    :raises LabError:
    :raises NoSuchNode: it is not a router
    """
    insist_on_none(folder)
    struck = _router(plan_from(network), victim)
    try:
        up(network, folder, say, place)
        hanse = Hanse(folder)
        for words in (("import", str(network)), ("ping", "--learn"), ("apply", "--yes", "--force")):
            say(f"hanse {' '.join(words)} ...")
            hanse.say(*words)
        tried = prepared(folder, struck)
        if absent := left_out(tried.marked):
            say(f"left out, there is nothing on {tried.victim.name} that they could harm: {', '.join(absent)}.")
        results = []
        began = time.monotonic()
        try:
            for fault in tried.drawn(seed=seed, count=count):
                tried.gets_well()
                results.append(try_until_struck(tried, fault))
                say(f"{len(results):3} {results[-1]}")
        finally:
            bad = sum(bool(result.wrong) for result in results)
            for line in by_kind(results):
                say(line)
            say(
                f"{len(results)} faults with seed {seed} on {tried.victim.name} in {time.monotonic() - began:.0f} s:"
                f" {bad} did not end as promised."
            )
    finally:
        down(folder)
    return not bad


def _router(plan: LabPlan, name: str) -> str:
    names = [router.name for router in plan.routers]
    if name and name not in names:
        raise NoSuchNode(f"{name!r} is no router of this network; it has {', '.join(names)}")
    return name or names[0]
