"""An operator's folder of templates that replace ours."""

from pathlib import Path

from hanse.network.errors import WantedError


class TemplateUnreadable(WantedError):
    """A file in the folder of templates cannot be read as text."""


def templates_in(folder: Path | None) -> dict[str, str]:
    """Return the templates below `folder`, name -> text; none if there is no such folder.

    :raises TemplateUnreadable:
    """
    if folder is None or not folder.is_dir():
        return {}
    return {path.relative_to(folder).as_posix(): _text(path) for path in sorted(folder.rglob("*.j2"))}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateUnreadable(f"{path} cannot be read: {error}") from error
