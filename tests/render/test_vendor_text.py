"""Junos and IOS XR: what is written reads as agreed, means the same on both, and leaves nothing behind."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.derive.devices import device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.files import load
from hanse.render.text import render
from hanse.render.vendor_words import NotExpressible, owned
from samples.any_sessions import alone, any_session, routes
from samples.borders import BORDERS, border_known, border_specs, border_text
from samples.junos_policies import policies
from samples.routes import HEARD, KNOWN, Route, taken, told
from samples.rpl_text import route_policies

DIALECTS = ("iosxr", "junos")
PEERING = {dialect: border_specs(dialect)["peering"] for dialect in DIALECTS}
every_border = pytest.mark.parametrize("border", BORDERS)
every_dialect = pytest.mark.parametrize("dialect", DIALECTS)


def outcomes(spec: DeviceSpec) -> Callable[[str, Route], Route | None]:
    """Return what a policy of the rendered text, by name, makes of a route."""
    text = render(spec)
    return policies(text).outcome if spec.dialect == "junos" else route_policies(text).outcome


@every_dialect
@every_border
def test_a_border_reads_as_agreed(dialect: str, border: str, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(render(border_specs(dialect)[border]), f"{dialect}/{border}.txt")


@every_dialect
@every_border
def test_what_is_taken_is_what_every_dialect_takes(dialect: str, border: str) -> None:
    spec = border_specs(dialect)[border]
    outcome = outcomes(spec)

    for session in spec.bgp.external:
        for heard in HEARD[session.family]:
            assert outcome(owned(session.name, "in"), heard) == taken(spec.bgp, session, heard), (session.name, heard)


@every_dialect
@every_border
def test_what_is_told_is_what_every_dialect_tells(dialect: str, border: str) -> None:
    spec = border_specs(dialect)[border]
    outcome = outcomes(spec)

    for session in spec.bgp.external:
        for known in KNOWN[session.family]:
            assert outcome(owned(session.name, "out"), known) == told(spec.bgp, session, known), (session.name, known)


@every_dialect
@settings(deadline=None, max_examples=40)  # the first text takes its template's time
@given(data=st.data())
def test_any_policies_mean_in_every_dialect_what_they_say(dialect: str, data: st.DataObject) -> None:
    spec = PEERING[dialect]
    base = data.draw(st.sampled_from([one for one in spec.bgp.external if one.session == "pix-alme"]))
    session = data.draw(any_session(base))
    heard = data.draw(routes(base.family.value))
    try:
        outcome = outcomes(alone(spec, session))
    except NotExpressible:
        assert dialect == "iosxr"  # one rule asks for what another puts on
        return

    assert outcome(owned(session.name, "in"), heard) == taken(spec.bgp, session, heard)
    assert outcome(owned(session.name, "out"), heard) == told(spec.bgp, session, heard)


@every_border
def test_the_routes_of_these_tests_are_taken_by_some_and_refused_by_others(border: str) -> None:
    bgp = border_specs("junos")[border].bgp

    answers = [taken(bgp, session, heard) for session in bgp.external for heard in HEARD[session.family]]
    words = [told(bgp, session, known) for session in bgp.external for known in KNOWN[session.family]]

    assert {answer is None for answer in answers} == {word is None for word in words} == {True, False}


@every_dialect
@every_border
def test_every_session_stands_in_the_text_with_its_neighbour(dialect: str, border: str) -> None:
    spec = border_specs(dialect)[border]

    text = render(spec)

    remote = [session.remote_address for session in spec.bgp.external]
    for address in (*remote, *(session.remote_address for session in spec.bgp.internal)):
        assert re.search(rf"^ *(inactive: )?neighbor {re.escape(str(address))}( {{)?$", text, re.MULTILINE)


@every_dialect
@every_border
def test_nothing_of_the_other_family_stands_in_a_policy(dialect: str, border: str) -> None:
    text = render(border_specs(dialect)[border])

    heads = r"^(?: {12})?(?:prefix-set|prefix-list|route-policy|policy-statement) (\S*V([46])\S*)"
    starts = [(found[2], found.start()) for found in re.finditer(heads, text, re.MULTILINE)]
    for family, start in starts:
        policy = re.split(r"\n {12}}\n|\nend-", text[start:], maxsplit=1)[0]
        other = r"\d+\.\d+\.\d+\.\d+/|V4\b" if family == "6" else r":[0-9a-f]*:[0-9a-f:]*/|V6\b"
        assert not re.search(other, policy), policy


@every_dialect
@every_border
def test_rendering_twice_gives_one_text(dialect: str, border: str) -> None:
    assert render(border_specs(dialect)[border]) == render(border_specs(dialect)[border])


@every_dialect
def test_a_session_that_is_gone_leaves_no_trace(dialect: str) -> None:
    gone = re.sub(r"  pix-alme:\n(    .*\n)+", "", border_text(dialect))
    specs = device_specs(load({"borders.yml": gone}).network, border_known())

    text = render(specs["peering"])

    for trace in ("ALME", "64501", "192.0.2.11\n", "a001", "NOT-THE-LAB", "NEAR", "secret", "65535:65281", "64500:70"):
        assert trace not in text


@every_dialect
def test_a_router_without_sessions_owns_nothing(dialect: str) -> None:
    spec = border_specs(dialect)["peering"]
    nothing = replace(spec.bgp, internal=(), external=(), origins=(), prefix_lists=(), origin_lists=())

    assert "HANSE-" not in render(replace(spec, bgp=nothing))


@every_dialect
def test_a_router_with_sessions_inside_alone_has_no_lists(dialect: str) -> None:
    spec = border_specs(dialect)["peering"]
    inside = replace(spec.bgp, external=(), origins=(), prefix_lists=(), origin_lists=())

    text = render(replace(spec, bgp=inside))

    assert "HANSE-INTERNAL-V6" in text
    assert not re.search(r"HANSE-(BOGONS|OWN|ORIGIN|MARKS|OUR|FROM|REFUSED)", text)


@every_dialect
def test_an_as_number_of_32_bits_marks_routes_with_large_communities(dialect: str) -> None:
    text = border_text(dialect).replace("asn: 64500\n", "asn: 4200000000\n").replace("64500:", "65010:")
    spec = device_specs(load({"borders.yml": text}).network, border_known())["peering"]

    assert "4200000000:1:2" in render(spec)


@every_dialect
def test_a_policys_own_lines_stand_where_it_acts(dialect: str) -> None:
    text = border_text(dialect).replace("local_preference: 250,", 'local_preference: 250, text: "first\\nsecond",')
    spec = device_specs(load({"borders.yml": text}).network, border_known())["peering"]

    assert re.search(r"local-preference 250;?\n +first\n +second\n", render(spec))


@every_dialect
def test_a_limit_of_no_prefixes_is_written_as_the_least_there_is(dialect: str) -> None:
    text = border_text(dialect).replace("max_prefixes: {ipv4: 25", "max_prefixes: {ipv4: 0")
    spec = device_specs(load({"borders.yml": text}).network, border_known())["peering"]

    written = render(spec)

    assert len(re.findall(r"maximum(?:-prefix)? 1\b", written)) == 2  # the neighbour has two addresses
    assert not re.search(r"maximum(?:-prefix)? 0\b", written)
