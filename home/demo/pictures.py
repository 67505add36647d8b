"""Simple pictures of the city's landscape, drawn by code: flat shapes that weigh next to nothing."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 750
SKY, SUN, FAR, MID, NEAR = "#fdeed6", "#f2a93b", "#c9dbd6", "#7fa3a5", "#12505e"
LAKE, SHORE, BARK, LEAF, RED = "#a9c6cb", "#0e3b45", "#fbf7ee", "#c9973f", "#a63a32"
Draw = ImageDraw.ImageDraw


def _hills(draw: Draw, base: int, height: int, colour: str, seed: float) -> None:
    top = [
        (x, base - height * (0.5 + 0.5 * math.sin(x / 190 + seed) * math.cos(x / 340)))
        for x in range(0, WIDTH + 20, 20)
    ]
    draw.polygon([(0, HEIGHT), *top, (WIDTH, HEIGHT)], fill=colour)


def _spruce(draw: Draw, x: float, foot: float, size: float, colour: str) -> None:
    for step in range(4):
        half, top = size * (0.16 + 0.07 * step), foot - size + step * size * 0.2
        draw.polygon([(x - half, top + size * 0.36), (x + half, top + size * 0.36), (x, top)], fill=colour)
    draw.rectangle([x - size * 0.03, foot - size * 0.08, x + size * 0.03, foot], fill=colour)


def _birch(draw: Draw, x: int, foot: int, tall: int, rng: random.Random) -> None:
    draw.polygon([(x - 11, foot), (x + 11, foot), (x + 6, foot - tall), (x - 6, foot - tall)], fill=BARK)
    for mark in range(foot - tall + 40, foot - 10, 34):
        draw.rectangle([x - 9, mark, x + rng.randint(-2, 4), mark + 6], fill="#2a3335")
    for _leaf in range(16):
        cx, cy, r = x + rng.randint(-95, 95), foot - tall + rng.randint(-70, 130), rng.randint(24, 44)
        draw.ellipse([cx - r, cy - r * 0.75, cx + r, cy + r * 0.75], fill=rng.choice([LEAF, "#d8a94d", "#b98835"]))


def _sky(draw: Draw, sun: tuple[int, int] | None = (880, 210)) -> None:
    draw.rectangle([0, 0, WIDTH, HEIGHT], fill=SKY)
    if sun:
        draw.ellipse([sun[0] - 80, sun[1] - 80, sun[0] + 80, sun[1] + 80], fill=SUN)


def _lake(draw: Draw, rng: random.Random) -> None:
    _sky(draw)
    _hills(draw, 420, 130, FAR, 0.4)
    for x in range(0, WIDTH, 34):
        _spruce(draw, x + rng.randint(-9, 9), 470, rng.randint(60, 130), MID)
    draw.rectangle([0, 460, WIDTH, HEIGHT], fill=LAKE)
    for _glint in range(14):
        x, y = rng.randint(0, WIDTH), rng.randint(490, 660)
        draw.rectangle([x, y, x + rng.randint(50, 150), y + 4], fill=SKY)
    draw.rectangle([250, 425, 340, 475], fill=RED)
    draw.polygon([(235, 428), (295, 380), (355, 428)], fill="#33302d")
    draw.rectangle([340, 470, 430, 478], fill="#33302d")
    draw.polygon([(0, HEIGHT), (0, 660), (380, 700), (760, HEIGHT)], fill=SHORE)


def _birches(draw: Draw, rng: random.Random) -> None:
    _sky(draw, (260, 190))
    _hills(draw, 470, 120, FAR, 2.0)
    _hills(draw, 560, 60, "#9fbf9a", 1.1)
    draw.polygon([(0, HEIGHT), (420, 560), (520, 560), (760, HEIGHT)], fill="#ead9b8")
    for x in (150, 690, 860, 1050):
        _birch(draw, x, 640, rng.randint(330, 430), rng)
    draw.rectangle([0, 690, WIDTH, HEIGHT], fill="#6d9a72")


def _playground(draw: Draw, rng: random.Random) -> None:
    _sky(draw, (990, 160))
    _hills(draw, 500, 110, FAR, 0.9)
    for x in range(20, WIDTH, 70):
        _spruce(draw, x, 540, rng.randint(70, 130), MID)
    draw.rectangle([0, 530, WIDTH, HEIGHT], fill="#b9cf9c")
    draw.ellipse([120, 590, 1080, 760], fill="#ecdcb6")
    draw.line([(230, 660), (310, 350), (640, 350), (720, 660)], fill=NEAR, width=16, joint="curve")
    for x in (410, 540):
        draw.line([(x - 26, 355), (x - 26, 590)], fill="#33302d", width=5)
        draw.line([(x + 26, 355), (x + 26, 590)], fill="#33302d", width=5)
        draw.rectangle([x - 36, 588, x + 36, 602], fill=RED)
    draw.polygon([(850, 400), (900, 400), (1060, 660), (1000, 660)], fill=SUN)
    draw.rectangle([820, 400, 836, 670], fill=NEAR)


def _square(draw: Draw, rng: random.Random) -> None:
    _sky(draw, (180, 170))
    x = 0
    while x < WIDTH:
        wide, tall = rng.randint(110, 190), rng.randint(170, 330)
        draw.rectangle([x, 540 - tall, x + wide, 540], fill=rng.choice([FAR, MID, "#e0c9a2", "#c98f7a"]))
        for wx in range(x + 18, x + wide - 26, 40):
            for wy in range(560 - tall, 510, 52):
                draw.rectangle([wx, wy, wx + 18, wy + 26], fill=SKY)
        x += wide
    draw.rectangle([0, 540, WIDTH, HEIGHT], fill="#e6d8bd")
    for person in range(9):
        px, py = 130 + person * 115 + rng.randint(-20, 20), 640 + rng.randint(-30, 40)
        coat = rng.choice([NEAR, RED, SUN, "#5a7f6a"])
        draw.rounded_rectangle([px - 24, py - 70, px + 24, py + 30], 20, fill=coat)
        draw.ellipse([px - 19, py - 116, px + 19, py - 78], fill=rng.choice(["#e8c39e", "#c68e63", "#8d5a3b"]))


def _forest(draw: Draw, rng: random.Random) -> None:
    _sky(draw, (600, 230))
    _hills(draw, 430, 150, FAR, 3.0)
    for row, colour in ((500, MID), (580, "#3f7480"), (690, NEAR)):
        for x in range(-20, WIDTH + 40, 90):
            if abs(x - 600) > 130 or row == 500:
                _spruce(draw, x + rng.randint(-20, 20), row, rng.randint(140, 260), colour)
    draw.rectangle([0, 690, WIDTH, HEIGHT], fill=SHORE)
    for plank in range(9):
        half = 26 + plank * 16
        draw.rectangle([600 - half, 560 + plank * 21, 600 + half, 574 + plank * 21], fill="#d9b878")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its title and what it shows for those who do not see it."""

    title: str
    alt: str
    draw: Callable[[Draw, random.Random], None]

    def as_file(self) -> ImageFile:
        """The same bytes at every call."""
        image = Image.new("RGB", (WIDTH, HEIGHT), SKY)
        self.draw(ImageDraw.Draw(image), random.Random(self.title))  # noqa: S311  (shapes, not secrets)
        buffer = io.BytesIO()
        image.quantize(64).save(buffer, "PNG", optimize=True)
        buffer.seek(0)
        return ImageFile(buffer, name=f"{self.draw.__name__.strip('_')}.png")


PICTURES = {
    "lake": Picture("Järvi", "Piirros: punainen mökki järven rannalla, taustalla kuusia ja matala aurinko.", _lake),
    "birches": Picture("Koivut", "Piirros: hiekkapolku kulkee syksyisten koivujen välistä.", _birches),
    "playground": Picture("Leikkipuisto", "Piirros: keinut ja liukumäki metsän reunassa.", _playground),
    "square": Picture("Tori", "Piirros: ihmisiä torilla, taustalla kaupungin taloja.", _square),
    "forest": Picture("Metsäpolku", "Piirros: pitkospuut vievät kuusimetsään.", _forest),
}
