"""Schedules: when work comes round, and whether at all."""

from datetime import datetime
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hanse.actions import schedules
from hanse.actions.job_kinds.table import KINDS
from hanse.actions.rights import Right
from hanse.actions.schedules import NotATime
from hanse.conf.outside import outside
from hanse.web.pages.lists import Column, Table, list_page
from hanse.web.person import person_of

AHEAD: Final = 5  # times that a page shows
SCHEDULES: Final = Table(
    columns=(
        Column("name", "Schedule", cell="schedules/cells/name.html", sort=("name",)),
        Column("kind", "Job", sort=("kind",)),
        Column("cron", "When (UTC)", cell="lists/cells/copy.html"),
        Column("is_on", "State", cell="schedules/cells/on.html", sort=("is_on",)),
        Column("next_run", "Next", cell="schedules/cells/next.html", sort=("next_run",)),
        Column("last_run", "Last", cell="lists/cells/when.html", sort=("last_run",)),
    ),
    order=("name",),
)


class ScheduleForm(forms.Form):
    """When a schedule comes round, and whether."""

    cron = forms.CharField(
        max_length=100,
        help_text="Minute, hour, day of the month, month, day of the week, as in crontab(5): */5 * * * *",
        widget=forms.TextInput(attrs={"class": "form-control font-monospace", "autocomplete": "off"}),
    )
    is_on = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}))


@require_safe
def schedule_list(request: HttpRequest) -> HttpResponseBase:
    """Show every schedule."""
    rows = schedules.schedule_list(person_of(request))
    more = {"empty": "schedules/empty.html"}
    return list_page(request, table=SCHEDULES, rows=rows, template="schedules/list.html", more=more)


@require_safe
def schedule(request: HttpRequest, name: str) -> HttpResponse:
    """Show one schedule, to be changed by who may."""
    one = schedules.schedule(name, person_of(request))
    form = ScheduleForm(initial={"cron": one.cron, "is_on": one.is_on})
    return _schedule(request, name, form, moments=_moments(one.cron) if one.is_on else ())


@require_POST
def schedule_change(request: HttpRequest, name: str) -> HttpResponse:
    """Show the next times of what is asked for, or take it, as the button says."""
    person, world = person_of(request), outside()
    person.insist(Right.ADMINISTER)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _schedule(request, name, form, status=422)
    cron, is_on = form.cleaned_data["cron"], form.cleaned_data["is_on"]
    try:
        moments = _moments(cron)
        if request.POST.get("deed") != "look":
            schedules.change_schedule(name, person, world=world, cron=cron, is_on=is_on)
            messages.success(request, f"The schedule {name} is saved.")
            return redirect("schedule", name)
    except NotATime as error:
        form.add_error("cron", str(error))
        return _schedule(request, name, form, status=422)
    return _schedule(request, name, form, moments=moments)


def _moments(cron: str) -> tuple[datetime, ...]:
    """Return the next times.

    :raises NotATime:
    """
    moments = [outside().clock.now()]
    for _ in range(AHEAD):
        moments.append(schedules.next_moment(cron, moments[-1]))
    return tuple(moments[1:])


def _schedule(
    request: HttpRequest,
    name: str,
    form: ScheduleForm,
    *,
    moments: tuple[datetime, ...] = (),
    status: int = 200,
) -> HttpResponse:
    one = schedules.schedule(name, person_of(request))
    kind = KINDS.get(one.kind)
    context = {
        "one": one,
        "form": form,
        "moments": moments,
        "is_looked_at": form.is_bound,
        "meaning": kind.meaning if kind else "",
        "may_change": person_of(request).may(Right.ADMINISTER),
    }
    return render(request, "schedules/schedule.html", context, status=status)
