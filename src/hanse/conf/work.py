"""The one task that Django Tasks carries: the number of a job. The job's row is the truth."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import task

from hanse.actions.jobs import Ran, run
from hanse.conf.outside import outside

AGAIN: Final = timedelta(seconds=2)  # after which a job whose device is busy is tried again


@task()
def carry(job: int) -> str:
    """Run the job of that number; carry it once more if its device is busy."""
    ran = run(job, world=outside())
    if ran is Ran.BUSY:
        carry.using(run_after=timezone.now() + AGAIN).enqueue(job)
    return ran.name.lower()
