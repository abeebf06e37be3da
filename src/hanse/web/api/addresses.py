"""The addresses of each app, in alphabetical order of their words; `addresses_of_people` has more."""

from typing import Final

from django.urls import URLPattern, URLResolver, path

from hanse.actions import alerts as said_of_alerts
from hanse.actions import drafts as draft_actions
from hanse.actions.lifecycle import Way
from hanse.web.api import (
    alerts,
    asks,
    cables,
    deploy,
    discovery,
    drafts,
    in_force,
    jobs,
    lifecycle,
    naming,
    salt,
    seen,
    wanted,
    wanted_writes,
)
from hanse.web.api.audit import AUDIT
from hanse.web.api.lists import Listing, listed, shown
from hanse.web.api.operations import Operation, View, endpoint
from hanse.web.api.wanted_shapes import Kind

Patterns = list[URLPattern | URLResolver]
SEEN: Final = {
    "addresses": seen.ADDRESSES,
    "changes": seen.CHANGES,
    "links": seen.LINKS,
    "polls": seen.POLLS,
    "routers": seen.ROUTERS,
    "samples": seen.SAMPLES,
    "sessions": seen.SESSIONS,
}


def wanted_patterns(kind: Kind) -> Patterns:
    """Return the addresses of the objects of a kind: of all, and of one."""
    many = endpoint(
        "wanted",
        f"wanted_{kind.name}",
        GET=wanted.listed(kind),
        POST=wanted_writes.created(kind),
        PUT=wanted_writes.many_replaced(kind, wholly=True),
        PATCH=wanted_writes.many_replaced(kind, wholly=False),
        DELETE=wanted_writes.many_removed(kind),
    )
    one = endpoint(
        "wanted",
        f"wanted_{kind.name}_one",
        GET=wanted.shown(kind),
        PUT=wanted_writes.replaced(kind, wholly=True),
        PATCH=wanted_writes.replaced(kind, wholly=False),
        DELETE=wanted_writes.removed(kind),
    )
    return [
        path(f"wanted/{kind.slug}/", many, name=f"api-wanted-{kind.slug}"),
        path(f"wanted/{kind.slug}/<int:number>/", one, name=kind.route),
    ]


def whole() -> View:
    """Return the view of what holds for the network as a whole."""
    return endpoint(
        "wanted",
        "wanted_network",
        GET=wanted.whole_shown(),
        PUT=wanted_writes.whole_replaced(wholly=True),
        PATCH=wanted_writes.whole_replaced(wholly=False),
    )


def seen_patterns(word: str, listing: Listing) -> Patterns:
    """Return the addresses of a list of what was seen, and of one row."""
    many = endpoint("seen", f"seen_{word}", GET=listed(listing, f"List {word}"))
    if word == "samples":  # a sample is nothing without its session
        return [path(f"seen/{word}/", many, name=f"api-seen-{word}")]
    one = endpoint("seen", f"seen_{word}_one", GET=shown(listing, f"Show one of the {word}"))
    return [
        path(f"seen/{word}/", many, name=f"api-seen-{word}"),
        path(f"seen/{word}/<int:number>/", one, name=listing.route),
    ]


def said(name: str, operation: Operation, app: str) -> View:
    """Return the view of an address that only takes a POST: something is done there."""
    return endpoint(app, name, POST=operation)


LOOKS: Final[Patterns] = [
    path("seen/cables/", endpoint("seen", "seen_cables", GET=cables.cables()), name="api-seen-cables"),
    path(
        "seen/links/<int:number>/way/",
        endpoint("seen", "seen_link_way", GET=cables.way()),
        name="api-seen-link-way",
    ),
    path("seen/numbers/", endpoint("seen", "seen_numbers", GET=seen.numbers()), name="api-seen-numbers"),
    path(
        "seen/routers/<int:number>/interfaces/",
        endpoint("seen", "seen_router_interfaces", GET=seen.interfaces()),
        name="api-seen-router-interfaces",
    ),
    path(
        "seen/sessions/<int:session>/in-force/",
        endpoint("seen", "seen_session_in_force", GET=in_force.counted()),
        name="api-seen-session-in-force",
    ),
]
ALERTS: Final[Patterns] = [
    path("alerts/", endpoint("alerts", "alerts", GET=listed(alerts.ALERTS, "List alerts")), name="api-alerts"),
    path(
        "alerts/<int:number>/",
        endpoint("alerts", "alerts_one", GET=shown(alerts.ALERTS, "Show one alert")),
        name="api-alert",
    ),
    path(
        "alerts/<int:number>/acknowledge/",
        said("alert_acknowledge", alerts.said(said_of_alerts.acknowledge, "Say that one looks after it"), "alerts"),
        name="api-alert-acknowledge",
    ),
    path(
        "alerts/<int:number>/clear/",
        said("alert_clear", alerts.said(said_of_alerts.clear, "Say that it is over"), "alerts"),
        name="api-alert-clear",
    ),
    path(
        "deliveries/",
        endpoint("alerts", "deliveries", GET=listed(alerts.DELIVERIES, "List what was told")),
        name="api-deliveries",
    ),
    path(
        "deliveries/<int:number>/",
        endpoint("alerts", "deliveries_one", GET=shown(alerts.DELIVERIES, "Show one telling")),
        name="api-delivery",
    ),
    path(
        "deliveries/<int:number>/again/",
        said("delivery_again", alerts.sent_again(), "alerts"),
        name="api-delivery-again",
    ),
    path(
        "recipients/",
        endpoint("alerts", "recipients", GET=alerts.recipients_listed(), POST=alerts.recipient_added()),
        name="api-recipients",
    ),
    path(
        "recipients/<int:number>/",
        endpoint(
            "alerts",
            "recipients_one",
            GET=alerts.recipient_shown(),
            PUT=alerts.recipient_changed(),
            DELETE=alerts.recipient_removed(),
        ),
        name="api-recipient",
    ),
    path(
        "recipients/<int:number>/test/",
        said("recipient_test", alerts.recipient_tested(), "alerts"),
        name="api-recipient-test",
    ),
]
ASKS: Final[Patterns] = [
    path(
        "check/",
        endpoint("questions", "check", GET=asks.checked(), POST=asks.files_checked()),
        name="api-check",
    ),
    *(
        path(f"lifecycle/{way}/", said(f"lifecycle_{way}", lifecycle.stepped(way), "wanted"), name=f"api-{way}")
        for way in Way
    ),
    path("lifecycle/as-if/", said("lifecycle_as_if", lifecycle.as_if(), "questions"), name="api-as-if"),
    path("export/", endpoint("questions", "export", GET=asks.exported()), name="api-export"),
    path("discovery/<str:node>/", endpoint("seen", "discovery", GET=discovery.found()), name="api-discovery"),
    path(
        "discovery/<str:node>/accept/",
        endpoint("seen", "discovery_accept", POST=discovery.accepted()),
        name="api-discovery-accept",
    ),
    path("names/targets/", endpoint("questions", "targets", GET=naming.targets()), name="api-targets"),
    path("names/zones/", endpoint("questions", "zones", GET=naming.zones()), name="api-zones"),
    path("search/", endpoint("questions", "search", GET=seen.found()), name="api-search"),
    path("render/<str:node>/", endpoint("questions", "render", GET=asks.rendered()), name="api-render"),
    path(
        "salt/pillar/<str:minion>/",
        endpoint("questions", "salt_pillar", GET=salt.pillar_shown(), POST=salt.pillar_revealed()),
        name="api-salt-pillar",
    ),
]
RECORD: Final[Patterns] = [
    path("audit/", endpoint("record", "audit", GET=listed(AUDIT, "List who changed what")), name="api-audit-list"),
    path("audit/<int:number>/", endpoint("record", "audit_one", GET=shown(AUDIT, "Show one change")), name="api-audit"),
]
DRAFTS: Final[Patterns] = [
    path(
        "change-sets/",
        endpoint("drafts", "change_sets", GET=listed(drafts.CHANGE_SETS, "List change sets")),
        name="api-change-sets",
    ),
    path(
        "change-sets/<int:number>/",
        endpoint("drafts", "change_sets_one", GET=shown(drafts.CHANGE_SETS, "Show one change set")),
        name="api-change-set",
    ),
    path(
        "change-sets/<int:number>/changes/",
        endpoint("drafts", "change_set_changes", GET=drafts.changes()),
        name="api-change-set-changes",
    ),
    path(
        "change-sets/<int:number>/undo/", said("change_set_undo", drafts.undone(), "drafts"), name="api-change-set-undo"
    ),
    path(
        "drafts/",
        endpoint("drafts", "drafts", GET=listed(drafts.DRAFTS, "List drafts"), POST=drafts.begun()),
        name="api-drafts",
    ),
    path(
        "drafts/<int:number>/",
        endpoint("drafts", "drafts_one", GET=shown(drafts.DRAFTS, "Show one draft"), PATCH=drafts.retitled()),
        name="api-draft",
    ),
    path(
        "drafts/<int:number>/operations/",
        endpoint("drafts", "draft_operations", GET=drafts.operations(), PUT=drafts.put(), DELETE=drafts.dropped()),
        name="api-draft-operations",
    ),
    path(
        "drafts/<int:number>/files/",
        endpoint("drafts", "draft_files", GET=drafts.as_file(), PUT=drafts.files_put()),
        name="api-draft-files",
    ),
    path("drafts/<int:number>/rename/", said("draft_rename", drafts.renamed(), "drafts"), name="api-draft-rename"),
    path(
        "drafts/<int:number>/preview/",
        endpoint("drafts", "draft_preview", GET=drafts.previewed()),
        name="api-draft-preview",
    ),
    path(
        "drafts/<int:number>/reopen/",
        said("draft_reopen", drafts.moved(draft_actions.reopen, "Open a draft again"), "drafts"),
        name="api-draft-reopen",
    ),
    path("drafts/<int:number>/settle/", said("draft_settle", drafts.settled(), "drafts"), name="api-draft-settle"),
    path("drafts/<int:number>/take/", said("draft_take", drafts.taken_now(), "drafts"), name="api-draft-take"),
    path(
        "drafts/<int:number>/withdraw/",
        said("draft_withdraw", drafts.moved(draft_actions.withdraw, "Put a draft aside"), "drafts"),
        name="api-draft-withdraw",
    ),
]
WORK: Final[Patterns] = [
    path(
        "deploy/deployments/",
        endpoint("deploy", "deployments", GET=listed(deploy.DEPLOYMENTS, "List deployments")),
        name="api-deployments",
    ),
    path(
        "deploy/deployments/<int:number>/",
        endpoint("deploy", "deployments_one", GET=deploy.deployment_shown()),
        name="api-deployment",
    ),
    path(
        "deploy/deployments/<int:number>/word/",
        said("deployment_word", deploy.word_said(), "deploy"),
        name="api-deployment-word",
    ),
    path(
        "deploy/plans/",
        endpoint("deploy", "plans", GET=listed(deploy.PLANS, "List plans"), POST=deploy.planned()),
        name="api-plans",
    ),
    path("deploy/plans/<int:number>/", endpoint("deploy", "plans_one", GET=deploy.plan_shown()), name="api-plan"),
    path("deploy/plans/<int:number>/apply/", said("plan_apply", deploy.applied(), "deploy"), name="api-plan-apply"),
    path(
        "deploy/rollouts/",
        endpoint("deploy", "rollouts", GET=listed(deploy.ROLLOUTS, "List plans that were applied")),
        name="api-rollouts",
    ),
    path(
        "deploy/rollouts/<int:number>/",
        endpoint("deploy", "rollouts_one", GET=deploy.rollout_shown()),
        name="api-rollout",
    ),
    path(
        "deploy/rollouts/<int:number>/stop/",
        said("rollout_stop", deploy.rollout_stopped(), "deploy"),
        name="api-rollout-stop",
    ),
    path(
        "jobs/",
        endpoint("jobs", "jobs", GET=listed(jobs.JOBS, "List jobs"), POST=jobs.asked_for()),
        name="api-jobs",
    ),
    path("jobs/<int:number>/", endpoint("jobs", "jobs_one", GET=shown(jobs.JOB, "Show one job")), name="api-job"),
    path("jobs/<int:number>/retry/", said("job_retry", jobs.repeated(), "jobs"), name="api-job-retry"),
    path("jobs/<int:number>/stop/", said("job_stop", jobs.stopped(), "jobs"), name="api-job-stop"),
    path("schedules/", endpoint("jobs", "schedules", GET=jobs.schedules_listed()), name="api-schedules"),
    path(
        "schedules/<int:number>/",
        endpoint("jobs", "schedules_one", GET=jobs.schedule_shown(), PATCH=jobs.schedule_changed()),
        name="api-schedule",
    ),
]
