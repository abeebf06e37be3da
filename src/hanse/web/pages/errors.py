"""Errors of pages: a sentence for what somebody can mend, by whose fault it is; all else is our bug."""

import logging
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url

from hanse.actions.rights import NotAllowed
from hanse.network.errors import HanseError, OutsideError, WantedError

log: Final = logging.getLogger(__name__)
API: Final = "/api/"  # has its own words for errors: problem details


class ErrorsAsPages:
    """Answer what the actions raise with a page, or with a sentence where htmx asked for a part of one (middleware)."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if _asks_for_part(request) and _leads_to_log_in(response):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the answer to an error of ours; None leaves it to Django, as a bug."""
        if request.path.startswith(API) or not isinstance(error, HanseError):
            return None
        status = status_of(error)
        if status >= 500:
            log.warning("%s %s: %s", request.method, request.path, error)
        context = {"sentence": str(error), "status": status}
        if _asks_for_part(request):
            answer = render(request, "shell/problem.html", context, status=status)
            answer.headers["HX-Retarget"] = "#problems"
            answer.headers["HX-Reswap"] = "innerHTML"
            answer.headers["HX-Reselect"] = ".alert"
            return answer
        return render(request, "403.html" if status == 403 else "problem.html", context, status=status)


def status_of(error: HanseError) -> int:
    """Return how HTTP calls this error."""
    match error:
        case NotAllowed():
            return 403
        case WantedError():
            return 422
        case OutsideError():
            return 502
    return 500


def _asks_for_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _leads_to_log_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL))
