"""What rows refuse, and what they keep to themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from actions.small_city import ALICE
from fakes.clock import FakeClock
from hanse.actions.pinging import HostKeyDiffers, learn_host_key
from hanse.actions.rights import operator
from hanse.actions.secrets import NotASecret, remove_secret, set_secret
from hanse.conf.keys import keys_in
from hanse.deploy.journal import TakenByAnother
from hanse.deploy.plan import DevicePlan
from hanse.deploy.stages import OPEN, Event, Stage
from hanse.devices.driver import Abilities
from hanse.store import access, deployments, jobs
from hanse.store.audit import ObjectChange, write_entries
from hanse.store.job_states import JobEvent, JobState
from hanse.store.journal import StoredJournal
from hanse.store.models import AuditEntry, Deployment, DeploymentStep, Job, Secret
from hanse.store.models.append_only import WrittenOnce

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPERATOR = operator("alice")


def device_plan(node: str) -> DevicePlan:
    return DevicePlan(
        node=node,
        driver="fake",
        text="new\n",
        before_text="old\n",
        diff="-old\n+new\n",
        abilities=Abilities(replace=True, undo_timer=True, verdicts=True),
    )


def claim(worker: str = "here:1:1") -> deployments.Claim:
    return deployments.Claim(author=ALICE, worker=worker, at=NOW, checksum="x")


def begun(node: str = "alpha", worker: str = "here:1:1") -> Deployment:
    return deployments.begin([device_plan(node)], claim(worker))[node]


def journal(row: Deployment, worker: str = "here:1:1") -> StoredJournal:
    return StoredJournal(row, worker=worker, clock=FakeClock())


def test_a_secret_is_encrypted_at_rest() -> None:
    set_secret("bob-md5", "correct horse", person=OPERATOR, clock=FakeClock())

    with connection.cursor() as cursor:
        cursor.execute("select value from store_secret")
        (stored,) = cursor.fetchone()

    assert "correct horse" not in stored
    assert access.secrets() == {"bob-md5": "correct horse"}


def test_a_secret_is_in_no_text_and_no_audit_entry() -> None:
    set_secret("bob-md5", "correct horse", person=OPERATOR, clock=FakeClock())
    set_secret("bob-md5", "battery staple", person=OPERATOR, clock=FakeClock())
    remove_secret("bob-md5", person=OPERATOR, clock=FakeClock())

    entries = AuditEntry.objects.order_by("pk")

    assert [entry.action for entry in entries] == ["set secret", "set secret", "remove secret"]
    assert "horse" not in str([(entry.before, entry.after, str(entry)) for entry in entries])
    assert str(Secret(name="bob-md5", value="correct horse")) == "bob-md5"
    assert "horse" not in repr(Secret(name="bob-md5", value="correct horse"))


@pytest.mark.parametrize(
    ("name", "value"), [("with space", "x"), ("", "x"), ("good", ""), ("good", "abc"), ("good", "two\nlines")]
)
def test_what_cannot_be_a_secret_is_refused(name: str, value: str) -> None:
    with pytest.raises(NotASecret):
        set_secret(name, value, person=OPERATOR, clock=FakeClock())


def test_the_keys_are_their_owners_only() -> None:
    assert keys_in(settings.DATA) == [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    assert (settings.DATA / "keys").stat().st_mode & 0o777 == 0o600


def test_a_host_key_is_learned_once() -> None:
    first = learn_host_key(node="alpha", key="ssh-ed25519 A", relearn=False, author=ALICE, clock=FakeClock())
    again = learn_host_key(node="alpha", key="ssh-ed25519 A", relearn=False, author=ALICE, clock=FakeClock())

    assert (first, again) == (True, False)
    with pytest.raises(HostKeyDiffers, match="--relearn"):
        learn_host_key(node="alpha", key="ssh-ed25519 B", relearn=False, author=ALICE, clock=FakeClock())
    assert access.host_keys() == {"alpha": "ssh-ed25519 A"}


def test_a_changed_host_key_is_replaced_on_purpose() -> None:
    for key in ("ssh-ed25519 A", "ssh-ed25519 B"):
        learn_host_key(node="alpha", key=key, relearn=True, author=ALICE, clock=FakeClock())

    assert access.host_keys() == {"alpha": "ssh-ed25519 B"}
    assert AuditEntry.objects.latest("pk").before == "ssh-ed25519 A"


def test_an_audit_entry_stays_as_it_is() -> None:
    write_entries([ObjectChange(kind="sites", name="hall", before=None, after={})], action="x", author=ALICE, at=NOW)
    entry = AuditEntry.objects.get()

    with pytest.raises(WrittenOnce):
        entry.save()
    with pytest.raises(WrittenOnce):
        entry.delete()
    with pytest.raises(WrittenOnce):
        AuditEntry.objects.all().update(who="mallory")
    with pytest.raises(WrittenOnce):
        AuditEntry.objects.all().delete()


def test_a_node_has_one_open_deployment() -> None:
    begun()

    with pytest.raises(deployments.AlreadyDeploying, match=r"alpha \(planned since 00:00:00 by alice\)"):
        begun()


def test_a_claim_of_many_routers_is_all_or_nothing() -> None:
    begun("beta")

    with pytest.raises(deployments.AlreadyDeploying):
        deployments.begin([device_plan("alpha"), device_plan("beta")], claim())

    assert list(Deployment.objects.values_list("node", flat=True)) == ["beta"]


def test_a_stage_that_the_code_does_not_know_is_refused() -> None:
    begun()

    with pytest.raises(IntegrityError), transaction.atomic():
        Deployment.objects.update(stage="somewhere")


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_the_database_knows_every_open_stage(stage: Stage) -> None:
    begun()
    Deployment.objects.update(stage=stage)

    with pytest.raises(deployments.AlreadyDeploying):
        begun()


def test_a_journal_keeps_every_step_and_note() -> None:
    row = begun()
    book = journal(row)

    book.move(Event.BEGUN)
    book.note("the candidate is large")
    book.move(Event.REFUSED, "line 3: syntax error")

    steps = DeploymentStep.objects.order_by("pk").values_list("event", "stage", "detail")
    assert list(steps) == [
        ("begun", "staging", ""),
        ("", "staging", "the candidate is large"),
        ("refused", "refused", "line 3: syntax error"),
    ]
    row.refresh_from_db()
    assert (row.stage, row.outcome) == (Stage.REFUSED, "line 3: syntax error")
    assert row.ended_at is not None


def test_a_journal_whose_deployment_was_taken_over_writes_nothing() -> None:
    row = begun()
    book = journal(row)
    assert deployments.take_over(row, worker="there:2:2", at=NOW)

    with pytest.raises(TakenByAnother):
        book.move(Event.BEGUN)

    assert DeploymentStep.objects.count() == 0


def test_a_deployment_is_taken_over_once() -> None:
    row = begun()

    taken = [deployments.take_over(row, worker=f"there:{number}:2", at=NOW) for number in (1, 2)]

    assert taken == [True, False]


def job(device: str = "alpha") -> Job:
    return jobs.put_down(kind="poll", device=device, arguments={}, who="alice", at=NOW)


def test_one_job_at_a_time_runs_on_a_device() -> None:
    one, other, elsewhere = job(), job(), job("beta")

    claims = [jobs.claim(each, worker="here:1:1", at=NOW) for each in (one, other, elsewhere)]

    assert claims == [True, False, True]
    assert jobs.end(one, JobEvent.FINISHED, result={}, at=NOW)
    assert jobs.claim(jobs.get(other.pk), worker="here:1:1", at=NOW)


def test_a_job_is_claimed_once() -> None:
    mine = job()
    yours = jobs.get(mine.pk)

    assert jobs.claim(mine, worker="here:1:1", at=NOW)
    assert not jobs.claim(yours, worker="there:2:2", at=NOW)


def test_a_job_whose_worker_died_is_lost_and_its_device_free() -> None:
    one, other = job(), job()
    jobs.claim(one, worker="here:1:1", at=NOW)

    (lost,) = jobs.give_up_lost(lambda job: True, at=NOW + timedelta(minutes=5))

    assert (lost.pk, lost.state) == (one.pk, JobState.LOST)
    assert jobs.claim(other, worker="there:2:2", at=NOW)


def test_a_begun_job_cannot_be_cancelled() -> None:
    one, other = job(), job("beta")
    jobs.claim(one, worker="here:1:1", at=NOW)

    assert not jobs.cancel(one, at=NOW)
    assert jobs.cancel(other, at=NOW)
