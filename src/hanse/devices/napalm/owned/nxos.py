"""Cisco NX-OS: each line is in force as it comes, and there is no undo timer."""

import re
from typing import Final

from hanse.devices.napalm.owned.cli import CliSection
from hanse.devices.napalm.owned.ios import stored_by_cisco
from hanse.devices.napalm.owned.words import Words, compiled

NXOS: Final = CliSection(
    words=Words(
        platform="nxos",
        indent=2,
        line_by_line=True,
        shared=compiled(
            r"vrf context \S+",
            r"router bgp \d+",
            r"router bgp \d+ / vrf \S+",
            r"router bgp \d+ / (vrf \S+ / )?address-family (ipv4|ipv6) unicast",
        ),
        opens=compiled(
            r"router bgp \d+",
            r"route-map \S+ (permit|deny) \d+",
            r"address-family .+",
            r"template .+",
            r"vrf .+",
            r"neighbor \S+",
        ),
        named=compiled(
            r"(?P<whole>(?:ip|ipv6) prefix-list (?P<name>\S+))(?: .*)?",
            r"(?P<whole>ip as-path access-list (?P<name>\S+)) .*",
            r"(?P<whole>ip (?:ext|large-)?community-list (?:standard|expanded) (?P<name>\S+))(?: .*)?",
            r"(?P<whole>route-map (?P<name>\S+))(?: .*)?",
            r"(?P<whole>(?:ip|ipv6) route .* name (?P<name>\S+)(?: .*)?)",
            r"(?P<whole>template (?:peer|peer-policy|peer-session) (?P<name>\S+))",
        ),
        neighbour=re.compile(r"(?P<said>neighbor (?P<peer>\S+))(?: .*)?"),
        network=re.compile(r"network (?P<prefix>\S+)(?: .*)?"),
        heads=compiled(
            r"router-id .*",
            r"cluster-id .*",
            r"(no )?(bestpath|log-neighbor-changes|enforce-first-as|graceful-restart|maxas-limit).*",
            r"maximum-paths .*",
        ),
        single=compiled(
            r"(remote-as|description|maximum-prefix|timers|ebgp-multihop|ttl-security hops|password|update-source"
            r"|local-as|weight|inherit peer|inherit peer-session|router-id|cluster-id|maxas-limit"
            r"|transport connection-mode) .*",
            r"(route-map|prefix-list|filter-list) \S+ (in|out)",
            r"(set) (local-preference|metric|origin|as-path prepend|weight|ip next-hop|ipv6 next-hop|community"
            r"|large-community|extcommunity rt) .*",
            r"((?:ip|ipv6) prefix-list \S+ seq \d+) .*",
            r"(ip (?:as-path access-list|\S*community-list (?:standard|expanded)) \S+ seq \d+) .*",
            r"(route-map \S+) (?:permit|deny) (\d+)",
            r"(network \S+)(?: .*)?",
        ),
        exchanged=compiled(
            r"(?:ip|ipv6) prefix-list \S+ seq .*",
            r"ip (?:as-path access-list|\S*community-list (?:standard|expanded)) \S+ seq .*",
            r"inherit .*",
        ),
        short=compiled(
            r"(?P<said>password|description|maximum-prefix|timers|ebgp-multihop|update-source) .*",
            r"(?P<said>(?:ip|ipv6) prefix-list \S+ seq \d+) .*",
        ),
        late=compiled(r"(route-map|prefix-list|filter-list) \S+ (in|out)", r"(match|set) .*", r"template .*"),
        password=re.compile(r"(?P<head>password) (?:(?P<form>[0-9]) )?(?P<value>\S+)"),
        stored=stored_by_cisco,
    )
)
