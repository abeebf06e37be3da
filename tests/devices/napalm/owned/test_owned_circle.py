"""The circle: what is loaded makes of the running configuration exactly what is wanted, and back, and touches no more.

Wanted texts are those of the real dialects, for any choice of the example borders' sessions.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.napalm.owned.cli_router import CliRouter
from hanse.derive.spec import DeviceSpec
from hanse.devices.napalm.owned.claims import is_shared
from hanse.devices.napalm.owned.cli import CliSection
from hanse.devices.napalm.owned.eos import EOS
from hanse.devices.napalm.owned.ios import IOS
from hanse.devices.napalm.owned.iosxr import IOSXR
from hanse.devices.napalm.owned.nxos import NXOS
from hanse.devices.napalm.owned.tree import Line, parse
from hanse.devices.napalm.owned.words import matched
from hanse.render.text import render
from samples.borders import BORDERS, border_specs

SECTIONS: Final = {"eos": EOS, "ios": IOS, "iosxr": IOSXR, "nxos": NXOS}
SECRETS: Final = {"alme": "Strandkorb-7", "west": "Leuchtturm-8", "vrf.global": "Nordsee-9"}
BY_HAND: Final = {
    "eos": """hostname edge1
interface Ethernet1
   description HANSE-LIKE
ip prefix-list MINE
   seq 10 permit 10.0.0.0/8
ip as-path access-list MINE permit _64666$ any
route-map MINE permit 10
   match ip address prefix-list MINE
router bgp 64500
   bgp log-neighbor-changes
   neighbor BYHAND peer group
   neighbor 203.0.113.77 remote-as 64666
   neighbor 203.0.113.77 route-map MINE in
   neighbor 203.0.113.77 route-map MINE out
   address-family ipv4
      neighbor BYHAND activate
ip route 198.18.0.0/15 Null0
""",
    "ios": """hostname edge1
interface GigabitEthernet1
 description HANSE-LIKE
ip as-path access-list 20 permit _64666$
ip prefix-list MINE seq 10 permit 10.0.0.0/8
route-map MINE permit 10
 match ip address prefix-list MINE
router bgp 64500
 bgp log-neighbor-changes
 neighbor BYHAND peer-group
 neighbor 203.0.113.77 remote-as 64666
 address-family ipv4
  neighbor 203.0.113.77 activate
  neighbor 203.0.113.77 route-map MINE in
  neighbor 203.0.113.77 route-map MINE out
ip route 198.18.0.0 255.254.0.0 Null0
""",
    "iosxr": """hostname edge1
interface GigabitEthernet0/0/0/0
 description HANSE-LIKE
prefix-set MINE
  10.0.0.0/8
end-set
route-policy MINE
  pass
end-policy
router static
 address-family ipv4 unicast
  198.18.0.0/15 Null0
router bgp 64500
 neighbor-group BYHAND
  remote-as 64500
 neighbor 203.0.113.77
  remote-as 64666
  address-family ipv4 unicast
   route-policy MINE in
   route-policy MINE out
""",
    "nxos": """hostname edge1
interface Ethernet1/1
  description HANSE-LIKE
ip prefix-list MINE seq 10 permit 10.0.0.0/8
route-map MINE permit 10
  match ip address prefix-list MINE
router bgp 64500
  log-neighbor-changes
  template peer BYHAND
    remote-as 64500
  neighbor 203.0.113.77
    remote-as 64666
    address-family ipv4 unicast
      route-map MINE in
      route-map MINE out
ip route 198.18.0.0/15 Null0
""",
}


@lru_cache(maxsize=64)
def specs(dialect: str) -> dict[str, DeviceSpec]:
    return border_specs(dialect)


@lru_cache(maxsize=512)
def wanted(dialect: str, border: str, chosen: int, *, changed: bool) -> str:
    """Return the text for those sessions whose bit is set in `chosen`; changed: their numbers and words too."""
    spec = specs(dialect)[border]
    sessions = tuple(one for at, one in enumerate(spec.bgp.external) if chosen >> at & 1)
    if changed:
        sessions = tuple(
            replace(
                one,
                description=f"new {one.description}",
                enabled=not one.enabled,
                password="" if one.password else "@secret(alme)@",
                imports=replace(one.imports, max_prefixes=one.imports.max_prefixes + 1, local_preference=77),
            )
            for one in sessions
        )
    used = {one.imports.prefix_list for one in sessions} - {None}
    bgp = replace(
        spec.bgp,
        external=sessions,
        prefix_lists=tuple(one for one in spec.bgp.prefix_lists if one in used),
        origin_lists=tuple(
            one for one in spec.bgp.origin_lists if one in {each.imports.origin_list for each in sessions}
        ),
    )
    return render(replace(spec, bgp=bgp))


def loaded(section: CliSection, running: str, text: str) -> str:
    """Return the running configuration after `text` was installed."""
    router = CliRouter.running(section.words.platform, parse(running, section.words.pieces))
    return router.load(section.merge_lines(running, text, SECRETS)).text()


def said(lines: tuple[Line, ...], path: str = "") -> set[str]:
    """Return each line that has nothing below it, with the blocks that it stands in."""
    found = set()
    for line in lines:
        here = f"{path} / {line.text}"
        found |= said(line.below, here) if line.below else {here}
    return found


def left(section: CliSection, running: str) -> set[str]:
    """Return what stays behind: blocks that others write in too, and words about all of BGP."""
    words = section.words
    return {
        line
        for line in said(parse(running, words.pieces))
        if is_shared(words, tuple(line.removeprefix(" / ").split(" / "))) or matched(words.heads, line.split(" / ")[-1])
    }


choices = st.integers(min_value=0, max_value=2**12 - 1)


@pytest.mark.parametrize("dialect", SECTIONS)
@settings(max_examples=6, deadline=None)
@given(border=st.sampled_from(BORDERS), one=choices, other=choices, changed=st.booleans())
def test_the_circle_closes(dialect: str, border: str, one: int, other: int, changed: bool) -> None:
    section = SECTIONS[dialect]
    first, second = wanted(dialect, border, one, changed=False), wanted(dialect, border, other, changed=changed)

    before = loaded(section, BY_HAND[dialect], first)
    after = loaded(section, before, second)
    back = loaded(section, after, first)

    assert section.owned(before, first, SECRETS) == first
    assert section.owned(after, second, SECRETS) == second
    assert section.merge_lines(after, second, SECRETS) == ""
    assert section.owned(back, first, SECRETS) == first
    assert said(parse(back, section.words.pieces)) ^ said(parse(before, section.words.pieces)) <= left(section, back)
    assert said(parse(BY_HAND[dialect], section.words.pieces)) <= said(parse(after, section.words.pieces))


@pytest.mark.parametrize("dialect", SECTIONS)
def test_a_router_that_hanse_leaves_has_nothing_of_it_but_empty_blocks(dialect: str) -> None:
    section = SECTIONS[dialect]
    text = wanted(dialect, "vrf", 2**12 - 1, changed=False)
    running = loaded(section, BY_HAND[dialect], text)

    left = CliRouter.running(section.words.platform, parse(running, section.words.pieces))
    left.load(section.merge_lines(running, "", SECRETS))

    assert "HANSE-" not in left.text().replace("HANSE-LIKE", "")
    assert section.owned(left.text(), "") == ""
