"""What every worker process does beside its jobs: it says that it lives, finds lost work, and fires schedules."""

import logging
import os
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from hanse.actions import keeping
from hanse.actions.workers import me
from hanse.conf.outside import outside
from hanse.store.journal import close_own_connection

ROUND: Final = 5.0  # seconds
LET_GO: Final = 75  # exit code of a worker that ended itself to get rid of a job that hung (EX_TEMPFAIL)
LOG: Final = logging.getLogger(__name__)


@contextmanager
def keeper(*, threads: int, parent: int, take_no_more: Callable[[], None]) -> Generator[None]:
    """Keep house from a thread while the block runs. The first round is done before the block.

    `take_no_more` is called when the process that started this one is gone (`parent`, 0: nobody cares), and when a
    job hangs: then this process ends, and with it the hold on the device, once all other jobs in it have ended.
    """
    over = threading.Event()
    began = outside().clock.now()
    keeping.sign_in(threads=threads, at=began)
    watching = _round(began)
    thread = threading.Thread(target=_keep, args=(over, parent, take_no_more, watching), name="keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        keeping.sign_out()


def _keep(over: threading.Event, parent: int, take_no_more: Callable[[], None], since: datetime) -> None:
    while not over.wait(ROUND):
        if parent and os.getppid() != parent:
            LOG.warning("the process that started this worker is gone: it ends too")
            take_no_more()
            parent = 0
        since = _round(since)
        if _let_go(take_no_more):
            LOG.error("a job hangs: this worker ends, and with it the hold on the job's device")
            logging.shutdown()
            os._exit(LET_GO)  # threads cannot be ended otherwise
    close_own_connection()


def _round(since: datetime) -> datetime:
    """Keep house once; return since when that was done without a break."""
    world = outside()
    try:
        keeping.keep(world=world, since=since)
    except Exception:
        LOG.exception("keeping house failed; it is tried again")
        close_own_connection()
        return world.clock.now()
    return since


def _let_go(take_no_more: Callable[[], None]) -> bool:
    """Say whether a job hangs and no other one runs here."""
    try:
        if not keeping.hangs(me()):
            return False
        take_no_more()
        return not keeping.runs(me())
    except Exception:
        LOG.exception("cannot see whether a job hangs")
        return False
