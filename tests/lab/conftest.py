"""One city for all scenarios: started once, configured by Hanse, left by each scenario as it was found."""

from collections.abc import Iterator

import pytest

from hanse_lab.requirements import lacks
from lab.city import City, city_up


@pytest.fixture(scope="session")
def started_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Give a city that is up and configured, and take it down at the end."""
    if missing := lacks():
        pytest.skip("; ".join(missing))
    with city_up(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest.fixture
def city(started_city: City) -> Iterator[City]:
    """Give the city as wanted; the scenario leaves it so."""
    yield started_city

    started_city.is_as_found()
