"""The configurations that are deployed: Hanse's own templates, changed so that each of the four files differs."""

from pathlib import Path
from typing import Final

from hanse_lab.errors import LabError
from hanse_lab.faults.catalogue import Variant

BIRD: Final = "bird2/bird.conf.j2"
INTERFACES: Final = "ifupdown2/interfaces.j2"
NFTABLES: Final = "nftables/nftables.conf.j2"
SYSCTL: Final = "linux/sysctl.conf.j2"
TEMPLATES: Final = (BIRD, INTERFACES, NFTABLES, SYSCTL)

MARK: Final = "campaign"  # stands in every new file
MARK_ADDRESS: Final = "198.18.200.1"
MARK_ROUTE: Final = "198.18.201.0/24"
MARK_POLICY: Final = ("net.ipv4.fib_multipath_hash_policy", "0")  # harmless, and not what is wanted
MARK_PORT: Final = 9  # discard, RFC 863

# What makes each file new, and shows in what the router does: added at the end, or put in place of a part.
ADDED: Final = {
    BIRD: f"\nprotocol static {MARK} {{ ipv4; route {MARK_ROUTE} unreachable; }}\n",
    INTERFACES: f"\n# {MARK}\nauto lo\niface lo inet loopback\n    address {MARK_ADDRESS}/32\n",
}
POLICY: Final = "policy accept;\n"
REPLACED: Final = {
    SYSCTL: (f"{MARK_POLICY[0]} = 1\n", f"# {MARK}\n{MARK_POLICY[0]} = {MARK_POLICY[1]}\n"),
    NFTABLES: (POLICY, f"{POLICY}        tcp dport {MARK_PORT} drop # {MARK}\n"),
}
HARM: Final = {
    Variant.NO_MANAGEMENT: (
        INTERFACES,
        "{% for interface in spec.interfaces %}",
        '{% for interface in spec.interfaces if interface.role != "management" %}',
    ),
    Variant.NO_SSH: (NFTABLES, POLICY, f"{POLICY}        tcp dport 22 drop\n"),
    Variant.NO_SESSIONS: (BIRD, "template bgp neighbour {\n", "template bgp neighbour {\n    disabled yes;\n"),
    Variant.BAD_BIRD: (BIRD, "protocol device {\n", "protocol device {\n    no such word;\n"),
    Variant.BAD_INTERFACES: (INTERFACES, "# campaign\n", "# campaign\nno such word\n"),
    Variant.BAD_NFTABLES: (NFTABLES, POLICY, f"{POLICY}        no such word\n"),
    Variant.BAD_SYSCTL: (SYSCTL, "# campaign\n", "# campaign\nno such word\n"),
}


class TemplateHasChanged(LabError):
    """A template of Hanse's has no such place any more: the campaign's variants must follow it."""


def texts(originals: dict[str, str], variant: Variant) -> dict[str, str]:
    """Return the templates of `variant`, name -> text, made from Hanse's own.

    :raises TemplateHasChanged:
    """
    new = {name: originals[name] + ADDED.get(name, "") for name in TEMPLATES}
    for name, (old, put) in REPLACED.items():
        new[name] = _put(name, new[name], old, put)
    if variant in HARM:
        name, old, put = HARM[variant]
        new[name] = _put(name, new[name], old, put)
    return new


def _put(name: str, text: str, old: str, put: str) -> str:
    if old not in text:
        raise TemplateHasChanged(f"{name} has no {old.strip()!r} any more")
    return text.replace(old, put, 1)


def write(folder: Path, variant: Variant, originals: dict[str, str]) -> None:
    """Write the templates of `variant` into `folder`, for HANSE_TEMPLATES."""
    for name, text in texts(originals, variant).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
