"""Write what is made from the code: errors, what templates see, what NAPALM drivers can do, what follows from a line.

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
from hanse.derive.devices import device_specs
from hanse.devices.napalm.platforms import SHIPPED, Platform
from hanse.network.errors import HanseError, OutsideError, WantedError
from hanse.network.wanted.files import load
from hanse.render.counting import count
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
CITY: Final = ROOT / "examples/city"
COUNT_BEGIN: Final = "<!-- count: written by script/write_docs.py -->"
COUNT_END: Final = "<!-- end of count -->"


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


def count_table(folder: Path) -> str:
    """Return how many lines of the network in a folder somebody wrote, and how many follow on each router."""
    paths = sorted(path for path in folder.glob("*.yml") if path.name != "outside.yml")
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    counted = count(texts, device_specs(load(texts).network).values())
    lines = ["| written | lines |", "|---|---|"]
    lines += [f"| `{name}` | {number} |" for name, number in counted.intent.items()]
    lines += [f"| **all of it** | **{counted.written}** |", ""]
    lines += ["| router | dialect | files | lines |", "|---|---|---|---|"]
    lines += [f"| {one.node} | {one.dialect} | {one.files} | {one.lines} |" for one in counted.derived]
    files = sum(one.files for one in counted.derived)
    lines += [f"| **all of them** | | **{files}** | **{counted.lines}** |", ""]
    return "\n".join([*lines, f"From one line that somebody wrote follow {counted.ratio:.1f} lines of configuration."])


def between(page: str, begin: str, end: str, text: str) -> str:
    """Return a page with what stands between two marks written anew."""
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{text}\n{end}{after}"


def drivers_page(page: str) -> str:
    """Return the page with the table of abilities written anew."""
    return between(page, ABILITIES_BEGIN, ABILITIES_END, abilities_table(SHIPPED))


def network_page(page: str) -> str:
    """Return the page with the count of the example written anew."""
    return between(page, COUNT_BEGIN, COUNT_END, f"\n{count_table(CITY)}\n")


def main() -> None:
    """Write the pages."""
    import_all()
    (ROOT / "docs/use/errors.md").write_text(errors_page(), encoding="utf-8")
    (ROOT / "docs/use/templates-reference.md").write_text(reference(), encoding="utf-8")
    for name, written in (("drivers.md", drivers_page), ("network.md", network_page)):
        page = ROOT / "docs/use" / name
        page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
