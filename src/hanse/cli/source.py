"""Where a command takes the wanted network from: a folder of files, or the store."""

import importlib
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hanse.conf.environment import current_settings
from hanse.conf.templates import templates_in
from hanse.derive.devices import device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.known.files import read_known
from hanse.network.known.known import NOTHING_KNOWN, Known
from hanse.network.wanted.files import load
from hanse.network.wanted.network import Network
from hanse.network.wanted.problem import Contradictory, Mark, in_order
from hanse.network.wanted.problem import Path as Where
from hanse.network.wanted.problems import problems

OTHERS: Final = frozenset({"outside.yml"})  # the lab's file about the outside world: nothing that is wanted


class NoFiles(WantedError):
    """The folder is not there or holds no YAML files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A wanted network, what registries told, the templates that replace ours, and where each thing stands."""

    network: Network
    overrides: Mapping[str, str]
    known: Known = NOTHING_KNOWN
    own_templates: Mapping[str, str] | None = None  # those of the folder itself, if it has any place for them
    marks: dict[Where, Mark] = field(default_factory=dict)

    def sound(self) -> Network:
        """Return the network, which has no problems.

        :raises Contradictory: with everything that is wrong
        """
        found = problems(self.network)
        if found:
            raise Contradictory(in_order(found, self.marks), self.marks)
        return self.network

    def specs(self) -> dict[str, DeviceSpec]:
        """Return what every router has to be.

        :raises Contradictory: with everything that is wrong
        """
        return device_specs(self.sound(), self.known)


def folder_argument(parser: ArgumentParser) -> None:
    """Add `--from DIR`."""
    parser.add_argument(
        "--from", dest="folder", type=Path, metavar="DIR", help="read the files in DIR instead of the store"
    )


def known_argument(parser: ArgumentParser) -> None:
    """Add `--known FILE`."""
    parser.add_argument(
        "--known", type=Path, metavar="FILE", help="with --from: what registries told, from `hanse irr show --json`"
    )


def texts_at(path: Path) -> dict[str, str]:
    """Return the YAML files of a folder, or the one file, path as given -> text.

    :raises NoFiles:
    """
    return texts_of(path) if path.is_dir() else _read([path], path)


def texts_of(folder: Path) -> dict[str, str]:
    """Return the YAML files of `folder`, path as given -> text, without the lab's own `outside.yml`.

    :raises NoFiles:
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in {".yml", ".yaml"})
    except OSError as error:
        raise NoFiles(f"{folder} cannot be read: {error.strerror}") from error
    texts = _read([path for path in paths if path.name not in OTHERS], folder)
    if not texts:
        raise NoFiles(f"{folder} holds no .yml file: write at least network.yml")
    return texts


def _read(paths: Iterable[Path], given: Path) -> dict[str, str]:
    try:
        return {str(path): path.read_text(encoding="utf-8") for path in paths}
    except OSError as error:
        raise NoFiles(f"{given} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NoFiles(f"a file in {given} is not UTF-8 text: {error.reason}") from error


def source_of(args: Namespace) -> Source:
    """Return the network of the folder in `args`, or the store's.

    :raises Contradictory: if the files cannot be read as a network
    """
    general = templates_in(current_settings()["HANSE_TEMPLATES"])
    if args.folder is None:
        importlib.import_module("hanse.cli.opened").open_store()  # only now is Django needed
        network, templates, known = importlib.import_module("hanse.cli.stored").wanted()
        return Source(network=network, known=known, overrides={**general, **templates})
    loaded = load(texts_of(args.folder))
    folder = args.folder / "templates"
    own = templates_in(folder) if folder.is_dir() else None
    file: Path | None = getattr(args, "known", None)  # not every word takes it
    return Source(
        network=loaded.network,
        known=read_known(_read([file], file)[str(file)]) if file else NOTHING_KNOWN,
        overrides={**general, **(own or {})},
        own_templates=own,
        marks=loaded.marks,
    )
