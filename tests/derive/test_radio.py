"""The arithmetic of ways over the ground and of radio, against known values and against itself."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.derive.radio import bearing, bulge, distance, free_space_loss, fresnel, link_path
from hanse.network.wanted.costs import NoCost, cost_of
from hanse.network.wanted.places import Place
from hanse.network.wanted.problems import problems
from samples.city import city, city_with

HALF_WAY_ROUND = 20_015_115  # metres, of a sphere with the mean radius
places = st.builds(Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
cities = st.builds(Place, latitude=st.floats(-70, 70), longitude=st.floats(-180, 180))
far = st.floats(1, 100_000)
frequencies = st.integers(1, 300_000)

RADIO = {"radio": {"frequency": 5500, "capacity": 300, "cost": None}}


def test_a_degree_along_a_meridian_is_111_kilometres() -> None:
    found = distance(Place(latitude=50, longitude=8), Place(latitude=51, longitude=8))

    assert found == pytest.approx(111_195, abs=1)


def test_a_degree_of_longitude_at_60_north_is_half_of_one_at_the_equator() -> None:
    equator = distance(Place(latitude=0, longitude=0), Place(latitude=0, longitude=1))
    north = distance(Place(latitude=60, longitude=0), Place(latitude=60, longitude=1))

    assert north == pytest.approx(equator / 2, rel=1e-4)


@given(places, places)
def test_a_way_is_as_long_there_as_back_and_never_more_than_half_way_round(one: Place, other: Place) -> None:
    there, back = distance(one, other), distance(other, one)

    assert there == pytest.approx(back, abs=1e-3)
    assert 0 <= there <= HALF_WAY_ROUND


@given(places, places, places)
def test_no_detour_is_shorter(one: Place, between: Place, other: Place) -> None:
    direct = distance(one, other)

    assert direct <= distance(one, between) + distance(between, other) + 0.5


@given(places, places)
def test_a_bearing_is_a_direction(one: Place, other: Place) -> None:
    assert 0 <= bearing(one, other) < 360


@given(cities, st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_in_a_city_the_way_back_is_the_opposite_direction(here: Place, north: float, east: float) -> None:
    there = Place(latitude=here.latitude + north, longitude=max(-180.0, min(180.0, here.longitude + east)))
    if distance(here, there) < 1:
        return

    turned = (bearing(there, here) - bearing(here, there)) % 360

    assert turned == pytest.approx(180, abs=1)


@pytest.mark.parametrize(("north", "east", "degrees"), [(0.01, 0, 0), (0, 0.01, 90), (-0.01, 0, 180), (0, -0.01, 270)])
def test_the_four_quarters_are_where_a_compass_has_them(north: float, east: float, degrees: float) -> None:
    found = bearing(Place(latitude=0, longitude=8), Place(latitude=north, longitude=8 + east))

    assert found == pytest.approx(degrees)


@pytest.mark.parametrize(
    ("metres", "megahertz", "decibels"),
    # 20 log10(4 pi d f / c), worked out apart from the formula with the rounded constant of P.525
    [(1000, 2400, 100.05), (10_000, 5500, 127.26), (1000, 60_000, 128.01), (100, 868, 71.22)],
)
def test_the_loss_in_free_space_is_that_of_the_tables(metres: float, megahertz: float, decibels: float) -> None:
    assert free_space_loss(metres, megahertz) == pytest.approx(decibels, abs=0.06)


@given(far, frequencies)
def test_twice_the_way_or_the_frequency_loses_six_decibels_more(metres: float, megahertz: int) -> None:
    once = free_space_loss(metres, megahertz)

    assert free_space_loss(2 * metres, megahertz) - once == pytest.approx(6.0206, abs=1e-3)
    assert free_space_loss(metres, 2 * megahertz) - once == pytest.approx(6.0206, abs=1e-3)


def test_the_fresnel_zone_of_ten_kilometres_at_5500_megahertz_is_eleven_metres_and_a_half_wide() -> None:
    assert fresnel(10_000, 5500) == pytest.approx(11.67, abs=0.01)


@given(far, frequencies)
def test_a_longer_way_has_a_wider_zone_and_a_higher_frequency_a_narrower_one(metres: float, megahertz: int) -> None:
    assert fresnel(2 * metres, megahertz) > fresnel(metres, megahertz) > fresnel(metres, 2 * megahertz)


def test_the_earth_rises_by_about_six_metres_into_twenty_kilometres() -> None:
    assert bulge(20_000) == pytest.approx(5.886, abs=0.001)


def test_a_radio_link_of_the_city_has_everything() -> None:
    network = city_with(link_classes=RADIO, nodes={"core2": {"height": 30}, "spur1": {"height": 60}})

    found = link_path(network, network.links["radio-dom-nordturm"])

    assert found is not None
    assert found.radio is not None
    assert found.distance == pytest.approx(2881.8, abs=0.1)
    assert found.bearings == pytest.approx((2.06, 182.06), abs=0.01)
    assert found.radio.loss == pytest.approx(116.4, abs=0.1)
    assert found.radio.clearance == pytest.approx(3.76, abs=0.01)
    assert found.free_below == pytest.approx(41.1, abs=0.1)


def test_a_fibre_has_its_distance_and_no_loss() -> None:
    network = city()

    found = link_path(network, network.links["ring-dom-uni"])

    assert found is not None
    assert found.distance > 1000
    assert (found.radio, found.free_below) == (None, None)


def test_a_link_from_a_site_without_a_place_has_no_way() -> None:
    network = city_with(sites={"dom": {"place": None}})

    assert link_path(network, network.links["radio-dom-nordturm"]) is None


def test_two_ends_at_one_place_have_no_loss() -> None:
    network = city_with(link_classes={"fibre": {"medium": "radio", "frequency": 5500}})

    found = link_path(network, network.links["border-west"])

    assert found is not None
    assert (found.distance, found.radio) == (0, None)


@pytest.mark.parametrize(
    ("capacity", "cost"), [(100_000, 1), (400_000, 1), (10_000, 10), (300, 333), (1, 65535), (2, 50_000)]
)
def test_the_capacity_gives_the_cost(capacity: int, cost: int) -> None:
    network = city_with(link_classes={"radio": {"capacity": capacity, "cost": None}})

    assert cost_of(network, network.links["radio-dom-nordturm"]) == cost


def test_a_written_cost_counts_more_than_a_capacity_and_that_of_the_link_most() -> None:
    network = city_with(link_classes={"radio": {"capacity": 100}}, links={"radio-dom-nordturm": {"cost": 7}})

    costs = [cost_of(network, network.links[name]) for name in ("radio-dom-nordturm", "radio-nordturm-wewer")]

    assert costs == [7, 100]


@given(st.lists(st.integers(1, 10**8), min_size=2))
def test_more_capacity_never_costs_more(capacities: list[int]) -> None:
    network = city()
    costs = [
        cost_of(city_with_capacity, network.links["radio-dom-nordturm"])
        for one in sorted(capacities)[:4]
        for city_with_capacity in [city_with(link_classes={"radio": {"capacity": one, "cost": None}})]
    ]

    assert all(before >= after for before, after in pairwise(costs))


def test_a_class_that_says_nothing_of_the_cost_is_a_problem_with_a_way_out() -> None:
    network = city_with(link_classes={"radio": {"cost": None, "capacity": None}})

    (found,) = problems(network)

    assert found.path == ("link_classes", "radio", "cost")
    assert found.sentence.startswith("link radio-dom-nordturm has no OSPF cost: give class radio a cost, or a capacity")
    with pytest.raises(NoCost, match="radio-dom-nordturm has no cost"):
        cost_of(network, network.links["radio-dom-nordturm"])


def test_a_class_without_cost_is_fine_where_each_link_has_one() -> None:
    links = {"radio-dom-nordturm": {"cost": 7}, "radio-nordturm-wewer": {"cost": 8}}

    assert not problems(city_with(link_classes={"radio": {"cost": None, "capacity": None}}, links=links))


def test_a_fibre_with_a_frequency_is_a_problem_that_names_both() -> None:
    (found,) = problems(city_with(link_classes={"fibre": {"frequency": 5500}}))

    assert found.sentence.startswith("5500 MHz and medium fibre: only radio has a frequency")
