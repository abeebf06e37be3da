"""What is wanted, one row an object (docs/decisions/0002)."""

from django.db import models


class WantedObject(models.Model):
    """One object of the wanted network: its body is what stands under its name in a file.

    What holds for the whole network is the object of kind "network" with an empty name. Changes go by conditional
    update on `version`, so that two people cannot overwrite each other unseen.
    """

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    body = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "name"], name="one_object_a_kind_and_name"),)

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"
