"""What changes mean for people, held against the network that is wanted."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.small_city import FILE, network
from hanse.monitor.alert_kinds import MEANS, SEEN, AlarmKind, key_of
from hanse.monitor.alerts import CALM, FLAPS, OVER, RAISES, SUBJECTS, alarm_from, flaps, is_calm
from hanse.monitor.alerts_standing import drift_alarm, lost_job_alarm, undone_alarm
from hanse.monitor.alerts_wanted import things_of
from hanse.monitor.changes import Change
from hanse.monitor.happenings import Happening, Subject
from samples.labels import labels_network
from samples.layers import layers

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
TOWN = network()


def happening(subject: Subject, name: str, change: Change, node: str = "alpha") -> Happening:
    return Happening(
        node=node, subject=subject, name=name, change=change, before="x", after="y", why="Cease", at=AT, since=None
    )


def test_every_kind_says_what_it_means() -> None:
    assert set(MEANS) == set(AlarmKind)


def test_every_kind_that_changes_raise_is_seen_to_be_over_by_a_look() -> None:
    assert set(RAISES.values()) == SEEN == set(OVER) == set(SUBJECTS)


@pytest.mark.parametrize("change", [Change.CAME_UP, Change.REACHABLE, Change.APPEARED, Change.SWITCHED_ON])
def test_good_news_alarm_nobody(change: Change) -> None:
    assert not [key for key in RAISES if key[1] is change]


def test_a_change_of_what_is_wanted_is_an_alarm_with_its_sentence() -> None:
    alarm = alarm_from(happening(Subject.INTERFACE, "to-beta", Change.WENT_DOWN), things_of(TOWN, "alpha"))

    assert alarm is not None
    assert alarm.key == "link-down alpha to-beta"
    assert alarm.sentence == "alpha: to-beta, the link middle to beta, went down: Cease; nothing passes there."


def test_a_fibre_of_a_bond_is_an_alarm_while_the_other_one_carries_its_link() -> None:
    alarm = alarm_from(happening(Subject.INTERFACE, "fibre1", Change.WENT_DOWN, "west"), things_of(layers(), "west"))

    assert alarm is not None
    assert alarm.sentence == "west: fibre1, of the bond bond0, went down: Cease; nothing passes there."


def test_a_label_of_a_path_that_goes_away_is_an_alarm_that_its_link_explains() -> None:
    alarm = alarm_from(
        happening(Subject.LABEL, "100001", Change.VANISHED, "south"), things_of(labels_network(), "south")
    )

    assert alarm is not None
    assert alarm.sentence == (
        "south: the label 100001 (label_paths.across) vanished: Cease; packets of its path end there."
    )
    assert alarm.explained_by == ("router-unreachable south", "link-down south west0")


@pytest.mark.parametrize(
    ("subject", "name"),
    [(Subject.SESSION, "192.0.2.99"), (Subject.INTERFACE, "eth9"), (Subject.SESSION, "192.0.2.11 in VRF red")],
)
def test_a_change_of_what_nobody_wants_is_none(subject: Subject, name: str) -> None:
    assert alarm_from(happening(subject, name, Change.WENT_DOWN), things_of(TOWN, "alpha")) is None


@pytest.mark.parametrize("status", ["disabled", "decommissioned", "requested"])
def test_a_session_that_is_not_wanted_up_alarms_nobody(status: str) -> None:
    wanted = network(FILE.replace("addresses: [192.0.2.11]", f"addresses: [192.0.2.11], status: {status}"))

    assert (Subject.SESSION, "192.0.2.11") not in things_of(wanted, "alpha")


@pytest.mark.parametrize(
    ("status", "is_quiet"), [("enabled", False), ("pre-maintenance", True), ("post-maintenance", True)]
)
def test_a_session_in_maintenance_is_quiet(status: str, is_quiet: bool) -> None:
    wanted = network(FILE.replace("addresses: [192.0.2.11]", f"addresses: [192.0.2.11], status: {status}"))

    assert things_of(wanted, "alpha")[Subject.SESSION, "192.0.2.11"].is_quiet is is_quiet


def test_a_router_in_maintenance_is_quiet_with_the_other_ends_of_what_it_has() -> None:
    wanted = network(FILE.replace("beta:\n    {number: 2,", "beta:\n    {number: 2, status: maintenance,"))

    assert all(thing.is_quiet for thing in things_of(wanted, "beta").values())
    alpha = things_of(wanted, "alpha")
    assert {name for (_, name), thing in alpha.items() if not thing.is_quiet} == {"", "lan", "192.0.2.11"}


def test_the_neighbours_of_a_router_that_is_offline_are_quiet_about_it() -> None:
    wanted = network(FILE.replace("beta:\n    {number: 2,", "beta:\n    {number: 2, status: offline,"))

    alpha = things_of(wanted, "alpha")
    assert {name for (_, name), thing in alpha.items() if not thing.is_quiet} == {"", "lan", "192.0.2.11"}
    assert len(alpha) > 3
    assert things_of(wanted, "beta") == {}


@pytest.mark.parametrize("status", ["maintenance", "offline"])
def test_a_link_that_is_not_in_service_is_quiet_at_both_its_ends_and_no_session_is(status: str) -> None:
    wanted = network(
        FILE.replace("{number: 0, link_class: fibre,", f"{{number: 0, link_class: fibre, status: {status},")
    )

    alpha, beta = (things_of(wanted, node) for node in ("alpha", "beta"))

    assert alpha[Subject.INTERFACE, "to-beta"].is_quiet
    assert beta[Subject.INTERFACE, "to-alpha"].is_quiet
    assert all(thing.is_quiet for (subject, _), thing in alpha.items() if subject is Subject.NEIGHBOUR)
    assert not any(thing.is_quiet for (subject, _), thing in alpha.items() if subject is Subject.SESSION)


@pytest.mark.parametrize(("kind", "status"), [("node", "planned"), ("node", "staged"), ("link", "planned")])
def test_what_does_not_take_part_is_nothing_that_could_be_down(kind: str, status: str) -> None:
    old = {"node": "{number: 2,", "link": "{number: 0,"}[kind]
    wanted = network(FILE.replace(old, f"{old} status: {status},"))

    alpha = things_of(wanted, "alpha")

    assert {subject for subject, _ in alpha} == {Subject.ROUTER, Subject.INTERFACE, Subject.SESSION} or kind == "node"
    assert (Subject.INTERFACE, "to-beta") not in alpha
    assert Subject.NEIGHBOUR not in {subject for subject, _ in alpha}


def test_every_cause_that_is_named_is_a_key_that_can_be_raised() -> None:
    things = {node: things_of(TOWN, node) for node in TOWN.nodes}
    keys = {
        key_of(kind, node, name)
        for node, found in things.items()
        for subject, name in found
        for kind in SEEN
        if SUBJECTS[kind] is subject
    }

    named = {key for found in things.values() for thing in found.values() for key in thing.explained_by}

    assert named <= keys
    assert named


def test_a_router_that_is_not_there_has_nothing_that_could_fail() -> None:
    assert things_of(TOWN, "gamma") == {}


def test_drift_counts_its_lines() -> None:
    diff = "--- a\n+++ b\n@@ -1 +1,2 @@\n-x\n+y\n+z\n"

    alarm = drift_alarm("alpha", site="hall", diff=diff, at=AT, is_quiet=False)

    assert "(lines added: 2, removed: 1)" in alarm.sentence


@pytest.mark.parametrize(("in_doubt", "fate"), [(False, "was undone: harm;"), (True, "is in doubt: harm;")])
def test_an_undone_deployment_says_its_fate(in_doubt: bool, fate: str) -> None:
    alarm = undone_alarm("d1", node="alpha", site="hall", in_doubt=in_doubt, outcome="harm.", at=AT, is_quiet=False)

    assert fate in alarm.sentence


def test_a_lost_job_says_whose_it_was() -> None:
    alarm = lost_job_alarm(7, kind="apply", node="", site="", who="bob", at=AT, is_quiet=False)

    assert (alarm.key, alarm.sentence) == (
        "job-lost 7",
        "the worker of job 7 (apply, asked for by bob) died; nobody knows how far it came.",
    )


def test_flapping_begins_and_ends_at_its_limits() -> None:
    assert (flaps(FLAPS - 1), flaps(FLAPS)) == (False, True)
    assert (is_calm(AT, AT + CALM - timedelta(seconds=1)), is_calm(AT, AT + CALM)) == (False, True)
