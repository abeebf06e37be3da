"""What somebody has to know, who is told, and what became of the telling."""

from django.db import models
from encrypted_fields.fields import EncryptedTextField

from hanse.monitor.telling.targets import shown_target
from hanse.store.alert_states import OPEN, AlertState, DeliveryState


class Alert(models.Model):
    """Something that is not well. One a `key` is open at a time; what one dead router causes is grouped under it."""

    key = models.CharField(max_length=300)  # tells what is wrong with what: "router-unreachable core1"
    kind = models.CharField(max_length=40)
    node = models.CharField(max_length=200, blank=True)
    site = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=20, blank=True)  # of monitor.happenings; empty: no change told of it
    thing = models.CharField(max_length=200, blank=True)  # what changes call it on that router
    name = models.CharField(max_length=200, blank=True)  # what operators call it: the session's, link's, job's
    asn = models.PositiveBigIntegerField(null=True)  # of the session's other end
    sentence = models.TextField()
    state = models.CharField(max_length=20, default=AlertState.FIRING.value)
    is_quiet = models.BooleanField(default=False)  # nobody was told: it is in maintenance
    explained_by = models.JSONField(default=list)  # keys of alerts that would explain it, the most thorough first
    part_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    enough = models.PositiveBigIntegerField(null=True)  # accepted routes with which a session has recovered
    due_at = models.DateTimeField(null=True)  # when to tell people; null: not unless it is found wrong once more
    told_at = models.DateTimeField(null=True)
    fired_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)  # how often in a row, those shortly before counted in
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True)  # what somebody wrote who acknowledged or cleared it
    cleared_at = models.DateTimeField(null=True)
    cleared_why = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "-fired_at"], name="alerts_of_a_state"),
            models.Index(fields=["node", "state"], name="alerts_of_a_node"),
            models.Index(fields=["key", "-fired_at"], name="alerts_of_a_key"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(map(str, AlertState))), name="alert_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state__in=sorted(map(str, OPEN))), name="one_open_alert_a_key"
            ),
        )

    def __str__(self) -> str:
        return self.sentence


class Recipient(models.Model):
    """Who is told, and how: a webhook or a mail address."""

    name = models.CharField(max_length=100, unique=True)
    means = models.CharField(max_length=20)  # webhook, email
    target = EncryptedTextField()  # URL or address; in many a URL stands a password
    secret = EncryptedTextField(null=True)  # signs what a webhook gets; null: nothing does
    kinds = models.JSONField(default=list)  # of alerts; empty: all
    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    @property
    def shown(self) -> str:
        """Return as much of the target as anybody may see."""
        return shown_target(self.means, self.target)

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One telling: tried again until it is taken, or given up."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="deliveries")
    alert = models.ForeignKey(Alert, null=True, on_delete=models.CASCADE, related_name="deliveries")  # null: a test
    event = models.CharField(max_length=20)  # of monitor.telling.message
    body = models.JSONField()
    state = models.CharField(max_length=20, db_index=True)  # store.alert_states.DeliveryState
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(map(str, DeliveryState))), name="delivery_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} to {self.recipient_id}: {self.state}"
