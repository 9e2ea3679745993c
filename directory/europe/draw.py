"""Generate `countries.json`, the shapes of the map of Europe, from the npm package world-atlas. See README.md.

python -m directory.europe.draw package/countries-50m.json
"""

import json
import math
import sys
from collections import Counter
from pathlib import Path

OUTPUT = Path(__file__).with_name("countries.json")

# Countries that can be chosen on the map: ISO 3166 numeric → alpha-2.
COUNTRIES = {
    "008": "AL", "020": "AD", "031": "AZ", "040": "AT", "051": "AM", "056": "BE", "070": "BA", "100": "BG",
    "112": "BY", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "250": "FR",
    "268": "GE", "276": "DE", "300": "GR", "348": "HU", "352": "IS", "372": "IE", "380": "IT", "428": "LV",
    "438": "LI", "440": "LT", "442": "LU", "470": "MT", "492": "MC", "498": "MD", "499": "ME", "528": "NL",
    "578": "NO", "616": "PL", "620": "PT", "642": "RO", "674": "SM", "688": "RS", "703": "SK", "705": "SI",
    "724": "ES", "752": "SE", "756": "CH", "792": "TR", "804": "UA", "807": "MK", "826": "GB",
}  # fmt: skip
# Countries without a numeric code in the data, or with another country's.
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY"}
# Surrounding land, so that a land border isn't drawn as a coast; one shape without inner borders.
AROUND = "around"
# Degrees. A Russian ring inside this box is Crimea, drawn as part of Ukraine.
CRIMEA = (32, 37, 44, 46.5)

WIDTH, HEIGHT = 945, 745
MARGIN = 6
CENTRE = math.radians(15), math.radians(52)
SCALE, LEFT, TOP = 1090, 0.405, 0.372
# Units of the drawing: the distance from a straight line below which a point is dropped, and an island's least area.
TOLERANCE, ISLAND = 0.8, 9
# Countries whose shape is narrower than this get a marker. MOVED separates the markers of neighbours.
SMALL = 27
MOVED = {"AL": (2, 9), "ME": (-11, 4), "XK": (8, -4)}

Point = tuple[float, float]


class Atlas:
    """A TopoJSON file. Rings consist of arcs shared between neighbours; a negative index is an arc in reverse."""

    def __init__(self, path: str) -> None:
        data = json.loads(Path(path).read_text())
        scale, shift = data["transform"]["scale"], data["transform"]["translate"]
        self.geometries = data["objects"]["countries"]["geometries"]
        self.arcs: list[list[Point]] = []
        for steps in data["arcs"]:
            x = y = 0
            points = []
            for dx, dy in steps:
                x, y = x + dx, y + dy
                points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
            self.arcs.append(points)
        self.drawn = [simplified([projected(point) for point in arc]) for arc in self.arcs]

    def rings(self) -> dict[str, list[list[int]]]:
        """Return the rings of each country and of the surrounding land, with disputed territories as in the README."""
        found: dict[str, list[list[int]]] = {}
        for geometry in self.geometries:
            code = BY_NAME.get(geometry["properties"]["name"]) or COUNTRIES.get(geometry.get("id"), AROUND)
            polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            for polygon in polygons:
                for ring in polygon:
                    found.setdefault("UA" if self._is_crimea(ring) else code, []).append(ring)
        return {code: self._joined(rings) for code, rings in found.items()}

    def _is_crimea(self, ring: list[int]) -> bool:
        west, east, south, north = CRIMEA
        points = self._points(ring, self.arcs)
        return all(west < x < east and south < y < north for x, y in points)

    def _joined(self, rings: list[list[int]]) -> list[list[int]]:
        """Merge the rings by removing the arcs that two of them share."""
        used = Counter(arc for ring in rings for arc in ring)
        left = [arc for ring in rings for arc in ring if ~arc not in used]
        if len(left) == sum(used.values()):
            return rings
        starting = {self._ends(arc)[0]: arc for arc in left}
        joined = []
        while starting:
            _start, arc = starting.popitem()
            ring = [arc]
            while (following := self._ends(ring[-1])[1]) in starting:
                ring.append(starting.pop(following))
            joined.append(ring)
        return joined

    def _ends(self, arc: int) -> tuple[Point, Point]:
        points = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
        return points[0], points[-1]

    def _points(self, ring: list[int], arcs: list[list[Point]]) -> list[Point]:
        points: list[Point] = []
        for arc in ring:
            more = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
            points += more[1:] if points else more
        return points

    def outline(self, ring: list[int]) -> list[Point]:
        """Return the simplified ring, clipped to the view."""
        return clipped(self._points(ring, self.drawn))


def projected(point: Point) -> Point:
    """Project to units of the drawing (Lambert azimuthal equal-area), so that areas are comparable."""
    longitude, latitude = math.radians(point[0]) - CENTRE[0], math.radians(point[1])
    cos = math.sin(CENTRE[1]) * math.sin(latitude) + math.cos(CENTRE[1]) * math.cos(latitude) * math.cos(longitude)
    k = math.sqrt(2 / max(1e-6, 1 + cos))
    x = k * math.cos(latitude) * math.sin(longitude)
    y = k * (math.cos(CENTRE[1]) * math.sin(latitude) - math.sin(CENTRE[1]) * math.cos(latitude) * math.cos(longitude))
    return SCALE * (x + LEFT), SCALE * (TOP - y)


def simplified(points: list[Point]) -> list[Point]:
    """Simplify with Douglas–Peucker: keep both ends and points further than TOLERANCE from the line between them."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = math.hypot(x2 - x1, y2 - y1)
    farthest, distance = 0, 0.0
    for index, (x, y) in enumerate(points[1:-1], 1):
        off = abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length if length else math.hypot(x - x1, y - y1)
        if off > distance:
            farthest, distance = index, off
    if distance <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: farthest + 1])[:-1] + simplified(points[farthest:])


def clipped(points: list[Point]) -> list[Point]:
    """Clip with Sutherland–Hodgman to the view plus an invisible margin."""
    low, right, bottom = -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN
    for axis, limit, sign in ((0, low, 1), (0, right, -1), (1, low, 1), (1, bottom, -1)):
        kept: list[Point] = []
        for before, point in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            inside, was_inside = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside != was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                crossing = [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])]
                crossing[axis] = limit
                kept.append(tuple(crossing))
            if inside:
                kept.append(point)
        points = kept
    return points


def area(points: list[Point]) -> float:
    pairs = zip(points, [points[-1], *points[:-1]], strict=True)
    return abs(sum(x * py - px * y for (x, y), (px, py) in pairs)) / 2


def path(outlines: list[list[Point]]) -> str:
    """Return SVG path data in whole units, with relative coordinates."""
    data = ""
    for outline in outlines:
        points = [(round(x), round(y)) for x, y in outline]
        px, py = points[0]
        steps = []
        for x, y in points[1:]:
            if (x, y) != (px, py):
                steps.append(f"{x - px} {y - py}")
                px, py = x, y
        if len(steps) > 1:
            data += f"M{points[0][0]} {points[0][1]}l" + " ".join(steps).replace(" -", "-") + "z"
    return data


def main(source: str) -> None:
    atlas = Atlas(source)
    drawing: dict = {"width": WIDTH, "height": HEIGHT, "around": "", "countries": {}}
    for code, rings in sorted(atlas.rings().items()):
        outlines = sorted((outline for ring in rings if (outline := atlas.outline(ring))), key=area, reverse=True)
        kept = [outline for outline in outlines if area(outline) >= ISLAND]
        if code == AROUND:
            drawing["around"] = path(kept)
        elif outlines:
            xs, ys = zip(*outlines[0], strict=True)
            small = min(max(xs) - min(xs), max(ys) - min(ys)) < SMALL
            moved = MOVED.get(code, (0, 0))
            marker = [round((max(xs) + min(xs)) / 2) + moved[0], round((max(ys) + min(ys)) / 2) + moved[1]]
            drawing["countries"][code] = {"d": path(kept), **({"marker": marker} if small else {})}
    OUTPUT.write_text(json.dumps(drawing, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
