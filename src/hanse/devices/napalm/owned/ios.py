"""Cisco IOS and IOS XE: each line is in force as it comes."""

import re
from typing import Final

from hanse.devices.napalm.owned.cli import CliSection
from hanse.devices.napalm.owned.passwords import cisco_7
from hanse.devices.napalm.owned.words import Words, compiled

NEIGHBOUR: Final = r"neighbor (?P<peer>\S+)"


def stored_by_cisco(form: str, stored: str, peer: str) -> str | None:
    """Return the password of a stored form; None where it cannot be read back."""
    match form:
        case "7" | "encrypted":
            return cisco_7(stored)
        case "" | "0" | "clear":
            return stored
        case _:
            return None  # 3, 6, 8: under the device's own key


IOS: Final = CliSection(
    words=Words(
        platform="ios",
        indent=1,
        line_by_line=True,
        shared=compiled(
            r"router bgp \d+",
            r"router bgp \d+ / address-family (ipv4|ipv6)( unicast)?( vrf \S+)?",
        ),
        opens=compiled(
            r"router bgp \d+",
            r"route-map \S+ (permit|deny) \d+",
            r"address-family .+",
            r"template .+",
        ),
        named=compiled(
            r"(?P<whole>(?:ip|ipv6) prefix-list (?P<name>\S+))(?: .*)?",
            r"(?P<whole>ip (?:ext|large-)?community-list (?:standard|expanded) (?P<name>\S+))(?: .*)?",
            r"(?P<whole>route-map (?P<name>\S+))(?: .*)?",
            r"(?P<whole>(?:ip|ipv6) route .* name (?P<name>\S+))",
            r"(?P<whole>template peer-(?:policy|session) (?P<name>\S+))",
        ),
        numbered=re.compile(r"(?P<whole>ip as-path access-list (?P<number>\d+)) .*"),
        asks=re.compile(r"match as-path (?P<numbers>\d+(?: \d+)*)"),
        neighbour=re.compile(rf"(?:no )?(?P<said>{NEIGHBOUR})(?: .*)?"),
        network=re.compile(r"network (?P<prefix>\S+(?: mask \S+)?)(?: .*)?"),
        heads=compiled(r"(no )?bgp .*", r"(no )?(auto-summary|synchronization)", r"timers bgp .*", r"maximum-paths .*"),
        single=compiled(
            r"(neighbor) (\S+) (remote-as|description|maximum-prefix|timers|ebgp-multihop|ttl-security hops|password"
            r"|update-source|local-as|weight|transport connection-mode|transport path-mtu-discovery"
            r"|inherit peer-session|inherit peer-policy) .*",
            r"(neighbor) (\S+) (route-map|prefix-list|filter-list) \S+ (in|out)",
            r"(neighbor) (\S+) (peer-group) \S+",
            r"(neighbor) (\S+) (ebgp-multihop|next-hop-self|fall-over bfd|shutdown|activate)(?: .*)?",
            r"(set) (local-preference|metric|origin|as-path prepend|weight|ip next-hop|ipv6 next-hop|community"
            r"|large-community|extcommunity rt) .*",
            r"(bgp router-id|bgp cluster-id|bgp maxas-limit|maximum-paths) .*",
            r"((?:ip|ipv6) prefix-list \S+ seq \d+) .*",
            r"(route-map \S+) (?:permit|deny) (\d+)",
            r"(network \S+(?: mask \S+)?)(?: .*)?",
        ),
        exchanged=compiled(r"(?:ip|ipv6) prefix-list \S+ seq .*"),
        renewed=compiled(r"neighbor \S+ (peer-group \S+|inherit peer-session \S+)"),
        short=compiled(
            r"(?P<said>neighbor \S+ (?:password|description|maximum-prefix|timers|local-as|ebgp-multihop"
            r"|update-source|ttl-security)) .*",
            r"(?P<said>(?:ip|ipv6) prefix-list \S+ seq \d+) .*",
        ),
        late=compiled(r"neighbor \S+ (route-map|prefix-list|filter-list) .*", r"(match|set) .*", r"template .*"),
        password=re.compile(rf"(?P<head>{NEIGHBOUR} password) (?:(?P<form>[0-9]) )?(?P<value>\S+)"),
        stored=stored_by_cisco,
        group="peer-group",
        ending="end",
    )
)
