"""What a Junos router makes of text that is loaded there."""

import pytest

from hanse_lab.vendor.junos_into_frr import in_frr
from hanse_lab.vendor.junos_tree import NotJunos, difference, inherited, loaded, shown

GROUP = """\
groups {
    replace: HANSE {
        protocols { bgp { group HANSE-PEER-V4 { type external; neighbor ADDRESS { peer-as 64501; } } } }
    }
}
apply-groups HANSE;
"""
BASE = "system { host-name edge1; }\nrouting-options { autonomous-system 64500; }\n"


def test_a_replaced_group_holds_what_was_loaded_last_and_the_rest_stays() -> None:
    one = loaded(GROUP.replace("ADDRESS", "192.0.2.11"), loaded(BASE, {}))

    other = loaded(GROUP.replace("ADDRESS", "192.0.2.12"), one)

    text = "\n".join(shown(other))
    assert "neighbor 192.0.2.12" in text
    assert "neighbor 192.0.2.11" not in text
    assert "host-name edge1;" in text


def test_without_replace_both_stand_beside_each_other() -> None:
    merged = GROUP.replace("replace: ", "")

    block = loaded(merged.replace("ADDRESS", "192.0.2.12"), loaded(merged.replace("ADDRESS", "192.0.2.11"), {}))

    assert "\n".join(shown(block)).count("neighbor ") == 2


def test_delete_takes_a_statement_away() -> None:
    assert "system" not in loaded("delete: system;", loaded(BASE, {}))


def test_one_value_replaces_another() -> None:
    assert loaded("system { host-name edge2; }", loaded(BASE, {}))["system"] == {"host-name edge2;": {}}


def test_comments_are_not_kept() -> None:
    assert loaded("/* why */ system { # by hand\n host-name edge1; }", {}) == {"system": {"host-name edge1;": {}}}


def test_what_stands_by_hand_comes_before_the_group() -> None:
    text = 'groups { G { system { host-name theirs; location "there"; } } } apply-groups G; system { host-name mine; }'

    whole = inherited(loaded(text, {}))

    assert whole["system"] == {"host-name mine;": {}, 'location "there";': {}}


def test_the_difference_names_its_place() -> None:
    before = loaded(BASE, {})

    lines = list(difference(before, loaded("system { host-name edge2; }", before)))

    assert lines == ["[edit system]", "-   host-name edge1;", "+   host-name edge2;"]


def test_an_inactive_neighbour_is_none() -> None:
    text = BASE + GROUP.replace("neighbor ADDRESS", "inactive: neighbor 192.0.2.11")

    assert "192.0.2.11" not in in_frr(loaded(text, {})).text


def test_a_neighbour_takes_from_its_group_what_it_does_not_say() -> None:
    text = BASE + "protocols { bgp { group A { type internal; local-address 10.20.0.9; neighbor 10.20.0.1; } } }"

    told = in_frr(loaded(text, {})).text

    assert " neighbor 10.20.0.1 remote-as 64500\n" in told
    assert " neighbor 10.20.0.1 update-source 10.20.0.9\n" in told


@pytest.mark.parametrize("text", ["system {", "system { } }", "teleport { now; }", "system { host-name edge1 }"])
def test_what_is_no_junos_is_refused(text: str) -> None:
    with pytest.raises(NotJunos, match="syntax error"):
        loaded(text, {})
