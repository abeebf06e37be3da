from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import pytest

from hanse.devices.napalm.sessions import (
    AnswerNotUnderstood,
    detailed_sessions,
    plain_sessions,
    state_of,
)
from hanse.network.seen.bgp import BgpState, RouteCounts, SeenSession
from hanse.network.values.addresses import Family
from hanse.network.values.asn import Asn

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def detail(**changed: Any) -> dict[str, Any]:
    return {
        "up": True,
        "local_as": 64500,
        "local_address": "192.0.2.1",
        "remote_address": "192.0.2.2",
        "connection_state": "Established",
        "received_prefix_count": 12,
        "accepted_prefix_count": 10,
        "advertised_prefix_count": 3,
        **changed,
    }


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Idle", BgpState.IDLE),
        ("Idle (Admin)", BgpState.ADMIN_DOWN),
        ("Idle(NoIf)", BgpState.IDLE),
        ("Shut (Admin)", BgpState.ADMIN_DOWN),
        ("Connect", BgpState.CONNECT),
        ("Active", BgpState.ACTIVE),
        ("OpenSent", BgpState.OPEN_SENT),
        ("Opensent", BgpState.OPEN_SENT),
        ("open sent", BgpState.OPEN_SENT),
        ("OpenConfirm", BgpState.OPEN_CONFIRM),
        ("Open-Confirm", BgpState.OPEN_CONFIRM),
        ("Established", BgpState.ESTABLISHED),
        ("Estab", BgpState.ESTABLISHED),
        ("EstabSync", BgpState.ESTABLISHED),
        ("Closing", BgpState.IDLE),
    ],
)
def test_each_vendors_word_is_one_of_seven_states(word: str, state: BgpState) -> None:
    assert state_of(word, is_up=False) is state


@pytest.mark.parametrize(("is_up", "state"), [(True, BgpState.ESTABLISHED), (False, BgpState.IDLE)])
def test_an_unknown_word_is_read_by_up_or_down(is_up: bool, state: BgpState) -> None:
    assert state_of("Wondering", is_up=is_up) is state


def test_a_detailed_session() -> None:
    (session,) = detailed_sessions({"global": {64501: [detail()]}})

    assert session == SeenSession(
        remote_address=ip_address("192.0.2.2"),
        remote_asn=Asn(64501),
        local_asn=Asn(64500),
        local_address=ip_address("192.0.2.1"),
        state=BgpState.ESTABLISHED,
        counts=(RouteCounts(family=Family.IPV4, received=12, accepted=10, advertised=3),),
    )


def test_vrfs_are_kept_and_the_vendors_names_for_none_are_one() -> None:
    answer = {
        "inet.0": {64501: [detail()]},
        "blue.inet.0": {64501: [detail(remote_address="2001:db8::2")]},
        "default": {64502: [detail(remote_address="192.0.2.3")]},
    }

    assert [(seen.vrf, str(seen.remote_address)) for seen in detailed_sessions(answer)] == [
        ("blue", "2001:db8::2"),
        ("global", "192.0.2.2"),
        ("global", "192.0.2.3"),
    ]


def test_what_a_driver_leaves_out_is_unknown_and_not_zero() -> None:
    unknown = detail(local_as=-1, local_address="", received_prefix_count=-1, accepted_prefix_count=0)

    (session,) = detailed_sessions({"global": {64501: [unknown]}})

    assert (session.local_asn, session.local_address) == (None, None)
    assert session.counts == (RouteCounts(family=Family.IPV4, received=None, accepted=0, advertised=3),)


def test_a_plain_session_tells_since_when() -> None:
    peer = {
        "local_as": 64500,
        "remote_as": 64501,
        "remote_id": "192.0.2.2",
        "is_up": True,
        "is_enabled": True,
        "description": "exchange",
        "uptime": 90,
        "address_family": {"ipv6": {"received_prefixes": 5, "accepted_prefixes": -1, "sent_prefixes": 1}},
    }

    (session,) = plain_sessions({"blue": {"router_id": "", "peers": {"2001:db8::2": peer}}}, now=NOW)

    assert (session.vrf, session.state, session.description) == ("blue", BgpState.ESTABLISHED, "exchange")
    assert session.since == datetime(2026, 1, 1, 11, 58, 30, tzinfo=UTC)
    assert session.counts == (RouteCounts(family=Family.IPV6, received=5, accepted=None, advertised=1),)


@pytest.mark.parametrize(("is_enabled", "state"), [(True, BgpState.IDLE), (False, BgpState.ADMIN_DOWN)])
def test_a_plain_session_that_is_down_has_no_since(is_enabled: bool, state: BgpState) -> None:
    peer = {"remote_as": 64501, "is_up": False, "is_enabled": is_enabled, "uptime": -1}

    (session,) = plain_sessions({"global": {"peers": {"192.0.2.2": peer}}}, now=NOW)

    assert (session.state, session.since, session.counts) == (state, None, ())


@pytest.mark.parametrize(
    "answer",
    [{"global": {64501: [{}]}}, {"global": {-1: [detail()]}}, {"global": None}],
    ids=["no address", "no AS", "no VRF"],
)
def test_an_answer_that_cannot_be_read_is_the_devices_fault_not_the_operators(answer: Any) -> None:
    with pytest.raises(AnswerNotUnderstood, match="get_bgp_neighbors_detail"):
        detailed_sessions(answer)
