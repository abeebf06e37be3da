"""The OpenAPI document: every shape of every operation, put under its name."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from hanse.web.api.operations import Operation
from hanse.web.api.problems import PROBLEM


def with_shapes(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Return the document with the named schemas that its operations refer to."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(PROBLEM.parts)
    for operation in operations(get_resolver().url_patterns):
        schemas.update(operation.gives.parts)
        schemas.update(operation.takes.parts)
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


def operations(patterns: list[URLPattern | URLResolver]) -> Iterator[Operation]:
    """Return what every address below `patterns` answers to."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from operations(pattern.url_patterns)
        else:
            yield from getattr(getattr(pattern.callback, "cls", None), "operations", {}).values()
