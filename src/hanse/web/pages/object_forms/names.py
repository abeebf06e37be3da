"""What inputs are called: the fields on the way to a value, joined; rows are counted, for their names change."""

from typing import Final

from django.utils.datastructures import MultiValueDict

from hanse.network.wanted.shape import Field

Values = MultiValueDict[str, str]
KEY: Final = "name"  # the field that a row has as its key
FEW: Final = 4  # a list that has at most so many values has an input for each


def under(prefix: str, name: object) -> str:
    """Return the name of an input within a group, a row or a list."""
    return f"{prefix}-{name}" if prefix else str(name)


def rows_in(values: Values, prefix: str) -> list[str]:
    """Return the numbers of the rows of a field, in the order of the page."""
    return values.getlist(under(prefix, "row"))


def has_own_inputs(field: Field) -> bool:
    """Say whether each value of a list has an input for itself."""
    return field.most is not None and field.most <= FEW
