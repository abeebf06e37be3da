"""The lab of the example with one of everything, as far as it needs no router."""

from hanse_lab.lab import plan_from, wanted_in
from hanse_lab.places.needs import needs
from samples.whole_city import WHOLE_CITY


def test_it_has_a_world_around_it_and_the_cables_of_the_bond() -> None:
    plan = plan_from(WHOLE_CITY)

    assert {"westnet", "ostnet", "buchladen", "alme", "lippe"} <= set(plan.node_names)
    assert {"trunk0", "trunk1"} <= {cable.name for cable in plan.cables}


def test_it_needs_what_few_kernels_have_together() -> None:
    features = set(needs(wanted_in(WHOLE_CITY)))

    assert features == {"batman-adv", "bond", "esp", "gre", "mpls", "tun", "vlan", "vlan-filtering", "vrf", "vxlan"}


def test_a_port_in_which_nothing_is_plugged_is_there_all_the_same() -> None:
    alone = {str(cable.plugs[0]) for cable in plan_from(WHOLE_CITY).cables if len(cable.plugs) == 1}

    assert alone == {"access2:lounge0", "core2:hotspot0", "core5:ring0", "spur2:wifi0", "spur3:radio0"}
