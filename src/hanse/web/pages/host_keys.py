"""Host keys: what routers are known by, and learning what they show."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import host_keys
from hanse.actions.seen_sites import may_deploy_somewhere
from hanse.conf.outside import outside
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.person import person_of

HOST_KEYS: Final = Table(
    columns=(
        Column("node", "Router", cell="deployments/cells/router.html", sort=("node",)),
        Column("key", "Host key", cell="lists/cells/copy.html"),
        Column("learned_at", "Learned", cell="lists/cells/when.html", sort=("learned_at",)),
        Column("by", "By", sort=("by",)),
        Column("", "What to do", cell="host_keys/cells/deeds.html", is_title_hidden=True, is_exported=False),
    ),
    order=("node",),
)


@require_safe
def host_key_list(request: HttpRequest) -> HttpResponseBase:
    """Show the pinned keys."""
    return list_page(
        request,
        table=HOST_KEYS,
        rows=host_keys.host_key_list(person_of(request)),
        filters=(Words(fields=("node", "key", "by")),),
        template="host_keys/list.html",
        more={"empty": "host_keys/empty.html", "may_deploy": may_deploy_somewhere(person_of(request))},
    )


@require_POST
def host_key_learn(request: HttpRequest) -> HttpResponse:
    """Ask that keys be learned: of the routers that are named, of all if none is."""
    nodes = [node for node in request.POST.getlist("node") if node]
    relearn = request.POST.get("relearn") == "yes"
    job = host_keys.request_learn(person=person_of(request), world=outside(), nodes=nodes, relearn=relearn)
    return redirect("job", job)
