"""A drained border says so in every dialect: what it takes comes last, what it tells asks to take other ways."""

from collections.abc import Callable

import pytest

from hanse.derive.devices import device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.values.bundle import parse_bundle
from hanse.network.wanted.edits import Edit, body_of, edited
from hanse.render.text import render
from hanse.render.vendor_words import owned
from samples.borders import BORDERS, border_known, border_network
from samples.junos_policies import policies
from samples.route_map_text import read
from samples.routes import GRACEFUL_SHUTDOWN, HEARD, KNOWN, Route, taken, told
from samples.rpl_text import route_policies

DIALECTS = ("eos", "frr", "ios", "iosxr", "junos", "nxos")
every_border = pytest.mark.parametrize("border", BORDERS)
every_dialect = pytest.mark.parametrize("dialect", DIALECTS)


def drained(dialect: str, border: str) -> DeviceSpec:
    """Return what a border has to be while somebody works on it."""
    network = border_network(dialect)
    body = {**body_of("nodes", network.nodes[border]), "status": "maintenance"}
    return device_specs(edited(network, [Edit(kind="nodes", name=border, body=body)]), border_known())[border]


def outcomes(spec: DeviceSpec) -> Callable[[str, Route], Route | None]:
    """Return what a policy of the rendered text, by name, makes of a route."""
    text = render(spec)
    match spec.dialect:
        case "junos":
            return policies(text).outcome
        case "iosxr":
            return route_policies(text).outcome
        case "frr":
            found = next(file.text for file in parse_bundle(text) if file.path == "/etc/frr/frr.conf")
            return read(found, at_once=True).outcome
    return read(text).outcome


@every_dialect
@every_border
def test_all_that_a_drained_border_takes_comes_last(dialect: str, border: str) -> None:
    spec = drained(dialect, border)
    outcome = outcomes(spec)

    up = [session for session in spec.bgp.external if session.enabled]
    found = [
        (outcome(owned(session.name, "in"), heard), taken(spec.bgp, session, heard))
        for session in up
        for heard in HEARD[session.family]
    ]

    assert all(mine == wanted for mine, wanted in found)
    assert {mine.local_preference for mine, _ in found if mine} == {0}


@every_dialect
@every_border
def test_all_that_a_drained_border_tells_asks_to_take_other_ways(dialect: str, border: str) -> None:
    spec = drained(dialect, border)
    outcome = outcomes(spec)

    up = [session for session in spec.bgp.external if session.enabled]
    found = [
        (outcome(owned(session.name, "out"), known), told(spec.bgp, session, known))
        for session in up
        for known in KNOWN[session.family]
    ]

    assert all(mine == wanted for mine, wanted in found)
    assert any(found)
    assert all(GRACEFUL_SHUTDOWN in mine.communities for mine, _ in found if mine)
