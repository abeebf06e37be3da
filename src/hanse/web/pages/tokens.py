"""Everybody's tokens, for administrators."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from hanse.actions import tokens
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

TOKENS: Final = Table(
    columns=(
        Column("name", "Name", sort=("name",)),
        Column("user.username", "Of", sort=("user__username",)),
        Column("may_write", "May change things", cell="lists/cells/flag.html", sort=("may_write",)),
        Column("networks", "Only from", cell="lists/cells/tags.html"),
        Column("created", "Made", cell="lists/cells/when.html", sort=("created",)),
        Column("expiry", "Good until", cell="lists/cells/when.html", sort=("expiry",)),
        Column("used_at", "Used", cell="lists/cells/when.html", sort=("used_at",)),
        Column("", "End", cell="people/token_end.html", is_exported=False, is_title_hidden=True),
    ),
    order=("-created",),
    refreshed=None,
)


@require_safe
def token_list(request: HttpRequest) -> HttpResponseBase:
    """List all tokens."""
    return list_page(
        request,
        table=TOKENS,
        rows=tokens.token_list(person_of(request), of_everybody=True),
        filters=(Words(fields=("name", "user__username")),),
        template="people/tokens.html",
    )
