"""A session removed from the wanted network is gone from the router."""

import pytest

from lab.city import City

pytestmark = pytest.mark.lab

SESSION = (
    "  pix-lippe: {connection: pix-border1, asn: 64502, relationship: peer, "
    'addresses: [192.0.2.12, "2001:db8:100::12"]}\n'
)


def test_a_removed_session_leaves_the_router_and_disturbs_no_other(city: City) -> None:
    before = city.ages()
    city.edit("peering.yml", SESSION, "")

    city.hanse.say("apply", "--yes")

    after = city.ages()
    assert set(before) - set(after) == {"border1 ebgp_pix_lippe_ipv4", "border1 ebgp_pix_lippe_ipv6"}
    assert after == {name: began for name, began in before.items() if name in after}
