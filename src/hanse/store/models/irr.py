"""What the IRR said: the last good answer of each name, how the latest question went, and what became different."""

from django.db import models

from hanse.store.models.append_only import AppendOnly


class IrrExpansion(models.Model):
    """One AS-SET or AS, as it was last told well.

    `at` is when that was, null: never. `token` stands for exactly one answer. `trouble` is why the latest question
    brought no good answer; empty: it did.
    """

    name = models.CharField(max_length=1000, unique=True)
    prefixes = models.JSONField(default=list)
    origins = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    token = models.CharField(max_length=32)
    prefixes4 = models.PositiveIntegerField(default=0)
    prefixes6 = models.PositiveIntegerField(default=0)
    origin_count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    trouble = models.TextField(blank=True)
    is_refused = models.BooleanField(default=False)  # it answered, and too much was gone

    def __str__(self) -> str:
        return self.name


class IrrHead(models.Model):
    """The token of all good answers together: another one, and something in them is another."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token


class IrrChange(AppendOnly):
    """A good answer that differed from the one before. Of many prefixes the first are named, and all are counted."""

    name = models.CharField(max_length=1000)
    at = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=200)
    is_first = models.BooleanField(default=False)
    was_accepted = models.BooleanField(default=False)  # somebody took what had been refused
    added_prefixes = models.JSONField(default=list)
    removed_prefixes = models.JSONField(default=list)
    added_origins = models.JSONField(default=list)
    removed_origins = models.JSONField(default=list)
    counts = models.JSONField()  # of the four above, in their order, whole

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"

    @property
    def sentence(self) -> str:
        """Return what became different, counted: "+3 prefixes, -1 origins"."""
        words = zip(("+", "-", "+", "-"), self.counts, ("prefixes", "prefixes", "origins", "origins"), strict=True)
        counted = ", ".join(f"{sign}{count} {what}" for sign, count, what in words if count) or "no difference"
        return f"{counted} (told first)" if self.is_first else counted
