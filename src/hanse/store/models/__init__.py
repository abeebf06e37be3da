"""The rows, one file a subject."""

from hanse.store.models.access import HostKey, Secret, TemplateOverride
from hanse.store.models.audit import AuditEntry
from hanse.store.models.deployments import Deployment, DeploymentStep
from hanse.store.models.jobs import Job
from hanse.store.models.seen import ChangeRecord, Poll, Sighting
from hanse.store.models.wanted import WantedObject

__all__ = [
    "AuditEntry",
    "ChangeRecord",
    "Deployment",
    "DeploymentStep",
    "HostKey",
    "Job",
    "Poll",
    "Secret",
    "Sighting",
    "TemplateOverride",
    "WantedObject",
]
