"""A plan that is put on record and read back is the plan that was reviewed, to the letter."""

from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanse.deploy.health import StillWanted
from hanse.deploy.limits import Breach
from hanse.deploy.plan import DevicePlan, Plan
from hanse.deploy.together import Joint
from hanse.devices.driver import Abilities
from hanse.devices.fake.driver import FAKE
from hanse.store import plans
from hanse.store.audit import Author
from hanse.store.plans import Around

pytestmark = pytest.mark.django_db
ALICE = Author(who="alice", door="page")
AT = datetime(2026, 1, 1, tzinfo=UTC)
PORTS = ("to-alpha", "to-beta", "lan")

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
addresses = st.sampled_from(["192.0.2.1", "192.0.2.11", "2001:db8::1"]).map(ip_address)
wanted = st.builds(
    StillWanted,
    sessions=st.frozensets(st.tuples(st.sampled_from(["global", "blue"]), addresses)),
    neighbours=st.frozensets(st.tuples(st.sampled_from([2, 3]), st.sampled_from(PORTS), st.just("10.0.0.2"))),
)


def abilities(driver: str) -> Abilities:
    return FAKE.abilities


@st.composite
def planned(draw: st.DrawFn) -> Plan:
    """Return a plan that changes some of a few routers."""
    names = draw(st.lists(st.sampled_from(["alpha", "beta", "gamma"]), unique=True, min_size=1))
    return Plan(
        devices=tuple(
            DevicePlan(
                node=name,
                driver="fake",
                text=draw(texts),
                before_text=draw(texts),
                diff=draw(texts.filter(str.strip)),
                abilities=FAKE.abilities,
                sessions_before=draw(st.integers(0, 1000)),
                sessions_removed=tuple(draw(st.lists(texts, max_size=2))),
                still_wanted=draw(wanted),
            )
            for name in names
        )
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned())
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    record = plans.put_down(plan, Around(author=ALICE, at=AT))

    again = plans.plan_of(plans.devices_of(record), abilities)

    assert again == plan
    assert record.checksum == again.full_checksum == plan.full_checksum


def _device(node: str, diff: str, before: str = "old\n") -> DevicePlan:
    return DevicePlan(node=node, driver="fake", text="new\n", before_text=before, diff=diff, abilities=FAKE.abilities)


def test_what_has_to_change_together_is_on_record() -> None:
    plan = Plan(
        devices=(
            _device("alpha", '+interface "to-beta"\n'),
            _device("beta", '+interface "to-alpha"\n'),
            _device("gamma", "+other\n"),
        )
    )
    joints = (
        Joint(mine=("alpha", "to-beta"), yours=("beta", "to-alpha")),
        Joint(mine=("gamma", "lan"), yours=("delta", "lan")),
    )

    record = plans.put_down(plan, Around(author=ALICE, at=AT, joints=joints))

    steps = {row.node: row.together for row in plans.devices_of(record)}
    assert steps["alpha"] == steps["beta"] != steps["gamma"]
    assert plans.joints_of(record) == joints[:1]


def test_of_a_router_that_would_not_change_the_name_is_kept() -> None:
    record = plans.put_down(Plan(devices=(_device("alpha", "\n"),)), Around(author=ALICE, at=AT))

    (row,) = plans.devices_of(record)

    assert (row.node, row.text, row.before_text, row.diff) == ("alpha", "", "", "")
    assert plans.changed_at(record) == {}


def test_the_limits_that_it_passes_are_on_record() -> None:
    breach = Breach(node="alpha", sentence="too much would go")

    record = plans.put_down(Plan(devices=(_device("alpha", "+a\n"),)), Around(author=ALICE, at=AT, breaches=[breach]))

    assert record.breaches == [{"node": "alpha", "sentence": "too much would go"}]


def test_a_plan_is_taken_once() -> None:
    record = plans.put_down(Plan(devices=(_device("alpha", "+a\n"),)), Around(author=ALICE, at=AT))

    assert plans.of_checksum(record.checksum) == record
    assert plans.take(record.pk, at=AT)
    assert not plans.take(record.pk, at=AT)
    assert plans.of_checksum(record.checksum) is None
