"""One input for one field. It takes anything: the reader of files judges what it means."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django import forms

from hanse.network.wanted.shape import Field, Sort
from hanse.web.pages.object_forms.names import has_own_inputs

FEW_CHOICES: Final = 25  # of references; more are searched
Choices = Mapping[str, tuple[str, ...]]  # what can be named, by what refers to it
TEXT: Final = {"class": "form-control", "autocomplete": "off", "spellcheck": "false"}
CODE: Final = {**TEXT, "class": "form-control font-monospace", "rows": 3}


class OpenSelect(forms.Select):
    """A choice that keeps a value which is none of it: a name that nobody has yet is no reason to lose it."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the options, with what stands there."""
        self.choices = _with_unknown(self.choices, value)
        return super().optgroups(name, value, attrs)


class OpenChecks(forms.CheckboxSelectMultiple):
    """Several to choose from, with what stands there and is not known."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return what was ticked, or what stands there a line each."""
        return [word for text in data.getlist(name) for word in text.split()]

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the options, with what stands there."""
        self.choices = _with_unknown(self.choices, value)
        return super().optgroups(name, value, attrs)


def _with_unknown(choices: Iterable[Any], values: list[str]) -> list[tuple[str, str]]:
    known = {str(key) for key, _ in choices}
    return [*choices, *((one, f"{one} (not there)") for one in values if one and one not in known)]


def input_for(field: Field, choices: Choices) -> forms.Field:
    """Return the input for a field."""
    made = forms.Field(required=False, help_text=_help(field), widget=WIDGETS[field.sort](field, choices))
    if field.is_required and field.sort not in {Sort.FLAG, Sort.CHOICES}:
        made.widget.attrs["aria-required"] = "true"
    return made


def _help(field: Field) -> str:
    return f"{field.meaning[:1].upper()}{field.meaning[1:]}." if field.meaning else ""


def _flag(_: Field, __: Choices) -> forms.Widget:
    return forms.CheckboxInput({"class": "form-check-input"})


def _choice(field: Field, _: Choices) -> forms.Widget:
    return OpenSelect({"class": "form-select"}, choices=_options(field, field.choices))


def _choices(field: Field, _: Choices) -> forms.Widget:
    return forms.CheckboxSelectMultiple({"class": "form-check-input"}, choices=[(one, one) for one in field.choices])


def _lines(field: Field, choices: Choices) -> forms.Widget:
    known = choices.get(field.refers, ()) if field.refers and not field.in_order else ()
    if 0 < len(known) <= FEW_CHOICES:
        return OpenChecks({"class": "form-check-input"}, choices=[(one, one) for one in known])
    return _text(field, choices) if has_own_inputs(field) else forms.Textarea(CODE)


def _words(_: Field, __: Choices) -> forms.Widget:
    return forms.Textarea(CODE)


def _prose(_: Field, __: Choices) -> forms.Widget:
    return forms.Textarea({**TEXT, "rows": 3, "spellcheck": "true"})


def _number(_: Field, __: Choices) -> forms.Widget:
    return forms.TextInput({**TEXT, "inputmode": "numeric"})


def _fraction(_: Field, __: Choices) -> forms.Widget:
    return forms.TextInput({**TEXT, "inputmode": "decimal"})


def _text(field: Field, choices: Choices) -> forms.Widget:
    """Return a choice where there is little to choose from, else a text; what it may name is searched."""
    known = choices.get(field.refers, ()) if field.refers else ()
    if 0 < len(known) <= FEW_CHOICES:
        return OpenSelect({"class": "form-select"}, choices=_options(field, known))
    return forms.TextInput({**TEXT, "list": f"names-{field.refers}"} if field.refers else TEXT)


def _options(field: Field, values: Iterable[str]) -> list[tuple[str, str]]:
    return [("", ""), *((value, value) for value in values)] if not field.default else [(one, one) for one in values]


WIDGETS: Final[Mapping[Sort, Callable[[Field, Choices], forms.Widget]]] = {
    Sort.TEXT: _text,
    Sort.NUMBER: _number,
    Sort.FRACTION: _fraction,
    Sort.FLAG: _flag,
    Sort.CHOICE: _choice,
    Sort.CHOICES: _choices,
    Sort.PROSE: _prose,
    Sort.LINES: _lines,
    Sort.WORDS: _words,
}
