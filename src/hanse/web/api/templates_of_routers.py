"""The templates that routers' texts are written with: ours, and those that stand in for ours."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import templates
from hanse.actions.rights import Right
from hanse.actions.template_texts import NoSuchExport, export_text
from hanse.actions.templates import NotATemplate
from hanse.render.kinds import parse_export_name
from hanse.render.reference import reference
from hanse.web.api.lists import Row
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """A template. `source`: ours, store (it stands in for ours), or folder (of HANSE_TEMPLATES)."""

    url: str
    display: str
    name: str
    dialect: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFull(TemplateRow):
    """A template with its text, and our own beside it."""

    text: str
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateText(Exact):
    """The text that is to stand in for ours."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportText:
    """A text and what it is called."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """What a router's text becomes."""

    node: str
    diff: str
    lines_added: int
    lines_removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePreview:
    """The routers whose text changes."""

    routers: list[TextChange]


def templates_listed() -> Operation:
    """Return the operation that gives the templates without their texts."""

    def rows(asked: Asked) -> list[Row]:
        return [_template(asked, one) for one in templates.template_list(person=asked.person, world=asked.world)]

    return listed_rows(TemplateRow, rows, "List templates")


def template_shown() -> Operation:
    """Return the operation that gives one template."""

    def answer(asked: Asked, name: str) -> Response:
        return Response(_full(asked, name))

    return Operation(answer=answer, summary="Show a template", gives=given(TemplateFull), failures=NOT_HERE)


def template_saved() -> Operation:
    """Return the operation that lets a text stand in for our template."""

    def answer(asked: Asked, name: str) -> Response:
        _full(asked, name, may_be_new=True)
        templates.save_template(name, asked.body(TemplateText).text, person=asked.person, world=asked.world)
        return Response(_full(asked, name))

    return Operation(
        answer=answer,
        summary="Let a text stand in for our template",
        takes=taken(TemplateText),
        gives=given(TemplateFull),
        failures={**MEND, **NOT_HERE},
    )


def template_dropped() -> Operation:
    """Return the operation that goes back to our own template."""

    def answer(asked: Asked, name: str) -> Response:
        _full(asked, name)
        templates.drop_template(name, person=asked.person, world=asked.world)
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(
        answer=answer,
        summary="Go back to our own template",
        status=HTTPStatus.NO_CONTENT,
        failures={**MEND, **NOT_HERE},
    )


def template_previewed() -> Operation:
    """Return the operation that tells which routers' texts a template would change."""

    def answer(asked: Asked, name: str) -> Response:
        _full(asked, name, may_be_new=True)
        found = templates.preview(name, asked.body(TemplateText).text, person=asked.person, world=asked.world)
        return Response({"routers": [{word: getattr(one, word) for word in CHANGE_WORDS} for one in found]})

    return Operation(
        answer=answer,
        summary="Tell which routers' texts a template would change",
        takes=taken(TemplateText),
        gives=given(TemplatePreview),
        failures={**MEND, **NOT_HERE},
    )


def export_written() -> Operation:
    """Return the operation that gives the text that an export writes now."""

    def answer(asked: Asked, export: str) -> Response:
        try:
            text = export_text(export, person=asked.person, world=asked.world)
        except NoSuchExport as error:
            raise Http404(str(error)) from error
        return Response({"name": parse_export_name(export), "text": text})

    return Operation(answer=answer, summary="Write an export", gives=given(ExportText), failures={**MEND, **NOT_HERE})


def reference_given() -> Operation:
    """Return the operation that tells what templates see, as Markdown."""

    def answer(asked: Asked) -> Response:
        asked.person.insist(Right.VIEW, templates.OBJECT)
        return Response({"name": "reference", "text": reference()})

    return Operation(answer=answer, summary="Tell what templates see", gives=given(ExportText))


CHANGE_WORDS: Final = ("node", "diff", "lines_added", "lines_removed")


def _full(asked: Asked, name: str, *, may_be_new: bool = False) -> Row:
    try:
        one = templates.template(name, person=asked.person, world=asked.world)
    except NotATemplate as error:
        raise Http404 from error
    if one.source == templates.NOWHERE and not may_be_new:
        raise Http404(f"there is no template {name!r}")
    return {**_template(asked, one), "text": one.text, "ours": one.ours}


def _template(asked: Asked, one: templates.Template) -> Row:
    return {
        "url": asked.url("api-template", one.name),
        "display": one.name,
        "name": one.name,
        "dialect": one.dialect,
        "source": one.source,
    }
