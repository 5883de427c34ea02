"""Tests of the theme files: every pair of text and surface, every shape that carries meaning, and the three solids."""

import json
from itertools import combinations

import pytest

from bedside.resources import resource
from tests.unit.look.colour_science import DEFICIENCIES, contrast, distance_seen

THEMES = ("light", "dark", "contrast")
TEXT_LIMIT, SHAPE_LIMIT = 4.5, 3.0

# text | its surfaces | contrast in light | in dark | in high contrast, as the visual language prints them
PRINTED = """
ink | ground sheet sheet2 actiontint hightint ambtint lowtint nonetint | 14.9 16.5 15.6 13.9 13.7 14.7 14.1 14.3 | \
15.9 14.6 13.3 11.1 13.3 12.0 11.7 11.5 | 21.0 21.0 21.0 16.6 21.0 21.0 21.0 21.0
ink2 | ground sheet sheet2 actiontint hightint ambtint lowtint nonetint | 7.3 8.1 7.7 6.9 6.7 7.3 7.0 7.1 | \
10.2 9.4 8.6 7.2 8.6 7.7 7.5 7.4 | 17.4 17.4 17.4 13.7 17.4 17.4 17.4 17.4
ink3 | ground sheet sheet2 actiontint hightint nonetint | 5.2 5.8 5.5 4.9 4.8 5.0 | 7.4 6.8 6.2 5.2 6.2 5.4 | \
12.6 12.6 12.6 10.0 12.6 12.6
action | ground sheet sheet2 actiontint hightint ambtint | 7.4 8.3 7.8 7.0 6.8 7.4 | 9.8 9.0 8.2 6.9 8.2 7.4 | \
12.9 12.9 12.9 10.2 12.9 12.9
high | ground sheet sheet2 actiontint hightint | 8.3 9.2 8.7 7.7 7.6 | 9.5 8.7 7.9 6.6 7.9 | 11.3 11.3 11.3 8.9 11.3
amb | ground sheet sheet2 actiontint ambtint | 7.7 8.6 8.1 7.2 7.6 | 11.4 10.4 9.5 8.0 8.6 | 11.5 11.5 11.5 9.1 11.5
low | ground sheet sheet2 actiontint lowtint | 6.6 7.3 7.0 6.2 6.3 | 10.7 9.9 9.0 7.5 7.9 | 8.4 8.4 8.4 6.7 8.4
none | ground sheet sheet2 actiontint nonetint | 6.7 7.4 7.0 6.2 6.4 | 9.6 8.8 8.0 6.7 7.0 | 13.3 13.3 13.3 10.5 13.3
onaction | action | 8.3 | 9.8 | 12.9
onhigh | highsolid | 7.7 | 5.1 | 11.3
onamb | ambsolid | 8.9 | 8.9 | 13.6
onlow | lowsolid | 5.0 | 7.7 | 8.4
bink | banner | 15.8 | 13.0 | 21.0
bink2 | banner | 9.1 | 7.8 | 21.0
ink | bar1 bar2 bar3 bar4 | 10.8 10.9 12.1 12.4 | 7.8 9.0 8.2 8.3 | 21.0 21.0 21.0 21.0
ink2 | bar1 bar4 | 5.3 6.1 | 5.0 5.3 | 17.4 17.4
sheet | ink | 16.5 | 14.6 | 21.0
"""

# Shapes that carry meaning, with the surfaces they are drawn on.
SHAPES = {
    "edge": ("ground", "sheet", "sheet2"),
    "action": ("ground", "sheet", "sheet2", "ambtint"),
    "highsolid": ("sheet", "sheet2", "hightint"),
    "lowsolid": ("sheet", "sheet2", "lowtint"),
    "amb": ("sheet", "sheet2", "ambtint"),
    "none": ("sheet", "sheet2", "nonetint"),
    "s1": ("sheet", "sheet2"),
    "s2": ("sheet", "sheet2"),
    "s3": ("sheet", "sheet2"),
    "s4": ("sheet", "sheet2"),
    "bline": ("banner",),
}
SOLID_DISTANCES = {"light": 31, "dark": 29, "contrast": 24}


def tokens(name: str) -> dict[str, str]:
    loaded: dict[str, str] = json.loads(resource(f"themes/{name}.json").read_text(encoding="utf-8"))
    return loaded


def printed_pairs() -> list[tuple[str, str, str, float]]:
    pairs = []
    for line in PRINTED.strip().splitlines():
        text, surfaces, *columns = (part.strip() for part in line.split("|"))
        for theme, column in zip(THEMES, columns, strict=True):
            numbers = [float(number) for number in column.split()]
            pairs += [(theme, text, s, n) for s, n in zip(surfaces.split(), numbers, strict=True)]
    return pairs


@pytest.mark.parametrize(("theme", "text", "surface", "printed"), printed_pairs())
def test_that_every_text_has_the_printed_contrast_and_at_least_the_limit(
    theme: str, text: str, surface: str, printed: float
) -> None:
    colours = tokens(theme)
    measured = contrast(colours[text], colours[surface])
    assert measured >= TEXT_LIMIT
    assert measured == pytest.approx(printed, abs=0.1)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_that_shapes_that_carry_meaning_stand_out_from_their_surfaces(theme: str, shape: str) -> None:
    colours = tokens(theme)
    weakest = min(contrast(colours[shape], colours[surface]) for surface in SHAPES[shape])
    assert weakest >= SHAPE_LIMIT


@pytest.mark.parametrize("theme", THEMES)
def test_that_the_three_solids_stay_apart_for_colour_blind_people(theme: str) -> None:
    colours = tokens(theme)
    solids = [colours[f"{name}solid"] for name in ("high", "amb", "low")]
    smallest = min(distance_seen(a, b, kind) for a, b in combinations(solids, 2) for kind in DEFICIENCIES)
    assert smallest >= 20
    assert smallest == pytest.approx(SOLID_DISTANCES[theme], abs=3)


def test_that_the_theme_files_hold_the_same_tokens() -> None:
    assert tokens("light").keys() == tokens("dark").keys() == tokens("contrast").keys()
