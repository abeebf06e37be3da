"""The map as a drawing."""

from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hanse.web.pages.drawing import WIDTH, draw

RATHAUS = ("rathaus", 51.7186, 8.7545)
DOM = ("dom", 51.7190, 8.7556)
WEWER = ("wewer", 51.6879, 8.7030)

places = some.lists(
    some.tuples(
        some.text("abcdefgh", min_size=1, max_size=8),
        some.floats(-80, 80, allow_nan=False),
        some.floats(-179, 179, allow_nan=False),
    ),
    max_size=12,
    unique_by=lambda place: place[0],
)


def test_north_is_up_and_east_is_right() -> None:
    spots = {spot.name: spot for spot in draw([RATHAUS, WEWER], [], tiles=False).sites}

    assert spots["rathaus"].y < spots["wewer"].y
    assert spots["rathaus"].x > spots["wewer"].x


@given(places)
def test_every_site_lies_on_the_sheet(found: list[tuple[str, float, float]]) -> None:
    drawing = draw(found, [], tiles=False)

    assert all(0 <= spot.x <= WIDTH and 0 <= spot.y <= drawing.height for spot in drawing.sites)
    assert {spot.name for spot in drawing.sites} == {name for name, _, _ in found}


def test_names_of_close_sites_do_not_cover_each_other() -> None:
    spots = draw([RATHAUS, DOM, WEWER], [], tiles=False).sites

    for one, other in combinations(spots, 2):
        assert (one.anchor, round(one.text_y)) != (other.anchor, round(other.text_y)) or abs(one.x - other.x) > 100


def test_what_joins_two_sites_runs_between_them() -> None:
    drawing = draw([RATHAUS, WEWER], [("rathaus", "wewer")], tiles=False)

    spots = {spot.name: spot for spot in drawing.sites}
    assert drawing.runs[0].x == pytest.approx((spots["rathaus"].x + spots["wewer"].x) / 2)


def test_what_joins_sites_that_touch_bows_out_from_under_them() -> None:
    drawing = draw([RATHAUS, DOM, WEWER], [("rathaus", "dom")], tiles=False)

    spots = {spot.name: spot for spot in drawing.sites}
    mark = (drawing.runs[0].x, drawing.runs[0].y)
    assert min(dist(mark, (spots[name].x, spots[name].y)) for name in ("rathaus", "dom")) > 20


def test_what_is_within_a_site_or_leads_to_one_without_a_place_is_not_drawn() -> None:
    drawing = draw([RATHAUS], [("rathaus", "rathaus"), ("rathaus", "nowhere")], tiles=False)

    assert drawing.runs == ()


def test_the_scale_is_a_round_length() -> None:
    drawing = draw([RATHAUS, WEWER], [], tiles=False)

    spots = {spot.name: spot for spot in drawing.sites}
    apart = ((spots["rathaus"].x - spots["wewer"].x) ** 2 + (spots["rathaus"].y - spots["wewer"].y) ** 2) ** 0.5
    assert drawing.kilometres == 0.5
    assert apart / drawing.scale * drawing.kilometres == pytest.approx(4.93, abs=0.1)  # by the haversine formula


@given(places)
def test_tiles_cover_the_sheet_and_are_few(found: list[tuple[str, float, float]]) -> None:
    drawing = draw(found, [], tiles=True)

    assert 1 <= len(drawing.tiles) <= 48
    assert all(0 <= tile.column < 2**tile.level and 0 <= tile.row < 2**tile.level for tile in drawing.tiles)


def test_without_tiles_none_are_asked_for() -> None:
    assert draw([RATHAUS], [], tiles=False).tiles == ()
