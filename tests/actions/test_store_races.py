"""Two at once: polls, imports, deployments."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from actions.small_city import ALICE, FILE, Town, network
from hanse.actions.applying import apply
from hanse.actions.planning import plan
from hanse.actions.polling import poll
from hanse.actions.settling import settle_lost
from hanse.actions.wanted import import_network
from hanse.deploy.journal import Outcome
from hanse.deploy.stages import Stage
from hanse.devices.fake.driver import FakeDevice
from hanse.network.errors import HanseError
from hanse.network.seen.bgp import BgpState
from hanse.store import deployments, jobs
from hanse.store.deployments import Claim
from hanse.store.models import ChangeRecord, Deployment, Poll
from hanse.store.snapshot import ChangedMeanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Return what `work` returns, or the error it ends with, from so many threads that begin together."""
    start = threading.Barrier(count)
    results: list[object] = [None] * count

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = work(number)
        except HanseError as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_polls_at_once_tell_a_change_once(place: Town) -> None:
    poll(world=place.world)
    alpha = place.devices["alpha"]
    alpha.sessions = tuple(replace(one, state=BgpState.ACTIVE) for one in alpha.sessions)
    place.clock.sleep(timedelta(seconds=5))

    at_once(2, lambda _: poll(world=place.world))

    assert ChangeRecord.objects.count() == len(alpha.sessions)
    assert Poll.objects.filter(node="alpha").count() == 3


def test_an_apply_while_another_installs_is_refused(place: Town) -> None:
    reviewed = plan(world=place.world)
    refused: list[str] = []

    def apply_too(_device: FakeDevice) -> None:
        with pytest.raises(deployments.AlreadyDeploying) as caught:
            apply(reviewed, world=place.world, author=ALICE)
        refused.append(str(caught.value))

    place.devices["alpha"].harm = apply_too

    outcomes = apply(reviewed, world=place.world, author=ALICE)

    assert all(outcome.is_well for outcome in outcomes)
    assert refused[0].startswith("being deployed already: alpha (committing since ")
    assert Deployment.objects.filter(node="alpha").count() == 1


def test_one_of_two_workers_gets_the_job(place: Town) -> None:
    job = jobs.put_down(kind="poll", device="alpha", arguments={}, who="alice", at=place.clock.now())

    claims = at_once(4, lambda number: jobs.claim(jobs.get(job.pk), worker=f"here:{number}:1", at=place.clock.now()))

    assert sorted(map(bool, claims)) == [False, False, False, True]


def test_of_two_who_settle_one_does(place: Town) -> None:
    device = plan(world=place.world).plan.devices[0]
    at = place.clock.now() - timedelta(hours=1)
    row = deployments.begin([device], Claim(checksum="x", author=ALICE, worker="", at=at))["alpha"]
    place.devices["alpha"].put_candidate(row.name, device.text)
    place.devices["alpha"].install(row.name, timedelta(minutes=5))
    Deployment.objects.update(stage=Stage.TRIAL)

    at_once(2, lambda _: settle_lost(world=place.world))

    assert deployments.by_name(row.name).stage is Stage.REVERTED
    assert place.devices["alpha"].calls.count("undo") == 1


def test_imports_at_once_leave_one_whole_network(place: Town) -> None:
    costs = (20, 30, 40)

    def bring(number: int) -> object:
        text = FILE.replace("cost: 10", f"cost: {costs[number]}")
        return import_network(network=network(text), author=ALICE, clock=place.clock)

    results = at_once(3, bring)

    assert not [one for one in results if isinstance(one, HanseError) and not isinstance(one, ChangedMeanwhile)]
    versions = place.network.link_classes.keys()
    assert versions == {"fibre"}


def test_an_apply_that_is_interrupted_leaves_nothing_on_trial(place: Town) -> None:
    def interrupt(outcome: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(plan(world=place.world), world=place.world, author=ALICE, told=interrupt)

    stages = dict(Deployment.objects.values_list("node", "stage"))
    assert stages == {"alpha": "kept", "beta": "discarded"}
