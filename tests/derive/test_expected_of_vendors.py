"""OSPF is the operator's own on a vendor's router: nobody is missed there."""

from dataclasses import replace

import pytest

from hanse.derive.devices import device_specs
from hanse.derive.expected import WITHOUT_OSPF, wanted_neighbours
from hanse.network.known.known import NOTHING_KNOWN
from hanse.render.dialects import DIALECTS
from samples.city import city


@pytest.mark.parametrize("dialect", sorted(WITHOUT_OSPF))
def test_no_ospf_neighbour_is_wanted_of_a_vendors_router(dialect: str) -> None:
    spec = device_specs(city(), NOTHING_KNOWN)["core1"]

    assert wanted_neighbours(spec)
    assert wanted_neighbours(replace(spec, dialect=dialect)) == ()


def test_every_dialect_without_ospf_writes_no_files() -> None:
    assert {name for name, parts in DIALECTS.items() if not any(part.path for part in parts)} == WITHOUT_OSPF
