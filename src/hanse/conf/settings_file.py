"""Settings written in a file: `settings.env` in the data folder, one `NAME=value` a line. The environment wins."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hanse.conf.setting import BadSetting

FILE: Final = "settings.env"
WHERE: Final = "HANSE_DATA"  # says where the file is, and so cannot stand in it


def with_file(environment: Mapping[str, str], folder: Path, names: frozenset[str]) -> dict[str, str]:
    """Return the settings that stand in the file of `folder`, and over them those of `environment` that are not empty.

    :raises BadSetting: a line of the file cannot be read, or names no setting
    """
    return {**settings_in(folder / FILE, names), **{name: text for name, text in environment.items() if text.strip()}}


def settings_in(path: Path, names: frozenset[str]) -> dict[str, str]:
    """Return what the file says, by name; nothing if there is none. `#` begins a comment line; quotes may be left out.

    :raises BadSetting: naming every line that cannot be meant
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}  # whoever needs the data folder itself says what is wrong with it
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"the settings in {path} cannot be read: {error}") from error
    found: dict[str, str] = {}
    wrong: list[str] = []
    for number, line in enumerate(map(str.strip, lines), start=1):
        name, equals, text = (part.strip() for part in line.partition("="))
        if not line or line.startswith("#"):
            continue
        if not equals:
            wrong.append(f"{path}:{number}: write NAME=value")
        elif name == WHERE or name not in names:
            why = "is set in the environment only" if name == WHERE else "is no setting: see docs/operate/settings.md"
            wrong.append(f"{path}:{number}: {name} {why}")
        else:
            found[name] = text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text
    if wrong:
        raise BadSetting("; ".join(wrong))
    return found
