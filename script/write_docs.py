"""Write the pages that are made from the code: errors, what templates see, and what each NAPALM driver can do.

    .venv/bin/python script/write_docs.py      (in an environment that ./hanse made)

A test compares what this writes with what lies in docs/.
"""

import importlib
import inspect
import os
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import hanse
from hanse.devices.napalm.platforms import SHIPPED, Platform
from hanse.network.errors import HanseError, OutsideError, WantedError
from hanse.render.reference import reference

ROOT: Final = Path(__file__).resolve().parents[1]
ERRORS_HEAD: Final = """# Errors

Every error that Hanse shows belongs to one of two families, by whose it is; anything else is a bug of ours and leaves
with a traceback and exit code 1. The text of an error says what happened and, where one can tell, how to mend it.

This page is written by `script/write_docs.py` from the code.
"""
FAMILIES: Final = (
    (
        WantedError,
        "## Mend what is wanted",
        "Exit code 2. What is written down contradicts itself or cannot be read; nothing was sent anywhere.",
    ),
    (
        OutsideError,
        "## The world failed",
        (
            "Exit code 3. A device, a registry or a disk did not do its part. *Again* says whether the same request"
            " may succeed later without anybody mending anything."
        ),
    ),
)
ABILITIES_BEGIN: Final = "<!-- abilities: written by script/write_docs.py -->"
ABILITIES_END: Final = "<!-- end of abilities -->"


def import_all() -> None:
    """Import every module of the product; Django's own need Django set up first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.conf.settings")
    django = importlib.import_module("django")
    django.setup()
    for module in pkgutil.walk_packages(hanse.__path__, "hanse.", onerror=_give_up):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _give_up(name: str) -> None:
    raise ImportError(f"{name} cannot be imported")


def all_below(family: type[HanseError]) -> Iterator[type[HanseError]]:
    """Yield every error of a family that the product defines."""
    for error in family.__subclasses__():
        if error.__module__.startswith("hanse."):
            yield error
        yield from all_below(error)


def errors_page() -> str:
    """Return the page of all errors, by family, room and name."""
    lines = [ERRORS_HEAD]
    for family, heading, meaning in FAMILIES:
        columns = ("again",) if family is OutsideError else ()
        lines += [heading, "", meaning, "", "| error | what happened | where |" + "".join(f" {c} |" for c in columns)]
        lines.append("|---|---|---|" + "---|" * len(columns))
        found = sorted(set(all_below(family)), key=lambda error: (error.__module__, error.__name__))
        lines += [error_line(error) for error in found]
        lines.append("")
    return "\n".join(lines)


def error_line(error: type[HanseError]) -> str:
    """Return one error's line of the table: its docstring's first paragraph."""
    told = inspect.cleandoc(error.__doc__ or "").partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    again = (" yes |" if error.retry else " no |") if issubclass(error, OutsideError) else ""
    return f"| `{error.__name__}` | {told} | `{error.__module__.removeprefix('hanse.')}` |{again}"


def abilities_table(platforms: Mapping[str, Platform]) -> str:
    """Return what each shipped NAPALM driver can do."""
    lines = ["| driver | installs a whole configuration | undoes by itself | commit message |", "|---|---|---|---|"]
    for platform in platforms.values():
        timer = "no"
        if platform.timer is not None:
            timer = f"yes, in steps of {platform.timer.unit.seconds} s, at most {platform.timer.longest}"
        whole, message = ("yes" if can else "no" for can in (platform.replace, platform.takes_message))
        lines.append(f"| `{platform.name}` | {whole} | {timer} | {message} |")
    return "\n".join(lines)


def drivers_page(page: str) -> str:
    """Return the page with the table between its marks written anew."""
    before, _, rest = page.partition(ABILITIES_BEGIN)
    _, _, after = rest.partition(ABILITIES_END)
    return f"{before}{ABILITIES_BEGIN}\n{abilities_table(SHIPPED)}\n{ABILITIES_END}{after}"


def main() -> None:
    """Write the pages."""
    import_all()
    (ROOT / "docs/use/errors.md").write_text(errors_page(), encoding="utf-8")
    (ROOT / "docs/use/templates-reference.md").write_text(reference(), encoding="utf-8")
    drivers = ROOT / "docs/use/drivers.md"
    drivers.write_text(drivers_page(drivers.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
