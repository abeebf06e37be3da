"""Plans: made, looked at, applied, and watched while they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import deployments, plans
from hanse.actions.deploying import keep_waiting, request_apply, request_plan, stop_rollout
from hanse.actions.deployments import RolloutLine, RolloutPage
from hanse.actions.plans import Part, PlanPage
from hanse.actions.reach import routers_of
from hanse.actions.rollouts import TYPED, Wish
from hanse.actions.seen_sites import may_deploy_somewhere
from hanse.conf.outside import outside
from hanse.deploy.plan import body_of
from hanse.deploy.stages import Stage
from hanse.web.pages.lists import Column, Moment, Table, Words, list_page
from hanse.web.person import person_of

AT_ONCE: Final = 25  # diffs that come with the page; more come when they are opened
IN_FULL: Final = 50  # routers of a rollout, up to which each has a line of its own even if nothing is to be said of it
QUIET: Final = frozenset({Stage.PLANNED, Stage.KEPT, Stage.UNCHANGED, Stage.DISCARDED})
PLANS: Final = Table(
    columns=(
        Column("pk", "Plan", cell="plans/cells/plan.html"),
        Column("title", "Of"),
        Column("at", "Made", cell="lists/cells/when.html"),
        Column("who", "By"),
        Column("checksum", "Checksum", cell="plans/cells/checksum.html"),
        Column("applied_at", "Applied", cell="plans/cells/applied.html"),
    ),
    is_history=True,
    exported=("undoes", "breaches"),
)
FILTERS: Final = (
    Words(fields=("title", "who", "checksum")),
    Words(name="node", title="Router", fields=("devices__node",)),
    Moment(name="from", title="From", field="at"),
    Moment(name="to", title="To", field="at", is_end=True),
)


class ApplyForm(forms.Form):
    """How a plan is to be applied."""

    by_hand = forms.BooleanField(
        required=False,
        label="Keep nothing without my word",
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        help_text="What is found good waits until somebody presses Keep, and is undone without that.",
    )
    force = forms.CharField(
        required=False,
        label=f"To pass the safety limits, type the first {TYPED} digits of the checksum",
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Routers that are shown under one heading."""

    title: str
    devices: tuple[Part, ...]
    is_same: bool = False  # the diff of all of them is that of the first


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWave:
    """A wave of a rollout; a short one has no line for each router."""

    name: str
    lines: tuple[RolloutLine, ...]
    is_short: bool

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the stages of its routers, each once."""
        return tuple(dict.fromkeys(line.row.stage for line in self.lines))

    @property
    def nodes(self) -> str:
        """Return the names of its routers."""
        return ", ".join(line.row.node for line in self.lines)


@require_safe
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """Show the plans on record."""
    rows = plans.plan_list(person_of(request)).select_related("rollout")
    more = {"empty": "plans/empty.html", "may_deploy": may_deploy_somewhere(person_of(request))}
    return list_page(request, table=PLANS, rows=rows, filters=FILTERS, template="plans/list.html", more=more)


@require_POST
def plan_make(request: HttpRequest) -> HttpResponse:
    """Ask for a plan: of the routers that are named, of those that a change set reaches, or else of all."""
    person, world = person_of(request), outside()
    nodes = tuple(node for node in request.POST.getlist("node") if node)
    taken = request.POST.get("change_set", "")
    if taken.isdecimal():
        nodes = routers_of(int(taken), person, world)
        if not nodes:
            messages.info(request, "It changes no router's text that you may deploy to: there is nothing to plan.")
            return redirect("change-set", taken)
    job = request_plan(person=person, world=world, nodes=nodes)
    return redirect(f"{resolve_url('job', job)}?then=plan")


@require_safe
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Show a plan: what would change, and what pressing Apply does."""
    return _plan(request, number, ApplyForm())


@require_POST
def plan_apply(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that a plan be applied."""
    form = ApplyForm(request.POST)
    form.is_valid()
    wish = Wish(force=form.cleaned_data["force"].strip(), by_hand=form.cleaned_data["by_hand"])
    request_apply(number, person=person_of(request), world=outside(), wish=wish)
    return redirect("rollout", number)


@require_POST
def rollout_stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop applying a plan, and have undone what is not kept yet if that is asked for."""
    stop_rollout(number, person=person_of(request), world=outside(), undo=request.POST.get("undo") == "yes")
    return redirect("rollout", number)


@require_POST
def rollout_keep(request: HttpRequest, number: int) -> HttpResponse:
    """Say that all that waits for a word is to be kept."""
    keep_waiting(number, person=person_of(request), world=outside())
    return redirect("rollout", number)


@require_safe
def rollout(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far the applying of a plan is; htmx asks for the live part alone."""
    page = deployments.rollout(number, person=person_of(request))
    is_part = request.headers.get("HX-Target") == "live"
    template = "plans/rollout_live.html" if is_part else "plans/rollout.html"
    return render(
        request,
        template,
        {
            "page": page,
            "record": page.record,
            "waves": _shown_waves(page),
            "waiting": sum(line.waits_for_word and line.undo_at is not None for line in page.lines),
        },
    )


def _shown_waves(page: RolloutPage) -> tuple[ShownWave, ...]:
    """Return the waves. Of a large rollout those in which all goes well are named in one line each."""
    return tuple(
        ShownWave(
            name=name,
            lines=lines,
            is_short=len(page.lines) > IN_FULL and all(Stage(line.row.stage) in QUIET for line in lines),
        )
        for name, lines in page.waves
    )


@require_safe
def plan_router(request: HttpRequest, number: int, node: str) -> HttpResponse:
    """Show one router's part of a plan: its diff, and the exact text."""
    device = plans.planned_device(number, node, person=person_of(request))
    is_part = request.headers.get("HX-Request") == "true"
    template = "plans/router_diff.html" if is_part else "plans/router.html"
    return render(request, template, {"device": device, "number": number})


def _plan(request: HttpRequest, number: int, form: ApplyForm) -> HttpResponse:
    world = outside()
    page = plans.plan(number, person=person_of(request), world=world)
    names = sorted({device.node for device in page.changed} | {*page.unchanged} | {one["node"] for one in page.missed})
    by = "diff" if request.GET.get("by") == "diff" else "site"
    context: Mapping[str, Any] = {
        "page": page,
        "may_deploy": may_deploy_somewhere(person_of(request)),
        "record": page.record,
        "form": form,
        "by": by,
        "groups": _by_diff(page) if by == "diff" else _by_site(page),
        "lines_added": sum(device.lines_added for device in page.changed),
        "lines_removed": sum(device.lines_removed for device in page.changed),
        "sessions_removed": [(one.node, name) for one in page.changed for name in one.sessions_removed],
        "unguarded": [device.node for device in page.changed if not device.undo_timer],
        "are_inline": len(page.changed) <= AT_ONCE,
        "times": world.times,
        "again": [] if page.is_everything else [*names],
        "pace": world.pace,
    }
    return render(request, "plans/plan.html", context)


def _by_site(page: PlanPage) -> tuple[Group, ...]:
    return _grouped(page.changed, {device.node: device.site or "no site" for device in page.changed}, is_same=False)


def _by_diff(page: PlanPage) -> tuple[Group, ...]:
    """Group routers by what changes on them, whatever the files around it are called."""
    bodies = {device.node: body_of(device.diff) for device in page.changed}
    firsts: dict[tuple[str, ...], str] = {}
    for device in page.changed:
        firsts.setdefault(bodies[device.node], device.node)
    keys = {node: firsts[body] for node, body in bodies.items()}
    return _grouped(page.changed, keys, is_same=True)


def _grouped(devices: Iterable[Part], keys: Mapping[str, str], *, is_same: bool) -> tuple[Group, ...]:
    found: dict[str, list[Part]] = {}
    for device in devices:
        found.setdefault(keys[device.node], []).append(device)
    return tuple(
        Group(title=_title(key, members, is_same=is_same), devices=tuple(members), is_same=is_same)
        for key, members in (sorted(found.items()) if not is_same else sorted(found.items(), key=_largest_first))
    )


def _title(key: str, members: list[Part], *, is_same: bool) -> str:
    if not is_same:
        return key
    return members[0].node if len(members) == 1 else f"{len(members)} routers, the same lines"


def _largest_first(item: tuple[str, list[Part]]) -> tuple[int, str]:
    return -len(item[1]), item[0]
