"""The embedded engine: the database carries jobs, to threads of one process with a database connection each."""

import logging
import signal
import threading
import time
from types import FrameType
from typing import Final

from django.db import connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from hanse.conf.crew import keeper
from hanse.store.outages import OUTAGES, PAUSE

INTERVAL: Final = 0.5  # seconds between two looks for work, where there was none
LOG: Final = logging.getLogger(__name__)


def work(count: int, *, once: bool = False, parent: int = 0) -> None:
    """Run `count` jobs at a time until SIGINT or SIGTERM; with `once` until the queue is empty.

    Begun jobs are finished. A second signal ends the process at once; the jobs that it runs are lost.
    """
    workers = [_worker(once=once) for _ in range(max(1, count))]
    threads = [threading.Thread(target=_run, args=(worker,), name=worker.worker_id, daemon=True) for worker in workers]

    def stop() -> None:
        for worker in workers:
            worker.running = False

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if not all(worker.running for worker in workers):
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with keeper(threads=len(threads), parent=parent, take_no_more=stop):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _worker(*, once: bool) -> Worker:
    return Worker(
        queue_names=["default"],
        interval=INTERVAL,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _run(worker: Worker) -> None:
    """Work; an outage of the database is waited for."""
    while True:
        try:
            worker.run()
            return
        except OUTAGES as error:
            LOG.warning("the database does not answer: %s", error)
            time.sleep(PAUSE)
        finally:
            connections.close_all()
        if not worker.running:
            return
