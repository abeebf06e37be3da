"""What people chose for themselves."""

from django.db import models


class ShownColumns(models.Model):
    """Which columns of a list somebody wants to see."""

    who = models.CharField(max_length=150)
    page = models.CharField(max_length=100)  # of the list, by the name of its address
    columns = models.JSONField(default=list)  # their keys

    class Meta:
        constraints = (models.UniqueConstraint(fields=["who", "page"], name="one_choice_a_list"),)

    def __str__(self) -> str:
        return f"{self.page} of {self.who}"
