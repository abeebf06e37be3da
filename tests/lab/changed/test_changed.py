"""One link's class is edited: two routers change, nothing restarts."""

from datetime import timedelta

import pytest

from hanse_lab.waiting import wait_until
from lab.city import City

pytestmark = pytest.mark.lab

ENDS = {"10.20.0.3", "10.20.0.4"}
TELLS_EVERY = 5  # seconds between two tellings at least: MinLSInterval, RFC 2328
LINK = 'ring-uni-hafen: {number: 2, link_class: fibre, ends: ["core3:ring1", "core4:ring0"]}'


def told(city: City) -> dict[tuple[int, str], tuple[int, int]]:
    """Return the count and age of what each router told each OSPF of its links."""
    return {(version, router): what for version in (4, 6) for router, what in city.told(version).items()}


def counts(city: City) -> dict[tuple[int, str], int]:
    """Return how often each router told each OSPF of its links, once nothing more can be on its way."""
    wait_until(
        "no router has news that it may not tell yet",
        lambda: min(age for _, age in told(city).values()) > TELLS_EVERY,
        within=timedelta(seconds=90),
    )
    return {who: number for who, (number, _) in told(city).items()}


def changed_lines(diff: str) -> list[str]:
    """Return the lines of a diff that go or come, without their comments."""
    lines = (line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---"))
    return [" ".join(line.split()) for line in lines]


def test_a_link_of_another_class_changes_its_two_ends_and_restarts_nothing(city: City) -> None:
    before = city.ages()
    told_before = counts(city)
    city.edit("nodes.yml", LINK, LINK.replace("fibre", "radio"))

    planned = city.changed_routers()
    city.hanse.say("apply", "--yes")

    assert set(planned) == {"core3", "core4"}
    for diff in planned.values():
        assert changed_lines(diff) == ["- cost 10;", "+ cost 100;", "- cost 10;", "+ cost 100;"]
    assert "cost 100" in city.shell("core4", "grep", "-A3", '"ring0"', "/etc/bird/bird.conf")
    assert city.ages() == before
    after = counts(city)
    assert {router for (version, router), number in after.items() if number != told_before[version, router]} == ENDS
