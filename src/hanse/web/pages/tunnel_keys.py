"""Keys of tunnels: how old they are, and making them anew. Their values are shown nowhere."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import keys, secrets
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

TUNNEL_KEYS: Final = Table(
    columns=(
        Column("tunnel", "Tunnel", sort=("tunnel",)),
        Column("kind", "Kind", sort=("kind",)),
        Column("routers", "Routers"),
        Column("made_at", "Keys made", cell="tunnel_keys/cells/made.html"),
        Column("", "What to do", cell="tunnel_keys/cells/deeds.html", is_title_hidden=True, is_exported=False),
    ),
    refreshed=None,
)


@require_safe
def tunnel_key_list(request: HttpRequest) -> HttpResponseBase:
    """Show every tunnel that has keys."""
    person = person_of(request)
    return list_page(
        request,
        table=TUNNEL_KEYS,
        rows=keys.key_list(person),
        filters=(Words(fields=("tunnel", "kind", "routers")),),
        template="tunnel_keys/list.html",
        more={"empty": "tunnel_keys/empty.html", "may_rotate": person.may(Right.CHANGE, secrets.OBJECT)},
    )


@require_POST
def tunnel_key_rotate(request: HttpRequest, name: str) -> HttpResponse:
    """Make the keys of a tunnel anew."""
    ends = keys.rotate(name, person=person_of(request), clock=outside().clock)
    messages.success(request, f"{name} has new keys. The next plan of {' and '.join(ends)} gives them to both at once.")
    return redirect("tunnel-keys")
