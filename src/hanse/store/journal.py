"""The record of one deployment, as `deploy` writes it: short transactions, nothing open while a device is asked."""

from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from hanse.deploy.health import Health
from hanse.deploy.journal import TakenByAnother, Word
from hanse.deploy.stages import OPEN, Event, Stage, step
from hanse.devices.clock import Clock
from hanse.store.durable import durable
from hanse.store.models import Deployment, DeploymentStep
from hanse.store.standings import note_stage

NOTE: Final = ""  # the event of a step that moves nothing


def close_own_connection() -> None:
    """Close the connection of this thread; nobody else does when a thread ends."""
    if not connection.in_atomic_block:
        connection.close()


class StoredJournal:
    """A `deploy.journal.Journal` over one `Deployment` row and its steps. It writes as one worker, `worker`."""

    def __init__(self, deployment: Deployment, *, worker: str, clock: Clock) -> None:
        self._pk = deployment.pk
        self._name = deployment.name
        self._stage = Stage(deployment.stage)
        self._worker = worker
        self._clock = clock

    @property
    def name(self) -> str:
        """Return the deployment's name on the device."""
        return self._name

    def move(self, event: Event, detail: str = "") -> None:
        """Take the step in the row and put it on record.

        :raises TakenByAnother:
        """
        after = step(self._stage, event)
        now = self._clock.now()
        changes: dict[str, Any] = {"stage": after.value, "heartbeat_at": now}
        if after not in OPEN:
            changes |= {"ended_at": now, "outcome": detail or str(event)}
        elif after is Stage.IN_DOUBT:
            changes |= {"outcome": detail or str(event)}
        with durable(), transaction.atomic():
            row = Deployment.objects.filter(pk=self._pk, stage=self._stage.value, worker=self._worker)
            if not row.update(**changes):
                raise TakenByAnother(f"{self._name} was moved by somebody else meanwhile")
            self._put_down(event.value, after, detail, now)
            note_stage(self._name, after.value)
        self._stage = after

    def note(self, line: str) -> None:
        """Put down a sentence that moves nothing."""
        self._put_down(NOTE, self._stage, line, self._clock.now())

    def record_checks(self, *, before: Health | None, after: Health | None) -> None:
        """Put down what was up before and after; None leaves what is there."""
        trees = {
            name: checks_tree(health)
            for name, health in (("checks_before", before), ("checks_after", after))
            if health is not None
        }
        if trees:
            Deployment.objects.filter(pk=self._pk).update(**trees)

    def heartbeat(self) -> None:
        """Say that the worker is alive."""
        Deployment.objects.filter(pk=self._pk, worker=self._worker).update(heartbeat_at=self._clock.now())

    def join(self, wave: str) -> None:
        """Put down in which wave of its rollout it begins."""
        Deployment.objects.filter(pk=self._pk, worker=self._worker).update(wave=wave)

    def record_timer(self, undo_at: datetime) -> None:
        """Put down when it is undone unless somebody or something keeps it."""
        Deployment.objects.filter(pk=self._pk, worker=self._worker).update(undo_at=undo_at)

    def word(self) -> tuple[Word, str] | None:
        """Return what was said about it, and by whom."""
        word, who = Deployment.objects.values_list("word", "word_by").get(pk=self._pk)
        return (Word(word), who) if word else None

    def _put_down(self, event: str, stage: Stage, detail: str, at: datetime) -> None:
        DeploymentStep.objects.create(deployment_id=self._pk, at=at, event=event, stage=stage.value, detail=detail)


def checks_tree(health: Health) -> dict[str, list[list[object]]]:
    """Return what is up as plain lists, each key's parts and then the time since when, or None."""
    return {
        "sessions": [
            [vrf, str(address), since.isoformat() if since else None]
            for (vrf, address), since in health.sessions.items()
        ],
        "neighbours": [[*key, since.isoformat() if since else None] for key, since in health.neighbours.items()],
    }
