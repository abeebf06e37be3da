"""What templates write: routers' texts, a mail to an example network, text exports of the whole network."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final

from hanse.actions.rendered import specs_of
from hanse.actions.rights import Person, Right
from hanse.actions.world import World
from hanse.derive.export_spec import export_spec
from hanse.derive.request_spec import AskedSession, NetworkSpec, RequestSpec
from hanse.derive.spec import ContactSpec
from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn
from hanse.network.wanted.sentences import one_of
from hanse.network.wanted.sessions import FamilyNumbers
from hanse.render.kinds import EXPORT, MAIL, exported, is_export, parse_export_name
from hanse.render.mails import peering_request
from hanse.render.text import render
from hanse.store import access, known, snapshot


class NoSuchExport(WantedError):
    """There is no export template of that name."""


EXAMPLE: Final = RequestSpec(  # RFC 5398, 5737 and 3849
    ours=NetworkSpec(asn=Asn(64500), name="Alice", as_set="AS-ALICE", max_prefixes=FamilyNumbers(ipv4=20, ipv6=10)),
    theirs=NetworkSpec(asn=Asn(64501), name="Bob", as_set="AS-BOB", max_prefixes=None),
    contact=ContactSpec(person="Bob", email="peering@bob.example", phone="", roles=("policy",)),
    sessions=tuple(
        AskedSession(
            exchange="example",
            local_asn=Asn(64500),
            local_address=ip_address(f"{prefix}1"),
            remote_address=ip_address(f"{prefix}2"),
        )
        for prefix in ("192.0.2.", "2001:db8::")
    ),
    sender="Alice",
)
EXAMPLE_MAIL: Final = "a mail to an example network"


def texts_by(name: str, sort: str, templates: Mapping[str, str]) -> dict[str, str]:
    """Return what `templates` write where the template `name` has a part: by router, or the one text there is.

    `sort` is its dialect, or mail, or export. A router of which a registry never told enough is left out.

    :raises TemplateBroken:
    :raises NothingWanted:
    """
    if sort == MAIL:
        letter = peering_request(EXAMPLE, templates)
        return {EXAMPLE_MAIL: f"Subject: {letter.subject}\n\n{letter.text}"}
    if sort == EXPORT:
        return {name: _exported(name, templates)} if name in templates else {}
    specs = specs_of(snapshot.load())
    return {
        node: render(spec, templates)
        for node, spec in sorted(specs.items())
        if spec.dialect == sort and not spec.missing
    }


def export_text(name: str, *, person: Person, world: World) -> str:
    """Return what an export template of the store, or of the folder of the settings, says of the network as a whole.

    :raises NotAllowed: it takes the right to look at everything
    :raises NotATemplateName:
    :raises NoSuchExport:
    :raises TemplateBroken:
    :raises NothingWanted:
    """
    person.insist(Right.VIEW)
    whole = parse_export_name(name)
    found = {**world.templates, **access.templates()}
    if whole not in found:
        exports = [one for one in found if is_export(one)]
        raise NoSuchExport(f"there is no template {whole!r}: {one_of(exports, whole)}")
    return _exported(whole, found)


def _exported(name: str, templates: Mapping[str, str]) -> str:
    network = snapshot.load()
    return exported(name, export_spec(network, specs_of(network).values(), known.all_known()), templates)
