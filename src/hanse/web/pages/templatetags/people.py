"""Words of the pages about people."""

from typing import Any, Final

from django.forms import BoundField
from django.template import Library

from hanse.actions import grant_words
from hanse.actions.people import granted_by

register: Final = Library()


@register.filter
def in_words(grant: Any) -> str:
    """Return what a grant allows."""
    return grant_words.in_words(granted_by(grant))


LOOKS: Final = {"checkbox": "form-check-input", "checkboxselectmultiple": "form-check-input", "select": "form-select"}


@register.filter
def dressed(field: BoundField) -> BoundField:
    """Return a field, also one of a form that is not ours, whose control looks as all of ours do."""
    field.field.widget.attrs.setdefault("class", LOOKS.get(field.widget_type, "form-control"))
    return field
