"""Files of what is wanted, put into a draft: a part of the network, or all of it."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hanse.actions import drafting
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.network.errors import WantedError
from hanse.network.wanted.problem import Contradictory
from hanse.web.pages.draft_choice import DraftChoice, chosen_draft
from hanse.web.person import person_of

LARGEST: Final = 20 * 1024 * 1024  # octets of one file: 20,000 sessions are about 3 million
OTHERS: Final = frozenset({"outside.yml"})  # the lab's file about the outside world


class NotReadable(WantedError):
    """An uploaded file is too large, or no text."""


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponseBase:
    """Show where files are put, and put them into a draft."""
    person = person_of(request)
    person.insist_any(Right.CHANGE)
    if request.method == "GET":
        return render(request, "objects/files.html", {"choice": DraftChoice(request)})
    problems: tuple[str, ...] = ()
    try:
        number, changes = drafting.from_files(
            texts=_texts(request),
            is_whole=request.POST.get("extent") == "whole",
            draft=chosen_draft(request),
            title=request.POST.get("title", "").strip() or "files",
            person=person,
            world=outside(),
        )
        if any(one.before != one.after for one in changes):
            return redirect("draft", number)
        problems = (f"The files say nothing new: draft {number} is empty.",)
    except (Contradictory, NotReadable) as error:
        problems = tuple(str(error).splitlines())
    context = {"choice": DraftChoice(request), "problems": problems, "text": request.POST.get("text", "")}
    return render(request, "objects/files.html", context, status=422)


def _texts(request: HttpRequest) -> dict[str, str]:
    """Return the uploaded files and what was pasted, name -> text.

    :raises NotReadable:
    """
    found = {str(one.name): _text(one) for one in request.FILES.getlist("files") if one.name not in OTHERS}
    pasted = request.POST.get("text", "").replace("\r\n", "\n")
    if pasted.strip():
        found["pasted"] = pasted
    if not found:
        raise NotReadable("Choose files, or paste a text.")
    return found


def _text(file: "UploadedFile[Any]") -> str:
    if file.size is None or file.size > LARGEST:
        raise NotReadable(f"{file.name} is larger than {LARGEST // 1024 // 1024} MiB")
    octets: bytes = file.read()
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        raise NotReadable(f"{file.name} is not UTF-8 text: {error.reason}") from error
