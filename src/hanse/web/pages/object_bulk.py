"""Many objects at once: the same fields of all of them, or all of them away."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hanse.actions import drafting, objects
from hanse.actions.rights import Right
from hanse.conf.outside import outside
from hanse.network.wanted.edits import FORMS, GENERAL, Edit
from hanse.network.wanted.network import key_of
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.network.wanted.shape import Sort, fields_of
from hanse.web.pages.draft_choice import DraftChoice, chosen_draft
from hanse.web.pages.object_forms import body_in, part_of, values_of
from hanse.web.pages.object_forms.inputs import FEW_CHOICES
from hanse.web.pages.object_forms.names import Values
from hanse.web.pages.objects import insist_on_kind, title_of
from hanse.web.pages.session_steps import offer_steps
from hanse.web.person import person_of

WITHIN: Final = frozenset({Sort.GROUP, Sort.ROWS})  # each object has its own
ITS_OWN: Final = frozenset({"number", "ends"})  # never the same in two objects


@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Show the fields that many objects can be given together, and put that into a draft."""
    insist_on_kind(kind)
    person = person_of(request)
    person.insist_any(Right.CHANGE, kind)
    names = _names(request)
    if request.method == "GET" or not names or kind == GENERAL:
        return _page(request, kind, values_of(FORMS[kind], _said_beforehand(request, kind)), names, ())
    try:
        edits = _edits(request, kind, names)
        number, _ = drafting.put_somewhere(draft=chosen_draft(request), edits=edits, person=person, world=outside())
    except Contradictory as error:
        return _page(request, kind, request.POST, names, error.problems)
    return redirect("draft", number)


def _names(request: HttpRequest) -> tuple[str, ...]:
    """Return the names of the chosen objects: ticked in the list, or written one a line."""
    words = request.POST if request.method == "POST" else request.GET
    written = words.get("names", "").split()
    return tuple(dict.fromkeys([*words.getlist("name"), *written]))


def _said_beforehand(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Return what a link to this page says of its fields: `?status=maintenance`."""
    known = {one.name for one in fields_of(FORMS[kind]) if one.sort is Sort.CHOICE}
    return {name: request.GET[name] for name in known & request.GET.keys()}


def _edits(request: HttpRequest, kind: str, names: tuple[str, ...]) -> tuple[Edit, ...]:
    """Return what becomes of each object.

    :raises Contradictory: one of them is not there, or a value cannot be read
    """
    draft = chosen_draft(request)
    bodies = {name: drafting.body(kind=kind, name=name, draft=draft, person=person_of(request)) for name in names}
    missing = tuple(
        Problem((kind, name), "this is not there: take it out of the names")
        for name, body in bodies.items()
        if body is None
    )
    if missing:
        raise Contradictory(missing)
    if request.POST.get("deed") == "remove":
        return tuple(Edit(kind=kind, name=name, body=None) for name in names)
    chosen = frozenset(request.POST.getlist("set"))
    given, problems = body_in(FORMS[kind], request.POST)
    if problems or not chosen:
        raise Contradictory(problems or (Problem((), "tick the fields that all of them shall have"),))
    return tuple(Edit(kind=kind, name=name, body=_with(body, given, chosen)) for name, body in bodies.items())


def _with(body: dict[str, Any], given: dict[str, Any], chosen: frozenset[str]) -> dict[str, Any]:
    """Return `body` with the chosen fields as given; one that is not given goes back to its default."""
    kept = {name: value for name, value in body.items() if name not in chosen}
    return {**kept, **{name: value for name, value in given.items() if name in chosen}}


def _page(
    request: HttpRequest, kind: str, values: Values, names: tuple[str, ...], problems: tuple[Problem, ...]
) -> HttpResponse:
    form = FORMS[kind]
    skip = frozenset(one.name for one in fields_of(form) if one.sort in WITHIN) | ITS_OWN | {key_of(kind)}
    refers = {one.refers for one in fields_of(form) if one.refers}
    person = person_of(request)
    choices = {one: objects.names(refers=one, person=person, most=FEW_CHOICES + 1) for one in refers}
    part = part_of(form, values, choices, skip=skip)
    offer_steps(part, kind, names, person)
    context = {
        "kind": kind,
        "kind_title": title_of(kind),
        "part": part,
        "inputs": [one for one in part.inputs if one.field.name not in skip],
        "chosen": request.POST.getlist("set") or list(_said_beforehand(request, kind)),
        "names": names,
        "problems": problems,
        "choice": DraftChoice(request),
    }
    return render(request, "objects/bulk.html", context, status=422 if problems else 200)
