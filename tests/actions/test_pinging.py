"""Host keys as routers show them."""

from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from actions.small_city import ALICE, Town
from hanse.actions import world
from hanse.actions.pinging import learn
from hanse.devices.driver import DriverKind, Target
from hanse.devices.fake.driver import FAKE
from hanse.network.errors import HanseError
from hanse.store import access

pytestmark = pytest.mark.django_db(transaction=True)


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
