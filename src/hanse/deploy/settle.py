"""What became of a deployment whose worker is gone: the device is asked, nothing is guessed."""

from hanse.deploy.journal import Journal, Life, Outcome, recorded
from hanse.deploy.means import Means
from hanse.deploy.plan import DevicePlan, body_of
from hanse.deploy.stages import Event, Stage
from hanse.devices.driver import Driver, NothingOpen, Verdict
from hanse.network.errors import OutsideError

FOUND = {
    Event.FOUND_KEPT: "the device has kept it",
    Event.FOUND_REVERTED: "the device has the old configuration back in its place",
    Event.FOUND_UNTOUCHED: "the device says that nothing was installed",
    Event.FOUND_ON_TRIAL: "the device has it on trial",
    Event.FOUND_UNGUARDED: "the device has it installed",
    Event.UNDONE_BY_DEVICE: "the device has undone it by itself",
}


def settle(device: DevicePlan, *, stage: Stage, journal: Journal, means: Means) -> Outcome:
    """Bring an open deployment to an end that the device vouches for; it stays in doubt while the device is silent.

    What is found on trial is undone: nobody can say any more whether it was good.
    """
    life = Life(device.node, journal, stage)
    with recorded(life):
        if life.stage is not Stage.IN_DOUBT:
            life.move(Event.LOST, "the worker that deployed this is gone")
        if life.is_open:
            _ask_once(device, life, means)
    return life.outcome()


def _ask_once(device: DevicePlan, life: Life, means: Means) -> None:
    life.journal.heartbeat()
    try:
        event = means.on_device(device.node, lambda driver: _found_or_undone(device, driver, life))
    except OutsideError as error:
        _still_silent(life, error)
        return
    if event is not None:
        life.move(event, FOUND.get(event, "undone: nobody could vouch for it any more"))
    else:
        life.note("the device cannot say what became of it: look at its configuration")


def _found_or_undone(device: DevicePlan, driver: Driver, life: Life) -> Event | None:
    event = found(device, driver, life.journal.name)
    if event is Event.FOUND_ON_TRIAL:
        event = _undo(device, driver, life)
    return Event.FOUND_KEPT if event is Event.FOUND_UNGUARDED else event


def _undo(device: DevicePlan, driver: Driver, life: Life) -> Event | None:
    """Undo what is on trial; return what that makes of the deployment."""
    life.move(Event.UNDO_BEGUN, "nobody can vouch for what is on trial any more")
    try:
        driver.undo(life.journal.name)
    except NothingOpen as error:
        life.move(Event.LOST, str(error))
        now = found(device, driver, life.journal.name)
        return None if now is Event.FOUND_ON_TRIAL else now
    return Event.UNDONE


def _still_silent(life: Life, error: OutsideError) -> None:
    if life.stage is not Stage.IN_DOUBT:
        life.move(Event.LOST, str(error))
    else:
        life.note(f"in doubt: {error}")


def found(device: DevicePlan, driver: Driver, name: str) -> Event | None:
    """Return what the device says became of deployment `name`; None when it contradicts itself or cannot tell.

    A candidate that is still lying there is thrown away.

    :raises Unreachable:
    """
    match driver.verdict(name):
        case Verdict.KEPT if device.abilities.undo_timer:
            return Event.FOUND_KEPT
        case Verdict.KEPT:
            return _by_its_text(device, driver, name)  # kept from the first moment on, and put back by hand perhaps
        case Verdict.REVERTED:
            return Event.FOUND_REVERTED
        case Verdict.TRIAL:
            return Event.FOUND_ON_TRIAL
        case Verdict.STAGED:
            driver.discard(name)
            gone = driver.verdict(name) in {Verdict.UNKNOWN, Verdict.REVERTED}
            return Event.FOUND_UNTOUCHED if gone else None
        case _:
            return Event.FOUND_UNTOUCHED if device.abilities.verdicts else _by_its_text(device, driver, name)


def _by_its_text(device: DevicePlan, driver: Driver, name: str) -> Event | None:
    """Ask a device that keeps no verdicts for its diff again: none, it runs the new text; the reviewed one, the old."""
    diff = driver.stage(name, device.text).diff
    driver.discard(name)
    if not diff.strip():
        return Event.FOUND_KEPT if device.abilities.undo_timer else Event.FOUND_UNGUARDED
    return Event.FOUND_REVERTED if body_of(diff) == body_of(device.diff) else None
