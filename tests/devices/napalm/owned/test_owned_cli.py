"""What is ours on a router with a command line, what stops a text, and in which order lines are loaded."""

import pytest

from hanse.devices.napalm.owned.eos import EOS
from hanse.devices.napalm.owned.ios import IOS
from hanse.devices.napalm.owned.iosxr import IOSXR
from hanse.devices.napalm.owned.passwords import cisco_7_of, eos_7_of
from hanse.devices.napalm.owned.refusals import AnotherAs, NotOurs
from hanse.network.values.secrets import UnknownSecret

SECRET = {"peer": "Strandkorb-7"}
WANTED = """! border1: what Hanse owns
ip prefix-list HANSE-AS64501-V4
   seq 10 permit 198.51.100.0/24
!
route-map HANSE-ALME-IN permit 10
   match ip address prefix-list HANSE-AS64501-V4
!
router bgp 64500
   neighbor HANSE-PEER-V4 peer group
   neighbor 192.0.2.11 peer group HANSE-PEER-V4
   neighbor 192.0.2.11 remote-as 64501
   neighbor 192.0.2.11 password @secret(peer)@
   neighbor 192.0.2.11 route-map HANSE-ALME-IN in
"""
SHOWN = WANTED.replace("@secret(peer)@", "7 " + eos_7_of("Strandkorb-7", peer="192.0.2.11"))
IOS_WANTED = """router bgp 64500
 neighbor 192.0.2.11 remote-as 64501
 neighbor 192.0.2.11 password @secret(peer)@
 address-family ipv4
  neighbor 192.0.2.11 activate
  neighbor 192.0.2.11 route-map HANSE-ALME-IN in
route-map HANSE-ALME-IN permit 10
 set local-preference 200
"""


def test_what_a_router_says_in_another_layout_and_order_is_the_wanted_text() -> None:
    running = """hostname edge1
router bgp 64500
     neighbor 192.0.2.11 route-map HANSE-ALME-IN in
     neighbor 192.0.2.11 remote-as 64501
     neighbor HANSE-PEER-V4 peer group
     neighbor 192.0.2.11 password @secret(peer)@
     neighbor 192.0.2.11 peer group HANSE-PEER-V4
     neighbor 203.0.113.77 remote-as 64666
     !
ip prefix-list HANSE-AS64501-V4
     seq 10 permit 198.51.100.0/24
route-map HANSE-ALME-IN permit 10
     match ip address prefix-list HANSE-AS64501-V4
"""

    assert EOS.owned(running, WANTED) == WANTED
    assert EOS.canonical(EOS.owned(running, WANTED)) == EOS.canonical(WANTED)


def test_what_differs_is_shown_in_its_place_and_all_else_as_written() -> None:
    running = SHOWN.replace("seq 10 permit", "seq 20 permit 198.51.101.0/24\n   seq 10 permit")

    owned = EOS.owned(running, WANTED, SECRET)

    assert owned.splitlines() == [
        *WANTED.splitlines()[:3],
        "   seq 20 permit 198.51.101.0/24",
        *WANTED.splitlines()[3:],
    ]


def test_a_wanted_neighbour_is_ours_whoever_configured_it_and_another_is_not() -> None:
    by_hand = "router bgp 64500\n   neighbor 192.0.2.11 remote-as 64501\n   neighbor 203.0.113.77 remote-as 64666\n"

    assert EOS.owned(by_hand, WANTED) == "router bgp 64500\n   neighbor 192.0.2.11 remote-as 64501\n".replace(
        "router", "! border1: what Hanse owns\n!\n!\nrouter", 1
    )


def test_a_neighbour_that_names_something_of_ours_goes_when_it_is_not_wanted() -> None:
    left = SHOWN + "   neighbor 192.0.2.12 peer group HANSE-PEER-V4\n   neighbor 192.0.2.12 remote-as 64502\n"

    assert EOS.merge_lines(left, WANTED, SECRET) == "router bgp 64500\n   no neighbor 192.0.2.12\n   exit\n"


def test_what_people_say_in_words_makes_nothing_ours() -> None:
    by_hand = SHOWN + "   neighbor 203.0.113.77 remote-as 64666\n   neighbor 203.0.113.77 description HANSE-LIKE\n"

    assert EOS.merge_lines(by_hand, WANTED, SECRET) == ""


def test_the_same_neighbour_in_another_vrf_is_not_ours() -> None:
    by_hand = SHOWN + "   vrf BLUE\n      rd 64500:1\n      neighbor 192.0.2.11 remote-as 64666\n"

    assert EOS.merge_lines(by_hand, WANTED, SECRET) == ""


@pytest.mark.parametrize(
    "line", ["hostname edge2", "interface Ethernet1", "route-map MINE permit 10", "ip prefix-list MINE"]
)
def test_a_text_that_would_touch_what_is_not_ours_is_refused(line: str) -> None:
    with pytest.raises(NotOurs, match=line):
        EOS.merge_lines("", f"{WANTED}{line}\n", SECRET)


def test_a_line_of_bgp_that_hanse_never_writes_is_refused() -> None:
    with pytest.raises(NotOurs, match="redistribute connected"):
        EOS.merge_lines("", WANTED + "   redistribute connected\n", SECRET)


def test_a_router_that_runs_another_as_is_refused() -> None:
    with pytest.raises(AnotherAs, match="router bgp 64499"):
        EOS.merge_lines("router bgp 64499\n   router-id 192.0.2.1\n", WANTED, SECRET)


def test_a_secret_that_nobody_put_down_stops_before_anything_is_said() -> None:
    with pytest.raises(UnknownSecret, match="peer"):
        EOS.merge_lines("", WANTED)


def test_a_password_that_the_router_obfuscates_is_no_difference() -> None:
    assert EOS.merge_lines(SHOWN, WANTED, SECRET) == ""
    assert EOS.owned(SHOWN, WANTED, SECRET) == WANTED


def test_another_password_is_one_line_and_shows_as_hidden() -> None:
    shown = WANTED.replace("@secret(peer)@", "7 " + eos_7_of("another", peer="192.0.2.11"))

    lines = EOS.merge_lines(shown, WANTED, SECRET)

    assert lines == "router bgp 64500\n   neighbor 192.0.2.11 password Strandkorb-7\n   exit\n"
    assert "neighbor 192.0.2.11 password @hidden@\n" in EOS.owned(shown, WANTED, SECRET)


def test_a_password_of_another_known_secret_is_told_by_its_name() -> None:
    shown = WANTED.replace("@secret(peer)@", "7 " + eos_7_of("old", peer="192.0.2.11"))

    assert "password @secret(former)@\n" in EOS.owned(shown, WANTED, {**SECRET, "former": "old"})


@pytest.mark.parametrize(("changed", "differs"), [((), False), (("peer",), True), (("other",), False)])
def test_a_form_that_cannot_be_read_back_differs_only_if_the_secret_was_changed(
    changed: tuple[str, ...], differs: bool
) -> None:
    shown = IOS_WANTED.replace("@secret(peer)@", "6 BHFBAdKMZPiTTAcAAB")

    assert bool(IOS.merge_lines(shown, IOS_WANTED, SECRET, changed)) == differs


def test_a_hidden_password_stays_as_it_is() -> None:
    before = IOS_WANTED.replace("@secret(peer)@", "@hidden@")
    shown = IOS_WANTED.replace("@secret(peer)@", "7 " + cisco_7_of("by hand"))

    assert IOS.merge_lines(shown, before) == ""
    assert "@hidden@" not in IOS.merge_lines("", before)


def test_a_diff_of_the_routers_own_shows_no_stored_password() -> None:
    diff = (
        f"-   neighbor 192.0.2.11 password 7 {eos_7_of('unknown', peer='192.0.2.11')}\n+   neighbor 192.0.2.11 shutdown"
    )

    assert EOS.concealed(diff, SECRET) == (
        "-   neighbor 192.0.2.11 password @hidden@\n+   neighbor 192.0.2.11 shutdown"
    )


def test_a_new_neighbour_is_switched_off_until_its_policies_are_there() -> None:
    lines = IOS.merge_lines("", IOS_WANTED, SECRET).splitlines()

    assert lines == [
        "route-map HANSE-ALME-IN permit 10",
        " set local-preference 200",
        " exit",
        "router bgp 64500",
        " neighbor 192.0.2.11 remote-as 64501",
        " neighbor 192.0.2.11 shutdown",
        " neighbor 192.0.2.11 password Strandkorb-7",
        " address-family ipv4",
        "  neighbor 192.0.2.11 activate",
        "  neighbor 192.0.2.11 route-map HANSE-ALME-IN in",
        "  exit",
        " exit",
        "router bgp 64500",
        " no neighbor 192.0.2.11 shutdown",
        " exit",
        "end",
    ]


def test_an_entry_that_becomes_another_goes_before_it_comes() -> None:
    running = (
        "ip prefix-list HANSE-A seq 10 permit 198.51.100.0/24\nip prefix-list HANSE-A seq 20 permit 192.0.2.0/24\n"
    )
    wanted = "ip prefix-list HANSE-A seq 10 permit 203.0.113.0/24\n"

    assert IOS.merge_lines(running, wanted).splitlines() == [
        "no ip prefix-list HANSE-A seq 10",
        "ip prefix-list HANSE-A seq 10 permit 203.0.113.0/24",
        "no ip prefix-list HANSE-A seq 20",
        "end",
    ]


def test_a_list_without_numbers_is_written_anew_as_a_whole() -> None:
    running = "ip as-path access-list HANSE-A permit _64501$ any\n"
    wanted = f"{running}ip as-path access-list HANSE-A permit _64502$ any\n"

    assert EOS.merge_lines(running, wanted) == f"no ip as-path access-list HANSE-A\n{wanted}"


def test_a_numbered_list_is_ours_where_a_policy_of_ours_asks_it() -> None:
    ours = "ip as-path access-list 150 permit _64501$\nroute-map HANSE-ALME-IN permit 10\n match as-path 150\n"
    by_hand = "ip as-path access-list 20 permit _64666$\nroute-map MINE permit 10\n match as-path 20\n"

    assert IOS.merge_lines(ours + by_hand, "").splitlines() == [
        "no route-map HANSE-ALME-IN",
        "no ip as-path access-list 150",
        "end",
    ]


def test_a_numbered_list_of_somebody_else_is_not_overwritten() -> None:
    wanted = "ip as-path access-list 150 permit _64501$\n"

    with pytest.raises(NotOurs, match="150 permit _64666"):
        IOS.merge_lines("ip as-path access-list 150 permit _64666$\n", wanted)


def test_the_body_of_a_policy_is_loaded_as_one_piece() -> None:
    running = "route-policy HANSE-A-IN\n  if destination in HANSE-B then\n    drop\n  endif\n  pass\nend-policy\n!\n"
    wanted = running.replace("drop", "done")

    assert IOSXR.owned(running, running.replace("    ", " ")) == running.replace("    ", " ")
    assert IOSXR.merge_lines(running, wanted).splitlines()[2].strip() == "done"
    assert IOSXR.merge_lines(running, "") == "no route-policy HANSE-A-IN\n"


def test_a_banner_is_not_read_as_configuration() -> None:
    banner = "banner motd ^C\nrouter bgp 64499\n neighbor 192.0.2.11 route-map HANSE-X in\n^C\n"

    assert IOS.owned(banner, IOS_WANTED) == ""
