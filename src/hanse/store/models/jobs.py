"""Work for a worker, and when it comes round. The job's row is the truth; a task engine only carries its number."""

from django.db import models

from hanse.store.job_states import HOLDING, OPEN, JobState


class Job(models.Model):
    """One piece of work. One job at a time runs on a device: the database sees to it."""

    kind = models.CharField(max_length=40, db_index=True)
    device = models.CharField(max_length=200, blank=True)  # empty: about no single one
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=JobState.QUEUED.value)
    who = models.CharField(max_length=150)
    schedule = models.CharField(max_length=100, blank=True)  # the schedule that put it down
    created_at = models.DateTimeField(db_index=True)
    carried_at = models.DateTimeField(null=True)  # its number was last given to the engine; null: it has to be
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    time_limit = models.DurationField(null=True)  # running longer it is asked to stop, then given up
    stop_asked_by = models.CharField(max_length=150, blank=True)  # while it runs: it stops where it safely can
    retry_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="retries")
    progress = models.CharField(max_length=200, blank=True)  # the latest sentence
    done = models.PositiveIntegerField(default=0)  # of `total` steps
    total = models.PositiveIntegerField(default=0)  # 0: nobody knows
    log = models.TextField(blank=True)
    result = models.JSONField(null=True)
    worker = models.CharField(max_length=120, blank=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "-id"], name="jobs_of_a_state"),
            models.Index(fields=["device", "-id"], name="jobs_of_a_device"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=sorted(map(str, JobState))), name="job_state_is_known"),
            models.UniqueConstraint(
                fields=["device"],
                condition=models.Q(state__in=sorted(map(str, HOLDING))) & ~models.Q(device=""),
                name="one_running_job_a_device",
            ),
            models.UniqueConstraint(
                fields=["schedule"],
                condition=models.Q(state__in=sorted(map(str, OPEN))) & ~models.Q(schedule=""),
                name="one_open_job_a_schedule",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.device} ({self.state})"


class Schedule(models.Model):
    """Work that comes round. It is fired by whoever moves `next_run` first: once, however many workers there are."""

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=40)  # of the jobs
    arguments = models.JSONField(default=dict)
    cron = models.CharField(max_length=100)  # five fields as in crontab(5), in UTC
    is_on = models.BooleanField(default=True)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.cron}"


class Worker(models.Model):
    """A process that runs jobs, while it lives and a while after."""

    name = models.CharField(max_length=120, unique=True)  # host:pid:start
    threads = models.PositiveIntegerField()  # jobs at the same time
    started_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
