"""One device's deployment, from the reviewed plan to an end that the device vouches for.

The journal is written before the device is asked for something and again when the answer is known. Whatever
breaks off in between leaves a record that says what is known, and no more.
"""

from functools import partial
from math import inf
from typing import Final, Protocol

from hanse.deploy.health import Health, harm_between, health_of, restarted_between
from hanse.deploy.journal import Journal, Life, Outcome, Word, recorded
from hanse.deploy.means import Means
from hanse.deploy.plan import DevicePlan
from hanse.deploy.review import ReviewedSomethingElse, insist_on_reviewed
from hanse.deploy.settle import FOUND, found
from hanse.deploy.stages import STEPS, Event, Stage
from hanse.devices.driver import CandidateRefused, CommitFailed, Driver, NothingOpen, NotOffered
from hanse.network.errors import HanseError, OutsideError, WantedError

SPOKEN: Final = 5  # reasons that a sentence names; the checks in the record name all


class Gate(Protocol):
    """Where a device with its candidate waits until those that must change with it have theirs."""

    def wait(self) -> bool:
        """Return True when all are there; False if one of them fell out."""

    def leave(self) -> None:
        """Say that this device will not come (any more). Having come before, it does nothing."""


class NoGate:
    """For a device that changes alone."""

    def wait(self) -> bool:
        return True

    def leave(self) -> None:
        return None


class _Run:
    """What is known on the way about one deployment."""

    def __init__(self, device: DevicePlan, life: Life, means: Means, gate: Gate) -> None:
        self.device = device
        self.life = life
        self.journal = life.journal
        self.means = means
        self.gate = gate
        self.before = Health()
        self.undone_at = inf  # when the device undoes by itself, of the monotonic clock
        self.judge_until = self.ask_until = 0.0  # the same clock; 0: not begun
        self.harm: tuple[str, ...] = ()  # what it was condemned for
        self.undo_was_asked = False
        self.held: Driver | None = None  # the connection that installed without a timer, while it is open
        self.word_until = inf  # the same clock: when somebody's word comes too late
        self.waits = False  # found good, and nobody has said yet that it is to be kept

    def begin_commit(self) -> None:
        """Count from now on: the device is about to install, and to start its timer."""
        now, times = self.means.clock.monotonic(), self.means.times
        guarded = self.device.abilities.undo_timer
        is_timed = guarded or self.means.by_hand
        if guarded:
            self.undone_at = now + times.undo_after.total_seconds()
        if is_timed:
            self.journal.record_timer(self.means.clock.now() + times.undo_after)
        self.word_until = now + (times.undo_after - times.grace).total_seconds()
        self.ask_until = now + ((times.undo_after if is_timed else times.settle) + times.grace).total_seconds()

    def begin_judging(self) -> None:
        """Give it its time to settle from now on, the first time only, and not beyond the device's timer."""
        now, times = self.means.clock.monotonic(), self.means.times
        if not self.judge_until:
            self.judge_until = min(
                now + times.settle.total_seconds(), self.undone_at - times.look_every.total_seconds()
            )
            self.ask_until = max(self.ask_until, self.judge_until + times.grace.total_seconds())

    def judge_again(self) -> None:
        """Give it its time to settle once more: somebody's word came long after the first look."""
        self.judge_until = 0.0
        self.begin_judging()


def deploy_device(device: DevicePlan, *, journal: Journal, means: Means, gate: Gate | None = None) -> Outcome:
    """Deploy `device` and return how it ended. What the world does is an outcome, never an exception."""
    life = Life(device.node, journal)
    run = _Run(device, life, means, gate or NoGate())
    try:
        with recorded(life):
            _install(run)
            _see_through(run)
    finally:
        run.gate.leave()
    return life.outcome()


def _install(run: _Run) -> None:
    """Go from PLANNED to TRIAL or UNGUARDED, to an end without anything installed, or into doubt."""
    run.journal.heartbeat()
    try:
        run.means.on_device(run.device.node, partial(_send, run))
    except (OutsideError, WantedError) as error:
        _put_down(run, error)


def _send(run: _Run, driver: Driver) -> None:
    run.before = health_of(driver, run.device.abilities)
    run.journal.record_checks(before=run.before, after=None)
    if _stage(run, driver):
        _commit(run, driver)
    if run.life.stage is Stage.UNGUARDED:
        _see_through_beside(run, driver)


def _see_through_beside(run: _Run, driver: Driver) -> None:
    """Judge over new connections while the one that installed stays open: no device undoes by itself here.

    It knows the old configuration to the letter, and may still be there when the device lets nobody in any more.
    """
    run.held = driver
    try:
        _see_through(run)
    finally:
        run.held = None


def _stage(run: _Run, driver: Driver) -> bool:
    """Bring the candidate there; say whether it is to be installed."""
    life, name = run.life, run.journal.name
    life.move(Event.BEGUN)
    staged = driver.stage(name, run.device.text)
    life.move(Event.STAGED)
    if run.means.commit_check and not staged.diff.strip():
        _discard(run, driver)
        life.move(Event.NOTHING_TO_DO, "the device runs exactly this already")
        run.gate.wait()
        return False
    try:
        insist_on_reviewed(run.device, staged.diff)
    except ReviewedSomethingElse:
        _discard(run, driver)
        raise
    said = run.journal.word()
    if said and said[0] is Word.UNDO:
        _discard(run, driver)
        life.move(Event.DISCARDED, f"{said[1]} took it back before it was installed")
        return False
    if not run.gate.wait():
        _discard(run, driver)
        life.move(Event.DISCARDED, "a router that has to change together with it was not ready")
        return False
    return True


def _commit(run: _Run, driver: Driver) -> None:
    guarded = run.device.abilities.undo_timer
    run.journal.heartbeat()
    run.life.move(Event.COMMIT_BEGUN)
    run.begin_commit()
    driver.commit(run.journal.name, undo_after=run.means.times.undo_after if guarded else None)
    run.life.move(Event.INSTALLED if guarded else Event.INSTALLED_UNGUARDED)


def _discard(run: _Run, driver: Driver) -> None:
    try:
        driver.discard(run.journal.name)
    except OutsideError as error:
        run.journal.note(f"the candidate may still lie on the device: {error}")


def _put_down(run: _Run, error: HanseError) -> None:
    """Take the step that `error` means in this stage: a refusal is one where it can be, all else is a loss."""
    match error:
        case CandidateRefused() | NotOffered() | ReviewedSomethingElse() | WantedError():
            event = Event.REFUSED
        case CommitFailed():
            event = Event.COMMIT_FAILED
        case _:
            event = Event.LOST
    run.life.move(event if event in STEPS[run.life.stage] else Event.LOST, str(error))
    if run.life.stage is Stage.IN_DOUBT and not run.ask_until:
        run.ask_until = run.means.clock.monotonic() + run.means.times.grace.total_seconds()


def _see_through(run: _Run) -> None:
    """Judge, keep or undo, and ask again after each loss, until there is an end or the time for asking is over."""
    while run.life.is_open:
        match run.life.stage:
            case Stage.TRIAL | Stage.UNGUARDED:
                _judge(run)
            case Stage.UNDOING:
                _undo(run)
            case _:
                if not _found_again(run):
                    return


def _judge(run: _Run) -> None:
    """Look, over a new connection each time, until nothing is missing or the time to settle is over."""
    clock = run.means.clock
    run.begin_judging()
    clock.sleep(run.means.times.first_look)
    while True:
        if _taken_back(run):
            return
        harm = () if run.waits else _look(run)
        if run.life.stage not in {Stage.TRIAL, Stage.UNGUARDED}:
            return
        if harm and clock.monotonic() >= run.judge_until:
            break
        if run.waits:
            run.journal.heartbeat()
        clock.sleep(run.means.times.look_every)
    run.harm = harm
    run.life.move(Event.HARMFUL, _spoken(harm))


def _taken_back(run: _Run) -> bool:
    """Hear what somebody said; say whether the deployment is to be undone because of it, or for want of it."""
    word, who = run.journal.word() or (None, "")
    if word is Word.UNDO:
        why = f"{who} took it back"
    elif run.waits and word is Word.CONFIRM:
        run.waits = False
        run.judge_again()
        return False
    elif run.waits and run.means.clock.monotonic() >= run.word_until:
        why = "nobody said in time that it is to be kept"
    else:
        return False
    run.harm = (why,)
    run.life.move(Event.UNDO_BEGUN, why)
    return True


def _look(run: _Run) -> tuple[str, ...]:
    """Return the harm seen now. None seen: the new configuration was kept, or the device lost while keeping it."""
    run.journal.heartbeat()
    try:
        return run.means.on_device(run.device.node, partial(_keep_unless_harmed, run))
    except OutsideError as error:
        if run.life.stage is Stage.CONFIRMING:
            run.life.move(Event.LOST, str(error))
            return ()
        return (str(error),)


def _keep_unless_harmed(run: _Run, driver: Driver) -> tuple[str, ...]:
    driver.reach()
    after = health_of(driver, run.device.abilities)
    run.journal.record_checks(before=run.before, after=after)
    harm = harm_between(run.before, after, run.device.still_wanted)
    if harm:
        return harm
    word, _ = run.journal.word() or (None, "")
    run.waits = run.means.by_hand and word is None
    if run.waits:
        run.journal.note("found good: it waits for somebody's word, and is undone without it")
    elif word is not Word.UNDO:
        _keep(run, driver, after)
    return ()


def _keep(run: _Run, driver: Driver, after: Health) -> None:
    again = restarted_between(run.before, after)
    if again:
        run.journal.note(f"began anew meanwhile: {_spoken(again)}")
    run.life.move(Event.VERIFIED, "what was up before is up again")
    if run.life.stage is Stage.CONFIRMING:
        driver.confirm(run.journal.name)
        run.life.move(Event.CONFIRMED, "installed, found good, kept")


def _undo(run: _Run) -> None:
    run.journal.heartbeat()
    try:
        if not _undone_by_installer(run):
            run.means.on_device(run.device.node, partial(_put_back, run))
    except OutsideError as error:
        run.life.move(Event.LOST, str(error))
    else:
        run.life.move(Event.UNDONE, f"undone: {_spoken(run.harm)}")


def _undone_by_installer(run: _Run) -> bool:
    """Undo over the connection that installed; False if it is not open (any more), or cannot."""
    driver, run.held = run.held, None
    if driver is None:
        return False
    run.undo_was_asked = True
    try:
        driver.undo(run.journal.name)
    except OutsideError as error:
        run.journal.note(f"the connection that installed it cannot undo it: {error}")
        return False
    return True


def _put_back(run: _Run, driver: Driver) -> None:
    """Undo; a platform without a timer may have nothing left to undo, and gets its old text as a new one.

    :raises NothingOpen: there is nothing to undo and no old text either
    """
    run.undo_was_asked = True
    try:
        driver.undo(run.journal.name)
    except NothingOpen:
        if run.device.abilities.undo_timer or not run.device.before_text:
            raise
        back = f"{run.journal.name}-back"
        driver.stage(back, run.device.before_text)
        driver.commit(back, undo_after=None)


def _found_again(run: _Run) -> bool:
    """Ask the device until it tells what became of the deployment; False when the time for asking is over."""
    clock = run.means.clock
    while True:
        clock.sleep(run.means.times.look_every)
        event = _ask(run)
        over = clock.monotonic() >= run.ask_until
        if event is not None and not (over and event in {Event.FOUND_ON_TRIAL, Event.FOUND_UNGUARDED}):
            _take(run, event)
            return True
        if over:
            return False


def _ask(run: _Run) -> Event | None:
    run.journal.heartbeat()
    try:
        return run.means.on_device(run.device.node, lambda driver: found(run.device, driver, run.journal.name))
    except OutsideError as error:
        run.life.sentence = str(error)
        return None


def _take(run: _Run, event: Event) -> None:
    """Take the step that the device's answer means, for what was already condemned as for what was not."""
    if run.harm and event in {Event.FOUND_ON_TRIAL, Event.FOUND_UNGUARDED}:
        run.life.move(Event.UNDO_BEGUN, _spoken(run.harm))
    elif event is Event.FOUND_REVERTED and run.device.abilities.undo_timer and not run.undo_was_asked:
        why = _spoken(run.harm) or run.life.sentence
        run.life.move(Event.UNDONE_BY_DEVICE, f"{FOUND[Event.UNDONE_BY_DEVICE]}: {why}")
    else:
        run.life.move(event, FOUND[event])


def _spoken(reasons: tuple[str, ...]) -> str:
    """Return the first reasons as one sentence, and how many there are besides."""
    more = len(reasons) - SPOKEN
    return "; ".join(reasons[:SPOKEN]) + (f"; and {more} more" if more > 0 else "")
