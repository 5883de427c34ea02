"""Tests of the banner: what it says, that nothing is cut at any width, and how not recorded and death are shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from bedside.ui import theme
from bedside.ui.widgets.banner import Banner
from bedside.ui.widgets.banner_facts import CLASS_WIDTH, BannerFacts, BannerLayout, lay_out
from tests.ui.foundation.samples import FACTS

LONG = replace(
    FACTS,
    family="Von der Testberg-Holunder",
    given="Synthetic Marie-Luise",
    product="brexucabtagene autoleucel",
)
BARE = BannerFacts("Elder", "Synthetic Fourteen", "", "", "", "SYN-0014", phase="Referral")

pytestmark = pytest.mark.usefixtures("qapp")


def words(layout: BannerLayout) -> str:
    return " ".join("".join(run.text for run in piece.item.runs) for piece in layout.pieces)


def boxes(layout: BannerLayout) -> list[QRectF]:
    return [QRectF(piece.x, piece.baseline - 14, piece.item.width, 16) for piece in layout.pieces]


@pytest.mark.parametrize(
    "facts", [FACTS, LONG, BARE, replace(LONG, died="12-Aug-2020")], ids=["usual", "long", "bare", "died"]
)
@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
def test_that_no_piece_is_cut_or_covers_another(facts: BannerFacts, width: int) -> None:
    layout = lay_out(facts, width)
    placed = boxes(layout)
    for index, box in enumerate(placed):
        assert box.left() >= 24
        assert box.right() <= width - CLASS_WIDTH
        assert 0 <= box.top() < box.bottom() <= layout.height
        assert not any(box.intersects(other) for other in placed[index + 1 :])


def test_that_the_usual_banner_is_72_high_and_a_long_name_makes_it_grow_to_96() -> None:
    assert lay_out(FACTS, 1440).height == 72
    assert 72 < lay_out(LONG, 1280).height <= 96


def test_that_what_is_not_recorded_is_said_and_underlined_never_blank() -> None:
    runs = [run for piece in lay_out(BARE, 1440).pieces for run in piece.item.runs]
    assert [run.text for run in runs if run.missing] == ["not recorded"] * 4
    assert {"Born\u00a0", "Sex\u00a0", "Weight\u00a0", "Allergies\u00a0"} <= {run.text for run in runs}


def test_that_death_is_said_in_words_with_the_age_at_death_and_drawn_as_a_pattern(qtbot: QtBot) -> None:
    died = replace(FACTS, died="12-Aug-2020")
    assert "Died\u00a012-Aug-2020\u00a0(16 y)" in words(lay_out(died, 1440))
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(1440, 72)
    banner.show_facts(FACTS)
    plain = banner.grab().toImage()
    banner.show_facts(replace(FACTS, died="12-Aug-2020", tag=""))
    striped = banner.grab().toImage()
    row = [striped.pixelColor(x, 2) != theme.current().colour("banner") for x in range(200, 800)]
    assert any(row)
    assert not any(plain.pixelColor(x, 2) != theme.current().colour("banner") for x in range(200, 800))


def test_that_the_banner_reads_aloud_everything_it_shows(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_facts(FACTS)
    spoken = banner.accessibleName().replace("\u00a0", " ")
    for part in (
        "QUINCE, Synthetic Three",
        "Born 09-Apr-2004 (16 y)",
        "No. SYN-0003",
        "D+7",
        "Ambiguous",
        "provisional",
    ):
        assert part in spoken
    banner.clear()
    assert (banner.facts, banner.accessibleName()) == (None, "No patient")


def test_that_the_banner_grows_when_the_window_becomes_narrow(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_facts(LONG)
    banner.resize(1920, 72)
    banner.show()
    wide = banner.height()
    banner.resize(1024, banner.height())
    assert wide < banner.height()
