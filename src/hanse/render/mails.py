"""Mails by templates: their first line is the subject, all after it the text. A template that fails, fails loudly."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hanse.derive.request_spec import RequestSpec
from hanse.render.running import TemplateBroken, environment_with, said

PEERING_REQUEST: Final = "mail/peering-request.j2"
MAILS: Final = (PEERING_REQUEST,)
HEAD: Final = "Subject:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail before it is sent."""

    subject: str
    text: str


def peering_request(request: RequestSpec, overrides: Mapping[str, str]) -> Letter:
    """Return the mail that asks for peering; `overrides` are templates by name that stand in for ours.

    :raises TemplateBroken:
    """
    written = said(environment_with(overrides), PEERING_REQUEST, f"AS{request.theirs.asn}", {"request": request})
    return letter_in(written)


def letter_in(written: str) -> Letter:
    """Return the mail that a template wrote.

    :raises TemplateBroken: its first line is no subject
    """
    head, _, text = written.lstrip("\n").partition("\n")
    subject = " ".join(head.removeprefix(HEAD).split())
    if not head.startswith(HEAD) or not subject:
        raise TemplateBroken(f"template {PEERING_REQUEST}: its first line is `{HEAD} ...`, and it says {head[:60]!r}")
    return Letter(subject=subject, text=f"{text.strip()}\n")
