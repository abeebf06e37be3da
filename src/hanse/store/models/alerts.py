"""What somebody has to know, who is told, and what became of the telling."""

from django.db import models
from encrypted_fields.fields import EncryptedTextField

from hanse.store.alert_states import OPEN, AlertState


class Alert(models.Model):
    """Something that is not well. One a `key` is open at a time; what one dead router causes is grouped under it."""

    key = models.CharField(max_length=300)  # tells what is wrong with what: "unreachable core1"
    kind = models.CharField(max_length=40)
    node = models.CharField(max_length=200, blank=True)
    site = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)  # of the session, link, job
    sentence = models.TextField()
    state = models.CharField(max_length=20, default=AlertState.FIRING.value)
    is_quiet = models.BooleanField(default=False)  # nobody was told: it is in maintenance
    part_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    fired_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)  # how often since then
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_why = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "-fired_at"], name="alerts_of_a_state"),)
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
    target = models.CharField(max_length=500)  # URL or address
    secret = EncryptedTextField(blank=True)  # signs what a webhook gets
    kinds = models.JSONField(default=list)  # of alerts; empty: all
    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One telling: tried again until it is taken, or given up."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="deliveries")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20)  # fired, acknowledged, cleared
    body = models.JSONField()
    state = models.CharField(max_length=20, db_index=True)  # store.alert_states.DeliveryState
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.event} to {self.recipient_id}: {self.state}"
