"""Local vendor routers over a real bgpd: what is committed there, FRR speaks, and what FRR says, NAPALM tells."""

from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from devices.vendor.vendor_routers import BASES, Local, local_router, sections
from hanse.devices.driver import Verdict
from hanse.network.seen.bgp import BgpState
from hanse.render.text import render
from hanse_lab.vendor import eos_into_frr, eos_words, ios_words
from hanse_lab.vendor.frr import private_bgpd
from hanse_lab.vendor.into_frr import in_frr
from hanse_lab.vendor.tree import shown, typed
from hanse_lab.waiting import wait_until
from samples.borders import BORDERS, border_specs

HAND: Final = "198.51.100.9"
NEW: Final = "192.0.2.11"
A_MINUTE: Final = timedelta(minutes=1)  # four seconds there
CLI: Final = {
    "eos": (eos_words.EOS, eos_into_frr.WORDING, eos_into_frr.instances),
    "ios": (ios_words.IOS, ios_words.WORDING, ios_words.instances),
}
IN_A_VRF: Final = {
    "eos": "   vrf BLUE\n      neighbor 198.51.100.9 remote-as 64510\n      neighbor 198.51.100.9 shutdown\n",
    "ios": " address-family ipv4 vrf BLUE\n  neighbor 198.51.100.9 remote-as 64510\n  neighbor 198.51.100.9 activate\n"
    "  neighbor 198.51.100.9 shutdown\n",
    "junos": "routing-instances { BLUE { instance-type vrf; protocols { bgp { group hand { type external; "
    "neighbor 198.51.100.9 { peer-as 64510; } } } } } }\n",
}
KINDS: Final = tuple(BASES)


def test_the_router_takes_an_unconfirmed_commit_back_though_nobody_is_connected(live_router: Local) -> None:
    with live_router.open() as driver:
        driver.stage("new", sections(live_router.kind)[0])
        driver.commit("new", undo_after=A_MINUTE)
    installed = live_router.addresses()

    wait_until("the router is back", lambda: NEW not in live_router.addresses(), within=timedelta(seconds=20))

    assert set(installed) == {HAND, NEW}
    assert live_router.addresses() == (HAND,)
    with live_router.open() as driver:
        assert driver.verdict("new") is not Verdict.TRIAL


def test_a_confirmed_commit_outlives_its_timer(live_router: Local) -> None:
    with live_router.open() as driver:
        driver.stage("new", sections(live_router.kind)[0])
        driver.commit("new", undo_after=5 * A_MINUTE)
    with live_router.open() as another:
        another.confirm("new")

    assert live_router.store.trial is None
    assert set(live_router.addresses()) == {HAND, NEW}


@pytest.mark.parametrize("kind", KINDS)
def test_one_address_in_two_vrfs_is_two_sessions(kind: str, tmp_path: Path) -> None:
    with local_router(kind, tmp_path / "frr", base=BASES[kind] + IN_A_VRF[kind]) as router, router.open() as driver:
        sessions = driver.bgp_sessions()

    assert {(one.vrf, one.remote_asn.number, str(one.remote_address)) for one in sessions} == {
        ("global", 64511, HAND),
        ("BLUE", 64510, HAND),
    }
    if kind != "junos":  # a session that is switched off is inactive there, and not shown at all
        (blue,) = (one for one in sessions if one.vrf == "BLUE")
        assert blue.state is BgpState.ADMIN_DOWN


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("dialect", CLI)
def test_what_hanse_writes_for_a_border_is_spoken_by_frr(dialect: str, border: str, tmp_path: Path) -> None:
    grammar, wording, instances = CLI[dialect]
    spec = border_specs(dialect)[border]
    block = typed(render(spec).replace("@secret(", "").replace(")@", ""), grammar)

    told = in_frr(block, wording, instances)
    with private_bgpd(tmp_path / "frr") as frr:
        frr.reload(told.text)
        spoken = [(one.vrf.replace("default", ""), one.address) for one in frr.neighbours()]

    wanted = [(one.vrf, str(one.remote_address)) for one in spec.bgp.external]
    wanted += [("", str(one.remote_address)) for one in spec.bgp.internal]
    assert sorted(spoken) == sorted(wanted)
    assert all(line.endswith("match as-path length >= 65") for line in told.left_out)


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("dialect", CLI)
def test_what_hanse_writes_is_shown_as_it_was_typed(dialect: str, border: str) -> None:
    grammar, _, _ = CLI[dialect]
    text = render(border_specs(dialect)[border])

    lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("!")]

    kept = [line for line in lines if line.strip() not in grammar.leaves]
    assert sorted(shown(typed(text, grammar), grammar)) == sorted(kept)
