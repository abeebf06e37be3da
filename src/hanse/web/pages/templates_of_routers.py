"""Templates: ours and those that stand in for ours, edited with a look at which routers' texts would change."""

from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import template_texts, templates
from hanse.actions.rights import NotAllowed, Right
from hanse.actions.template_texts import NoSuchExport
from hanse.conf.outside import outside
from hanse.network.errors import WantedError
from hanse.render.dialects import DIALECTS
from hanse.render.difference import difference
from hanse.render.kinds import EXPORT, MAIL, NotATemplateName, parse_export_name
from hanse.render.reference import reference
from hanse.web.pages.lists import Choice, Column, Table, Words, list_page
from hanse.web.pages.reference_blocks import blocks_of
from hanse.web.person import person_of

SHOWN: Final = 20  # routers whose diffs a preview shows; the others are named
TEMPLATES: Final = Table(
    columns=(
        Column("name", "Template", cell="templates/cells/name.html", sort=("name",)),
        Column("dialect", "For", sort=("dialect",)),
        Column("source", "Text", cell="templates/cells/source.html", sort=("source",)),
    ),
    refreshed=None,
)
SORTS: Final = tuple((sort, sort) for sort in (*sorted(DIALECTS), MAIL, EXPORT))
SOURCES: Final = (("ours", "ours"), ("store", "changed here"), ("folder", "from the folder of the settings"))


class TemplateForm(forms.Form):
    """A template's text."""

    text = forms.CharField(
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "form-control font-monospace"}),
    )


@require_safe
def template_list(request: HttpRequest) -> HttpResponseBase:
    """Show every template."""
    return list_page(
        request,
        table=TEMPLATES,
        rows=templates.template_list(person=person_of(request), world=outside()),
        filters=(
            Words(fields=("name",)),
            Choice(name="dialect", title="For", options=SORTS),
            Choice(name="source", title="Text", options=SOURCES),
        ),
        template="templates/list.html",
    )


@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """Show one template, to be edited by who may."""
    one = templates.template(name, person=person_of(request), world=outside())
    return _template(request, one, TemplateForm(initial={"text": one.text}))


@require_POST
def template_save(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a new text would change, or write it, as the button says."""
    person, world = person_of(request), outside()
    one = templates.template(name, person=person, world=world)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return _template(request, one, form, status=422)
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    try:
        changes = templates.preview(name, text, person=person, world=world)
        if request.POST.get("deed") == "save":
            templates.save_template(name, text, person=person, world=world)
            messages.success(request, f"{name} is saved. Routers change when a plan is applied.")
            return redirect("template", name)
    except NotAllowed:
        raise
    except WantedError as error:
        form.add_error("text", str(error))
        return _template(request, one, form, status=422)
    return _template(request, one, form, changes=changes)


@require_safe
def template_new(request: HttpRequest) -> HttpResponse:
    """Lead to the page of an export, where its text is written."""
    try:
        return redirect("template", parse_export_name(request.GET.get("name", "")))
    except NotATemplateName as error:
        messages.error(request, str(error))
        return redirect("templates")


@require_safe
def template_text(request: HttpRequest, export: str) -> HttpResponse:
    """Answer with the text that an export writes now."""
    try:
        text = template_texts.export_text(export, person=person_of(request), world=outside())
    except NoSuchExport as error:
        raise Http404(str(error)) from error
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def template_reference(request: HttpRequest) -> HttpResponse:
    """Show what templates see, and the words that they have."""
    person_of(request).insist(Right.VIEW, templates.OBJECT)
    return render(request, "templates/reference.html", {"blocks": tuple(blocks_of(reference()))})


@require_POST
def template_drop(request: HttpRequest, name: str) -> HttpResponse:
    """Go back to our own text."""
    templates.drop_template(name, person=person_of(request), world=outside())
    messages.success(request, f"{name} is ours again. Routers change when a plan is applied.")
    return redirect("template", name)


def _template(
    request: HttpRequest,
    one: templates.Template,
    form: TemplateForm,
    *,
    changes: tuple[templates.TextChange, ...] | None = None,
    status: int = 200,
) -> HttpResponse:
    may_change = person_of(request).may(Right.CHANGE, templates.OBJECT)
    if not may_change:
        form.fields["text"].disabled = True
    context = {
        "one": one,
        "form": form,
        "may_change": may_change,
        "is_previewed": changes is not None,
        "changes": (changes or ())[:SHOWN],
        "total": len(changes or ()),
        "is_export": one.dialect == EXPORT,
        "others": [change.node for change in (changes or ())[SHOWN:]],
        "from_ours": difference(one.ours, one.text),
    }
    return render(request, "templates/template.html", context, status=status)
