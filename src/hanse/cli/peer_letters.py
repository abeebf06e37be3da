"""What `hanse peers` does about people of other networks: notes, contacts, requests."""

import sys
from argparse import Namespace
from typing import Any, Final

from hanse.actions.looking import networks
from hanse.actions.peering import remembering, requests
from hanse.cli.peer_numbers import asn_of, number_of
from hanse.cli.say import Exit, table, tell
from hanse.cli.stored import person
from hanse.cli.times import clock_time
from hanse.conf.outside import outside

SHOWN: Final = 100  # requests


def note(args: Namespace, words: list[str]) -> int:
    """Note something of a network."""
    asn = asn_of(words[0])
    found = remembering.add_note(asn=asn, text=words[1], person=person(), world=outside())
    return _changed(args, asn, found, "It is noted.")


def contact(args: Namespace, words: list[str]) -> int:
    """Make a contact of somebody whom PeeringDB shows; without a number print whom it shows."""
    asn = asn_of(words[0])
    if len(words) > 1:
        found = remembering.take_contact(asn=asn, number=number_of(words[1]), person=person(), world=outside())
        return _changed(args, asn, found, "They are a contact now.")
    page = networks.network_page(asn, person())
    ours = [(one.name, ", ".join(one.roles), one.person, one.email) for one in page.contacts]
    shown = [(one.id, one.role, one.name, one.email) for one in page.public_contacts]
    tree = {
        "asn": asn,
        "contacts": [{"name": name, "email": email} for name, _, _, email in ours],
        "peeringdb": [{"number": number, "role": role, "email": email} for number, role, _, email in shown],
    }
    tell(args, tree, [table(("contact, or number", "for", "who", "mail"), (*ours, *shown))])
    return Exit.FINE


def _changed(args: Namespace, asn: int, found: Any, sentence: str) -> int:
    tell(args, {"asn": asn, "change_set": found.number if found else None}, [sentence])
    return Exit.FINE


def ask(args: Namespace, words: list[str]) -> int:
    """Write a request and print it; it is not sent."""
    row = requests.write_request(asn=asn_of(words[0]), contact=words[1], person=person(), world=outside())
    return _shown(args, row, f"It is not sent yet: `hanse peers send {row.pk}`.")


def requests_list(args: Namespace, _: list[str]) -> int:
    """Print the requests."""
    rows = list(requests.request_list(person())[:SHOWN])
    heads = ("request", "AS", "state", "to", "by", "last step")
    cells = ((one.pk, one.asn, one.state, one.address, one.who, clock_time(one.changed_at)) for one in rows)
    tell(args, {"requests": [requests.tree(one) for one in rows]}, [table(heads, cells)] if rows else ["None yet."])
    return Exit.FINE


def request_shown(args: Namespace, words: list[str]) -> int:
    """Print one request."""
    row = requests.request(number_of(words[0]), person())
    return _shown(args, row, f"Request {row.pk} is {row.state}.")


def reword(args: Namespace, words: list[str]) -> int:
    """Let a request say what stands on stdin, under the subject given or the one that it has."""
    number = number_of(words[0])
    subject = args.subject or requests.request(number, person()).subject
    row = requests.reword(number=number, subject=subject, text=sys.stdin.read(), person=person(), world=outside())
    return _shown(args, row, f"It is not sent yet: `hanse peers send {row.pk}`.")


def send(args: Namespace, words: list[str]) -> int:
    """Send a request."""
    row = requests.send_request(number=number_of(words[0]), person=person(), world=outside())
    tell(args, {"request": requests.tree(row)}, [f"It is sent to {row.address}."])
    return Exit.FINE


def accept(args: Namespace, words: list[str]) -> int:
    """Say that they want to peer."""
    number = number_of(words[0])
    draft = requests.accept_request(number=number, draft=args.into, at_once=args.now, person=person(), world=outside())
    where = f"in draft {draft}" if draft is not None else "and nothing waits for it in a draft"
    tell(args, {"request": number, "draft": draft}, [f"It is accepted, {where}."])
    return Exit.FINE


def decline(args: Namespace, words: list[str]) -> int:
    """Say that they do not want to peer."""
    row = requests.decline_request(number=number_of(words[0]), person=person(), world=outside())
    tell(args, {"request": requests.tree(row)}, [f"Request {row.pk} is {row.state}."])
    return Exit.FINE


def withdraw(args: Namespace, words: list[str]) -> int:
    """Throw a request away."""
    row = requests.withdraw_request(number=number_of(words[0]), person=person(), world=outside())
    tell(args, {"request": requests.tree(row)}, [f"Request {row.pk} is {row.state}."])
    return Exit.FINE


def _shown(args: Namespace, row: Any, sentence: str) -> int:
    head = [f"To: {row.address}", f"Subject: {row.subject}", "", row.text]
    tell(args, {"request": requests.tree(row)}, [*head, sentence])
    return Exit.FINE
