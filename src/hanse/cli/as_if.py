"""`hanse plan --as-if`: what would be written if things stood where they do not."""

from argparse import ArgumentTypeError, Namespace

from hanse.actions.lifecycle import as_if
from hanse.cli.drafts import preview_lines, preview_tree
from hanse.cli.say import Exit, tell
from hanse.cli.stored import person
from hanse.conf.outside import outside


def statuses_in(text: str) -> tuple[str, str]:
    """Return name and status of `core5=active`.

    >>> statuses_in("links.ring-1=planned")
    ('links.ring-1', 'planned')
    """
    name, equals, status = text.partition("=")
    if not (name and equals and status):
        raise ArgumentTypeError(f"{text!r}: write it as NAME=STATUS, core5=active")
    return name, status


def show_as_if(args: Namespace) -> Exit:
    """Show it; no router is asked, and nothing is kept."""
    found = as_if(statuses=dict(args.as_if), person=person(), world=outside())
    tell(args, preview_tree(found), preview_lines(found))
    if found.problems:
        return Exit.WANTED
    return Exit.CHANGES if found.routers or found.more else Exit.FINE
