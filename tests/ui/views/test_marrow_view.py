"""Tests of marrow and persistence: where results lie, what cannot lie on a log scale, focus line, click, forgetting."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bedside.ui.criteria import CriteriaWords
from bedside.ui.marrow.levels import Level, levels_of
from bedside.ui.marrow.levels_pane import level_words
from bedside.ui.marrow.view import MarrowView
from bedside.ui.overview.course import facts_of
from bedside.ui.overview.lanes import Shape
from bedside.ui.overview.tracks import cd19_track
from bedside.ui.paragraph import plain
from tests.samples.index_case import knowledge, opened
from tests.samples.persistence import followed


def levels(as_of: str = "2020-07-31") -> dict[str, Level]:
    return {level.name: level for level in levels_of(facts_of(followed(as_of), knowledge()))}


@pytest.fixture
def view(qtbot: QtBot) -> MarrowView:
    made = MarrowView(CriteriaWords(knowledge()))
    qtbot.addWidget(made)
    made.resize(1280, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.show_opened(followed())
    return made


def said(view: MarrowView) -> str:
    return " | ".join(row.accessibleName() for part in view.side.parts for row in part.rows)


def test_that_a_negative_result_lies_hollow_at_its_limit_and_a_positive_one_filled_at_its_value() -> None:
    by_method = {series.name: series.marks for series in levels()["Blasts and MRD"].series}
    first, second = by_method["FCM"][:2]
    assert (first.value, first.hollow, first.shape) == (0.026, False, Shape.DISC)
    assert (second.value, second.hollow, second.shape) == (1e-4, True, Shape.LIMIT)
    assert by_method["NGS"][-1].shape is Shape.UNSURE
    assert by_method["NGS"][-1].value is None


@pytest.mark.parametrize(
    ("value", "share"), [(1.0, 1.0), (1e-3, 0.5), (1e-6, 0.0), (1e-7, 0.0), (0.0, None), (None, None)]
)
def test_that_a_log_scale_holds_its_decades_and_neither_zero_nor_a_missing_value(
    value: float | None, share: float | None
) -> None:
    found = Level("MRD", "fraction", (), 1.0, 1e-6).share(value)
    assert found == (None if share is None else pytest.approx(share))


def test_that_zero_lies_at_the_foot_of_a_linear_scale() -> None:
    assert Level("IgG", "g/L", (), 12.0).share(0.0) == 0.0


def test_that_a_limit_below_the_last_decade_makes_room_for_itself() -> None:
    assert levels()["Blasts and MRD"].low == 1e-6
    assert min(value for value, _words in levels()["Blasts and MRD"].grid()) == pytest.approx(1e-6)


def test_that_kinetics_are_drawn_as_they_were_derived() -> None:
    level, found = levels()["CAR-T level, qPCR"], followed().assessment.kinetics[0]
    assert level.note is not None
    assert level.note == (date(2020, 1, 30), "Cmax 41\u202f200, D+10")
    assert level.area == (date(2020, 1, 20), date(2020, 2, 17))
    assert found.last_day_used == 28


def test_that_nothing_after_the_moment_is_drawn() -> None:
    days = [mark.on for level in levels("2020-03-01").values() for series in level.series for mark in series.marks]
    assert days
    assert max(days) <= date(2020, 3, 1)


def test_that_without_a_level_there_is_no_plot_of_it_and_igg_stands_empty() -> None:
    names = [level.name for level in levels_of(facts_of(opened(), knowledge()))]
    assert names == ["Blasts and MRD", "CD19⁺ cells", "IgG"]


def test_that_every_result_of_the_last_date_stands_beside_the_plot_and_not_one_method_alone(view: MarrowView) -> None:
    words = plain(level_words(view.pane.levels[0], view.state)[2:]).replace("\u2011", "-").replace("\u00a0", " ")
    before = "before blasts 0 %, FCM negative, NGS negative, 20-Apr"
    assert words == f"last blasts 0 %, FCM negative, NGS not evaluable, 24-Jul, {before}"


def test_that_kinetics_and_levels_carry_their_units_and_dates(view: MarrowView) -> None:
    facts = said(view).replace("\u2011", "-")
    for words in (
        "Cmax 41\u202f200 copies/µg DNA", "Tmax D+10 30-Jan-2020", "418\u202f020 copies·d/µg DNA",
        "last day used D+28", "CAR-T level, qPCR 450 copies/µg DNA  06-Jul-2020",
    ):  # fmt: skip
        assert words in facts


@pytest.mark.parametrize(
    ("as_of", "line"),
    [
        ("2020-04-20", (date(2020, 4, 20), "3 months", "high")),
        ("2020-04-21", (date(2020, 7, 20), "6 months", "low")),
        ("2020-07-31", (date(2020, 7, 20), "6 months", "low")),
    ],
)
def test_that_the_date_that_aplasia_has_to_outlast_next_is_drawn(as_of: str, line: tuple[date, str, str]) -> None:
    assert levels(as_of)["CD19⁺ cells"].deadline == line


def test_that_an_early_loss_keeps_the_date_before_which_it_was_early() -> None:
    track = cd19_track(facts_of(opened("2020-12-31"), knowledge()))
    assert track.deadline == (date(2020, 9, 1), "3 months", "high")


def test_that_words_beside_marks_cover_neither_marks_nor_lines_nor_each_other(view: MarrowView) -> None:
    plot = view.pane.plots()[0]
    boxes = plot.newest()
    assert [words for _box, words in boxes] == [
        "blasts 0\u00a0%", "FCM negative, limit 10⁻⁴", "PCR negative, limit 10⁻⁵", "NGS not evaluable",
    ]  # fmt: skip
    for number, (box, _words) in enumerate(boxes):
        others = [*plot.taken(), *(other for other, _said in boxes[:number])]
        assert not any(box.intersects(other) for other in others)


def test_that_below_quantification_is_said_and_not_called_without_a_value() -> None:
    burden = levels_of(facts_of(opened(), knowledge()))[0]
    ngs = next(one for one in burden.series if one.name == "NGS")
    assert {mark.words for mark in ngs.marks} == {"NGS positive, below quantification"}


def test_that_what_is_known_follows_the_focus_line(view: MarrowView) -> None:
    view.state.focus_on(date(2020, 2, 16))
    assert "FCM positive 2.6\u00a0×\u00a010⁻²" in said(view)
    view.keys.later()
    assert view.state.focus == date(2020, 2, 17)
    assert "FCM negative, limit 10⁻⁴" in said(view)
    assert "NGS negative, limit 10⁻⁶" in said(view)


def test_that_a_click_on_a_mark_opens_its_entry_and_enter_the_one_of_the_focus_date(
    view: MarrowView, qtbot: QtBot
) -> None:
    plot = view.pane.plots()[0]
    mark = next(mark for mark in plot.marks() if mark.on == date(2020, 2, 17))
    with qtbot.waitSignal(view.entry_opened) as opened_entry:
        QTest.mouseClick(view.pane, Qt.MouseButton.LeftButton, pos=plot.place(mark).toPoint())
    assert opened_entry.args == [mark.entry]
    view.state.focus_on(date(2020, 3, 24))
    with qtbot.waitSignal(view.entry_opened):
        view.open_at_focus()


def test_that_enter_opens_every_entry_of_a_focus_date_that_has_several(view: MarrowView, qtbot: QtBot) -> None:
    view.state.focus_on(date(2020, 2, 17))
    of_the_day = tuple(entry.id for entry in followed().journal.live if entry.at.day == date(2020, 2, 17))
    with qtbot.assertNotEmitted(view.entry_opened), qtbot.waitSignal(view.entries_opened) as asked:
        view.open_at_focus()
    assert len(of_the_day) > 1
    assert asked.args == [of_the_day]


def test_that_every_fact_beside_the_plots_leads_to_all_of_its_entries(view: MarrowView) -> None:
    asked: list[tuple[str, ...]] = []
    view.entry_opened.connect(lambda entry: asked.append((entry,)))
    view.entries_opened.connect(asked.append)
    rows = [row for part in view.side.parts for row in part.rows if row.fact.evidence]
    assert {part.section.head for part in view.side.parts if any(row.fact.evidence for row in part.rows)} >= {
        "B-cell aplasia", "Known on 31-Jul-2020 (D+193)", "Marrow samples",
    }  # fmt: skip
    for row in rows:
        QTest.keyClick(row, Qt.Key.Key_Return)
        assert asked[-1] == row.fact.evidence
    assert len(asked) == len(rows)
    assert max(map(len, asked)) > 1


def test_that_a_moved_focus_line_makes_only_what_it_changes_anew(view: MarrowView) -> None:
    before = list(view.side.parts)
    view.state.focus_on(date(2020, 2, 16))
    same = [one is other for one, other in zip(before, view.side.parts, strict=True)]
    assert same == [True, False, True, True, True]


def test_that_the_mouse_says_the_exact_entry_under_it(view: MarrowView) -> None:
    plot = view.pane.plots()[2]
    mark = next(iter(plot.marks()))
    at = view.pane.mapTo(view, plot.place(mark).toPoint())
    assert view._words_at(QPointF(at)) == mark.spoken
    assert view._words_at(QPointF(at + QPoint(0, 40))) == ""


def test_that_nothing_of_a_patient_is_left_after_forgetting(view: MarrowView) -> None:
    view.clear()
    assert (view.pane.levels, said(view), view.bar.sentence.text()) == ((), "", "")
    assert view.pane.mark_at(QPointF(300, 60)) is None
