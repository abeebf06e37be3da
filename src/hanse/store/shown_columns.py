"""Which columns of lists people want to see."""

from collections.abc import Sequence

from hanse.store.models import ShownColumns


def shown(who: str, name: str) -> tuple[str, ...]:
    """Return the keys of the columns that somebody wants to see of a list; empty: nothing was chosen. One query."""
    found = ShownColumns.objects.filter(who=who, page=name).values_list("columns", flat=True).first()
    return tuple(found or ())


def choose(who: str, name: str, columns: Sequence[str]) -> None:
    """Put down what somebody wants to see of a list; nothing: as it was made."""
    if columns:
        ShownColumns.objects.update_or_create(who=who, page=name, defaults={"columns": list(columns)})
    else:
        ShownColumns.objects.filter(who=who, page=name).delete()
