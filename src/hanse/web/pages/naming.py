"""What others are told of our names: zones for name servers, targets for Prometheus."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hanse.actions import naming
from hanse.actions.naming import NoSuchZone
from hanse.conf.outside import outside
from hanse.derive.names import NoDomain
from hanse.derive.zones import NobodyAnswers
from hanse.store.snapshot import NothingWanted
from hanse.web.person import person_of


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Answer with the zones, or with what has to be written down before there are any; and with the targets."""
    person, unwritten = person_of(request), ""
    zones: tuple[naming.WrittenZone, ...] = ()
    try:
        zones = naming.written_zones(person, outside())
    except (NoDomain, NobodyAnswers, NothingWanted) as error:
        unwritten = str(error)
    context = {"zones": zones, "unwritten": unwritten, "targets": naming.prometheus_targets(person)}
    return render(request, "naming/names.html", context)


@require_safe
def zone_file(request: HttpRequest, zone: str) -> HttpResponse:
    """Answer with one zone as a file to be saved."""
    try:
        found = naming.written_zone(zone, person_of(request), outside())
    except NoSuchZone as error:
        raise Http404(str(error)) from error
    name = f'attachment; filename="{found.file}"'
    return HttpResponse(found.text, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": name})
