"""Whoever must have a second factor is led to set one up before anything else."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hanse.actions.people import lacks_second_factor
from hanse.actions.rights import Right
from hanse.web.person import person_of

KEPT: Final = "has_second_factor"  # in the session: it is asked for once a log-in
OPEN: Final = ("/accounts/", "/static/", "/healthz")


def insist_on_second_factor(page: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return `page` behind that question."""

    def asked(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN) or not request.user.is_authenticated or not _must_set_up(request):
            return page(request)
        return redirect("mfa_activate_totp")

    return asked


def _must_set_up(request: HttpRequest) -> bool:
    match settings.VALUES["HANSE_REQUIRE_MFA"]:
        case "nobody":
            return False
        case "administrators" if not person_of(request).may(Right.ADMINISTER):
            return False
    if not request.session.get(KEPT):
        request.session[KEPT] = not lacks_second_factor(request.user)
    return not request.session[KEPT]
