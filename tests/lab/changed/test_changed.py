"""One link's class is edited: two routers change, nothing restarts."""

import pytest

from lab.city import City

pytestmark = pytest.mark.lab

LINK = 'ring-uni-hafen: {number: 2, link_class: fibre, ends: ["core3:ring1", "core4:ring0"]}'


def changed_lines(diff: str) -> list[str]:
    """Return the lines of a diff that go or come, without their comments."""
    lines = (line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---"))
    return [" ".join(line.split()) for line in lines]


def test_a_link_of_another_class_changes_its_two_ends_and_restarts_nothing(city: City) -> None:
    before = city.ages()
    city.edit("nodes.yml", LINK, LINK.replace("fibre", "radio"))

    planned = city.changed_routers()
    city.hanse.say("apply", "--yes")

    assert set(planned) == {"core3", "core4"}
    for diff in planned.values():
        assert changed_lines(diff) == ["- cost 10;", "+ cost 100;", "- cost 10;", "+ cost 100;"]
    assert "cost 100" in city.shell("core4", "grep", "-A3", '"ring0"', "/etc/bird/bird.conf")
    assert city.ages() == before
