"""The configurations that are deployed: Hanse's own templates, changed so that each file of a router differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from hanse_lab.errors import LabError
from hanse_lab.faults import marks
from hanse_lab.faults.marks import COMMENT, MARK, PORT, Mark

BAD: Final = "no such word"
BGP: Final = "protocol bgp {{ session.name }} { # {{ session.why }}\n"
NEIGHBOUR: Final = "template bgp neighbour {\n"
CONNECT: Final = " neighbor {{ session.remote_address }} timers connect 5\n"
PEER: Final = "{{ line }} timers connect 5\n"
STRANGE_KEY: Final = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="  # of nobody
STRANGER: Final = "198.51.100.250"
STRANGE_PRINT: Final = ":".join(["AB"] * 32)
FINGERPRINT: Final = "peer-fingerprint {{ tunnel.fingerprint }}"
PUBLIC_KEY: Final = "PublicKey = {{ tunnel.public_key }}"
WRAPPED: Final = "format(tunnel.mode, tunnel.local, tunnel.remote)"


class Variant(StrEnum):
    """The configuration that is deployed while the fault strikes."""

    GOOD = "good"
    NO_MANAGEMENT = "management address removed"
    NO_SSH = "firewall closes SSH"
    NO_SESSIONS = "BIRD drops all sessions"
    BAD_BIRD = "syntax error in bird.conf"
    BAD_INTERFACES = "syntax error in interfaces"
    BAD_NFTABLES = "syntax error in nftables.conf"
    BAD_SYSCTL = "syntax error in sysctl.conf"
    NO_FRR_SESSIONS = "FRR drops all sessions"
    BAD_FRR = "syntax error in frr.conf"
    NO_SUCH_DAEMON = "a daemon of FRR that there is not"
    BAD_DAEMONS = "syntax error in FRR's daemons"
    BAD_WIREGUARD = "syntax error in a WireGuard tunnel"
    STRANGE_WIREGUARD = "a WireGuard tunnel with a stranger's key"
    BAD_OPENVPN = "syntax error in an OpenVPN tunnel"
    STRANGE_OPENVPN = "an OpenVPN tunnel with a stranger's fingerprint"
    BAD_DNSMASQ = "syntax error in dnsmasq's file"
    DNSMASQ_ENDS = "dnsmasq for a user that there is not"
    BAD_EXABGP = "syntax error in exabgp.conf"
    BAD_HEALTH = "syntax error in health.conf"
    BAD_SWANCTL = "syntax error in an IPsec tunnel"
    NO_SUCH_CIPHER = "an IPsec tunnel with a cipher that there is not"
    ASTRAY = "tunnels that lead to a stranger"
    NO_MEMBERS = "a bond without members"
    NO_TAGS = "a trunk that lets no VLAN through"
    NO_TABLE = "interfaces that leave their VRF"


@dataclass(frozen=True, slots=True)
class Harm:
    """What makes a configuration harmful: in one template, each first text becomes the second."""

    template: str
    puts: tuple[tuple[str, str], ...]
    holds: str = ""  # without this in its file a router has nothing to be harmed


HARMS: Final = {
    Variant.NO_MANAGEMENT: Harm(
        marks.INTERFACES,
        (
            (
                "{% for interface in spec.interfaces %}",
                '{% for interface in spec.interfaces if interface.role != "management" %}',
            ),
        ),
    ),
    Variant.NO_SSH: Harm(
        marks.NFTABLES, ((f"dport {PORT} drop\n", f"dport {{ 22, {PORT} }} drop\n"),), holds=marks.TABLE
    ),
    Variant.NO_SESSIONS: Harm(
        marks.BIRD, ((BGP, f"{BGP}    disabled yes;\n"), (NEIGHBOUR, f"{NEIGHBOUR}    disabled yes;\n"))
    ),
    Variant.BAD_BIRD: Harm(marks.BIRD, (("protocol device {\n", f"protocol device {{\n    {BAD};\n"),)),
    Variant.BAD_INTERFACES: Harm(marks.INTERFACES, ((f"# {MARK}\n", f"# {MARK}\n{BAD}\n"),)),
    Variant.BAD_NFTABLES: Harm(marks.NFTABLES, ((f"dport {PORT} drop\n", f"dport {PORT} drop\n        {BAD}\n"),)),
    Variant.BAD_SYSCTL: Harm(marks.SYSCTL, ((f"# {MARK}\n", f"# {MARK}\n{BAD}\n"),)),
    Variant.NO_FRR_SESSIONS: Harm(
        marks.FRR,
        (
            (CONNECT, f"{CONNECT} neighbor {{{{ session.remote_address }}}} shutdown\n"),
            (PEER, f"{PEER}{{{{ line }}}} shutdown\n"),
        ),
    ),
    Variant.BAD_FRR: Harm(marks.FRR, ((f"ip prefix-list {MARK}", f"{BAD}\nip prefix-list {MARK}"),)),
    Variant.NO_SUCH_DAEMON: Harm(marks.DAEMONS, ((f"# {MARK}\n", f"# {MARK}\nnosuchd=yes\n"),)),
    Variant.BAD_DAEMONS: Harm(marks.DAEMONS, ((f"# {MARK}\n", f"# {MARK}\nif true\n"),)),
    Variant.BAD_WIREGUARD: Harm(marks.WIREGUARD, ((f"# {MARK}\n", f"# {MARK}\n{BAD}\n"),)),
    Variant.STRANGE_WIREGUARD: Harm(marks.WIREGUARD, ((PUBLIC_KEY, f"PublicKey = {STRANGE_KEY}"),)),
    Variant.BAD_OPENVPN: Harm(marks.OPENVPN, ((f"# {MARK}\n", f"# {MARK}\n{BAD}\n"),)),
    Variant.STRANGE_OPENVPN: Harm(marks.OPENVPN, ((FINGERPRINT, f"peer-fingerprint {STRANGE_PRINT}"),)),
    Variant.BAD_DNSMASQ: Harm(marks.DNSMASQ, ((COMMENT, f"{COMMENT}no-such-word\n"),)),
    Variant.DNSMASQ_ENDS: Harm(marks.DNSMASQ, ((COMMENT, f"{COMMENT}user=no-such-user\n"),)),
    Variant.BAD_EXABGP: Harm(marks.EXABGP, ((f"process {MARK} {{\n", f"process {MARK} {{\n    {BAD};\n"),)),
    Variant.BAD_HEALTH: Harm(marks.HEALTH, ((f"[{MARK}]\n", f"[{MARK}]\n{BAD}\n"),)),
    Variant.BAD_SWANCTL: Harm(marks.SWANCTL, ((f"# {MARK}\n", f"# {MARK}\n        children {{\n"),)),
    Variant.NO_SUCH_CIPHER: Harm(marks.SWANCTL, (("proposals = aes256gcm16-prfsha384-ecp384", "proposals = nosuch"),)),
    Variant.ASTRAY: Harm(
        marks.INTERFACES, ((WRAPPED, f'format(tunnel.mode, tunnel.local, "{STRANGER}")'),), holds=" type gre "
    ),
    Variant.NO_MEMBERS: Harm(
        marks.INTERFACES,
        (('    bond-slaves {{ interface.members | join(" ") }}\n', "    bond-slaves none\n"),),
        holds="bond-slaves ",
    ),
    Variant.NO_TAGS: Harm(
        marks.INTERFACES,
        (('    bridge-vids {{ interface.vlans.tagged | join(" ") }}\n', "    bridge-vids 4000\n"),),
        holds="bridge-vids ",
    ),
    Variant.NO_TABLE: Harm(marks.INTERFACES, (("    vrf {{ interface.vrf }}\n", ""),), holds="    vrf "),
}


def harmful_to(marked: Sequence[Mark]) -> tuple[Variant, ...]:
    """Return the harmful variants that there are for a router with these files."""
    return tuple(variant for variant in _of_files(marked) if _can_harm(variant, marked))


def left_out(marked: Sequence[Mark]) -> tuple[Variant, ...]:
    """Return the harmful variants of this router's files that find nothing to harm in them."""
    return tuple(variant for variant in _of_files(marked) if not _can_harm(variant, marked))


def _of_files(marked: Sequence[Mark]) -> tuple[Variant, ...]:
    theirs = {mark.template for mark in marked}
    return tuple(variant for variant, harm in HARMS.items() if harm.template in theirs)


def _can_harm(variant: Variant, marked: Sequence[Mark]) -> bool:
    harm = HARMS[variant]
    return any(mark.template == harm.template and harm.holds in mark.wanted for mark in marked)


class TemplateHasChanged(LabError):
    """A template of Hanse's has no such place any more: the campaign's variants must follow it."""


def templates_of(marked: Iterable[Mark]) -> tuple[str, ...]:
    """Return the names of the templates that write these files, each once."""
    return tuple(dict.fromkeys(mark.template for mark in marked))


def texts(originals: Mapping[str, str], variant: Variant, marked: Iterable[Mark]) -> dict[str, str]:
    """Return the templates of `variant`, name -> text, made from Hanse's own so that all these files get their marks.

    :raises TemplateHasChanged:
    """
    new = {}
    for mark in {mark.template: mark for mark in marked}.values():
        text = originals[mark.template]
        new[mark.template] = (_put(mark.template, text, *mark.put) if mark.put else text) + mark.added
    if variant in HARMS:
        harm = HARMS[variant]
        for old, put in harm.puts:
            new[harm.template] = _put(harm.template, new[harm.template], old, put)
    return new


def _put(name: str, text: str, old: str, put: str) -> str:
    if old not in text:
        raise TemplateHasChanged(f"{name} has no {old.strip()!r} any more")
    return text.replace(old, put)


def write(folder: Path, new: Mapping[str, str]) -> None:
    """Write templates, name -> text, into `folder`, for HANSE_TEMPLATES."""
    for name, text in new.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
