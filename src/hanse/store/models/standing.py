"""How everything stands, wanted against seen, kept ready for lists: written whenever one of the two changes.

All of it can be made anew from what is wanted and what was sighted; nothing here is the truth about anything.
"""

from django.db import models


class Revision(models.Model):
    """One writing of what is wanted, the latest with the greatest number. Its token is never given twice.

    Two writers cannot have the same number: that is what sets them in a row.
    """

    number = models.PositiveBigIntegerField(unique=True)
    token = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    touched = models.JSONField(null=True)  # [[kind, name], ...]; null: too many to name
    shape = models.PositiveIntegerField(default=0)  # of the rows below that followed it; 0: they have not

    def __str__(self) -> str:
        return str(self.number)


class RouterStanding(models.Model):
    """One wanted router."""

    node = models.CharField(max_length=200, unique=True)
    number = models.PositiveIntegerField()
    site = models.CharField(max_length=200, db_index=True)
    region = models.CharField(max_length=200, blank=True)
    platform = models.CharField(max_length=200, db_index=True)
    driver = models.CharField(max_length=200)
    dialect = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20)  # network.wanted.nodes.NodeStatus
    roles = models.JSONField(default=list)
    management = models.CharField(max_length=60)
    loopbacks = models.JSONField(default=list)
    answered = models.BooleanField(null=True, db_index=True)  # null: nobody ever looked
    polled_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    vendor = models.CharField(max_length=100, blank=True)
    model = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    sessions_wanted = models.PositiveIntegerField(default=0)  # and enabled
    sessions_up = models.PositiveIntegerField(default=0)
    neighbours_wanted = models.PositiveIntegerField(default=0)
    neighbours_up = models.PositiveIntegerField(default=0)
    unwanted = models.PositiveIntegerField(default=0)  # sessions and neighbours that nobody wants
    drift = models.TextField(null=True)  # the diff; empty: none; null: never looked, or nothing installed by Hanse
    drift_at = models.DateTimeField(null=True)
    drift_error = models.TextField(blank=True)
    deployment = models.CharField(max_length=120, blank=True, db_index=True)  # the latest
    stage = models.CharField(max_length=20, blank=True)  # of that
    deployed_at = models.DateTimeField(null=True)  # when that began
    token = models.CharField(max_length=32, blank=True)  # of the revision from which the wanted part was written

    def __str__(self) -> str:
        return self.node


class SessionStanding(models.Model):
    """One BGP session with one address: wanted, or seen, or both."""

    node = models.CharField(max_length=200)
    site = models.CharField(max_length=200, db_index=True)
    name = models.CharField(max_length=200, blank=True)  # of the wanted object; empty: internal, or not wanted
    vrf = models.CharField(max_length=100, blank=True)
    family = models.PositiveSmallIntegerField()  # 4 or 6
    local_asn = models.PositiveBigIntegerField(null=True)
    remote_asn = models.PositiveBigIntegerField(db_index=True)
    remote_as_name = models.CharField(max_length=200, blank=True)
    local_address = models.CharField(max_length=60, blank=True)
    remote_address = models.CharField(max_length=60)
    remote_sort = models.CharField(max_length=33)  # family and 32 hexadecimal digits: sorts as addresses do
    is_internal = models.BooleanField(default=False)
    relationship = models.CharField(max_length=40, blank=True)
    exchange = models.CharField(max_length=200, blank=True, db_index=True)
    connection = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=200, blank=True)
    tags = models.TextField(blank=True)  # of all levels, in order, with blanks between
    status = models.CharField(max_length=20, blank=True)  # network.wanted.peering.SessionStatus
    description = models.TextField(blank=True)
    is_wanted = models.BooleanField(default=True)
    is_enabled = models.BooleanField(default=True)
    condition = models.CharField(max_length=20, db_index=True)  # monitor.compare.Condition
    why = models.TextField(blank=True)
    state = models.CharField(max_length=20, blank=True)  # network.seen.bgp.BgpState
    since = models.DateTimeField(null=True)
    received = models.PositiveBigIntegerField(default=0)
    accepted = models.PositiveBigIntegerField(default=0)
    sent = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["node", "vrf", "remote_address"], name="one_standing_a_session"),
        )
        indexes = (
            models.Index(fields=["remote_sort"], name="session_standings_by_address"),
            models.Index(fields=["node", "remote_sort", "vrf"], name="session_standings_in_order"),
            # what there is to choose from in filters, without reading every row:
            models.Index(fields=["vrf"], name="session_standings_by_vrf"),
            models.Index(fields=["group"], condition=~models.Q(group=""), name="session_standings_by_group"),
            models.Index(fields=["tags"], condition=~models.Q(tags=""), name="session_standings_by_tags"),
        )

    def __str__(self) -> str:
        return f"{self.node} {self.remote_address}"


class LinkStanding(models.Model):
    """One wanted link. Its ends are in the order of the wanted object."""

    name = models.CharField(max_length=200, unique=True)
    number = models.PositiveIntegerField()
    link_class = models.CharField(max_length=200, db_index=True)
    medium = models.CharField(max_length=20)
    cost = models.PositiveIntegerField()
    one_node = models.CharField(max_length=200, db_index=True)
    one_port = models.CharField(max_length=60)
    one_site = models.CharField(max_length=200)
    other_node = models.CharField(max_length=200, db_index=True)
    other_port = models.CharField(max_length=60)
    other_site = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    condition = models.CharField(max_length=20, db_index=True)
    why = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)  # when Hanse saw its condition change

    def __str__(self) -> str:
        return self.name


class AddressStanding(models.Model):
    """An address or prefix that something in the wanted network has, for search: what lies inside a prefix."""

    text = models.CharField(max_length=60)  # 192.0.2.1, 192.0.2.0/24
    first = models.CharField(max_length=33)  # family and 32 hexadecimal digits
    last = models.CharField(max_length=33)
    node = models.CharField(max_length=200, blank=True, db_index=True)
    site = models.CharField(max_length=200, blank=True)  # of the node
    asn = models.PositiveBigIntegerField(null=True)  # of another network whose it is
    what = models.CharField(max_length=200)  # "loopback of core1", "ring0 of core1"
    kind = models.CharField(max_length=40)  # of the wanted object that it belongs to
    name = models.CharField(max_length=200)

    class Meta:
        indexes = (models.Index(fields=["first", "last"], name="addresses_inside"),)

    def __str__(self) -> str:
        return f"{self.text}: {self.what}"


class SessionSample(models.Model):
    """What a session carried at a moment: a row when its state changed, and one each hour."""

    node = models.CharField(max_length=200)
    vrf = models.CharField(max_length=100, blank=True)
    remote_address = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=20)
    received = models.PositiveBigIntegerField()
    accepted = models.PositiveBigIntegerField()
    sent = models.PositiveBigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["node", "remote_address", "vrf", "at"], name="samples_of_a_session"),)

    def __str__(self) -> str:
        return f"{self.node} {self.remote_address} {self.at:%Y-%m-%d %H:%M}"
