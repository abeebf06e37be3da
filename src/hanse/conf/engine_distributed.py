"""The distributed engine: Celery over Redis carries jobs, to workers on any machine. Imported only if chosen."""

import logging
import os
import socket
from typing import Any, Final, ParamSpec, TypeVar

from celery import Celery
from celery.worker import state
from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

from hanse.actions.running_jobs import run
from hanse.conf.crew import keeper
from hanse.conf.outside import outside
from hanse.network.errors import WantedError

LOG: Final = logging.getLogger(__name__)
QUEUE: Final = "hanse"
BROKER: Final = settings.VALUES["HANSE_REDIS"]

P = ParamSpec("P")
T = TypeVar("T")

app: Final = Celery("hanse", broker=BROKER, fixups=set())  # connections are ours to care for, not a fixup's
app.conf.update(
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_timeout": 10, "socket_connect_timeout": 5},
    task_default_queue=QUEUE,
    task_ignore_result=True,  # the job's row has it
    task_serializer="json",
    worker_hijack_root_logger=False,
    worker_prefetch_multiplier=1,
)


class NoSuchWay(WantedError):
    """The distributed engine cannot do what was asked for."""


@app.task(name="hanse.carry")  # type: ignore[untyped-decorator]  # Celery tells no types
def carry(job: int) -> None:
    """Run the job of that number, or the one whose turn it is on its device."""
    close_old_connections()
    try:
        run(job, world=outside())
    finally:
        close_old_connections()


class ByCelery(BaseTaskBackend):
    """Django Tasks' door to Celery: it puts numbers in, once the row is there to be seen; results are in the rows."""

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Send the number when the transaction is committed.

        Where Redis does not answer, the job stays queued, and a worker that keeps house sends it later.
        """
        self.validate_task(task)
        transaction.on_commit(lambda: _send(*args, **kwargs))
        return TaskResult(
            task=task,
            id="",
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def _send(job: int) -> None:
    try:
        carry.apply_async((job,), retry=False)
    except carry.OperationalError as error:
        LOG.warning("Redis does not take job %s: %s; it is sent later", job, error)


def work(count: int, *, once: bool = False, parent: int = 0) -> None:
    """Run `count` jobs at a time until SIGINT or SIGTERM; begun jobs are finished.

    :raises NoSuchWay: `once`: Redis does not say when all is done
    """
    if once:
        raise NoSuchWay("--once is for the embedded engine: with HANSE_ENGINE=distributed workers run until stopped")
    with keeper(threads=count, parent=parent, take_no_more=_stop):
        app.Worker(
            pool="threads",
            concurrency=count,
            hostname=f"hanse-{os.getpid()}@{socket.gethostname()}",
            loglevel="WARNING",
            quiet=True,
            without_mingle=True,
            without_gossip=True,
        ).start()


def _stop() -> None:
    state.should_stop = 0  # asked for before each message; begun jobs are finished
