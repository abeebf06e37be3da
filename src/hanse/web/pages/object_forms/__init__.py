"""Forms for every wanted object, made of the fields of its class: a new field has its input by itself."""

from hanse.web.pages.object_forms.parts import Part, part_of, said_at_fields
from hanse.web.pages.object_forms.reading import body_in, with_row, without_row
from hanse.web.pages.object_forms.writing import values_of

__all__ = ["Part", "body_in", "part_of", "said_at_fields", "values_of", "with_row", "without_row"]
