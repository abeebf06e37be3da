"""A spec to text. A template that fails, fails loudly: an error never becomes configuration."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from jinja2 import ChoiceLoader, DictLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.values.bundle import File, NotABundle, print_bundle
from hanse.network.wanted.sentences import one_of
from hanse.render.dialects import DIALECTS, Part
from hanse.render.words import FILTERS, TESTS

NO_OVERRIDES: Final[Mapping[str, str]] = {}


class TemplateBroken(WantedError):
    """A template cannot be read, or fails on a router. The text names template and line."""


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
    :raises TemplateBroken:
    """
    if spec.dialect not in DIALECTS:
        raise NoDialect(
            f"{spec.name}: platform {spec.platform} has no dialect that is written: {_dialects(spec.dialect)}"
        )
    if spec.missing:
        raise NeverTold(f"{spec.name}: {'; '.join(spec.missing)}")
    environment = _environment(tuple(sorted(overrides.items())))
    parts = DIALECTS[spec.dialect]
    if not parts[0].path:
        return "".join(_text(environment, part, spec) for part in parts)
    return print_bundle(_file(environment, part, spec) for part in parts)


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
    environment = _environment(())
    try:
        return environment.loader.get_source(environment, name)[0] if environment.loader else ""
    except TemplateError as error:
        known = {part.template for parts in DIALECTS.values() for part in parts}
        raise TemplateBroken(f"there is no template {name!r}: {one_of(known, name)}") from error


def _dialects(written: str) -> str:
    return one_of(DIALECTS, written)


@lru_cache(maxsize=8)
def _environment(overrides: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([DictLoader(dict(overrides)), PackageLoader("hanse.render")]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # configuration, not HTML
    )
    environment.filters.update(FILTERS)
    environment.tests.update(TESTS)
    return environment


def _file(environment: ImmutableSandboxedEnvironment, part: Part, spec: DeviceSpec) -> File:
    text = _text(environment, part, spec)
    try:
        return File(path=part.path, text=text, mode=part.mode, owner=part.owner)
    except NotABundle as error:
        raise TemplateBroken(f"template {part.template}: {error} (for {spec.name})") from error


def _text(environment: ImmutableSandboxedEnvironment, part: Part, spec: DeviceSpec) -> str:
    """Return what a template says, each line ended."""
    try:
        text = environment.get_template(part.template).render(spec=spec)
    except TemplateError as error:
        raise TemplateBroken(
            f"{_place(part, error)}: {error.message or type(error).__name__} (for {spec.name})"
        ) from error
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, re.error) as error:
        # What an expression of a template can raise on the values that it is given.
        raise TemplateBroken(f"{_place(part, error)}: {type(error).__name__}: {error} (for {spec.name})") from error
    return text if text.endswith("\n") or not text else f"{text}\n"


def _place(part: Part, error: Exception) -> str:
    """Return the template and, where it is known, the line in it that failed."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None and line is None:
        if (
            trace.tb_frame.f_code.co_name in {"root", "top-level template code"}
            or "template" in trace.tb_frame.f_code.co_filename
        ):
            line = trace.tb_lineno
        trace = trace.tb_next
    return (
        f"template {getattr(error, 'name', None) or part.template}, line {line}"
        if line
        else f"template {part.template}"
    )
