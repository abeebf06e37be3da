"""Work for a worker. This row is the truth; Django Tasks only carries its number."""

from django.db import models

from hanse.store.job_states import JobState


class Job(models.Model):
    """One piece of work. One job at a time runs on a device: the database sees to it."""

    kind = models.CharField(max_length=40)
    device = models.CharField(max_length=200, blank=True)  # empty: about no single one
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=JobState.QUEUED.value)
    who = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    progress = models.CharField(max_length=200, blank=True)
    log = models.TextField(blank=True)
    result = models.JSONField(null=True)
    worker = models.CharField(max_length=120, blank=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=sorted(map(str, JobState))), name="job_state_is_known"),
            models.UniqueConstraint(
                fields=["device"],
                condition=models.Q(state=JobState.RUNNING.value) & ~models.Q(device=""),
                name="one_running_job_a_device",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.device} ({self.state})"
