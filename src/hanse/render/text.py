"""A spec to text. A template that fails, fails loudly: an error never becomes configuration."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import TemplateError

from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.values.bundle import File, NotABundle, print_bundle
from hanse.network.wanted.sentences import one_of
from hanse.render.dialects import DIALECTS, Part
from hanse.render.running import TemplateBroken, environment_with, said
from hanse.render.sandbox import Sandbox

__all__ = ["NO_OVERRIDES", "NeverTold", "NoDialect", "TemplateBroken", "render", "template_names", "template_text"]

NO_OVERRIDES: Final[Mapping[str, str]] = {}


class NeverTold(WantedError):
    """A registry never told what the router's filters need; the text says which and what to do."""


class NoDialect(WantedError):
    """The router's platform names no dialect that Hanse writes."""


def render(spec: DeviceSpec, overrides: Mapping[str, str] = NO_OVERRIDES) -> str:
    """Return the whole configuration of the router as one text: for a Linux router, a bundle of files.

    For a vendor's router it is all that Hanse owns there, in the words of the platform.

    `overrides` are templates by name ("bird2/bird.conf.j2") that stand in for Hanse's own.

    :raises NoDialect:
    :raises NeverTold:
    :raises NotExpressible: if the platform has no words for what is wanted
    :raises TemplateBroken:
    """
    if spec.dialect not in DIALECTS:
        raise NoDialect(
            f"{spec.name}: platform {spec.platform} has no dialect that is written: {_dialects(spec.dialect)}"
        )
    if spec.missing:
        raise NeverTold(f"{spec.name}: {'; '.join(spec.missing)}")
    environment = environment_with(overrides)
    parts = DIALECTS[spec.dialect]
    if not parts[0].path:
        return "".join(_text(environment, part, spec, {"spec": spec}) for part in parts)
    return print_bundle(file for part in parts for file in _files(environment, part, spec))


def template_names(dialect: str) -> tuple[str, ...]:
    """Return the names of the templates that make up `dialect`, in order; each can be overridden.

    :raises NoDialect:
    """
    if dialect not in DIALECTS:
        raise NoDialect(f"there is no dialect {dialect!r}: {_dialects(dialect)}")
    return tuple(part.template for part in DIALECTS[dialect])


def template_text(name: str) -> str:
    """Return Hanse's own text of a template, to begin an override with.

    :raises TemplateBroken: if there is no such template
    """
    environment = environment_with(NO_OVERRIDES)
    try:
        return environment.loader.get_source(environment, name)[0] if environment.loader else ""
    except TemplateError as error:
        known = {part.template for parts in DIALECTS.values() for part in parts}
        raise TemplateBroken(f"there is no template {name!r}: {one_of(known, name)}") from error


def _dialects(written: str) -> str:
    return one_of(DIALECTS, written)


def _files(environment: Sandbox, part: Part, spec: DeviceSpec) -> Iterator[File]:
    for path, context in part.files(spec):
        text = _text(environment, part, spec, context)
        if part.optional and not text.strip():
            continue
        try:
            yield File(path=path, text=text, mode=part.mode, owner=part.owner)
        except NotABundle as error:
            raise TemplateBroken(f"template {part.template}: {error} (for {spec.name})") from error


def _text(environment: Sandbox, part: Part, spec: DeviceSpec, context: Mapping[str, Any]) -> str:
    """Return what a template says, each line ended."""
    text = said(environment, part.template, spec.name, context)
    return text if text.endswith("\n") or not text else f"{text}\n"
