"""Covers drawn from a seed: layered hills, a sun, small houses. The same seed gives the same picture."""

import io
import math
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = (1200, 675)
# Drawn at twice the size and halved, which gives smooth edges without a drawing library.
SCALE = 2
# upper sky, lower sky, sun, three hills from far to near, roofs
PALETTES = [
    ("#dcecf5", "#fdf3df", "#f2b134", ("#7fb2d1", "#2f7fb0", "#0b4a6f"), "#e2733d"),
    ("#ece6fa", "#fdeee3", "#f58e6c", ("#b3a0e0", "#7a5cc9", "#3b2a6b"), "#f2b134"),
    ("#def3ec", "#fdf6dc", "#f4c95d", ("#8fd0bf", "#3aa88f", "#0f5b4c"), "#d9574a"),
    ("#fae5ec", "#fdf1e2", "#f3b065", ("#dd9ab5", "#b34d78", "#5f1839"), "#f2c14e"),
    ("#e3eef9", "#f5f1fb", "#ef8354", ("#9db8dd", "#4f6fb0", "#22335f"), "#f2b134"),
]


def draw_cover(seed: str) -> ContentFile:
    """Return a PNG of 1200 × 675 pixels."""
    chance = random.Random(seed)  # noqa: S311 a drawing, not a secret
    top, bottom, sun, hills, roofs = chance.choice(PALETTES)
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    image = _sky(top, bottom).resize((width, height), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(image)
    x, y, r = (
        chance.uniform(0.55, 0.85) * width,
        chance.uniform(0.2, 0.36) * height,
        chance.uniform(0.07, 0.12) * height,
    )
    draw.ellipse((x - r, y - r, x + r, y + r), fill=sun)
    for layer, colour in enumerate(hills):
        ridge = _ridge(chance, width, height * (0.52 + 0.15 * layer), height * 0.09)
        draw.polygon([(0, height), *ridge, (width, height)], fill=colour)
        if layer:
            for x, y in chance.sample(ridge[8:-8:10], chance.randint(2, 4)):
                _house(draw, x, y, chance.uniform(0.018, 0.034) * width, roofs, chance)
    stream = io.BytesIO()
    # Storing the image encodes it again, so compressing hard here would be wasted time.
    image.reduce(SCALE).save(stream, "PNG", compress_level=1)
    return ContentFile(stream.getvalue(), name="cover.png")


def _sky(top: str, bottom: str) -> Image.Image:
    sky = Image.new("RGB", (1, 2), top)
    sky.putpixel((0, 1), Image.new("RGB", (1, 1), bottom).getpixel((0, 0)))
    return sky.resize((1, SIZE[1] * SCALE), Image.Resampling.BILINEAR)


def _ridge(chance: random.Random, width: int, base: float, swing: float) -> list[tuple[float, float]]:
    waves = [(swing / (i + 1), width / chance.uniform(2, 4) / (i + 1), chance.uniform(0, 6.3)) for i in range(3)]
    return [
        (x, base + sum(size * math.sin(x / length + phase) for size, length, phase in waves))
        for x in range(0, width + 1, width // 120)
    ]


def _house(draw: ImageDraw.ImageDraw, x: float, y: float, size: float, roof: str, chance: random.Random) -> None:
    draw.rectangle((x - size, y - size, x + size, y + size * 0.7), fill="#fffaf0")
    draw.polygon([(x - size * 1.25, y - size), (x, y - size * 2), (x + size * 1.25, y - size)], fill=roof)
    window = chance.choice((-0.45, 0.45)) * size
    draw.rectangle((x + window - size * 0.2, y - size * 0.55, x + window + size * 0.2, y - size * 0.1), fill="#f7d774")
    draw.rectangle((x - size * 0.18, y - size * 0.1, x + size * 0.18, y + size * 0.7), fill="#5b4636")
