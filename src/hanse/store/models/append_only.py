"""Rows that are written once: what happened does not change afterwards."""

from typing import Any, NoReturn

from django.db import models


class WrittenOnce(TypeError):
    """Somebody tried to change or remove what is on record: our bug."""


class AppendOnlyRows(models.QuerySet[Any]):
    """Rows that can be added and read."""

    def update(self, **_: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnce(f"{self.model.__name__} is append-only")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise WrittenOnce(f"{self.model.__name__} is append-only")

    def prune(self) -> int:
        """Remove what was kept long enough, and return how many rows: the one way out, for `store.pruning` alone."""
        return super().delete()[0]


class AppendOnly(models.Model):
    """A row that can be added and read."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to write it again."""
        if self.pk is not None:
            raise WrittenOnce(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse."""
        raise WrittenOnce(f"{type(self).__name__} is append-only")
