"""Who changed what."""

from django.db import models

from hanse.store.models.append_only import AppendOnly
from hanse.store.models.drafts import ChangeSet


class AuditEntry(AppendOnly):
    """One change: by whom, when, through which door, and what stood there before and after. Never a secret's value."""

    at = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=150)
    door = models.CharField(max_length=20)  # cli, manage, api, page, job
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        indexes = (models.Index(fields=["kind", "name", "-at"], name="history_of_an_object"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.who}: {self.action} {self.kind} {self.name}"
