"""The command language of the local IOS router, and how it reads in FRR."""

import re
from collections.abc import Iterator
from typing import Final

from hanse_lab.vendor.into_frr import Instance, Rewrite, Wording
from hanse_lab.vendor.tree import Block, Grammar, Mode

NAME: Final = r"(?:\d+\.\d+\.\d+\.\d+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*|[A-Za-z][\w.-]*)"
PEER: Final = (
    rf"neighbor {NAME}$",
    rf"neighbor {NAME} remote-as(?: (?:\d{{1,10}}|\d+\.\d+))?$",
    (
        rf"neighbor {NAME} (?:activate|advertisement-interval|allowas-in|default-originate|description|ebgp-multihop|"
        r"fall-over|filter-list|inherit|local-as|maximum-prefix|next-hop-self|password|peer-group|prefix-list|route-map|"
        r"route-reflector-client|send-community|shutdown|soft-reconfiguration|timers|transport|ttl-security|"
        r"update-source|version|weight)(?:$| )"
    ),
)
IN_BGP: Final = (
    *PEER,
    r"bgp ",
    r"network \S+",
    r"redistribute ",
    r"timers bgp ",
    r"maximum-paths ",
    r"auto-summary",
    r"synchronization",
)
ANYTHING: Final = Mode(
    takes=(
        (
            r"(?:ip|ipv6|mtu|description|shutdown|vrf|rd|route-target|exit-address-family|path|maximum|write-memory|router-id|"
            r"passive-interface|network|encapsulation|speed|duplex|cdp|log|hidekeys|time-period|negotiation)(?:$| )"
        ),
    ),
    opens={r"address-family (?:ipv4|ipv6)$": "anything"},
)

IOS: Final = Grammar(
    indent=1,
    leaves=frozenset({"exit", "exit-address-family", "exit-peer-policy"}),
    modes={
        "": Mode(
            takes=(
                (
                    r"(?:hostname|version|service|enable|username|aaa|boot|file prompt|ntp|logging|snmp-server|line|"
                    r"ipv6 unicast-routing|no|banner|clock|spanning-tree|license|login|archive|interface|"
                    r"vrf|route-map)(?:$| )"
                ),
                (
                    r"ip (?:routing|route|cef|scp|ssh|domain|bgp-community|as-path|community-list|large-community-list|"
                    r"extcommunity-list|prefix-list|forward-protocol|http|tcp|name-server|vrf)(?:$|[ -])"
                ),
                r"ipv6 (?:route|prefix-list|cef)(?:$| )",
            ),
            opens={
                r"archive$": "anything",
                r"interface \S+": "anything",
                r"line ": "anything",
                r"vrf definition \S+$": "anything",
                r"router (?:ospf|ospfv3|isis)(?:$| )": "anything",
                r"router bgp \d+(?:\.\d+)?$": "bgp",
                r"route-map \S+ (?:permit|deny) \d+$": "route map",
                r"ip community-list (?:standard|expanded) [A-Za-z]\S*$": "list",
            },
        ),
        "bgp": Mode(
            takes=IN_BGP,
            opens={
                r"address-family ipv4(?: unicast)?$": "bgp ipv4",
                r"address-family ipv[46](?: unicast)?(?: vrf \S+)?$": "bgp family",
                r"template peer-policy \S+$": "peer policy",
            },
            negative=(r"bgp default ipv4-unicast$", r"bgp enforce-first-as$"),
        ),
        "bgp ipv4": Mode(takes=IN_BGP, negative=(r"neighbor \S+ activate$",)),
        "bgp family": Mode(takes=IN_BGP),
        "peer policy": Mode(
            takes=(r"(?:send-community|next-hop-self|route-reflector-client|route-map|maximum-prefix|weight)(?:$| )",)
        ),
        "route map": Mode(takes=(r"match ", r"set ", r"continue(?:$| )", r"description ")),
        "list": Mode(takes=(r"permit ", r"deny ", r"\d+ (?:permit|deny) ")),
        "anything": ANYTHING,
    },
    single=(
        r"hostname ",
        r"bgp (?:router-id|cluster-id) ",
        r"timers bgp ",
        r"(neighbor \S+ (?:route-map|prefix-list|filter-list)) \S+ (in|out)$",
        (
            r"neighbor \S+ (?:remote-as|description|password|local-as|update-source|peer-group|ebgp-multihop|timers|"
            r"maximum-prefix|ttl-security|weight|transport connection-mode|send-community)(?= |$)"
        ),
        r"description ",
        r"ip(?:v6)? prefix-list \S+ seq \d+(?= )",
        r"match (?:ip|ipv6) address prefix-list(?= )",
        r"set (?:local-preference|metric|origin|weight|as-path prepend|comm-list|large-comm-list)(?= )",
        r"continue(?= |$)",
    ),
    switched_off="no bgp default ipv4-unicast",
    dies_with={r"(neighbor \S+) remote-as.*": r"\1"},
    apart=(r"address-family \S+(?: unicast)? vrf ",),
)

SAME: Final = (
    r"(bgp (?:router-id|cluster-id|log-neighbor-changes|bestpath as-path multipath-relax).*)",
    (
        r"(neighbor \S+ (?:remote-as|update-source|ebgp-multihop|route-map|prefix-list|activate|shutdown|peer-group|"
        r"description|next-hop-self|route-reflector-client|timers|weight|allowas-in|default-originate|"
        r"ttl-security)(?: .*)?)"
    ),
    r"(redistribute (?:connected|static|ospf)(?: .*)?)",
    r"(timers bgp \d+ \d+)",
)
WORDING: Final = Wording(
    session=(
        Rewrite(
            pattern=r"(?:no )?bgp default ipv4-unicast|no neighbor \S+ activate|(?:no )?(?:auto-summary|"
            r"synchronization)"
        ),
        Rewrite(
            pattern=r"(?:no )?bgp (?:asnotation|graceful|maxas-limit|enforce-first-as|update-delay|listen|"
            r"large-community).*"
        ),
        Rewrite(pattern=r"(network \S+ mask \S+(?: route-map \S+)?|network \S+/\d+(?: route-map \S+)?)", into=r"\1"),
        # Without a mask the length is that of the address's class.
        Rewrite(pattern=r"network ((?:19[2-9]|2[01]\d|22[0-3])\.\S+)( route-map \S+)?", into=r"network \1/24\2"),
        Rewrite(pattern=r"network ((?:12[89]|1[3-8]\d|19[01])\.\S+)( route-map \S+)?", into=r"network \1/16\2"),
        Rewrite(pattern=r"network (\d+\.\S+)( route-map \S+)?", into=r"network \1/8\2"),
        Rewrite(pattern=r"neighbor (\S+) maximum-prefix (\d+)\b.*", into=r"neighbor \1 maximum-prefix \2 restart 1"),
        Rewrite(
            pattern=r"neighbor (\S+) local-as (\S+) no-prepend replace-as.*",
            into=r"neighbor \1 local-as \2 no-prepend replace-as",
        ),
        Rewrite(pattern=r"neighbor (\S+) password (?:0 )?(\S+)", into=r"neighbor \1 password \2"),
        Rewrite(pattern=r"neighbor (\S+) send-community.*", into=r"neighbor \1 send-community all"),
        Rewrite(pattern=r"neighbor (\S+) transport connection-mode passive", into=r"neighbor \1 passive"),
        Rewrite(pattern=r"neighbor (\S+) fall-over bfd.*", into=r"neighbor \1 bfd"),
        Rewrite(pattern=r"neighbor \S+ (?:transport|version|soft-reconfiguration) .*|maximum-paths .*"),
        *(Rewrite(pattern=pattern, into=r"\1") for pattern in SAME),
    ),
    family_only=(
        (
            r"neighbor \S+ (?:activate|route-map|prefix-list|send-community|maximum-prefix|next-hop-self|"
            r"route-reflector-client|weight|allowas-in|default-originate)(?: |$)"
        ),
        r"network ",
        r"redistribute ",
    ),
    lists=(
        Rewrite(pattern=r"ip as-path access-list (\S+) (permit|deny) (.+)", into=r"bgp as-path access-list \1 \2 \3"),
        Rewrite(
            pattern=r"ip community-list standard (\S+) (permit|deny) gshut",
            into=r"bgp community-list standard \1 \2 graceful-shutdown",
        ),
        Rewrite(
            pattern=r"ip (community|large-community)-list (standard|expanded) (\S+) (permit|deny) (.+)",
            into=r"bgp \1-list \2 \3 \4 \5",
        ),
        Rewrite(pattern=r"(ip(?:v6)? prefix-list \S+ (?:seq \d+ )?(?:permit|deny) .+)", into=r"\1"),
        Rewrite(pattern=r"ip(?:v6)? prefix-list \S+ description .*"),
    ),
    in_route_map=(
        Rewrite(pattern=r"set large-comm-list (\S+) delete", into=r"set large-comm-list \1 delete"),
        Rewrite(pattern=r"set extcommunity (rt|soo) (\S+)(?: additive)?", into=r"set extcommunity \1 \2"),
        Rewrite(pattern=r"description .*"),
        Rewrite(pattern=r"continue", into="on-match next"),
        Rewrite(pattern=r"continue (\d+)", into=r"on-match goto \1"),
        Rewrite(
            pattern=r"((?:match (?:ip|ipv6) address prefix-list|match (?:as-path|community|large-community)|"
            r"set comm-list|"
            r"set (?:local-preference|metric|origin|community|large-community|weight|as-path prepend)) .+)",
            into=r"\1",
        ),
    ),
)


def instances(asn: str, below: Block) -> Iterator[Instance]:
    """Return BGP of the global table and of each VRF: IOS has these as families `ipv4 vrf X`."""
    plain = tuple(small(line) for line in below if not line.startswith(("address-family ", "template ")))
    families = {
        line.split()[1]: tuple(spelled_out(block, below))
        for line, block in below.items()
        if re.fullmatch(r"address-family ipv[46](?: unicast)?", line)
    }
    yield Instance(asn=asn, vrf="", lines=plain, families=families)
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for line, block in below.items():
        if found := re.fullmatch(r"address-family (ipv[46])(?: unicast)? vrf (\S+)", line):
            tables.setdefault(found[2], {})[found[1]] = tuple(spelled_out(block, below))
    for vrf, parts in tables.items():
        everything = dict.fromkeys(line for part in parts.values() for line in part)
        families = {name: tuple(filter(is_of_family, part)) for name, part in parts.items()}
        rest = (line for line in everything if not is_of_family(line))
        yield Instance(asn=asn, vrf=vrf, lines=(*NO_DEFAULT, *rest), families=families)


def spelled_out(block: Block, bgp: Block) -> Iterator[str]:
    """Return the lines of a family with those of the policy templates that its neighbours inherit: FRR has none."""
    for line in block:
        if found := re.fullmatch(r"(neighbor \S+) inherit peer-policy (\S+)", line):
            yield from (
                small(f"{found[1]} {inherited}") for inherited in bgp.get(f"template peer-policy {found[2]}", {})
            )
        else:
            yield small(line)


def small(line: str) -> str:
    """Return the line with IPv6 addresses in small letters, as FRR writes them; IOS writes capitals."""
    return re.sub(r"(?<=[ ])[0-9A-F]*:[0-9A-F:./]*(?= |$)", lambda found: found[0].lower(), line)


def is_of_family(line: str) -> bool:
    """Say whether FRR takes the line in a family only."""
    return any(re.match(pattern, line) for pattern in WORDING.family_only)


NO_DEFAULT: Final = ("no bgp default ipv4-unicast",)
