"""What is needed to get into a router, and templates that replace ours."""

from django.db import models
from encrypted_fields.fields import EncryptedTextField


class Secret(models.Model):
    """A secret by name. Its value is encrypted in the row and shown by nothing here."""

    name = models.CharField(max_length=100, unique=True)
    value = EncryptedTextField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class HostKey(models.Model):
    """The SSH host key of a router, learned once and on purpose."""

    node = models.CharField(max_length=200, unique=True)
    key = models.TextField()
    learned_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.node} {self.key}"


class TemplateOverride(models.Model):
    """A template that stands in for ours of the same name."""

    name = models.CharField(max_length=200, unique=True)
    text = models.TextField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
