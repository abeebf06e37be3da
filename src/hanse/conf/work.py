"""The one task that Django Tasks carries: the number of a job. The job's row is the truth."""

from django_tasks import task

from hanse.actions.running_jobs import run
from hanse.conf.outside import outside


@task()
def carry(job: int) -> str:
    """Run the job of that number, or the one whose turn it is on its device."""
    return run(job, world=outside()).name.lower()
