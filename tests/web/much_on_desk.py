"""One of everything that a desk holds, so that every page and every list has something to show."""

from datetime import timedelta
from typing import Any, Final

from hanse.actions import drafts, tokens
from hanse.actions.accounts import add_user
from hanse.actions.peering.requests import write_request
from hanse.actions.people import person_for
from hanse.actions.planning import plan
from hanse.actions.plans import on_record
from hanse.actions.recipients import Wish, add_recipient
from hanse.actions.rights import operator
from hanse.actions.schedules import ensure_usual
from hanse.actions.secrets import set_secret
from hanse.monitor.telling.targets import Means
from hanse.network.wanted.edits import Edit
from hanse.store import access
from hanse.store.models import Alert, Delivery, Job, PlanRecord, Recipient, User, WantedObject
from samples.peeringdb_rows import put_sample
from web.city_on_desk import ALICE, DRIFTED, Desk

ALL: Final = operator("alice")


MARK: Final = "mark-of-a-secret"  # stands in every secret that is put here, and nowhere else


def put_much(desk: Desk) -> tuple[str, ...]:
    """Put it there, and return the texts that nobody may be shown. Each person has a token of their own."""
    set_secret("radius", f"{MARK}-of-radius", person=ALL, clock=desk.clock)
    add_user(username="erin", password=f"{MARK}-of-erin", person=ALL, clock=desk.clock)
    texts = [
        tokens.make(
            name=f"{user.username}s",
            may_write=True,
            expires=desk.clock.now() + timedelta(days=30),
            person=person_for(user, "page"),
            clock=desk.clock,
        )
        for user in User.objects.all()
    ]
    ensure_usual(at=desk.clock.now())
    Job.objects.create(kind="poll", device="core1", who="alice", state="done", created_at=desk.clock.now())
    access.put_host_key("core1", "ssh-ed25519 AAAA", by="alice", at=desk.clock.now())
    number = on_record(plan(world=desk.world, limit=[DRIFTED]), world=desk.world, author=ALICE)
    rollout = Job.objects.create(kind="apply", arguments={"plan": number}, who="alice", created_at=desk.clock.now())
    PlanRecord.objects.filter(pk=number or 0).update(rollout=rollout, applied_at=desk.clock.now())
    _put_alert(desk)
    _put_peering(desk)
    _put_drafts(desk)  # last: the latest draft is open
    return (MARK, *texts)


def _put_peering(desk: Desk) -> None:
    """PeeringDB's sample, a contact of Alme, and a request to them that nobody has sent."""
    put_sample()
    edits = [
        Edit(kind="contacts", name="alme", body={"email": "peering@as64501.example.net", "roles": ["policy"]}),
        _changed("autonomous_systems", "64501", {"contacts": ["alme"]}),
    ]
    drafts.save_now(edits=edits, person=ALL, world=desk.world)
    write_request(asn=64501, contact="alme", person=ALL, world=desk.world)


def _put_alert(desk: Desk) -> None:
    at = desk.clock.now()
    add_recipient(
        Wish(name="night", means=Means.WEBHOOK, target=f"https://192.0.2.9/{MARK}", secret=f"{MARK}-of-night"),
        ALL,
        world=desk.world,
    )
    alert = Alert.objects.first() or Alert.objects.create(
        key="router-unreachable spur2",
        kind="router-unreachable",
        node="spur2",
        sentence="spur2 does not answer",
        fired_at=at,
        last_at=at,
    )
    Delivery.objects.create(
        recipient=Recipient.objects.get(), alert=alert, event="fired", body={}, state="given up", created_at=at
    )


def _put_drafts(desk: Desk) -> None:
    """One draft is taken, and so a change set; the other is open."""
    taken = drafts.begin(title="a name", person=ALL, world=desk.world)
    drafts.put(draft=taken, edits=[_described("core1")], person=ALL, world=desk.world)
    drafts.take(draft=taken, person=ALL, world=desk.world)
    open_one = drafts.begin(title="another", person=ALL, world=desk.world)
    drafts.put(draft=open_one, edits=[_described("core2")], person=ALL, world=desk.world)


def _described(node: str) -> Edit:
    return _changed("nodes", node, {"status": "maintenance"})


def _changed(kind: str, name: str, fields: dict[str, Any]) -> Edit:
    body: dict[str, Any] = WantedObject.objects.get(kind=kind, name=name).body
    return Edit(kind=kind, name=name, body={**body, **fields})
