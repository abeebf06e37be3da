"""Junos: the group HANSE, replaced as a whole; what stands outside it, and its passwords."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.devices.napalm.owned.braces import Statement, parse, written
from hanse.devices.napalm.owned.junos import JUNOS, NotReadable
from hanse.devices.napalm.owned.passwords import junos_9_of
from hanse.devices.napalm.owned.refusals import NotOurs
from hanse.render.text import render
from samples.borders import BORDERS, border_specs

SECRET: Final = {"peer": "Strandkorb-7"}
SECRETS: Final = {"alme": "Strandkorb-7", "west": "Leuchtturm-8", "vrf.global": "Nordsee-9"}
WANTED: Final = """/* border1 */
groups {
    replace: HANSE {
        protocols {
            bgp {
                group HANSE-PEER-V4 {
                    /* sessions.alme */
                    neighbor 192.0.2.11 {
                        description "Alme Hosting";
                        authentication-key "@secret(peer)@";
                        peer-as 64501;
                    }
                }
            }
        }
    }
}
apply-groups HANSE;
"""
STORED: Final = junos_9_of("Strandkorb-7")
BY_HAND: Final = """version 22.2R1;
groups {
    MINE {
        system;
    }
}
apply-groups MINE;
protocols {
    bgp {
        group BYHAND {
            neighbor 203.0.113.77 {
                peer-as 64666;
            }
        }
    }
}
"""


def merged(running: tuple[Statement, ...], load: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return what Junos makes of a load with the action "replace": by tags, all else merged."""
    found = list(running)
    for one in load:
        old = next((at for at, each in enumerate(found) if each.words == one.words), None)
        if one.tag == "delete:":
            assert old is not None, f"{one.head}: statement not found"
            del found[old]
        elif old is None:
            found.append(replace(one, tag="", below=merged((), one.below)))
        else:
            below = one.below if one.tag == "replace:" else merged(found[old].below, one.below)
            found[old] = replace(one, tag="", below=below)
    return tuple(found)


def loaded(running: str, text: str, secrets: dict[str, str]) -> str:
    lines = JUNOS.merge_lines(running, text, secrets)
    return written(merged(parse(running), parse(lines))).replace("Strandkorb-7", STORED)


def wanted(border: str, chosen: int) -> str:
    spec = border_specs("junos")[border]
    sessions = tuple(one for at, one in enumerate(spec.bgp.external) if chosen >> at & 1)
    return render(replace(spec, bgp=replace(spec.bgp, external=sessions)))


@settings(max_examples=10, deadline=None)
@given(
    border=st.sampled_from(BORDERS),
    one=st.integers(min_value=0, max_value=2**12 - 1),
    other=st.integers(min_value=0, max_value=2**12 - 1),
)
def test_the_circle_closes_on_junos(border: str, one: int, other: int) -> None:
    first, second = wanted(border, one), wanted(border, other)

    before = loaded(BY_HAND, first, SECRETS)
    after = loaded(before, second, SECRETS)
    back = loaded(after, first, SECRETS)

    assert JUNOS.owned(after, second, SECRETS) == second
    assert JUNOS.merge_lines(after, second, SECRETS) == ""
    assert JUNOS.canonical(back) == JUNOS.canonical(before)
    assert "neighbor 203.0.113.77" in back
    assert "MINE" in back


def test_annotations_layout_and_order_are_no_difference() -> None:
    running = f"""## Last commit: 2026-01-01 by alice
apply-groups [ MINE HANSE ];
groups {{ HANSE {{ protocols {{ bgp {{ group HANSE-PEER-V4 {{ neighbor 192.0.2.11 {{
    peer-as 64501; authentication-key "{STORED}"; ## SECRET-DATA
    description "Alme Hosting"; }} }} }} }} }} }}
"""

    assert JUNOS.owned(running, WANTED, SECRET) == WANTED
    assert JUNOS.merge_lines(running, WANTED, SECRET) == ""


def test_the_order_of_terms_is_a_difference() -> None:
    one = (
        "groups { HANSE { policy-options { policy-statement P { term a { then accept; } term b { then reject; } } } } }"
    )
    other = (
        "groups { HANSE { policy-options { policy-statement P { term b { then reject; } term a { then accept; } } } } }"
    )

    assert JUNOS.canonical(one) != JUNOS.canonical(other)


def test_a_password_that_stays_is_loaded_as_it_is_stored() -> None:
    running = loaded("", WANTED, SECRET)

    lines = JUNOS.merge_lines(running, WANTED.replace("Alme Hosting", "Alme"), SECRET)

    assert f'authentication-key "{STORED}";' in lines
    assert "Strandkorb-7" not in lines


def test_a_new_password_is_loaded_and_the_old_one_shows_as_hidden() -> None:
    running = loaded("", WANTED, SECRET)

    assert 'authentication-key "changed";' in JUNOS.merge_lines(running, WANTED, {"peer": "changed"})
    assert "authentication-key @hidden@;" in JUNOS.owned(running, WANTED, {"peer": "changed"})


def test_a_form_under_the_masters_key_is_equal_unless_the_secret_was_changed() -> None:
    running = loaded("", WANTED, SECRET).replace(STORED, "$8$aes256-gcm$hmac-sha2-256$100$x")

    assert JUNOS.merge_lines(running, WANTED, SECRET) == ""
    assert JUNOS.merge_lines(running, WANTED, SECRET, {"peer"})


def test_a_diff_of_the_routers_own_shows_no_password_of_junos() -> None:
    diff = f'-    authentication-key "{junos_9_of("unknown")}"; ## SECRET-DATA\n+    authentication-key "{STORED}";'

    assert JUNOS.concealed(diff, SECRET) == (
        '-    authentication-key "@hidden@"; ## SECRET-DATA\n+    authentication-key "@secret(peer)@";'
    )


def test_a_wanted_neighbour_in_a_group_made_by_hand_is_taken_over() -> None:
    running = BY_HAND.replace("203.0.113.77", "192.0.2.11")

    after = loaded(running, WANTED, SECRET)

    assert "neighbor 192.0.2.11" in JUNOS.owned(running, WANTED, SECRET)
    assert after.count("neighbor 192.0.2.11") == 1
    assert JUNOS.owned(after, WANTED, SECRET) == WANTED


def test_the_same_address_in_a_routing_instance_is_another_neighbour() -> None:
    instance = "routing-instances { BLUE { protocols { bgp { group BYHAND { neighbor 192.0.2.11; } } } } }\n"

    after = loaded(instance, WANTED, SECRET)

    assert after.count("neighbor 192.0.2.11") == 2


def test_another_group_in_the_text_is_refused() -> None:
    with pytest.raises(NotOurs, match="MINE"):
        JUNOS.merge_lines("", WANTED + "groups { MINE { system; } }\n", SECRET)
    with pytest.raises(NotOurs, match="protocols"):
        JUNOS.merge_lines("", WANTED + "protocols { bgp { local-as 64500; } }\n", SECRET)


@pytest.mark.parametrize("text", ["groups {", "groups { } }", "apply-groups HANSE"])
def test_a_text_whose_braces_do_not_match_is_refused(text: str) -> None:
    with pytest.raises(NotReadable):
        JUNOS.merge_lines("", text)
