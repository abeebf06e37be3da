"""Deployments: one row each, and what happened to it step by step."""

from django.db import models

from hanse.deploy.stages import OPEN, Stage
from hanse.store.models.append_only import AppendOnly
from hanse.store.models.plans import PlanRecord


class Deployment(models.Model):
    """One router's new configuration on its way. While one is open no other can begin on that router."""

    name = models.CharField(max_length=120, unique=True)  # what the device knows it by
    node = models.CharField(max_length=200)
    site = models.CharField(max_length=200, blank=True)  # of the router when it began
    driver = models.CharField(max_length=60)
    plan = models.ForeignKey(PlanRecord, null=True, on_delete=models.PROTECT, related_name="deployments")
    wave = models.CharField(max_length=40, blank=True)  # of its rollout: "canary 1", "batch 2"; empty: not begun
    by_hand = models.BooleanField(default=False)  # found good, it is kept only by somebody's word
    word = models.CharField(max_length=20, blank=True)  # of deploy.journal.Word: what somebody said meanwhile
    word_by = models.CharField(max_length=150, blank=True)
    checksum = models.CharField(max_length=64)  # of the whole plan it belongs to
    text = models.TextField()
    diff = models.TextField()
    before_text = models.TextField()
    stage = models.CharField(max_length=20, default=Stage.PLANNED.value)
    who = models.CharField(max_length=150)
    door = models.CharField(max_length=20)
    created_at = models.DateTimeField(db_index=True)
    undo_at = models.DateTimeField(null=True)  # on trial: when the router undoes it by itself
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)  # a sentence
    worker = models.CharField(max_length=120, blank=True)  # host:pid:start of the process that drives it; empty: nobody
    heartbeat_at = models.DateTimeField()
    checks_before = models.JSONField(null=True)
    checks_after = models.JSONField(null=True)

    class Meta:
        indexes = (models.Index(fields=["node", "-created_at"], name="deployments_of_a_node"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(stage__in=sorted(map(str, Stage))), name="deployment_stage_is_known"
            ),
            models.UniqueConstraint(
                fields=["node"], condition=models.Q(stage__in=sorted(map(str, OPEN))), name="one_open_deployment_a_node"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.stage})"


class DeploymentStep(AppendOnly):
    """One thing that happened to a deployment; a note has no event and moves nothing."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    event = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=20)  # after it
    detail = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.event or 'note'}: {self.detail}"
