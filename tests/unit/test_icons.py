# SPDX-License-Identifier: GPL-3.0-or-later
"""The icons, at every size at which somebody draws them."""

import os
import re
from pathlib import Path

import gi
import pytest

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

DATA = Path(os.environ["HEARTH_DATA"])
ICONS = sorted((DATA / "icons").glob("*.svg"))
SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
APPLICATION = DATA / "icons" / "io.github.hearthapp.Hearth.svg"
SYMBOLIC = DATA / "icons" / "io.github.hearthapp.Hearth-symbolic.svg"


def render(svg, size):
    """The pixels, row by row, each of red, green, blue and alpha, as bytes."""
    loader = GdkPixbuf.PixbufLoader.new_with_type("svg")
    loader.set_size(size, size)
    loader.write(svg.encode())
    loader.close()
    picture = loader.get_pixbuf()
    assert (picture.get_width(), picture.get_height(), picture.get_n_channels()) == (size, size, 4)
    pixels, stride = picture.get_pixels(), picture.get_rowstride()
    return [pixels[y * stride:y * stride + size * 4] for y in range(size)]


def coverage(rows):
    return sum(sum(row[3::4]) for row in rows) / 255 / len(rows) ** 2


def split(row):
    return [row[x:x + 4] for x in range(0, len(row), 4)]


def test_both_are_there():
    assert APPLICATION in ICONS and SYMBOLIC in ICONS


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_drawn_at_every_size(icon):
    svg = icon.read_text()
    expected = coverage(render(svg, 128))
    assert 0.1 < expected < 0.9
    for size in SIZES:
        assert coverage(render(svg, size)) == pytest.approx(expected, abs=0.03), size


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_nothing_is_drawn_outside_the_canvas(icon):
    svg, n = re.subn(r'width="(\d+)" height="\1" viewBox="0 0 \1 \1"', widen, icon.read_text())
    assert n == 1, "no square canvas"
    for y, row in enumerate(render(svg, 128)):
        alphas = row[3::4]
        outside = alphas[:32] + alphas[96:] if 32 <= y < 96 else alphas
        assert not any(outside), y


def widen(match):
    """The same canvas with half as much again on each side."""
    size = int(match[1])
    return f'width="{size}" height="{size}" viewBox="{-size // 2} {-size // 2} {size * 2} {size * 2}"'


@pytest.mark.parametrize("icon", [i for i in ICONS if i.stem.endswith("-symbolic")], ids=lambda i: i.stem)
def test_symbolic_is_of_one_colour(icon):
    assert len(set(re.findall(r'(?:fill|stroke)="(#[^"]*)"', icon.read_text()))) == 1


def luminance(pixel):
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in pixel[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("background", [(250, 250, 251), (34, 34, 38)], ids=["light", "dark"])
def test_roof_stands_out_from_the_background(background):
    """The roof is what tells the silhouette."""
    middle = [split(row)[64] for row in render(APPLICATION.read_text(), 128)]
    roof = next(pixel for pixel in middle if pixel[3] == 255)
    lighter, darker = sorted([luminance(roof), luminance(background)], reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3
