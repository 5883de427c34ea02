"""Tests of the palette: contrast of every pair in use, in every theme, and what the colour-blind tell apart."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtGui import QPalette

from bedside.resources import resource
from bedside.ui import painting, signs, theme
from bedside.ui.signs import Sign
from tests.ui.colours import BLINDNESS, SHAPE, TEXT, contrast, distance, of, seen

SURFACES = ("ground", "sheet", "sheet2", "actiontint")
TINTS = ("hightint", "ambtint", "lowtint", "nonetint")
TEXT_ON = {
    "ink": (*SURFACES, *TINTS, "bar1", "bar2", "bar3", "bar4"),
    "ink2": (*SURFACES, *TINTS, "bar1", "bar4"),
    "ink3": (*SURFACES, "hightint", "nonetint"),
    "action": (*SURFACES, "hightint", "ambtint"),
    "high": (*SURFACES, "hightint"),
    "amb": (*SURFACES, "ambtint"),
    "low": (*SURFACES, "lowtint"),
    "none": (*SURFACES, "nonetint"),
    "sheet": ("ink",),
    "onaction": ("action",),
    "onhigh": ("highsolid",),
    "onamb": ("ambsolid",),
    "onlow": ("lowsolid",),
    "bink": ("banner",),
    "bink2": ("banner",),
}
SHAPE_ON = {
    "edge": SURFACES,
    "action": (*SURFACES, *TINTS),
    "highsolid": (*SURFACES, "hightint"),
    "amb": (*SURFACES, "ambtint"),
    "lowsolid": (*SURFACES, "lowtint"),
    "bline": ("banner",),
    "s1": ("sheet", "sheet2"),
    "s2": ("sheet", "sheet2"),
    "s3": ("sheet", "sheet2"),
    "s4": ("sheet", "sheet2"),
}
SOLIDS = ("highsolid", "ambsolid", "lowsolid")
LEAST_APART = 20.0
"""In CIE 1976; ten times what is just seen side by side."""


def too_weak(pairs: dict[str, tuple[str, ...]], name: str, least: float) -> list[str]:
    told = [(text, under, of(name, text, under)) for text, unders in pairs.items() for under in unders]
    return [f"{text} on {under}: {value:.2f}" for text, under, value in told if value < least]


def test_that_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_every_text_stands_out_from_what_it_stands_on(name: str) -> None:
    assert too_weak(TEXT_ON, name, TEXT) == []


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_every_shape_that_means_something_stands_out(name: str) -> None:
    assert too_weak(SHAPE_ON, name, SHAPE) == []


def marks_of(sign: Sign) -> set[str]:
    """The tokens whose shape says which sign it is: the outer path, and what is drawn on it."""
    return {token for layer in signs.drawing(sign) for token in (layer.stroke or layer.fill,)}


def grounds_of(sign: Sign) -> tuple[str, ...]:
    own = painting.SIGN_TOKENS.get(sign)
    return (*SURFACES, f"{own}tint") if own else SURFACES


@pytest.mark.parametrize("name", theme.THEME_NAMES)
@pytest.mark.parametrize("sign", list(Sign))
def test_that_every_sign_stands_out_from_its_row_and_from_its_own_tint(sign: Sign, name: str) -> None:
    outer = signs.drawing(sign)[0]
    token = outer.stroke or outer.fill
    weak = {under: of(name, token, under) for under in grounds_of(sign) if of(name, token, under) < SHAPE}
    assert weak == {}
    inner = marks_of(sign) - {token}
    assert [one for one in inner if outer.fill and of(name, one, outer.fill) < SHAPE] == []


def qss_rules() -> Iterator[tuple[str, dict[str, str]]]:
    """Selector and declarations of each rule of the style sheet."""
    text = resource("themes/window.qss").read_text(encoding="utf-8")
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        pairs = (one.split(":", 1) for one in body.split(";") if ":" in one)
        yield selector.strip(), {key.strip(): value.strip() for key, value in pairs}


def background_of(selector: str) -> list[str]:
    """The backgrounds of the nearest rules: the selector's own, else that of the same selector without its state."""
    declared = {one: body.get("background", "") for one, body in qss_rules()}
    while selector:
        found = declared.get(selector, "")
        if found.startswith("@"):
            return [found[1:]]
        if found == "transparent":
            break
        shorter = re.sub(r"(:[a-z-]+|\[[^\]]*\])$", "", selector)
        selector = shorter if shorter != selector else ""
    return ["sheet", "ground"]


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_the_style_sheet_pairs_only_what_stands_out(name: str) -> None:
    weak = []
    for selector, body in qss_rules():
        if not body.get("color", "").startswith("@") or "bink" in body["color"]:
            continue
        for first in selector.split(","):
            for under in background_of(first.strip()):
                value = of(name, body["color"][1:], under)
                weak += [f"{first}: {value:.2f}"] if value < TEXT else []
    assert weak == []


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_what_has_the_keyboard_has_a_ring_that_stands_out(name: str) -> None:
    ringed = [
        (selector, body["border"])
        for selector, body in qss_rules()
        if selector.endswith(":focus") and body.get("border", "").startswith(("2px", "3px"))
    ]
    assert len(ringed) >= 8
    for selector, border in ringed:
        token = border.split("@")[1]
        assert [u for u in background_of(selector) if of(name, token, u) < SHAPE] == [], selector


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_the_roles_of_the_palette_stand_out(name: str) -> None:
    role, palette = QPalette.ColorRole, theme.palette_of(theme.load_theme(name))
    pairs = (
        (role.WindowText, role.Window), (role.Text, role.Base), (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button), (role.PlaceholderText, role.Base), (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase), (role.Link, role.Window), (role.LinkVisited, role.Window),
    )  # fmt: skip
    assert [pair for pair in pairs if contrast(*(palette.color(one).name() for one in pair)) < TEXT] == []


@pytest.mark.parametrize("blindness", ["", *BLINDNESS])
@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_the_colour_blind_tell_the_three_classes_apart(name: str, blindness: str) -> None:
    look = theme.load_theme(name)
    apart = {
        f"{one} {other}": distance(seen(look.hex(one), blindness), seen(look.hex(other), blindness))
        for one, other in combinations(SOLIDS, 2)
    }
    assert {pair: round(value, 1) for pair, value in apart.items() if value < LEAST_APART} == {}


def test_that_red_and_green_would_not_have_passed() -> None:
    assert distance(seen("#C0392B", "deuteranopia"), seen("#7B8B1F", "deuteranopia")) < LEAST_APART


def test_that_no_class_shares_its_sign_or_its_word_with_another() -> None:
    assert len(set(signs.CLASS_SIGNS.values())) == len(signs.CLASS_SIGNS) == len(painting.CLASS_WORDS)
    assert len(set(painting.CLASS_WORDS.values())) == len(painting.CLASS_WORDS)
