"""Plans that were made for review, kept word for word: what is applied is what was looked at."""

from django.db import models


class PlanRecord(models.Model):
    """One plan. Its devices are below; who applied it is in `rollout`, the job that does."""

    checksum = models.CharField(max_length=64)
    title = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=150)
    door = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)
    undoes = models.CharField(max_length=120, blank=True)  # the deployment that it takes back; empty: none
    missed = models.JSONField(default=list)  # routers that could not be planned: [{node, site, why, is_ours}]
    joints = models.JSONField(default=list)  # what has to change together
    breaches = models.JSONField(default=list)  # sentences: the safety limits that it passes
    job = models.OneToOneField("Job", null=True, on_delete=models.SET_NULL, related_name="plan")  # that made it
    rollout = models.OneToOneField("Job", null=True, on_delete=models.SET_NULL, related_name="rolled_out")
    applied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.checksum[:12]}"


class PlannedDevice(models.Model):
    """One router's part of a plan."""

    plan = models.ForeignKey(PlanRecord, on_delete=models.CASCADE, related_name="devices")
    node = models.CharField(max_length=200)
    site = models.CharField(max_length=200, blank=True)
    driver = models.CharField(max_length=60)
    text = models.TextField()
    before_text = models.TextField()
    diff = models.TextField()
    undo_timer = models.BooleanField(default=True)  # the router undoes by itself
    lines_added = models.PositiveIntegerField()
    lines_removed = models.PositiveIntegerField()
    sessions_before = models.PositiveIntegerField(default=0)
    sessions_removed = models.JSONField(default=list)
    together = models.PositiveIntegerField(default=0)  # which step of the rollout: those that share one change at once
    still_wanted = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "node"], name="one_part_a_router"),)

    def __str__(self) -> str:
        return self.node
