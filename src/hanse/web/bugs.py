"""What is answered to a bug of ours, and what the log keeps of it: both have the same number."""

import logging
import sys
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string

from hanse.web.api.problems import problem

LOG: Final = logging.getLogger(__name__)
API: Final = "/api/"  # answers with problem details


def bug(request: HttpRequest) -> HttpResponse:
    """Answer to an exception that nobody foresaw, while it is being handled; its traceback goes to the log."""
    number = get_random_string(8, "0123456789abcdef")
    LOG.error("error %s: %s %s", number, request.method, request.path, exc_info=sys.exc_info())
    sentence = f"This is a bug of Hanse. Its log tells more of error {number}."
    if request.path.startswith(API):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "A bug of Hanse", sentence)
    context = {"number": number, "sentence": sentence}
    if request.headers.get("HX-Request") != "true":
        return render(request, "500.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    answer = render(request, "shell/problem.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    answer.headers["HX-Retarget"] = "#problems"
    answer.headers["HX-Reswap"] = "innerHTML"
    answer.headers["HX-Reselect"] = ".alert"
    return answer
