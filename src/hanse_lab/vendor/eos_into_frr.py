"""EOS beside FRR: where their words for BGP differ."""

import re
from collections.abc import Iterator
from typing import Final

from hanse_lab.vendor.into_frr import Instance, Rewrite, Wording
from hanse_lab.vendor.tree import Block

SAME: Final = (
    r"(bgp (?:cluster-id|log-neighbor-changes|bestpath as-path multipath-relax|bestpath med always).*)",
    (
        r"(neighbor \S+ (?:remote-as|update-source|ebgp-multihop|route-map|prefix-list|activate|shutdown|passive|"
        r"description|bfd|next-hop-self|route-reflector-client|timers|weight|allowas-in|default-originate)(?: .*)?)"
    ),
    r"(network \S+(?: route-map \S+)?)",
    r"(redistribute (?:connected|static|ospf)(?: route-map \S+)?)",
    r"(timers bgp \d+ \d+)",
)
WORDING: Final = Wording(
    session=(
        Rewrite(pattern=r"(?:no )?bgp default ipv4-unicast|no neighbor \S+ activate", into=""),
        Rewrite(pattern=r"(?:no )?neighbor \S+ (?:enforce-first-as|idle-restart-timer .*)", into=""),
        Rewrite(pattern=r"router-id (\S+)", into=r"bgp router-id \1"),
        Rewrite(pattern=r"neighbor (\S+) peer group", into=r"neighbor \1 peer-group"),
        Rewrite(pattern=r"neighbor (\S+) peer group (\S+)", into=r"neighbor \1 peer-group \2"),
        Rewrite(pattern=r"neighbor (\S+) maximum-routes 0\b.*", into=""),
        Rewrite(pattern=r"neighbor (\S+) maximum-routes (\d+)\b.*", into=r"neighbor \1 maximum-prefix \2 restart 1"),
        Rewrite(pattern=r"neighbor (\S+) ttl maximum-hops 0", into=r"neighbor \1 ttl-security hops 1"),
        Rewrite(pattern=r"neighbor (\S+) ttl maximum-hops (\d+)", into=r"neighbor \1 ttl-security hops \2"),
        Rewrite(
            pattern=r"neighbor (\S+) local-as (\S+) no-prepend replace-as(?: fallback)?",
            into=r"neighbor \1 local-as \2 no-prepend replace-as",
        ),
        Rewrite(pattern=r"neighbor (\S+) password (?:0 )?(\S+)", into=r"neighbor \1 password \2"),
        Rewrite(pattern=r"neighbor (\S+) send-community.*", into=r"neighbor \1 send-community all"),
        Rewrite(pattern=r"neighbor (\S+) (?:passive|transport connection-mode passive)", into=r"neighbor \1 passive"),
        Rewrite(pattern=r"neighbor (\S+) bfd .*", into=r"neighbor \1 bfd"),
        Rewrite(pattern=r"neighbor (\S+) next-hop address-family .*|neighbor \S+ (?:out-delay|rib-in) .*", into=""),
        Rewrite(pattern=r"(?:rd|route-target|maximum-paths|update wait-\S*|distance bgp) .*", into=""),
        Rewrite(
            pattern=r"bgp (?:missing-policy|route-reflector|asn notation|labeled|redistribute-internal|"
            r"advertise-only-connected).*"
        ),
        *(Rewrite(pattern=pattern, into=r"\1") for pattern in SAME),
    ),
    family_only=(
        (
            r"neighbor \S+ (?:route-map|prefix-list|send-community|maximum-routes|next-hop-self|route-reflector-client|"
            r"weight|allowas-in|default-originate)(?: |$)"
        ),
        r"network ",
        r"redistribute ",
    ),
    lists=(
        Rewrite(
            pattern=r"ip as-path access-list (\S+) (permit|deny) (.+?)(?: any)?",
            into=r"bgp as-path access-list \1 \2 \3",
        ),
        Rewrite(
            pattern=r"ip community-list regexp (\S+) (permit|deny) (.+)", into=r"bgp community-list expanded \1 \2 \3"
        ),
        Rewrite(
            pattern=r"ip community-list (\S+) (permit|deny) GSHUT",
            into=r"bgp community-list standard \1 \2 graceful-shutdown",
        ),
        Rewrite(pattern=r"ip community-list (\S+) (permit|deny) (.+)", into=r"bgp community-list standard \1 \2 \3"),
        Rewrite(
            pattern=r"ip large-community-list regexp (\S+) (permit|deny) (.+)",
            into=r"bgp large-community-list expanded \1 \2 \3",
        ),
        Rewrite(
            pattern=r"ip large-community-list (\S+) (permit|deny) (.+)",
            into=r"bgp large-community-list standard \1 \2 \3",
        ),
        Rewrite(pattern=r"(ip(?:v6)? prefix-list \S+ seq \d+ (?:permit|deny) .+)", into=r"\1"),
    ),
    in_route_map=(
        Rewrite(pattern=r"sub-route-map (\S+)", into=r"call \1"),
        Rewrite(pattern=r"set community community-list (\S+) delete", into=r"set comm-list \1 delete"),
        Rewrite(
            pattern=r"set large-community large-community-list (\S+) delete", into=r"set large-comm-list \1 delete"
        ),
        Rewrite(pattern=r"set community none", into=r"set community none"),
        Rewrite(pattern=r"set extcommunity (rt|soo) (\S+)(?: additive)?", into=r"set extcommunity \1 \2"),
        Rewrite(pattern=r"description .*", into=""),
        Rewrite(pattern=r"continue", into="on-match next"),
        Rewrite(pattern=r"continue (\d+)", into=r"on-match goto \1"),
        Rewrite(
            pattern=r"((?:match (?:ip|ipv6) address prefix-list|match (?:as-path(?! length)|community|large-community)|"
            r"set (?:local-preference|metric|origin|community|large-community|weight|as-path prepend|"
            r"ip next-hop|ipv6 next-hop)) .+)",
            into=r"\1",
        ),
    ),
)


def instances(asn: str, below: Block) -> Iterator[Instance]:
    """Return BGP of the global table and of each VRF: EOS has them as blocks in `router bgp`."""
    yield one_instance(asn, "", below)
    for line, block in below.items():
        if line.startswith("vrf "):
            groups = {known.split()[-1] for known in block if re.match(r"neighbor \S+ peer group \S", known)}
            inherited: Block = {
                known: {} for known in below if known.split()[0] in {"neighbor", "no"} and known.split()[1] in groups
            }
            yield one_instance(asn, line.split()[1], {**inherited, **block})


def one_instance(asn: str, vrf: str, below: Block) -> Instance:
    """Return one table's part."""
    plain = tuple(line for line in below if not re.match(r"(?:vrf|address-family) ", line))
    families = {line.split()[1]: tuple(block) for line, block in below.items() if line.startswith("address-family ")}
    return Instance(asn=asn, vrf=vrf, lines=plain, families=families)
