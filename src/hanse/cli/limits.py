"""`--limit` and `--via`, the same for every word that has them."""

from argparse import ArgumentParser


def limit_argument(parser: ArgumentParser) -> None:
    """Add `--limit a,b`."""
    parser.add_argument("--limit", type=names_in, default=(), metavar="NODE,NODE", help="these routers only")


def via_argument(parser: ArgumentParser) -> None:
    """Add `--via salt`."""
    parser.add_argument(
        "--via", choices=("salt",), default="", help="reach Linux routers through Salt's master, not by their own SSH"
    )


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a comma-separated list.

    >>> names_in("border1, border2,")
    ('border1', 'border2')
    """
    return tuple(name.strip() for name in text.split(",") if name.strip())
