"""What PeeringDB says, row by row under its own keys, and how far each kind was read.

Nothing here is wanted by anybody. Rows refer to each other by number without a constraint: they come in any order.
"""

from typing import Any, Final

from django.db import models

# The key of another row, which need not be there.
LOOSE: Final[dict[str, Any]] = {"on_delete": models.DO_NOTHING, "db_constraint": False, "related_name": "+"}


class _Known(models.Model):
    """A row of PeeringDB. `round`: the reading of everything in which it was last there; 0: it is about to go."""

    id = models.PositiveIntegerField(primary_key=True)
    updated = models.DateTimeField()
    round = models.PositiveIntegerField()

    class Meta:
        abstract = True


class KnownOrganisation(_Known):
    """A company or association."""

    name = models.TextField()
    aka = models.TextField(blank=True)
    website = models.TextField(blank=True)
    city = models.TextField(blank=True)
    country = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class KnownCampus(_Known):
    """Facilities that belong together."""

    org = models.ForeignKey(KnownOrganisation, **LOOSE)
    name = models.TextField()
    city = models.TextField(blank=True)
    country = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class KnownFacility(_Known):
    """A building in which networks have routers."""

    org = models.ForeignKey(KnownOrganisation, **LOOSE)
    name = models.TextField()
    campus_id = models.PositiveIntegerField(null=True)
    aka = models.TextField(blank=True)
    website = models.TextField(blank=True)
    clli = models.TextField(blank=True)
    address1 = models.TextField(blank=True)
    zipcode = models.TextField(blank=True)
    city = models.TextField(blank=True)
    country = models.TextField(blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    def __str__(self) -> str:
        return self.name


class KnownCarrier(_Known):
    """A company that leads lines to facilities."""

    org = models.ForeignKey(KnownOrganisation, **LOOSE)
    name = models.TextField()
    website = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class KnownNetwork(_Known):
    """A network. Its AS number is unique at PeeringDB; here it may be there twice while a reading is under way."""

    org = models.ForeignKey(KnownOrganisation, **LOOSE)
    asn = models.PositiveBigIntegerField(db_index=True)
    name = models.TextField(db_index=True)
    aka = models.TextField(blank=True)
    name_long = models.TextField(blank=True)
    website = models.TextField(blank=True)
    looking_glass = models.TextField(blank=True)
    route_server = models.TextField(blank=True)
    irr_as_set = models.TextField(blank=True, db_index=True)
    info_type = models.TextField(blank=True)
    info_prefixes4 = models.PositiveBigIntegerField(null=True)
    info_prefixes6 = models.PositiveBigIntegerField(null=True)
    info_traffic = models.TextField(blank=True)
    info_ratio = models.TextField(blank=True)
    info_scope = models.TextField(blank=True)
    info_unicast = models.BooleanField(default=True)
    info_ipv6 = models.BooleanField(default=False)
    info_never_via_route_servers = models.BooleanField(default=False)
    policy_url = models.TextField(blank=True)
    policy_general = models.TextField(blank=True)
    policy_locations = models.TextField(blank=True)
    policy_ratio = models.BooleanField(default=False)
    policy_contracts = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"AS{self.asn} {self.name}"


class KnownExchange(_Known):
    """An Internet exchange."""

    org = models.ForeignKey(KnownOrganisation, **LOOSE)
    name = models.TextField()
    aka = models.TextField(blank=True)
    name_long = models.TextField(blank=True)
    city = models.TextField(blank=True)
    country = models.TextField(blank=True)
    region_continent = models.TextField(blank=True)
    media = models.TextField(blank=True)
    website = models.TextField(blank=True)
    url_stats = models.TextField(blank=True)
    tech_email = models.TextField(blank=True)
    tech_phone = models.TextField(blank=True)
    policy_email = models.TextField(blank=True)
    service_level = models.TextField(blank=True)
    terms = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class KnownLan(_Known):
    """A peering LAN."""

    ix = models.ForeignKey(KnownExchange, **LOOSE)
    name = models.TextField(blank=True)
    descr = models.TextField(blank=True)
    mtu = models.PositiveIntegerField(null=True)
    dot1q_support = models.BooleanField(default=False)
    rs_asn = models.PositiveBigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.name or 'LAN'} {self.pk}"


class KnownPrefix(_Known):
    """A prefix of a peering LAN. `first` and `last` sort as addresses do."""

    ixlan = models.ForeignKey(KnownLan, **LOOSE)
    prefix = models.CharField(max_length=60)
    in_dfz = models.BooleanField(default=False)
    first = models.CharField(max_length=33)  # family and 32 hexadecimal digits
    last = models.CharField(max_length=33)

    class Meta:
        indexes = (models.Index(fields=["first", "last"], name="known_prefixes_inside"),)

    def __str__(self) -> str:
        return self.prefix


class KnownPresence(_Known):
    """A network is in a facility."""

    net = models.ForeignKey(KnownNetwork, **LOOSE)
    fac = models.ForeignKey(KnownFacility, **LOOSE)

    def __str__(self) -> str:
        return f"{self.net_id} in {self.fac_id}"


class KnownMember(_Known):
    """A network's port on a peering LAN."""

    net = models.ForeignKey(KnownNetwork, **LOOSE)
    ix = models.ForeignKey(KnownExchange, **LOOSE)
    ixlan = models.ForeignKey(KnownLan, **LOOSE)
    asn = models.PositiveBigIntegerField(db_index=True)
    speed = models.PositiveBigIntegerField(default=0)  # Mbit/s
    ipaddr4 = models.CharField(max_length=45, blank=True, db_index=True)
    ipaddr6 = models.CharField(max_length=45, blank=True, db_index=True)
    is_rs_peer = models.BooleanField(default=False)
    bfd_support = models.BooleanField(default=False)
    operational = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"AS{self.asn} at LAN {self.ixlan_id}"


class KnownExchangeSite(_Known):
    """An exchange can be reached in a facility."""

    ix = models.ForeignKey(KnownExchange, **LOOSE)
    fac = models.ForeignKey(KnownFacility, **LOOSE)

    def __str__(self) -> str:
        return f"{self.ix_id} in {self.fac_id}"


class KnownCarrierSite(_Known):
    """A carrier leads to a facility."""

    carrier = models.ForeignKey(KnownCarrier, **LOOSE)
    fac = models.ForeignKey(KnownFacility, **LOOSE)

    def __str__(self) -> str:
        return f"{self.carrier_id} in {self.fac_id}"


class KnownContact(_Known):
    """Whom to write to at a network."""

    net = models.ForeignKey(KnownNetwork, **LOOSE)
    role = models.TextField()
    visible = models.TextField()
    name = models.TextField(blank=True)
    email = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    url = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.role} of {self.net_id}"


class PeeringdbReading(models.Model):
    """How far one kind was read, and when that was last well. Who moves `turn` first is the one who reads."""

    kind = models.CharField(max_length=20, unique=True)
    turn = models.PositiveIntegerField(default=0)
    round = models.PositiveIntegerField(default=0)  # the number of the latest reading of everything
    with_key = models.BooleanField(default=False)  # whether that was done by somebody whom PeeringDB knows
    since = models.DateTimeField(null=True)  # what changed after that is to be asked for; null: everything
    good_at = models.DateTimeField(null=True)
    full_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    # of the reading that is under way:
    began_at = models.DateTimeField(null=True)  # null: none is
    asked_since = models.DateTimeField(null=True)  # null: it is one of everything
    position = models.PositiveIntegerField(default=0)  # rows read
    passed_over = models.PositiveIntegerField(default=0)  # of these
    as_of = models.DateTimeField(null=True)  # the earliest moment at which one of its answers was put together
    # of those that came to nothing:
    refused = models.TextField(blank=True)
    refused_full = models.BooleanField(default=False)  # it was one of everything
    refused_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    error_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind}: {self.rows}"
