"""Running templates: nothing undefined passes, nothing outside is reached, an error names template and line."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import ChoiceLoader, DictLoader, PackageLoader, StrictUndefined, TemplateError

from hanse.network.errors import WantedError
from hanse.render.marking import MarkingSandbox
from hanse.render.sandbox import Sandbox
from hanse.render.vendor_words import VENDOR_FUNCTIONS, NotExpressible
from hanse.render.words import FILTERS, TESTS

# What an expression of a template can raise on the values that it is given.
RAISED: Final = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError, re.error)


class TemplateBroken(WantedError):
    """A template cannot be read, or fails on a router. The text names template and line."""


def environment_with(overrides: Mapping[str, str], *, marking: bool = False) -> Sandbox:
    """Return an environment for our templates, with `overrides`, name -> text, in place of ours of the same name.

    `marking`: what it writes has marks in it that say where it came from.
    """
    return _environment(tuple(sorted(overrides.items())), marking)


@lru_cache(maxsize=8)
def _environment(overrides: tuple[tuple[str, str], ...], marking: bool) -> Sandbox:
    sort = MarkingSandbox if marking else Sandbox
    environment = sort(
        loader=ChoiceLoader([DictLoader(dict(overrides)), PackageLoader("hanse.render")]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # plain text, not HTML
    )
    environment.filters.update(FILTERS)
    environment.tests.update(TESTS)
    environment.globals.update(VENDOR_FUNCTIONS)
    return environment


def said(environment: Sandbox, name: str, about: str, context: Mapping[str, Any]) -> str:
    """Return what the template `name` says of `context`; `about` stands in the error: the router's name.

    :raises TemplateBroken:
    :raises NotExpressible:
    """
    whom = f" (for {about})" if about else ""
    try:
        return environment.get_template(name).render(context)
    except TemplateError as error:
        raise TemplateBroken(f"{_place(name, error)}: {error.message or type(error).__name__}{whom}") from error
    except NotExpressible:
        raise  # a template's own word for what the platform cannot do
    except WantedError as error:  # a word that was given what it cannot take
        raise TemplateBroken(f"{_place(name, error)}: {error}{whom}") from error
    except RAISED as error:
        raise TemplateBroken(f"{_place(name, error)}: {type(error).__name__}: {error}{whom}") from error


def _place(name: str, error: Exception) -> str:
    """Return the template and, where it is known, the line in it that failed."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None and line is None:
        code = trace.tb_frame.f_code
        if code.co_name in {"root", "top-level template code"} or "template" in code.co_filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    template = (getattr(error, "name", None) if isinstance(error, TemplateError) else None) or name
    return f"template {template}, line {line}" if line else f"template {template}"
