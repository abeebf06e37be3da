"""Many devices: a canary first, then batches, and nothing more after the first harm."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TypeVar

from hanse.deploy.journal import Journal, Life, Outcome, recorded
from hanse.deploy.means import Means
from hanse.deploy.plan import DevicePlan, Plan
from hanse.deploy.runner import deploy_device
from hanse.deploy.stages import Event, Stage
from hanse.deploy.together import Joint, groups

T = TypeVar("T")
Group = tuple[DevicePlan, ...]
Told = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many devices are touched at once.

    First `canary` of them, until so many run well; then `batch` after `batch`, at most `concurrency` at the same
    moment. What has to change together counts as one step even if it is larger.
    """

    canary: int = 1
    batch: int = 10
    concurrency: int = 10


def roll_out(
    plan: Plan,
    *,
    journals: Mapping[str, Journal],
    means: Means,
    pace: Pace | None = None,
    joints: Iterable[Joint] = (),
    told: Told = lambda outcome: None,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[Outcome, ...]:
    """Deploy what has a journal in `journals`, by node, and return every outcome by node.

    The order is by name. `told` hears each outcome as it comes, in the caller's thread. After the first harm, when
    `go_on` says no before a wave, or when the caller's thread is interrupted, what was not begun is discarded and what
    was begun comes to its end.
    """
    pace = pace or Pace()
    devices = tuple(device for device in plan.devices if device.node in journals)
    wave_of = _Waves(journals, means, pace.concurrency, told)
    waiting = list(groups(devices, joints))
    outcomes: list[Outcome] = []
    try:
        while waiting and not wave_of.stop.is_set() and go_on():
            lacking = pace.canary - sum(outcome.is_well for outcome in outcomes)
            wave = next_wave(waiting, lacking if lacking > 0 else pace.batch)
            outcomes += wave_of.deploy(wave, name="canary" if lacking > 0 else "batch")
    finally:
        for device in (device for group in waiting for device in group):
            outcomes.append(_discarded(device, journals[device.node]))
            told(outcomes[-1])
    return tuple(sorted(outcomes, key=lambda outcome: outcome.node))


def next_wave(waiting: list[tuple[T, ...]], size: int) -> tuple[tuple[T, ...], ...]:
    """Take whole groups of devices from the front of `waiting`, at least one, together at most `size` devices."""
    wave = [waiting.pop(0)]
    while waiting and sum(map(len, wave)) + len(waiting[0]) <= size:
        wave.append(waiting.pop(0))
    return tuple(wave)


class _Waves:
    """Deploys waves of devices, a thread for each device, until `stop` is set."""

    def __init__(self, journals: Mapping[str, Journal], means: Means, concurrency: int, told: Told) -> None:
        self.journals = journals
        self.means = means
        self.concurrency = concurrency
        self.told = told
        self.stop = threading.Event()
        self.count: Counter[str] = Counter()  # of the waves of each name

    def deploy(self, wave: tuple[Group, ...], *, name: str) -> list[Outcome]:
        """Deploy all of `wave`. A group's devices wait for each other: the largest one has a thread for each."""
        self.count[name] += 1
        for device in (device for group in wave for device in group):
            self.journals[device.node].join(f"{name} {self.count[name]}")
        workers = max(1, self.concurrency, *(len(group) for group in wave))
        outcomes: list[Outcome] = []
        with ThreadPoolExecutor(workers, thread_name_prefix="deploy") as pool:
            try:
                for future in as_completed(self._started(pool, wave)):
                    outcomes.append(future.result())
                    self.told(outcomes[-1])
            except BaseException:
                self.stop.set()
                raise
        return outcomes

    def _started(self, pool: ThreadPoolExecutor, wave: tuple[Group, ...]) -> list[Future[Outcome]]:
        """Start `wave`, group after group: so the first group that is not complete always gets its threads."""
        started = []
        for group in wave:
            barrier = threading.Barrier(len(group))
            started += [pool.submit(self._one, device, _Together(barrier)) for device in group]
        return started

    def _one(self, device: DevicePlan, gate: "_Together") -> Outcome:
        try:
            if self.stop.is_set():
                gate.leave()
                return _discarded(device, self.journals[device.node])
            outcome = deploy_device(device, journal=self.journals[device.node], means=self.means, gate=gate)
            if outcome.is_harm:
                self.stop.set()
            return outcome
        finally:
            self.means.leave()


def _discarded(device: DevicePlan, journal: Journal) -> Outcome:
    life = Life(device.node, journal, Stage.PLANNED)
    with recorded(life):
        life.move(Event.DISCARDED, "not begun: the rollout was stopped before")
    return life.outcome()


class _Together:
    """A gate that opens when the last of a group has come, and never if one falls out before."""

    def __init__(self, barrier: threading.Barrier) -> None:
        self._barrier = barrier
        self._came = False

    def wait(self) -> bool:
        try:
            self._barrier.wait()
        except threading.BrokenBarrierError:
            return False
        self._came = True
        return True

    def leave(self) -> None:
        if not self._came:
            self._barrier.abort()
