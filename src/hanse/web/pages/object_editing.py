"""One wanted object: its form, the same as YAML, and what a change of it goes into: a draft."""

from dataclasses import dataclass
from typing import Any, Final

import yaml
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hanse.actions import drafting, objects
from hanse.actions.rights import Person, Right
from hanse.conf.outside import outside
from hanse.network.wanted.edits import FORMS, GENERAL, Edit
from hanse.network.wanted.network import key_of
from hanse.network.wanted.problem import Contradictory, Path, Problem
from hanse.network.wanted.shape import fields_of
from hanse.network.wanted.yaml_text import read_yaml
from hanse.web.pages.draft_choice import DraftChoice, chosen_draft
from hanse.web.pages.object_forms import body_in, part_of, said_at_fields, values_of, with_row, without_row
from hanse.web.pages.object_forms.inputs import FEW_CHOICES, Choices
from hanse.web.pages.object_forms.names import Values
from hanse.web.pages.objects import NAMELESS, insist_on_kind, title_of
from hanse.web.pages.session_steps import offer_steps
from hanse.web.person import person_of

NO_PROBLEMS: Final[tuple[Problem, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The object that a page is about. Without a key it is one that is yet to be."""

    kind: str
    key: str = ""

    @property
    def name(self) -> str:
        """Return its name; what is general has none."""
        return "" if self.kind == GENERAL else self.key

    @property
    def path(self) -> Path:
        """Return where its problems are."""
        return (GENERAL,) if self.kind == GENERAL else (self.kind, self.name)

    @property
    def title(self) -> str:
        """Return what the page is called."""
        return title_of(self.kind) if self.kind == GENERAL else self.key or f"New in {title_of(self.kind).lower()}"


@require_http_methods(["GET", "POST"])
def object_page(request: HttpRequest, kind: str, name: str) -> HttpResponseBase:
    """Show the form of an object; add or remove a row of it; put it into a draft."""
    insist_on_kind(kind)
    subject = Subject(kind=kind, key=name)
    draft = DraftChoice(request).number
    body = _body(request, subject, draft)
    if request.method == "POST":
        return _submitted(request, subject)
    problems = drafting.problems_at(draft=draft, path=subject.path, person=person_of(request)) if draft else NO_PROBLEMS
    return _form(request, subject, _values(subject, body), problems)


@require_http_methods(["GET", "POST"])
def object_new(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Show the form of an object that is not there yet, empty or like another one (`?like=`)."""
    insist_on_kind(kind)
    if kind == GENERAL:
        return redirect("object", GENERAL, NAMELESS)
    person_of(request).insist_any(Right.CHANGE, kind)
    subject = Subject(kind=kind)
    if request.method == "POST":
        return _submitted(request, subject)
    like = request.GET.get("like", "")
    body = objects.body(kind=kind, name=like, person=person_of(request)) if like else None
    return _form(request, subject, _values(subject, body or {}), NO_PROBLEMS)


def _body(request: HttpRequest, subject: Subject, draft: int | None) -> Any:
    """Return the object's body as the draft has it, or as it is wanted.

    :raises Http404: it is neither, or not for this person
    """
    body = drafting.body(kind=subject.kind, name=subject.name, draft=draft, person=person_of(request))
    if body is None and subject.kind == GENERAL and person_of(request).may(Right.CHANGE, GENERAL):
        return {}
    if body is None:
        raise Http404(f"there is no {subject.kind} {subject.name}")
    return body


def _values(subject: Subject, body: dict[str, Any]) -> Values:
    key = {} if subject.kind == GENERAL else {key_of(subject.kind): subject.key}
    return values_of(FORMS[subject.kind], {**body, **key})


def _submitted(request: HttpRequest, subject: Subject) -> HttpResponseBase:
    posted = request.POST
    if "add-row" in posted:
        return _form(request, subject, with_row(posted, posted["add-row"]), NO_PROBLEMS)
    if "remove-row" in posted:
        prefix, _, number = posted["remove-row"].rpartition("-")
        return _form(request, subject, without_row(posted, prefix, number), NO_PROBLEMS)
    body, wrong = body_in(FORMS[subject.kind], posted)
    key = "" if subject.kind == GENERAL else str(body.pop(key_of(subject.kind), subject.key) if not subject.key else "")
    name = subject.name or key
    body.pop(key_of(subject.kind), None) if subject.kind != GENERAL else None
    problems = tuple(Problem((*Subject(kind=subject.kind, key=name).path, *one.path), one.sentence) for one in wrong)
    if not subject.key and _is_there(request, subject.kind, name):
        problems += (
            Problem((subject.kind, name, key_of(subject.kind)), f"{name} is there already: take another name"),
        )
    if problems:
        return _form(request, subject, posted, problems, status=422)
    return _put(request, subject, Edit(kind=subject.kind, name=name, body=body), posted)


def _is_there(request: HttpRequest, kind: str, name: str) -> bool:
    draft = DraftChoice(request).number
    return bool(name) and drafting.body(kind=kind, name=name, draft=draft, person=person_of(request)) is not None


def _put(request: HttpRequest, subject: Subject, edit: Edit, posted: QueryDict) -> HttpResponseBase:
    """Put the edit into the draft that was chosen; what is wrong with the object is shown at its form again."""
    person = person_of(request)
    try:
        number, changes = drafting.put_somewhere(
            draft=DraftChoice(request).number, edits=[edit], person=person, world=outside()
        )
    except Contradictory as error:
        return _form(request, subject, posted, error.problems, status=422)
    name = changes[0].name
    there = Subject(kind=subject.kind, key=name or NAMELESS)
    if drafting.problems_at(draft=number, path=there.path, person=person):
        messages.warning(request, f"It is in draft {number}. It cannot be taken like this: see below.")
        return redirect(f"{reverse('object', args=[there.kind, there.key])}?draft={number}")
    return redirect("draft", number)


def _form(
    request: HttpRequest, subject: Subject, values: Values, problems: tuple[Problem, ...], status: int = 200
) -> HttpResponse:
    skip = frozenset({key_of(subject.kind)}) if subject.key and subject.kind != GENERAL else frozenset[str]()
    choices = _choices(FORMS[subject.kind], person_of(request))
    part = part_of(FORMS[subject.kind], values, choices, skip=skip)
    offer_steps(part, subject.kind, [subject.key], person_of(request))
    depth = 1 if subject.kind == GENERAL else 2
    left = said_at_fields(part, problems, depth=depth)
    if not subject.key and not values.get(key_of(subject.kind)):
        left = said_at_fields(part, [Problem(("", "", key_of(subject.kind)), one.sentence) for one in left], depth=2)
    context = {
        "subject": subject,
        "part": part,
        "left": left,
        "count": len(problems),
        "searched": sorted({one.refers for each in part.all_parts() for one in each.inputs if one.refers}),
        **_around(request, subject),
    }
    return render(request, "objects/form.html", context, status=status)


def _around(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    """Return what every page of one object shows besides its form."""
    choice = DraftChoice(request)
    return {
        "kind_title": title_of(subject.kind),
        "choice": choice,
        "is_general": subject.kind == GENERAL,
        "may_change": person_of(request).may_any(Right.CHANGE, subject.kind),
        "in_draft": f"?draft={choice.number}" if choice.number else "",
    }


def _choices(form: type, person: Person) -> Choices:
    """Return the names that fields of this class can refer to, by kind, one more than are shown at once."""
    refers = set(_refers(form))
    return {one: objects.names(refers=one, person=person, most=FEW_CHOICES + 1) for one in refers}


def _refers(form: type) -> list[str]:
    found: list[str] = []
    for field in fields_of(form):
        found += [field.refers] if field.refers else []
        found += _refers(field.form) if field.form else []
    return found


@require_http_methods(["GET", "POST"])
def object_yaml(request: HttpRequest, kind: str, name: str) -> HttpResponseBase:
    """Show an object's body as YAML, as files hold it, and put what is written there into a draft."""
    insist_on_kind(kind)
    subject = Subject(kind=kind, key=name)
    body = _body(request, subject, DraftChoice(request).number)
    if request.method == "GET":
        text = yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=110) if body else ""
        return _yaml_page(request, subject, text, NO_PROBLEMS)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    tree, _, problems = read_yaml(subject.name or GENERAL, text)
    if problems:
        return _yaml_page(request, subject, text, problems)
    try:
        number, _ = drafting.put_somewhere(
            draft=chosen_draft(request),
            edits=[Edit(kind=kind, name=subject.name, body=tree)],
            person=person_of(request),
            world=outside(),
        )
    except Contradictory as error:
        return _yaml_page(request, subject, text, error.problems)
    return redirect("draft", number)


def _yaml_page(request: HttpRequest, subject: Subject, text: str, problems: tuple[Problem, ...]) -> HttpResponse:
    context = {"subject": subject, "text": text, "problems": problems, **_around(request, subject)}
    return render(request, "objects/yaml.html", context, status=422 if problems else 200)


@require_POST
def object_remove(request: HttpRequest, kind: str, name: str) -> HttpResponseBase:
    """Put into a draft that an object is not wanted any more."""
    insist_on_kind(kind)
    number, _ = drafting.put_somewhere(
        draft=chosen_draft(request),
        edits=[Edit(kind=kind, name=Subject(kind=kind, key=name).name, body=None)],
        person=person_of(request),
        world=outside(),
    )
    return redirect("draft", number)


@require_POST
def object_rename(request: HttpRequest, kind: str, name: str) -> HttpResponseBase:
    """Put into a draft that an object is called otherwise, wherever it is named."""
    insist_on_kind(kind)
    number = drafting.rename(
        draft=chosen_draft(request),
        kind=kind,
        old=name,
        new=request.POST.get("new", "").strip(),
        person=person_of(request),
        world=outside(),
    )
    return redirect("draft", number)
