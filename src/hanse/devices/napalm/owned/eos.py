"""Arista EOS: takes all lines at once in a configuration session."""

import re
from typing import Final

from hanse.devices.napalm.owned.cli import CliSection
from hanse.devices.napalm.owned.passwords import eos_7
from hanse.devices.napalm.owned.words import Words, compiled

NEIGHBOUR: Final = r"neighbor (?P<peer>\S+)"
LISTS: Final = compiled(
    r"(?P<whole>ip as-path access-list (?P<name>\S+)) .*",
    r"(?P<whole>ip (?:ext|large-)?community-list (?:standard |expanded |regexp )?(?P<name>[A-Z]\S*)) .*",
)


def _stored(form: str, stored: str, peer: str) -> str | None:
    match form:
        case "7":
            return eos_7(stored, peer=peer)
        case "" | "0":
            return stored
        case _:
            return None  # 8a: AES under the device's own key


EOS: Final = CliSection(
    words=Words(
        platform="eos",
        indent=3,
        line_by_line=False,
        shared=compiled(
            r"router bgp \d+",
            r"router bgp \d+ / vrf \S+",
            r"router bgp \d+ / (vrf \S+ / )?address-family (ipv4|ipv6)",
        ),
        opens=compiled(
            r"router bgp \d+",
            r"(ip|ipv6) prefix-list \S+",
            r"route-map \S+ (permit|deny) \d+",
            r"vrf \S+",
            r"address-family .+",
        ),
        named=(
            *LISTS,
            *compiled(
                r"(?P<whole>(?:ip|ipv6) prefix-list (?P<name>\S+))(?: .*)?",
                r"(?P<whole>route-map (?P<name>\S+))(?: .*)?",
                r"(?P<whole>(?:ip|ipv6) route .* name (?P<name>\S+))",
            ),
        ),
        neighbour=re.compile(rf"(?:no )?(?P<said>{NEIGHBOUR})(?: .*)?"),
        network=re.compile(r"network (?P<prefix>\S+)(?: .*)?"),
        heads=compiled(
            r"router-id .*",
            r"(no )?bgp .*",
            r"distance .*",
            r"maximum-paths .*",
            r"graceful-restart.*",
            r"update wait-.*",
            r"timers bgp .*",
        ),
        single=compiled(
            r"(neighbor) (\S+) (remote-as|description|peer group|maximum-routes|timers"
            r"|ebgp-multihop|ttl maximum-hops|password|update-source|local-as|send-community|weight|bfd interval"
            r"|idle-restart-timer) .*",
            r"(neighbor) (\S+) (route-map|prefix-list) \S+ (in|out)",
            r"(set) (local-preference|metric|origin|as-path prepend|weight|ip next-hop|ipv6 next-hop) .*",
            r"(router-id|bgp cluster-id|distance bgp|maximum-paths|bgp listen limit) .*",
            r"((?:ip|ipv6) prefix-list \S+ seq \d+) .*",
            r"(seq \d+) .*",
            r"(route-map \S+) (?:permit|deny) (\d+)",
            r"(network \S+)(?: .*)?",
        ),
        exchanged=compiled(r"(?:ip|ipv6) prefix-list \S+ seq .*", r"seq .*"),
        rewritten=LISTS,
        short=compiled(
            r"(?P<said>neighbor \S+ (?:password|description|maximum-routes|timers|local-as|ebgp-multihop|update-source"
            r"|ttl maximum-hops)) .*",
            r"(?P<said>seq \d+) .*",
        ),
        late=compiled(r"neighbor \S+ (route-map|prefix-list) .*"),
        password=re.compile(rf"(?P<head>{NEIGHBOUR} password) (?:(?P<form>0|7|8a) )?(?P<value>\S+)"),
        stored=_stored,
        group="peer group",
    )
)
