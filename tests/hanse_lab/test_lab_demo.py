"""What the demonstration shows, and what it tells a stranger to try; the whole of it runs in tests/demo."""

from pathlib import Path

import pytest

from hanse_lab.demo import Shown, shown, try_next
from hanse_lab.errors import LabError
from hanse_lab.lab import plan_from

CITY = Path(__file__).resolve().parents[2] / "examples" / "small-city"
URL = "http://127.0.0.1:8000/"


def hints(what: Shown) -> str:
    return try_next(plan_from(what.network), what, URL)


def test_by_default_the_city_has_a_vendors_router_and_a_sample_of_peeringdb() -> None:
    with shown(None) as what:
        plan = plan_from(what.network)

    assert len(plan.routers) == 9
    assert {"border3"} == {router.name for router in plan.routers if router.by_hand}
    assert what.settings == (("HANSE_PEERINGDB_URL", (CITY / "peeringdb").as_uri()),)


def test_the_files_of_the_demonstration_end_with_it() -> None:
    with shown(None) as what:
        there = what.network

    assert there.name.startswith("hanse-demo-")
    assert not there.exists()


def test_a_network_that_is_named_is_taken_as_it_is() -> None:
    with shown(CITY) as what:
        assert what == Shown(network=CITY, peeringdb=CITY / "peeringdb")

    assert CITY.exists()


def test_a_network_without_a_sample_has_no_setting_and_no_hint_of_it(tmp_path: Path) -> None:
    for file in CITY.glob("*.yml"):
        (tmp_path / file.name).write_text(file.read_text())

    with shown(tmp_path) as what:
        assert what.settings == ()
        assert "exchanges" not in hints(what)


def test_the_hints_name_files_that_are_there() -> None:
    with shown(None) as what:
        said = hints(what)

        assert f"edit the link_class of a link in {what.network}/network.yml" in said
        assert (what.network / "network.yml").is_file()
    assert f"find a peer at {URL}exchanges/" in said


def test_the_hints_name_files_from_here_where_they_lie_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CITY.parents[1])

    with shown(CITY) as what:
        assert "in examples/small-city/nodes.yml" in hints(what)


def test_a_hint_for_a_router_is_one_that_linux_understands() -> None:
    with shown(None) as what:
        assert "shell spur2 traceroute" in hints(what)


def test_a_folder_that_holds_no_network_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabError):
        plan_from(tmp_path)
