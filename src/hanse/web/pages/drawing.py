"""The map as a drawing: where sites, links and their names go on the sheet. Numbers in, numbers out.

The projection is Web Mercator (EPSG:3857), so that tiles of the usual servers lie under it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asinh, cos, dist, log2, pi, radians, tan
from typing import Final

WIDTH: Final = 1000.0  # of the sheet, in its own units
TALLEST: Final = 900.0
FLATTEST: Final = 420.0
MARGIN: Final = 90.0
SMALLEST: Final = 0.5e-5  # of the world: a single site is shown with some 200 m around it
EQUATOR: Final = 40_075.017  # km, WGS 84
TILE: Final = 256.0  # pixels
TILES_AT_MOST: Final = 48
DEEPEST: Final = 17  # level of tiles; not every server has more
LETTER: Final = 11.0  # width of one, about
HEIGHT: Final = 22.0  # of a line of letters
POINT: Final = 8.0  # radius of a site
SHORT: Final = 6 * POINT  # between two sites: their circles and a mark cover what is shorter
BOW: Final = 6 * POINT  # how far a way bows out that is too short


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSite:
    """A site with its place on the sheet, and the place of its name: `anchor` as SVG has it."""

    name: str
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What goes from site to site, as an SVG path, with the middle where its mark goes."""

    sites: tuple[str, str]
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One tile that lies under the map."""

    level: int
    column: int
    row: int
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything in units of the sheet. `scale` is the length of the bar, which stands for `kilometres`."""

    width: float
    height: float
    sites: tuple[PlacedSite, ...]
    runs: tuple[Run, ...]
    scale: float
    kilometres: float
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    left: float  # of the world, 0 to 1
    top: float
    unit: float  # of the world, a unit of the sheet
    height: float
    latitude: float

    def at(self, place: tuple[float, float]) -> tuple[float, float]:
        """Return where on the sheet a place of the world is."""
        return (place[0] - self.left) / self.unit, (place[1] - self.top) / self.unit


def draw(places: Sequence[tuple[str, float, float]], pairs: Iterable[tuple[str, str]], *, tiles: bool) -> Drawing:
    """Return the drawing of sites (name, latitude, longitude) and of what joins pairs of them.

    What is within a site, or goes to one without a place, is not drawn.
    """
    world = {name: _mercator(latitude, longitude) for name, latitude, longitude in places}
    sheet = _sheet(tuple(world.values()), sum(latitude for _, latitude, _ in places) / max(1, len(places)))
    points = {name: sheet.at(place) for name, place in world.items()}
    scale, kilometres = _scale(sheet)
    return Drawing(
        width=WIDTH,
        height=sheet.height,
        sites=_named(points, sheet.height),
        runs=tuple(_runs(points, pairs)),
        scale=scale,
        kilometres=kilometres,
        tiles=_tiles(sheet) if tiles else (),
    )


def _mercator(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a place as shares of the world's width, from its north-west corner."""
    return (longitude + 180) / 360, (1 - asinh(tan(radians(latitude))) / pi) / 2


def _sheet(places: Sequence[tuple[float, float]], latitude: float) -> _Sheet:
    across = [x for x, _ in places] or [0.5]
    down = [y for _, y in places] or [0.5]
    wide = max(max(across) - min(across), SMALLEST)
    tall = max(max(down) - min(down), SMALLEST)
    unit = max(wide / (WIDTH - 2 * MARGIN), tall / (TALLEST - 2 * MARGIN))
    height = max(FLATTEST, tall / unit + 2 * MARGIN)
    left = (max(across) + min(across)) / 2 - unit * WIDTH / 2
    top = (max(down) + min(down)) / 2 - unit * height / 2
    return _Sheet(left=left, top=top, unit=unit, height=height, latitude=latitude)


def _scale(sheet: _Sheet) -> tuple[float, float]:
    """Return the bar's length and what it stands for: 1, 2 or 5 times a power of ten, up to a fifth of the sheet."""
    a_unit = sheet.unit * EQUATOR * cos(radians(sheet.latitude))
    longest = a_unit * WIDTH / 5
    lengths = [digit * 10.0**power for power in range(-3, 5) for digit in (1, 2, 5)]
    kilometres = max((length for length in lengths if length <= longest), default=lengths[0])
    return kilometres / a_unit, kilometres


def _named(points: dict[str, tuple[float, float]], height: float) -> tuple[PlacedSite, ...]:
    """Put each name beside its point, where nothing is yet: right, left, below, above; else at the right."""
    taken = [(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points.values()]
    placed = []
    for name, (x, y) in sorted(points.items()):
        wide = len(name) * LETTER
        choices = (
            (x + 15, y + 7, "start", x + 15),
            (x - 15, y + 7, "end", x - 15 - wide),
            (x, y + 31, "middle", x - wide / 2),
            (x, y - 17, "middle", x - wide / 2),
            (x, y + 53, "middle", x - wide / 2),
            (x, y - 39, "middle", x - wide / 2),
        )
        boxes = [(left, text_y - HEIGHT + 4, left + wide, text_y + 4) for _, text_y, _, left in choices]
        at = next((at for at, box in enumerate(boxes) if _is_free(box, taken, height)), 0)
        taken.append(boxes[at])
        text_x, text_y, anchor, _ = choices[at]
        placed.append(PlacedSite(name=name, x=x, y=y, text_x=text_x, text_y=text_y, anchor=anchor))
    return tuple(placed)


Box = tuple[float, float, float, float]  # left, top, right, bottom


def _is_free(box: Box, taken: list[Box], height: float) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > height:
        return False
    return all(right <= one[0] or left >= one[2] or bottom <= one[1] or top >= one[3] for one in taken)


def _runs(points: dict[str, tuple[float, float]], pairs: Iterable[tuple[str, str]]) -> Iterator[Run]:
    for one, other in pairs:
        if one != other and one in points and other in points:
            yield _run((one, other), points[one], points[other])


def _run(sites: tuple[str, str], start: tuple[float, float], end: tuple[float, float]) -> Run:
    """Return the straight way, or a bow where the sites are so close that their circles would cover it."""
    (x, y), (to_x, to_y) = start, end
    middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
    long = dist(start, end)
    if long >= SHORT:
        return Run(sites=sites, path=f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}", x=middle_x, y=middle_y)
    across_x, across_y = ((to_y - y) / long, (x - to_x) / long) if long else (1.0, 0.0)
    bent_x, bent_y = middle_x + 2 * BOW * across_x, middle_y + 2 * BOW * across_y  # a curve goes half way there
    path = f"M{x:.1f} {y:.1f}Q{bent_x:.1f} {bent_y:.1f} {to_x:.1f} {to_y:.1f}"
    return Run(sites=sites, path=path, x=middle_x + BOW * across_x, y=middle_y + BOW * across_y)


def _tiles(sheet: _Sheet) -> tuple[Tile, ...]:
    """Return the tiles of the level at which one is about as large as it was drawn, or coarser if they are many."""
    level = max(0, min(DEEPEST, round(log2(1 / (sheet.unit * TILE)))))
    found = _tiles_at(sheet, level)
    while len(found) > TILES_AT_MOST and level > 0:
        level -= 1
        found = _tiles_at(sheet, level)
    return found


def _tiles_at(sheet: _Sheet, level: int) -> tuple[Tile, ...]:
    count = 2**level
    size = 1 / count / sheet.unit
    first_column, last_column = int(sheet.left * count), int((sheet.left + WIDTH * sheet.unit) * count)
    first_row, last_row = int(sheet.top * count), int((sheet.top + sheet.height * sheet.unit) * count)
    tiles = []
    for column in range(max(0, first_column), min(count - 1, last_column) + 1):
        for row in range(max(0, first_row), min(count - 1, last_row) + 1):
            x, y = sheet.at((column / count, row / count))
            tiles.append(Tile(level=level, column=column, row=row, x=x, y=y, size=size))
    return tuple(tiles)
