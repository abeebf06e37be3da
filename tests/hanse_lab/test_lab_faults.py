"""The campaign's faults: which there are, how they are drawn, and how a router's state is read."""

from datetime import timedelta
from importlib.resources import files
from pathlib import PurePath

import pytest

from hanse.devices.linux.carried.components import COMPONENTS
from hanse.render.dialects import DIALECTS
from hanse_lab.faults import marks, variants
from hanse_lab.faults.bearings import QUESTIONS, Bearings, differences
from hanse_lab.faults.catalogue import Kind, Steps, catalogue, drawn
from hanse_lab.faults.look import Look, Shown
from hanse_lab.faults.marks import MARKS, Question, components_of, marks_of
from hanse_lab.faults.pace import pace_for
from hanse_lab.faults.results import Result, by_kind
from hanse_lab.faults.variants import HARMS, TemplateHasChanged, Variant, harmful_to, left_out
from hanse_lab.plan import Place

CLOSED = {"/etc/nftables.conf": marks.TABLE}
PLAIN = marks_of(
    dict.fromkeys(["/etc/bird/bird.conf", "/etc/network/interfaces", "/etc/sysctl.d/90-hanse.conf"], "") | CLOSED
)
LAYERS = """\
    bond-slaves cable0 cable1
    bridge-vids 10 100
    vrf vrf-guests
    pre-up ip link add ip-one type gre local 192.0.2.1 remote 192.0.2.3 ttl 64
"""
LAYERED = marks_of(
    {
        "/etc/frr/daemons": "",
        "/etc/frr/frr.conf": "",
        "/etc/modules-load.d/hanse.conf": "",
        "/etc/network/interfaces": LAYERS,
        "/etc/nftables.conf": "",  # the lab has taken the firewall out
        "/etc/swanctl/conf.d/ip-one.conf": "",
        "/etc/sysctl.d/90-hanse.conf": "",
    },
    Place.UML,
)
OF_LAYERS = {Variant.ASTRAY, Variant.NO_MEMBERS, Variant.NO_TAGS, Variant.NO_TABLE}
RICH_FILES = dict.fromkeys(
    [
        "/etc/dnsmasq.d/hanse.conf",
        "/etc/exabgp/exabgp.conf",
        "/etc/exabgp/services.py",
        "/etc/frr/daemons",
        "/etc/frr/frr.conf",
        "/etc/frr/vtysh.conf",
        "/etc/hanse/health.conf",
        "/etc/network/interfaces",
        "/etc/openvpn/ov-two.conf",
        "/etc/sysctl.d/90-hanse.conf",
        "/etc/wireguard/wg-one.conf",
        "/etc/wireguard/wg-ten.conf",
    ],
    "",
)
RICH = marks_of(RICH_FILES | CLOSED)
ROUTERS = pytest.mark.parametrize("marked", [PLAIN, RICH, LAYERED], ids=["plain", "rich", "layered"])
TEMPLATES = {mark.template: (files("hanse.render") / "templates" / mark.template).read_text() for mark in MARKS}
FIRST = {"wireguard": "wg-", "openvpn": "ov-", "conf.d": "ip-"}  # of the names of tunnels
PATHS = [part.path for parts in DIALECTS.values() for part in parts if part.path]


def look(*, in_files: bool, in_force: bool, serves: bool = True) -> Look:
    """Return a look at a router that shows the new marks, or not."""
    text = marks.MARK if in_files else ""
    return Look(files=(("/a", text),), in_force=(("/a", in_force),), serves=(("/a", serves),))


@pytest.mark.parametrize(("marked", "least"), [(PLAIN, 80), (RICH, 180)], ids=["plain", "rich"])
def test_there_are_many_faults_all_different(marked: tuple[marks.Mark, ...], least: int) -> None:
    found = catalogue(marked)

    assert len(found) == len(set(found)) >= least


def test_the_seed_alone_decides_the_draw() -> None:
    assert drawn(RICH, seed=1, count=20) == drawn(RICH, seed=1, count=20)
    assert drawn(RICH, seed=1, count=20) != drawn(RICH, seed=2, count=20)


def test_a_small_draw_has_every_kind() -> None:
    assert {fault.kind for fault in drawn(PLAIN, seed=3, count=len(Kind))} == set(Kind)


def test_a_large_draw_has_every_fault() -> None:
    assert set(drawn(RICH, seed=4, count=400)) == set(catalogue(RICH))
    assert len(drawn(RICH, seed=4, count=400)) == 400


@pytest.mark.parametrize("path", PATHS)
def test_every_file_that_hanse_writes_has_one_mark(path: str) -> None:
    first = FIRST.get(PurePath(path).parent.name, "")

    assert len(marks_of({path.format(f"{first}one"): ""})) == 1


def test_the_components_are_those_of_the_carried_program_in_its_order() -> None:
    assert tuple(component.name for component in COMPONENTS) == marks.COMPONENTS


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.file)
def test_a_mark_names_the_components_that_own_its_file(mark: marks.Mark) -> None:
    file = mark.file.replace("*", "x")

    assert set(mark.components) == {component.name for component in COMPONENTS if component.owns(file)}


def test_steps_follow_from_the_files() -> None:
    steps = Steps.of(PLAIN)

    assert [step for step in steps.on_the_way if step.startswith("swapping:")] == [f"swapping:{m.file}" for m in PLAIN]
    assert [step for step in steps.on_the_way if step.startswith("reloading:")] == [
        "reloading:sysctl",
        "reloading:nft",
        "reloading:interfaces",
        "reloading:bird",
    ]
    assert steps.on_the_way_back[-2:] == ("restored", "reverted")
    assert components_of(RICH).index("frr-gone") < components_of(RICH).index("frr")


def test_each_tunnel_is_asked_for_by_its_name() -> None:
    asked = [mark.seen.words for mark in RICH if mark.seen and "wg" in mark.seen.words]

    assert asked == [("wg", "show", name, "persistent-keepalive") for name in ("wg-one", "wg-ten")]


@ROUTERS
def test_every_variant_changes_every_template(marked: tuple[marks.Mark, ...]) -> None:
    for variant in (Variant.GOOD, *harmful_to(marked)):
        new = variants.texts(TEMPLATES, variant, marked)

        assert all(marks.MARK in text for text in new.values()), variant


@ROUTERS
def test_every_harmful_variant_differs_from_the_good_one_in_one_template(marked: tuple[marks.Mark, ...]) -> None:
    good = variants.texts(TEMPLATES, Variant.GOOD, marked)
    for variant in harmful_to(marked):
        bad = variants.texts(TEMPLATES, variant, marked)

        assert [name for name in good if good[name] != bad[name]] == [HARMS[variant].template]


def test_a_router_without_a_daemon_gets_no_harm_of_it() -> None:
    assert Variant.NO_FRR_SESSIONS not in harmful_to(PLAIN)
    assert Variant.NO_SESSIONS not in harmful_to(RICH)
    assert set(HARMS) == set(Variant) - {Variant.GOOD}


def test_a_harm_needs_something_in_the_file_to_harm() -> None:
    assert set(harmful_to(LAYERED)) >= OF_LAYERS
    assert set(left_out(LAYERED)) == {Variant.NO_SSH}
    assert set(left_out(PLAIN)) == OF_LAYERS


def test_a_firewall_that_the_lab_took_out_is_marked_by_a_table_of_its_own() -> None:
    there, taken_out = (marks_of({"/etc/nftables.conf": text})[0] for text in (marks.TABLE, ""))
    new = variants.texts({marks.NFTABLES: ""}, Variant.GOOD, [taken_out])

    assert there.put is not None
    assert f"table bridge {marks.MARK} {{" in new[marks.NFTABLES]


def test_a_template_that_lost_its_place_is_named() -> None:
    with pytest.raises(TemplateHasChanged, match=marks.NFTABLES):
        variants.texts({**TEMPLATES, marks.NFTABLES: ""}, Variant.GOOD, PLAIN)


def test_a_router_is_old_or_new_only_if_all_of_it_is() -> None:
    assert look(in_files=False, in_force=False).shown is Shown.OLD
    assert look(in_files=True, in_force=True).shown is Shown.NEW
    assert look(in_files=True, in_force=False).shown is Shown.MIXED


def test_a_router_that_does_not_serve_is_neither() -> None:
    seen = look(in_files=False, in_force=False, serves=False)

    assert seen.shown is Shown.MIXED
    assert "does not run: /a" in str(seen)


def test_an_answer_must_hold_what_is_asked_on_one_of_its_lines() -> None:
    question = Question(words=("birdc",), answer="^campaign ").named("wg-one")

    assert question.is_answered("bgp1\ncampaign Static\n")
    assert not question.is_answered("bgp1 campaign \n")


def test_what_is_gone_and_what_has_come_is_told() -> None:
    before: Bearings = {name: ("1 bird",) for name, _, _ in QUESTIONS}

    assert differences(before, before) == ()
    assert differences(before, before | {"daemons": ("2 bird",)}) == ("daemons: - 1 bird; + 2 bird",)
    assert differences({"rules": ("a", "b")}, {"rules": ("b", "a")}) == ("rules: - a; - b; + b; + a",)


def test_addresses_that_the_kernel_draws_are_no_bearings() -> None:
    read = next(read for name, _, read in QUESTIONS if name == "addresses")
    said = (
        '[{"ifname": "lo", "addr_info": ['
        '{"local": "192.0.2.1", "prefixlen": 32, "scope": "global"},'
        '{"local": "fe80::1", "prefixlen": 64, "scope": "link"}]}]'
    )

    assert read(said) == ("lo 192.0.2.1/32",)


def test_what_interfaces_are_made_with_counts() -> None:
    read = next(read for name, _, read in QUESTIONS if name == "links")
    said = (
        '[{"ifname": "br0.100", "mtu": 1608, "flags": ["UP"],'
        ' "linkinfo": {"info_kind": "vlan", "info_data": {"id": 100}}},'
        ' {"ifname": "lo", "mtu": 65536, "flags": ["LOOPBACK"]}]'
    )

    assert read(said) == ("br0.100 vlan id 100 mtu 1608 of none up", "lo  mtu 65536 of none down")


def test_labels_of_paths_are_bearings_and_those_that_ldp_takes_are_not() -> None:
    read = next(read for name, _, read in QUESTIONS if name == "steps of label paths")

    assert read("16 dev vrf-guests proto bgp \n100000 via inet 10.27.8.1 dev mast0 proto static \n") == (
        "100000 via inet 10.27.8.1 dev mast0 proto static",
    )


def test_vlans_are_the_same_in_whatever_order_ports_joined() -> None:
    read = next(read for name, _, read in QUESTIONS if name == "VLANs")
    bond = '{"ifname": "bond0", "vlans": [{"vlan": 10}, {"vlan": 100}]}'
    port = '{"ifname": "lab0", "vlans": [{"vlan": 10, "flags": ["PVID", "Egress Untagged"]}]}'

    assert read(f"[{bond}, {port}]") == read(f"[{port}, {bond}]")
    assert read(f"[{port}, {bond}]") == ("bond0 10", "bond0 100", "lab0 10 PVID Egress Untagged")
    assert read("") == ()


def test_where_a_segment_sends_what_all_are_to_hear_is_a_bearing() -> None:
    read = next(read for name, _, read in QUESTIONS if name == "other ends of segments")
    said = (
        "02:00:00:00:00:01 dev vx-one dst 10.27.0.3 self\n00:00:00:00:00:00 dev vx-one dst 10.27.0.3 self permanent\n"
    )

    assert read(said) == ("00:00:00:00:00:00 dev vx-one dst 10.27.0.3 self permanent",)


def test_results_are_counted_by_kind() -> None:
    faults = [fault for fault in catalogue(PLAIN) if fault.kind is Kind.POWER_LOST][:3]
    results = [
        Result(fault=fault, shown=shown, recorded=recorded, took=timedelta(seconds=took), wrong=wrong)
        for fault, shown, recorded, took, wrong in zip(
            faults,
            (Shown.OLD, Shown.OLD, Shown.NEW),
            ("reverted", "reverted", "kept"),
            (1, 7, 2),
            ((), (), ("a sentence",)),
            strict=True,
        )
    ]

    assert list(by_kind(results)) == [
        "   3 power lost: 2 old, recorded reverted; 1 new, recorded kept; settled within 7.0 s; 1 not as promised"
    ]


def test_a_router_with_more_files_has_more_time() -> None:
    plain, rich, slow = pace_for(PLAIN, Place.HOST), pace_for(RICH, Place.HOST), pace_for(PLAIN, Place.UML)

    assert plain.undo_after.total_seconds() == 12
    assert plain.undo_after < rich.undo_after < slow.undo_after
    assert plain.answers_within < plain.cut_for
    assert slow.answers_within < slow.cut_for
    assert slow.first_look < slow.settle < slow.undo_after
    assert ("HANSE_UNDO_AFTER", "12") in plain.settings
