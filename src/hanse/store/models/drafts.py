"""Changes to the wanted network that nobody has taken yet, and those that were, as sets that can be undone."""

from django.db import models

from hanse.store.draft_states import DraftState
from hanse.store.models.append_only import AppendOnly


class ChangeSet(AppendOnly):
    """Changes that were taken together; the audit entries that name it are their contents."""

    at = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=150)
    door = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    def __str__(self) -> str:
        return f"{self.pk}: {self.title}"


class Draft(models.Model):
    """Changes that are being thought about. Nothing is wanted because of it until it is taken."""

    title = models.CharField(max_length=200)
    who = models.CharField(max_length=150)
    state = models.CharField(max_length=20, default=DraftState.OPEN.value)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    undoes = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="undo_drafts")
    change_set = models.OneToOneField(ChangeSet, null=True, on_delete=models.PROTECT, related_name="draft")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(map(str, DraftState))), name="draft_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.title}"


class DraftOperation(models.Model):
    """One object in a draft: what it was when it was edited, and what it is to be. A body of None: it is not there."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="operations")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=0)  # of the row it was compared with; 0: there was none

    class Meta:
        constraints = (models.UniqueConstraint(fields=["draft", "kind", "name"], name="one_operation_a_thing"),)

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"
