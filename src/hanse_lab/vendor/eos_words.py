"""The command language of the local EOS router: the part of Arista's that a BGP router's configuration needs."""

from typing import Final

from hanse_lab.vendor.tree import Grammar, Mode

ADDRESS: Final = r"(?:\d+\.\d+\.\d+\.\d+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)"
NAME: Final = rf"(?:{ADDRESS}|[A-Za-z][\w.-]*)"
ASN: Final = r"(?:\d{1,10}|\d+\.\d+)"
PEER: Final = (
    rf"neighbor {NAME}$",
    rf"neighbor {NAME} remote-as(?: {ASN})?$",
    (
        rf"neighbor {NAME} (?:activate|allowas-in|bfd|default-originate|description|ebgp-multihop|enforce-first-as|"
        r"graceful-restart|idle-restart-timer|local-as|maximum-routes|next-hop-self|out-delay|passive|password|"
        r"peer group|"
        r"prefix-list|rib-in|route-map|route-reflector-client|send-community|shutdown|soft-reconfiguration|timers|"
        r"transport|ttl maximum-hops|update-source|weight)(?:$| )"
    ),
)
ACTIVATION: Final = (
    "activate|route-map|prefix-list|maximum-routes|next-hop|next-hop-self|send-community|route-reflector-client|"
    "default-originate|weight|allowas-in|additional-paths|rcf|graceful-restart"
)
IN_FAMILY: Final = (
    rf"neighbor \S+ (?:{ACTIVATION})(?:$| )",
    rf"neighbor {NAME}$",  # only `no neighbor X`, which takes all of it
    r"network \S+",
    r"redistribute ",
    r"bgp ",
    r"maximum-paths ",
)
IN_BGP: Final = (
    *PEER,
    r"router-id \d",
    r"bgp ",
    r"rd ",
    r"route-target ",
    r"network \S+",
    r"redistribute ",
    r"timers bgp ",
    r"maximum-paths ",
    r"distance bgp ",
    r"update wait-",
    r"graceful-restart",
    r"shutdown",
)
FAMILY: Final = {r"address-family ipv4$": "bgp ipv4", r"address-family ipv6$": "bgp ipv6"}
NEGATIVE: Final = (r"bgp default ipv4-unicast$", r"neighbor \S+ enforce-first-as$")

EOS: Final = Grammar(
    indent=3,
    modes={
        "": Mode(
            takes=(
                r"hostname \S+$",
                (
                    r"ip (?:routing|route|as-path|community-list|extcommunity-list|large-community-list|"
                    r"prefix-list|name-server|domain|host)(?:$| )"
                ),
                r"ipv6 (?:unicast-routing|route|prefix-list)(?:$| )",
                r"(?:dns domain|aaa|username|service|ntp|logging|snmp-server|spanning-tree|transceiver|switchport) ",
                r"(?:interface|route-map|peer-filter|management|vrf instance|vlan) ",
            ),
            opens={
                r"router bgp \d+(?:\.\d+)?$": "bgp",
                r"router (?:ospf|ospf3|ospfv3|bfd|general|isis)(?:$| )": "anything",
                r"interface \S+$": "anything",
                r"management ": "anything",
                r"vrf instance \S+$": "anything",
                r"vlan \d+$": "anything",
                r"route-map \S+ (?:permit|deny) \d+$": "route map",
                r"ip prefix-list \S+$": "prefix list",
                r"ipv6 prefix-list \S+$": "prefix list",
                r"peer-filter \S+$": "anything",
            },
        ),
        "bgp": Mode(takes=IN_BGP, opens={**FAMILY, r"vrf \S+$": "bgp vrf"}, negative=NEGATIVE),
        "bgp vrf": Mode(takes=IN_BGP, opens=FAMILY, negative=NEGATIVE),
        "bgp ipv4": Mode(takes=IN_FAMILY, negative=(r"neighbor \S+ activate$",)),
        "bgp ipv6": Mode(takes=IN_FAMILY),
        "route map": Mode(takes=(r"match ", r"set ", r"continue(?:$| )", r"description ", r"sub-route-map ")),
        "prefix list": Mode(takes=(r"seq \d+ (?:permit|deny) \S+/\d+(?: (?:eq|ge|le) \d+)*$", r"seq \d+$")),
        "anything": Mode(
            takes=(
                (
                    r"(?:ip|ipv6|mtu|description|shutdown|switchport|network|passive|router-id|address-family|area|hello|"
                    r"protocol|no-shutdown|ospf|bfd|interval|local|vrf|rd|name|encapsulation|speed|state|"
                    r"max-lsa|cost|\d+)(?:$| )"
                ),
            )
        ),
    },
    single=(
        r"hostname ",
        r"router-id ",
        r"bgp (?:cluster-id|router-id) ",
        r"rd ",
        r"timers bgp ",
        r"(neighbor \S+ (?:route-map|prefix-list)) \S+ (in|out)$",
        (
            r"neighbor \S+ (?:remote-as|description|password|local-as|update-source|peer group|ebgp-multihop|timers|"
            r"maximum-routes|next-hop-self|send-community|weight|ttl maximum-hops|out-delay|"
            r"idle-restart-timer|bfd interval)(?= |$)"
        ),
        r"description ",
        r"mtu ",
        r"seq \d+(?= )",
        r"ip(?:v6)? prefix-list \S+ seq \d+(?= )",
        r"match (?:ip|ipv6) address prefix-list(?= )",
        r"match as-path(?= )",
        r"set (?:local-preference|metric|origin|weight|distance|as-path prepend|ip next-hop|ipv6 next-hop)(?= )",
        r"continue(?= |$)",
    ),
    switched_off="no bgp default ipv4-unicast",
    dies_with={r"(neighbor [A-Z]\S*) peer group$": r"\1"},
    apart=(r"vrf ",),
)
