"""What makes each file of a router new, and how one sees on the router that it is in force.

A file of a router is changed by its template: by words of its own that do no harm and show, as far as its program can
be asked. What of a file cannot be asked for is seen in the file alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from hanse_lab.plan import Place

MARK: Final = "campaign"  # stands in every new file
ADDRESS: Final = "198.18.200.1"
ROUTE: Final = "198.18.201.0/24"
SERVICE: Final = "198.18.202.1"
PORT: Final = 9  # discard, RFC 863
COMMENT: Final = f"\n# {MARK}\n"

BIRD: Final = "bird2/bird.conf.j2"
BOOT_MODULES: Final = "linux/modules.conf.j2"
DAEMONS: Final = "frr/daemons.j2"
DNSMASQ: Final = "dnsmasq/hanse.conf.j2"
EXABGP: Final = "exabgp/exabgp.conf.j2"
FRR: Final = "frr/frr.conf.j2"
HEALTH: Final = "health/health.conf.j2"
INTERFACES: Final = "ifupdown2/interfaces.j2"
NFTABLES: Final = "nftables/nftables.conf.j2"
OPENVPN: Final = "openvpn/openvpn.conf.j2"
SWANCTL: Final = "swanctl/swanctl.conf.j2"
SYSCTL: Final = "linux/sysctl.conf.j2"
TELLER: Final = "exabgp/services.py.j2"
WIREGUARD: Final = "wireguard/wireguard.conf.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A command on the router, and what its answer must hold (a regular expression)."""

    words: tuple[str, ...]
    answer: str

    def named(self, name: str) -> "Question":
        """Return the question about one file of several: `{}` becomes its name."""
        words = tuple(word.replace("{}", name) for word in self.words)
        return Question(words=words, answer=self.answer.replace("{}", name))

    def is_answered(self, said: str) -> bool:
        """Say whether that is in what the command printed."""
        return bool(re.search(self.answer, said, re.MULTILINE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One file and its template. A `*` in the path stands for a tunnel's or a port's name."""

    file: str
    template: str
    components: tuple[str, ...]  # as the carried program calls them
    added: str = ""  # at the end
    put: tuple[str, str] | None = None  # in the place of what
    seen: Question | None = None  # shows it in force
    runs: Question | None = None  # holds with the old file and with the new one: else it is neither
    wanted: str = ""  # the text of a router's own file, as it is without the mark

    @property
    def name(self) -> str:
        """Return what a file of several is called for."""
        return PurePath(self.file).stem

    def of(self, file: str, wanted: str) -> "Mark":
        """Return the mark for one of the files that it is for."""
        name = PurePath(file).stem
        return replace(
            self,
            file=file,
            wanted=wanted,
            seen=self.seen and self.seen.named(name),
            runs=self.runs and self.runs.named(name),
        )


def there(program: str) -> Question:
    """Return the question whether exactly one process of that name runs."""
    return Question(words=("pgrep", "-c", "-x", program), answer="^1$")


FRR_COMPONENTS: Final = ("frr-gone", "frr")
INTERFACE_SETTING: Final = "net.ipv4.fib_multipath_hash_policy"  # any value is harmless; 1 is wanted
CHAIN: Final = f"""\
    chain {MARK} {{
        type filter hook input priority filter - 1; policy accept;
        tcp dport {PORT} drop
    }}

"""
TABLE: Final = "table inet hanse {\n"
NEW_TABLE: Final = f"""
table bridge {MARK}
delete table bridge {MARK}
table bridge {MARK} {{
{CHAIN}}}
"""
NEW_SERVICE: Final = f"""

[{MARK}]
addresses = {SERVICE}
speaker = router
ask = tcp
at = 127.0.0.1
port = 22
interval = 1
timeout = 1
fall = 2
rise = 2
hold = 4
longest-hold = 60
"""

MARKS: Final = (
    Mark(
        file="/etc/bgpd.conf",
        template="openbgpd/bgpd.conf.j2",
        components=("openbgpd",),
        added=COMMENT,
        runs=Question(words=("pgrep", "-x", "bgpd"), answer="^[0-9]"),
    ),
    Mark(
        file="/etc/bird/bird.conf",
        template=BIRD,
        components=("bird",),
        added=f"\nprotocol static {MARK} {{ ipv4; route {ROUTE} unreachable; }}\n",
        seen=Question(words=("birdc", "show", "protocols"), answer=f"^{MARK} "),
        runs=Question(words=("birdc", "show", "protocols"), answer="^device1 "),
    ),
    Mark(
        file="/etc/dnsmasq.d/hanse.conf",
        template=DNSMASQ,
        components=("dnsmasq",),
        added=f"{COMMENT}enable-tftp\n",
        seen=Question(words=("ss", "-Hlun", "sport", "=", ":69"), answer=":69 "),
        runs=there("dnsmasq"),
    ),
    Mark(
        file="/etc/exabgp/exabgp.conf",
        template=EXABGP,
        components=("exabgp",),
        added=f"\nprocess {MARK} {{\n    run /bin/cat - /dev/{MARK};\n    encoder text;\n}}\n",
        seen=Question(words=("pgrep", "-f", f"^/bin/cat - /dev/{MARK}"), answer="^[0-9]"),
        runs=there("exabgp"),
    ),
    Mark(file="/etc/exabgp/services.list", template="exabgp/services.list.j2", components=("exabgp",), added=COMMENT),
    Mark(
        file="/etc/exabgp/services.py",
        template=TELLER,
        components=("exabgp",),
        put=("import json\n", f'import json\nopen("/proc/self/comm", "w").write("{MARK}")\n'),
        seen=Question(words=("pgrep", "-c", "-x", MARK), answer="^1$"),
        runs=Question(words=("pgrep", "-c", "-f", "^/usr/bin/python3 -I /etc/exabgp/services.py"), answer="^1$"),
    ),
    Mark(
        file="/etc/frr/daemons",
        template=DAEMONS,
        components=FRR_COMPONENTS,
        added=f"# {MARK}\npbrd=yes\n",
        seen=Question(words=("vtysh", "-c", "show daemons"), answer=r"\bpbrd\b"),
        runs=there("watchfrr"),
    ),
    Mark(
        file="/etc/frr/frr.conf",
        template=FRR,
        components=FRR_COMPONENTS,
        added=f"!\nip prefix-list {MARK} seq 5 permit {ROUTE}\n",
        seen=Question(words=("vtysh", "-c", "show running-config"), answer=f"^ip prefix-list {MARK} "),
        runs=Question(words=("vtysh", "-c", "show daemons"), answer=r"\bzebra\b.*\bstaticd\b"),
    ),
    Mark(file="/etc/frr/vtysh.conf", template="frr/vtysh.conf.j2", components=FRR_COMPONENTS, added=f"! {MARK}\n"),
    Mark(
        file="/etc/gobgpd.conf",
        template="gobgp/gobgpd.conf.j2",
        components=("gobgp",),
        added=COMMENT,
        runs=there("gobgpd"),
    ),
    Mark(
        file="/etc/hanse/health.conf",
        template=HEALTH,
        components=("health",),
        added=NEW_SERVICE,
        seen=Question(words=("cat", "/run/hanse/health.json"), answer=f'"{MARK}"'),
        runs=Question(words=("pgrep", "-c", "-f", "^/usr/bin/python3 -I .*[.]pyz health"), answer="^1$"),
    ),
    Mark(
        file="/etc/modules-load.d/hanse.conf",
        template=BOOT_MODULES,
        components=("labels", "labels-gone"),
        added=COMMENT,
    ),
    Mark(
        file="/etc/network/interfaces",
        template=INTERFACES,
        components=("interfaces",),
        added=f"\n# {MARK}\nauto lo\niface lo inet loopback\n    address {ADDRESS}/32\n",
        seen=Question(words=("ip", "address", "show", "dev", "lo"), answer=f" {re.escape(ADDRESS)}/32 "),
    ),
    Mark(
        file="/etc/nftables.conf",
        template=NFTABLES,
        components=("nft",),
        put=(TABLE, TABLE + CHAIN),
        seen=Question(words=("nft", "list", "ruleset"), answer=f"tcp dport {PORT} drop"),
    ),
    Mark(
        file="/etc/openvpn/ov-*.conf",
        template=OPENVPN,
        components=("openvpn",),
        put=("verb 3\n", f"verb 3\n# {MARK}\nmanagement /run/{{{{ tunnel.interface }}}}.{MARK} unix\n"),
        seen=Question(words=("ss", "-Hlx"), answer=f" /run/{{}}.{MARK} "),
        runs=Question(words=("pgrep", "-c", "-f", "^openvpn .* {}.conf"), answer="^1$"),
    ),
    Mark(
        file="/etc/swanctl/conf.d/ip-*.conf",
        template=SWANCTL,
        components=("strongswan",),
        put=("dpd_delay = 10s\n", f"# {MARK}\n        dpd_delay = 11s\n"),
        seen=Question(words=("swanctl", "--list-conns"), answer="^{}: .*, dpd delay 11s"),
        runs=there("charon-systemd"),
    ),
    Mark(
        file="/etc/sysctl.d/90-hanse.conf",
        template=SYSCTL,
        components=("sysctl",),
        put=(f"{INTERFACE_SETTING} = 1\n", f"# {MARK}\n{INTERFACE_SETTING} = 0\n"),
        seen=Question(words=("sysctl", "-n", INTERFACE_SETTING), answer="^0$"),
    ),
    Mark(
        file="/etc/systemd/network/10-hanse-*.link",
        template="linux/port.link.j2",
        components=("port names",),
        added=COMMENT,
    ),
    Mark(
        file="/etc/wireguard/wg-*.conf",
        template=WIREGUARD,
        components=("wireguard",),
        put=("PersistentKeepalive = 25\n", f"# {MARK}\nPersistentKeepalive = 24\n"),
        seen=Question(words=("wg", "show", "{}", "persistent-keepalive"), answer="\t24$"),
        runs=Question(words=("wg", "show", "{}", "listen-port"), answer="^[1-9]"),
    ),
)

# Where the lab has taken the firewall out of Hanse's template, because its kernel has no rules for IP.
FIREWALL_TAKEN_OUT: Final = Mark(
    file="/etc/nftables.conf",
    template=NFTABLES,
    components=("nft",),
    added=NEW_TABLE,
    seen=Question(words=("nft", "list", "ruleset"), answer=f"tcp dport {PORT} drop"),
)
# In a guest: another daemon of FRR takes all of them half a minute, there and back.
SAME_DAEMONS: Final = Mark(
    file="/etc/frr/daemons",
    template=DAEMONS,
    components=FRR_COMPONENTS,
    added=f"# {MARK}\n",
    runs=there("watchfrr"),
)

# In this order the carried program lets them take in what is new.
COMPONENTS: Final = (
    "labels",
    "sysctl",
    "nft",
    "wireguard",
    "openvpn",
    "port names",
    "interfaces",
    "strongswan",
    "frr-gone",
    "bird",
    "frr",
    "labels-gone",
    "openbgpd",
    "gobgp",
    "dnsmasq",
    "exabgp",
    "health",
)


def marks_of(files: Mapping[str, str], place: Place = Place.HOST) -> tuple[Mark, ...]:
    """Return the mark of each of a router's files (path -> text as it is wanted), by path."""
    return tuple(
        _here(mark, text, place).of(file, text)
        for file, text in sorted(files.items())
        for mark in MARKS
        if PurePath(file).match(mark.file)
    )


def _here(mark: Mark, wanted: str, place: Place) -> Mark:
    """Return what stands for a mark where it cannot be put, or takes too long."""
    if mark.template == NFTABLES and TABLE not in wanted:
        return FIREWALL_TAKEN_OUT
    if mark.template == DAEMONS and place is Place.UML:
        return SAME_DAEMONS
    return mark


def components_of(marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the components that take these files in, in their order."""
    theirs = {component for mark in marks for component in mark.components}
    return tuple(component for component in COMPONENTS if component in theirs)
