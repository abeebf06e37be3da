"""The rows, one file a subject."""

from hanse.store.models.access import HostKey, Secret, TemplateOverride
from hanse.store.models.alerts import Alert, Delivery, Recipient
from hanse.store.models.audit import AuditEntry
from hanse.store.models.choices import ShownColumns
from hanse.store.models.deployments import Deployment, DeploymentStep
from hanse.store.models.drafts import ChangeSet, Draft, DraftOperation
from hanse.store.models.irr import IrrChange, IrrExpansion, IrrHead
from hanse.store.models.jobs import Job, Schedule, Worker
from hanse.store.models.peering import HiddenPeer, PeeringRequest
from hanse.store.models.peeringdb import (
    KnownCampus,
    KnownCarrier,
    KnownCarrierSite,
    KnownContact,
    KnownExchange,
    KnownExchangeSite,
    KnownFacility,
    KnownLan,
    KnownMember,
    KnownNetwork,
    KnownOrganisation,
    KnownPrefix,
    KnownPresence,
    PeeringdbReading,
)
from hanse.store.models.people import ApiToken, Counted, Grant, User
from hanse.store.models.plans import PlannedDevice, PlanRecord
from hanse.store.models.seen import ChangeRecord, Poll, Sighting
from hanse.store.models.standing import (
    AddressStanding,
    LinkStanding,
    Revision,
    RouterStanding,
    SessionSample,
    SessionStanding,
)
from hanse.store.models.wanted import WantedObject

__all__ = [
    "AddressStanding",
    "Alert",
    "ApiToken",
    "AuditEntry",
    "ChangeRecord",
    "ChangeSet",
    "Counted",
    "Delivery",
    "Deployment",
    "DeploymentStep",
    "Draft",
    "DraftOperation",
    "Grant",
    "HiddenPeer",
    "HostKey",
    "IrrChange",
    "IrrExpansion",
    "IrrHead",
    "Job",
    "KnownCampus",
    "KnownCarrier",
    "KnownCarrierSite",
    "KnownContact",
    "KnownExchange",
    "KnownExchangeSite",
    "KnownFacility",
    "KnownLan",
    "KnownMember",
    "KnownNetwork",
    "KnownOrganisation",
    "KnownPrefix",
    "KnownPresence",
    "LinkStanding",
    "PeeringRequest",
    "PeeringdbReading",
    "PlanRecord",
    "PlannedDevice",
    "Poll",
    "Recipient",
    "Revision",
    "RouterStanding",
    "Schedule",
    "Secret",
    "SessionSample",
    "SessionStanding",
    "ShownColumns",
    "Sighting",
    "TemplateOverride",
    "User",
    "WantedObject",
    "Worker",
]
