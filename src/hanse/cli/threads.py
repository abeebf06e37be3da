"""Workers in threads of this process, each with a database connection of its own."""

import signal
import threading
from types import FrameType

from django.db import connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker


def run_workers(count: int, *, once: bool) -> None:
    """Run `count` workers until SIGINT or SIGTERM; with `once` until the queue is empty. Begun jobs are finished."""
    workers = [_worker(once=once) for _ in range(max(1, count))]
    threads = [threading.Thread(target=_run, args=(worker,), name=worker.worker_id) for worker in workers]

    def stop(_number: int, _frame: FrameType | None) -> None:
        for worker in workers:
            worker.running = False

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
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
        interval=1,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _run(worker: Worker) -> None:
    try:
        worker.run()
    finally:
        connections.close_all()
