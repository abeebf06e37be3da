"""Templates of one's own, and host keys as routers show them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.small_city import ALICE, FILE, Town, network, town
from hanse.actions import world
from hanse.actions.access import NotATemplate, remove_template, set_template, stored_templates
from hanse.actions.pinging import learn
from hanse.actions.planning import plan
from hanse.actions.status import status
from hanse.actions.wanted import export_network, import_network
from hanse.devices.driver import DriverKind, Target
from hanse.devices.fake.driver import FAKE
from hanse.network.errors import HanseError
from hanse.render.text import TemplateBroken, template_text
from hanse.store import access
from hanse.store.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)
BIRD = "bird2/bird.conf.j2"


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as found:
        yield found


def test_a_template_of_ones_own_stands_in_for_ours(place: Town) -> None:
    text = template_text(BIRD) + "# ours for {{ spec.name }}\n"

    set_template(name=BIRD, text=text, author=ALICE, clock=place.clock)

    assert "# ours for alpha\n" in plan(world=place.world).plan.devices[0].text
    assert AuditEntry.objects.filter(kind="template").count() == 1


def test_a_template_that_fails_on_a_router_is_not_taken(place: Town) -> None:
    with pytest.raises(TemplateBroken):
        set_template(name=BIRD, text="{{ spec.nothing }}\n", author=ALICE, clock=place.clock)

    assert stored_templates() == {}
    assert not AuditEntry.objects.filter(kind="template").exists()


def test_a_template_that_hanse_does_not_know_is_refused(place: Town) -> None:
    with pytest.raises(NotATemplate, match="did you mean bird2"):
        set_template(name="bird2/bird.con.j2", text="", author=ALICE, clock=place.clock)


def test_our_own_template_holds_again(place: Town) -> None:
    set_template(name=BIRD, text=template_text(BIRD) + "# x\n", author=ALICE, clock=place.clock)

    remove_template(name=BIRD, author=ALICE, clock=place.clock)

    assert stored_templates() == {}
    with pytest.raises(NotATemplate):
        remove_template(name=BIRD, author=ALICE, clock=place.clock)


def test_templates_come_and_go_with_the_files(place: Town) -> None:
    import_network(network=network(), templates={BIRD: "one\n"}, author=ALICE, clock=place.clock)
    assert export_network()[f"templates/{BIRD}"] == "one\n"

    import_network(network=network(), templates=None, author=ALICE, clock=place.clock)
    assert stored_templates() == {BIRD: "one\n"}

    import_network(network=network(), templates={}, author=ALICE, clock=place.clock)
    assert stored_templates() == {}


@dataclass(frozen=True)
class KeyedWorld:
    """A world whose fake routers show SSH host keys."""

    shown: dict[str, str] = field(default_factory=dict)

    def learn(self, target: Target) -> str:
        return self.shown[target.name]

    def kind(self) -> DriverKind:
        return replace(FAKE, learn_host_key=self.learn)


def learned(place: Town, shown: dict[str, str], *, relearn: bool = False) -> dict[str, str | HanseError]:
    keyed = KeyedWorld(shown=shown)

    class World:
        """The town's world but for the driver kind."""

        def __getattr__(self, name: str) -> object:
            return getattr(place.world, name)

        def kind(self, driver: str) -> DriverKind:
            return keyed.kind()

    return learn(world=cast("world.World", World()), relearn=relearn, author=ALICE)


def test_host_keys_are_learned_at_once(place: Town) -> None:
    assert learned(place, {"alpha": "k a", "beta": "k b"}) == {"alpha": "k a", "beta": "k b"}
    assert access.host_keys() == {"alpha": "k a", "beta": "k b"}


def test_a_key_that_changed_is_an_error_of_that_router(place: Town) -> None:
    learned(place, {"alpha": "k a", "beta": "k b"})

    again = learned(place, {"alpha": "k a", "beta": "k c"})

    assert again["alpha"] == ""
    assert "alpha" not in str(again["beta"])
    assert "another host key" in str(again["beta"])
    assert access.host_keys()["beta"] == "k b"


def test_a_key_is_replaced_on_purpose(place: Town) -> None:
    learned(place, {"alpha": "k a", "beta": "k b"})

    assert learned(place, {"alpha": "k a", "beta": "k c"}, relearn=True) == {"alpha": "", "beta": "k c"}


def test_status_costs_the_same_for_one_router_and_for_many(place: Town) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            status()
        return len(captured)

    before = cost()
    node = "  r{0}: {{number: {0}, site: hall, platform: fake, management: {{address: 198.18.1.{0}/24}}}}\n"
    more = "".join(node.format(number) for number in range(3, 23))
    place.wants(FILE.replace("links: {", more + "links: {"))

    assert len(status().routers) == 22
    assert cost() == before
