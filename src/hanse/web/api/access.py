"""What is needed to get into routers: secrets by name, pinned host keys; and templates that stand in for ours."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import host_keys, secrets, templates
from hanse.actions.access import NoSuchSecret, NotATemplate
from hanse.web.api.lists import Listing, Row
from hanse.web.api.operations import MEND, NOT_HERE, Asked, Operation
from hanse.web.api.rows import Listed
from hanse.web.api.shapes import Exact, given, taken
from hanse.web.api.values import listed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class HostKeyRow(Listed):
    """The SSH host key that a router is known by."""

    node: str
    key: str
    learned_at: datetime
    by: str


HOST_KEYS: Final = Listing(
    route="api-host-key",
    row=HostKeyRow,
    rows=lambda asked: host_keys.host_key_list(asked.person),
    display="{node} {key}",
    order=("node",),
    searched=("node", "key"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretRow:
    """A secret by its name. Its value is not shown here."""

    url: str
    display: str
    name: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretValue(Exact):
    """A secret's value."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretShown:
    """A secret's value."""

    name: str
    value: str


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


def secrets_listed() -> Operation:
    """Return the operation that gives the names of all secrets."""

    def rows(asked: Asked) -> list[Row]:
        return [_secret(asked, one) for one in secrets.secret_names(asked.person)]

    return listed_rows(SecretRow, rows, "List secrets, by name only")


def secret_shown() -> Operation:
    """Return the operation that tells of a secret when it was changed."""

    def answer(asked: Asked, name: str) -> Response:
        return Response(_named(asked, name))

    return Operation(
        answer=answer, summary="Show a secret, without its value", gives=given(SecretRow), failures=NOT_HERE
    )


def secret_set() -> Operation:
    """Return the operation that puts a secret down."""

    def answer(asked: Asked, name: str) -> Response:
        value = asked.body(SecretValue).value
        secrets.set_secret(name, value, person=asked.person, world=asked.world)
        return Response(_named(asked, name))

    return Operation(
        answer=answer,
        summary="Put a secret down under its name",
        takes=taken(SecretValue),
        gives=given(SecretRow),
        failures=MEND,
    )


def secret_removed() -> Operation:
    """Return the operation that forgets a secret."""

    def answer(asked: Asked, name: str) -> Response:
        try:
            secrets.remove_secret(name, person=asked.person, world=asked.world)
        except NoSuchSecret as error:
            raise Http404 from error
        return Response(status=HTTPStatus.NO_CONTENT)

    return Operation(
        answer=answer, summary="Forget a secret", status=HTTPStatus.NO_CONTENT, failures={**MEND, **NOT_HERE}
    )


def secret_revealed() -> Operation:
    """Return the operation that shows a secret's value. It is a POST, for it is put on record who looked."""

    def answer(asked: Asked, name: str) -> Response:
        try:
            value = secrets.reveal(name, person=asked.person, world=asked.world)
        except NoSuchSecret as error:
            raise Http404 from error
        return Response({"name": name, "value": value}, headers={"Cache-Control": "no-store"})

    return Operation(
        answer=answer,
        summary="Show a secret's value; who looked is on record",
        gives=given(SecretShown),
        failures=NOT_HERE,
    )


def _named(asked: Asked, name: str) -> Row:
    for one in secrets.secret_names(asked.person):
        if one.name == name:
            return _secret(asked, one)
    raise Http404


def _secret(asked: Asked, one: secrets.SecretName) -> Row:
    return {
        "url": asked.url("api-secret", one.name),
        "display": one.name,
        "name": one.name,
        "changed_at": one.changed_at,
    }


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
        _full(asked, name)
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
        _full(asked, name)
        found = templates.preview(name, asked.body(TemplateText).text, person=asked.person, world=asked.world)
        return Response({"routers": [{word: getattr(one, word) for word in CHANGE_WORDS} for one in found]})

    return Operation(
        answer=answer,
        summary="Tell which routers' texts a template would change",
        takes=taken(TemplateText),
        gives=given(TemplatePreview),
        failures={**MEND, **NOT_HERE},
    )


CHANGE_WORDS: Final = ("node", "diff", "lines_added", "lines_removed")


def _full(asked: Asked, name: str) -> Row:
    try:
        one = templates.template(name, person=asked.person, world=asked.world)
    except NotATemplate as error:
        raise Http404 from error
    return {**_template(asked, one), "text": one.text, "ours": one.ours}


def _template(asked: Asked, one: templates.Template) -> Row:
    return {
        "url": asked.url("api-template", one.name),
        "display": one.name,
        "name": one.name,
        "dialect": one.dialect,
        "source": one.source,
    }
