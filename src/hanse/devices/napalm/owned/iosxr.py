"""Cisco IOS XR: takes all lines at once at its commit, and has no undo timer that NAPALM knows."""

import re
from typing import Final

from hanse.devices.napalm.owned.cli import CliSection
from hanse.devices.napalm.owned.ios import stored_by_cisco
from hanse.devices.napalm.owned.words import Words, compiled

SETS: Final = r"prefix-set|as-path-set|community-set|large-community-set|extcommunity-set \S+|rd-set"

IOSXR: Final = CliSection(
    words=Words(
        platform="iosxr",
        indent=1,
        line_by_line=False,
        pieces=compiled(rf"({SETS}) \S+", r"route-policy [A-Za-z]\S*( ?\(.*\))?"),
        shared=compiled(
            r"router static",
            r"router static / (vrf \S+ / )?address-family (ipv4|ipv6) unicast",
            r"router static / vrf \S+",
            r"router bgp \d+",
            r"router bgp \d+ / vrf \S+",
            r"router bgp \d+ / (vrf \S+ / )?address-family (ipv4|ipv6) unicast",
        ),
        opens=compiled(
            r"router (bgp \d+|static)",
            r"address-family .+",
            r"vrf \S+",
            r"neighbor \S+",
            r"(neighbor|session|af)-group \S+",
        ),
        named=compiled(
            rf"(?P<whole>(?:{SETS}|route-policy) (?P<name>[^\s(]+))(?: ?\(.*\))?",
            r"(?P<whole>(?:neighbor-group|session-group|af-group) (?P<name>\S+))(?: .*)?",
            r"(?P<whole>\S+ Null0.* description (?P<name>\S+))(?: .*)?",
        ),
        neighbour=re.compile(r"(?P<said>neighbor (?P<peer>\S+))(?: .*)?"),
        network=re.compile(r"network (?P<prefix>\S+)(?: .*)?"),
        heads=compiled(
            r"bgp .*",
            r"ibgp policy out enforce-modifications",
            r"(no )?nsr.*",
            r"maximum-paths .*",
            r"timers bgp .*",
        ),
        single=compiled(
            r"(remote-as|description|maximum-prefix|timers|ebgp-multihop|password|update-source|local-as|weight"
            r"|use neighbor-group|session-open-mode|ttl-security|bfd minimum-interval|bfd multiplier) .*",
            r"(route-policy) \S+(?: ?\(.*\))? (in|out)",
            r"(bgp router-id|bgp cluster-id) .*",
            r"(network \S+)(?: .*)?",
        ),
        short=compiled(r"(?P<said>password|description|maximum-prefix|timers|ebgp-multihop|update-source) .*"),
        late=compiled(r"route-policy .* (in|out)", r"neighbor-group .*", r"(session|af)-group .*"),
        password=re.compile(r"(?P<head>password6?) (?:(?P<form>clear|encrypted) )?(?P<value>\S+)"),
        stored=stored_by_cisco,
    )
)
