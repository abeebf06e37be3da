"""What routers reported: each poll, the last known facts, and every change with its time and cause."""

from django.db import models

from hanse.store.models.append_only import AppendOnly


class Poll(AppendOnly):
    """One attempt to look at a router, answered or not."""

    node = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)
    took = models.DurationField()
    ok = models.BooleanField()
    error = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["node", "-at"], name="polls_of_a_node"),)

    def __str__(self) -> str:
        return f"{self.node} {self.at:%Y-%m-%d %H:%M:%S} {self.error or 'answered'}"


class Sighting(models.Model):
    """The last known facts about one thing on a router: the router itself, a session, a neighbour, an interface.

    One table for all, so that a router's whole poll is one statement. A thing that the router does not report any more
    keeps its row, with `is_there` false. When the router does not answer the rows stay as they were.
    """

    node = models.CharField(max_length=200)
    subject = models.CharField(max_length=20)  # of monitor.happenings
    key = models.CharField(max_length=200, blank=True)  # tells it apart on this router
    is_there = models.BooleanField(default=True)
    facts = models.JSONField()
    changed_at = models.DateTimeField()  # when Hanse last saw other facts than before

    class Meta:
        constraints = (models.UniqueConstraint(fields=["node", "subject", "key"], name="one_sighting_a_thing"),)

    def __str__(self) -> str:
        return f"{self.node} {self.subject} {self.key}"


class ChangeRecord(AppendOnly):
    """Something on a router became different between two looks."""

    node = models.CharField(max_length=200)
    subject = models.CharField(max_length=20)
    key = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=40)
    sentence = models.TextField()
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    since = models.DateTimeField(null=True)  # the router's own word for when it happened
    at = models.DateTimeField(db_index=True)  # when Hanse saw it

    class Meta:
        indexes = (
            models.Index(fields=["node", "-at"], name="changes_of_a_node"),
            models.Index(fields=["kind", "-at"], name="changes_of_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.node}: {self.sentence}"
