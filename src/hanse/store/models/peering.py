"""The desk of a peering engineer, beside what is wanted: who was asked for sessions, and who is not to be suggested."""

from django.db import models

from hanse.store.request_states import RequestState


class PeeringRequest(models.Model):
    """A mail to another network that asks for sessions."""

    asn = models.PositiveBigIntegerField(db_index=True)
    contact = models.CharField(max_length=100)  # the wanted object
    address = models.CharField(max_length=254)  # of the contact, when it was written
    subject = models.CharField(max_length=300)
    text = models.TextField()
    sessions = models.JSONField(default=list)  # names of the wanted objects that it is about
    state = models.CharField(max_length=20, default=RequestState.DRAFTED.value, db_index=True)
    who = models.CharField(max_length=150)  # wrote it
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # when it took its last step
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=150, blank=True)
    error = models.TextField(blank=True)  # why it was not sent

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(map(str, RequestState))), name="peering_request_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: AS{self.asn}"


class HiddenPeer(models.Model):
    """A network that is not suggested as a peer for a while, at one exchange or (empty) at any."""

    asn = models.PositiveBigIntegerField()
    exchange = models.CharField(max_length=100, blank=True)
    until = models.DateField()  # the first day on which it is suggested again
    why = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["asn", "exchange"], name="hidden_once_an_exchange"),)

    def __str__(self) -> str:
        return f"AS{self.asn} until {self.until}"
