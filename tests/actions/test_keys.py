"""Keys of tunnels: made when they are missing, together with those they belong to, and made anew for both ends."""

import base64
from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pytest_django import DjangoAssertNumQueries

from actions.small_city import FILE, Town, town
from fakes.clock import FakeClock
from hanse.actions.key_making import MAKERS, new_keys
from hanse.actions.keys import NoSuchTunnel, key_list, make_missing, rotate
from hanse.actions.planning import joints_of, plan
from hanse.actions.rights import Granted, NotAllowed, Person, Right, operator
from hanse.deploy.together import Joint
from hanse.network.wanted.tunnel_keys import OF_BOTH, OF_ENDS, KeyPart, key_groups
from hanse.network.wanted.tunnels import TunnelKind
from hanse.store import access
from hanse.store.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)

ALICE = operator("alice")
BOB = Person(who="bob", door="page", granted=(Granted(rights=frozenset({Right.VIEW})),))
TUNNELS = """
tunnels:
  west: {number: 1, kind: wireguard, link_class: far, ends: {alpha: {address: 192.0.2.1}, beta: }}
  north: {number: 2, kind: openvpn, link_class: far, ends: {alpha: {address: 192.0.2.1}, beta: }}
  south: {number: 3, kind: gre, link_class: far, ends: {alpha: {address: 192.0.2.1}, beta: {address: 192.0.2.2}}}
"""
WITH_TUNNELS = (
    FILE.replace(
        "pools:", 'pools:\n  t4: {use: tunnel, prefix: 10.20.9.0/24}\n  t6: {use: tunnel, prefix: "fd20:9::/64"}'
    ).replace("link_classes: {", "link_classes: {far: {medium: tunnel, cost: 500, mtu: 1380}, ")
    + TUNNELS
)
KEYS_OF_WEST = {"tunnel.west.alpha.private", "tunnel.west.alpha.public", "tunnel.west.psk"} | {
    "tunnel.west.beta.private",
    "tunnel.west.beta.public",
}


@pytest.fixture
def joined() -> Iterator[Town]:
    """Give the town with tunnels between its routers."""
    with town(WITH_TUNNELS) as found:
        yield found


def test_a_plan_makes_what_is_missing_once(joined: Town) -> None:
    plan(world=joined.world)
    before = access.secrets()
    plan(world=joined.world)

    assert access.secrets() == before
    assert {name for name in before if name.startswith("tunnel.west.")} == KEYS_OF_WEST
    assert not [name for name in before if name.startswith("tunnel.south.")]
    assert AuditEntry.objects.filter(action="make key", who="hanse").count() == len(before)


def test_no_value_of_a_key_comes_into_the_record(joined: Town) -> None:
    plan(world=joined.world)
    rotate("west", person=ALICE, clock=joined.clock)

    written = str(list(AuditEntry.objects.values()))

    assert not [name for name, value in access.secrets().items() if value in written]


def test_a_key_that_is_lost_is_made_again_with_those_it_belongs_to(joined: Town) -> None:
    plan(world=joined.world)
    before = access.secrets()
    access.remove_secret("tunnel.north.alpha.certificate")

    make_missing(joined.network, clock=joined.clock)

    after = access.secrets()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {f"tunnel.north.alpha.{part}" for part in ("tls-key", "certificate", "fingerprint")}


def test_a_network_without_tunnels_is_asked_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with town() as found, django_assert_num_queries(0):
        make_missing(found.network, clock=found.clock)


def test_rotating_makes_all_keys_of_one_tunnel_anew(joined: Town) -> None:
    plan(world=joined.world)
    before = access.secrets()

    ends = rotate("west", person=ALICE, clock=joined.clock)

    after = access.secrets()
    assert ends == ("alpha", "beta")
    assert {name for name in after if after[name] != before[name]} == KEYS_OF_WEST


def test_the_list_tells_the_age_of_the_oldest_key_and_no_value(joined: Town) -> None:
    assert [one.made_at for one in key_list(BOB)] == [None, None]
    plan(world=joined.world)
    joined.clock.sleep(timedelta(hours=1))
    rotate("west", person=ALICE, clock=joined.clock)

    found = {one.tunnel: one for one in key_list(BOB)}

    assert found.keys() == {"north", "west"}
    assert found["west"].made_at == joined.clock.now()
    assert found["north"].made_at is not None
    assert found["north"].made_at < joined.clock.now()
    assert not [value for value in access.secrets().values() if value in str(found)]


def test_who_may_only_look_makes_no_keys(joined: Town) -> None:
    with pytest.raises(NotAllowed):
        rotate("west", person=BOB, clock=joined.clock)


@pytest.mark.parametrize("name", ["south", "wets"])
def test_a_tunnel_without_keys_or_that_nobody_wants_has_none_to_rotate(joined: Town, name: str) -> None:
    with pytest.raises(NoSuchTunnel, match="no tunnel with keys is called"):
        rotate(name, person=ALICE, clock=joined.clock)


def test_both_ends_of_a_tunnel_change_together_by_interface_and_by_file(joined: Town) -> None:
    found = joints_of(joined.network)

    for place in ("wg-west", "/etc/wireguard/wg-west.conf", "gre-south"):
        assert Joint(mine=("alpha", place), yours=("beta", place)) in found


@pytest.mark.parametrize("kind", TunnelKind)
def test_every_group_of_keys_can_be_made(kind: TunnelKind) -> None:
    for parts in filter(None, (OF_ENDS[kind], OF_BOTH[kind])):
        made = new_keys(parts, "alpha.west")

        assert tuple(made) == parts
        assert all(value and "\n" not in value for value in made.values())
        assert new_keys(parts, "alpha.west") != made


def test_a_public_key_is_that_of_the_private_one() -> None:
    made = new_keys(OF_ENDS[TunnelKind.WIREGUARD], "alpha.west")

    octets = base64.b64decode(made[KeyPart.PRIVATE])

    public = X25519PrivateKey.from_private_bytes(octets).public_key().public_bytes_raw()
    assert base64.b64encode(public).decode() == made[KeyPart.PUBLIC]
    assert (octets[0] & 7, octets[31] & 192) == (0, 64)


def test_a_fingerprint_is_that_of_the_certificate_of_the_key() -> None:
    made = new_keys(OF_ENDS[TunnelKind.OPENVPN], "alpha.west")

    certificate = x509.load_der_x509_certificate(base64.b64decode(made[KeyPart.CERTIFICATE]))

    key = load_der_private_key(base64.b64decode(made[KeyPart.TLS_KEY]), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    assert certificate.public_key() == key.public_key()
    assert certificate.fingerprint(hashes.SHA256()).hex(":") == made[KeyPart.FINGERPRINT]


def test_there_is_a_maker_for_every_group_and_no_other() -> None:
    groups = {group for table in (OF_ENDS, OF_BOTH) for group in table.values() if group}

    assert set(MAKERS) == groups


def test_the_names_of_all_keys_of_a_tunnel_are_known(joined: Town) -> None:
    west = joined.network.tunnels["west"]

    assert {name for group in key_groups(west) for name in group} == KEYS_OF_WEST
    assert isinstance(joined.clock, FakeClock)
