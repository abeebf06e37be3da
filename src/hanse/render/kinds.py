"""Which sorts of template there are, told by the first part of their names, and what each sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hanse.derive.export_spec import ExportSpec
from hanse.derive.request_spec import RequestSpec
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.values.names import NotAName, parse_object_name
from hanse.render.running import environment_with, said

EXPORT: Final = "export"
MAIL: Final = "mail"
ENDING: Final = ".j2"


class NotATemplateName(WantedError):
    """A template of one's own cannot be called so: exports are called export/NAME.j2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSort:
    """One sort of template."""

    name: str
    variable: str  # the one that the template sees
    root: type
    meaning: str


SORTS: Final = (
    TemplateSort(
        name="configuration",
        variable="spec",
        root=DeviceSpec,
        meaning="The templates of dialects: each writes a file, or the whole text, of one router.",
    ),
    TemplateSort(
        name=MAIL,
        variable="request",
        root=RequestSpec,
        meaning="`mail/peering-request.j2` writes the mail that asks another network to peer. Its first line is the"
        " subject: `Subject: ...`.",
    ),
    TemplateSort(
        name=EXPORT,
        variable="export",
        root=ExportSpec,
        meaning="`export/NAME.j2`, as many as you like, each a text of your own about the whole network.",
    ),
)


def is_export(name: str) -> bool:
    """Say whether a template of that name is an export.

    >>> is_export("export/peers.csv.j2"), is_export("bird2/bird.conf.j2")
    (True, False)
    """
    return name.startswith(f"{EXPORT}/")


def parse_export_name(text: str) -> str:
    """Return the name of an export's template; its ending may be left out.

    >>> parse_export_name("export/peers.csv"), parse_export_name("peers.j2")
    ('export/peers.csv.j2', 'export/peers.j2')

    :raises NotATemplateName:
    """
    word = str(text).strip().removeprefix(f"{EXPORT}/").removesuffix(ENDING)
    try:
        return f"{EXPORT}/{parse_object_name(word)}{ENDING}"
    except NotAName as error:
        raise NotATemplateName(f"an export cannot be called {text!r}: {error}") from error


def exported(name: str, export: ExportSpec, templates: Mapping[str, str]) -> str:
    """Return what the export template `name` of `templates` says of the network.

    :raises TemplateBroken: there is none of that name, or it fails
    """
    context: dict[str, Any] = {"export": export}
    return said(environment_with(templates), name, "", context)
