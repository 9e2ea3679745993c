"""Logos drawn from a seed: a badge with a simple sign. The same seed gives the same picture."""

import io
import math
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = 480
# Drawn larger and scaled down, which gives smooth edges without a drawing library.
SCALE = 2
PALETTES = [
    ("#0d5470", "#f2b134", "#ffffff"),
    ("#2f8f76", "#fdf0d0", "#0f4a3c"),
    ("#7257a8", "#f29a77", "#ffffff"),
    ("#a5391f", "#f4c95d", "#fff7f2"),
    ("#22335f", "#8cbed3", "#ffffff"),
    ("#5f1839", "#f3b065", "#fae5ec"),
]


def draw_emblem(seed: str) -> ContentFile:
    """Return a PNG of 480 × 480 pixels with a transparent background."""
    chance = random.Random(seed)  # noqa: S311 a drawing, not a secret
    ground, sign, light = chance.choice(PALETTES)
    size = SIZE * SCALE
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    frame = (size * 0.04, size * 0.04, size * 0.96, size * 0.96)
    chance.choice([_round, _shield, _square])(draw, frame, ground)
    chance.choice([_tree, _sun, _house, _waves])(draw, size, sign, light, chance)
    stream = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(stream, "PNG")
    return ContentFile(stream.getvalue(), name="logo.png")


def _round(draw: ImageDraw.ImageDraw, frame: tuple, colour: str) -> None:
    draw.ellipse(frame, fill=colour)


def _square(draw: ImageDraw.ImageDraw, frame: tuple, colour: str) -> None:
    draw.rounded_rectangle(frame, radius=(frame[2] - frame[0]) * 0.18, fill=colour)


def _shield(draw: ImageDraw.ImageDraw, frame: tuple, colour: str) -> None:
    left, top, right, _bottom = frame
    middle, width = (left + right) / 2, right - left
    curve = [(middle + width / 2 * math.cos(a), top + width * 0.52 + width * 0.48 * math.sin(a)) for a in _half()]
    draw.polygon([(left, top), (right, top), *curve], fill=colour)


def _half() -> list[float]:
    return [math.pi * step / 40 for step in range(41)]


def _tree(draw: ImageDraw.ImageDraw, size: int, sign: str, light: str, chance: random.Random) -> None:
    draw.rectangle((size * 0.47, size * 0.52, size * 0.53, size * 0.76), fill=light)
    for x, y, r in ((0.5, 0.34, 0.15), (0.38, 0.46, 0.13), (0.62, 0.46, 0.13), (0.5, 0.5, 0.12)):
        draw.ellipse((size * (x - r), size * (y - r), size * (x + r), size * (y + r)), fill=sign)


def _sun(draw: ImageDraw.ImageDraw, size: int, sign: str, light: str, chance: random.Random) -> None:
    rays = chance.choice([8, 10, 12])
    for ray in range(rays):
        angle = 2 * math.pi * ray / rays
        near, far = size * 0.2, size * 0.32
        ends = [(size / 2 + r * math.cos(angle), size * 0.48 + r * math.sin(angle)) for r in (near, far)]
        draw.line(ends, fill=light, width=size // 36)
    draw.ellipse((size * 0.34, size * 0.32, size * 0.66, size * 0.64), fill=sign)


def _house(draw: ImageDraw.ImageDraw, size: int, sign: str, light: str, chance: random.Random) -> None:
    draw.polygon([(size * 0.24, size * 0.46), (size * 0.5, size * 0.24), (size * 0.76, size * 0.46)], fill=sign)
    draw.rectangle((size * 0.31, size * 0.46, size * 0.69, size * 0.7), fill=light)
    draw.rectangle((size * 0.46, size * 0.54, size * 0.54, size * 0.7), fill=sign)


def _waves(draw: ImageDraw.ImageDraw, size: int, sign: str, light: str, chance: random.Random) -> None:
    for row, colour in enumerate((light, sign, light)):
        y = size * (0.38 + 0.13 * row)
        points = [(size * (0.22 + 0.56 * x / 60), y + size * 0.035 * math.sin(x / 5 + row)) for x in range(61)]
        draw.line(points, fill=colour, width=size // 22, joint="curve")
