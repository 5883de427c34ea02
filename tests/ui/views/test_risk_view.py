"""Tests of the risk view: 23 rows by keyboard, sentences, evidence, rule and source in place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.formats import NO_BREAK_SPACE
from bedside.chart.moments import LAST_DAY
from bedside.ui.criteria import CRITERIA, PANEL_WORDS, CriteriaWords
from bedside.ui.paragraph import block_height, plain
from bedside.ui.risk.columns import PanelHead
from bedside.ui.risk.history import steps_of
from bedside.ui.risk.row import CriterionRow
from bedside.ui.risk.view import RiskView
from bedside.ui.risk.words import MOST_NAMED, change_gist, change_lines, unbroken
from tests.samples import toxicity
from tests.samples.index_case import SUBSET_DAY_60, knowledge, opened, opened_chart, without_entries
from tests.ui.views.conftest import Press


def focused(risk: RiskView) -> CriterionRow:
    row = QApplication.focusWidget()
    assert isinstance(row, CriterionRow)
    assert row in risk.rows
    return row


def test_that_the_keyboard_begins_at_the_criterion_that_decides(risk: RiskView) -> None:
    assert focused(risk).criterion_id == "H4"


def test_that_the_keyboard_goes_to_what_decides_at_another_moment(risk: RiskView) -> None:
    risk.show_opened(opened("2020-06-29"))
    assert not any(row.criterion_id == "H4" and row.deciding for row in risk.rows)
    risk.rows[0].setFocus()
    risk.show_opened(opened())
    assert focused(risk).criterion_id == "H4"


def test_that_the_keyboard_stays_where_it_was_while_the_same_decides(risk: RiskView) -> None:
    risk.rows[4].setFocus()
    risk.show_opened(opened())
    assert focused(risk) is risk.rows[4]


def test_that_the_steps_of_the_class_stay_in_the_chart_up_to_the_end_of_the_calendar() -> None:
    steps = steps_of(opened().assessment.risk.history, {}, LAST_DAY, (0.0, 100.0))
    assert [step.risk for step in steps] == ["pending", "ambiguous", "high"]
    assert all(0 <= step.x <= 100 for step in steps)


def test_that_down_reaches_all_23_criteria_and_comes_back(risk: RiskView, press: Press) -> None:
    begun = focused(risk)
    seen = []
    for _ in CRITERIA:
        seen.append(focused(risk).criterion_id)
        press(Qt.Key.Key_Down)
    assert sorted(seen) == sorted(CRITERIA)
    assert focused(risk) is begun


def test_that_left_and_right_lead_to_the_neighbouring_panel_and_to_what_stands_beside(
    risk: RiskView, press: Press
) -> None:
    press(Qt.Key.Key_Left)
    assert focused(risk).criterion_id.startswith("A")
    press(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert QApplication.focusWidget() in risk.side.stops()
    press(Qt.Key.Key_Right)
    assert focused(risk).criterion_id.startswith("L")
    press(Qt.Key.Key_Left)
    assert QApplication.focusWidget() in risk.side.stops()
    press(Qt.Key.Key_Left)
    assert focused(risk).criterion_id.startswith("H")


def test_that_enter_leads_to_the_entries_of_a_criterion(risk: RiskView, press: Press, qtbot: QtBot) -> None:
    with qtbot.waitSignal(risk.evidence_opened) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args is not None
    assert SUBSET_DAY_60 in asked.args[0]


def test_that_rule_and_source_appear_in_the_row_itself_and_go_again(risk: RiskView) -> None:
    row = focused(risk)
    before = row.heightForWidth(300)
    risk.explain_focused()
    words = "".join(run.text for paragraph in row.paragraphs() for run in paragraph)
    assert "Buechner 2022" in words
    assert row.heightForWidth(300) > before
    risk.explain_focused()
    assert row.heightForWidth(300) == before


def test_that_a_row_is_read_aloud_as_its_sentence(risk: RiskView) -> None:
    name = focused(risk).accessibleName()
    assert name.startswith("H4, Early loss of B-cell aplasia, met, CD19 75/µL, 31-Jul-2020")


def test_that_no_row_is_lower_than_its_words(risk: RiskView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(row.height() >= row.heightForWidth(row.width()) for row in risk.rows))


def test_that_the_heads_stand_over_their_columns(risk: RiskView, qtbot: QtBot) -> None:
    def aligned() -> bool:
        heads = [head.mapTo(risk, head.rect().topLeft()).x() for head in risk.panel_heads]
        columns = [column.mapTo(risk, column.rect().topLeft()).x() for column in risk.columns]
        return heads == columns

    qtbot.waitUntil(aligned)


@pytest.mark.parametrize(("width", "beside"), [(380, True), (180, False)])
def test_that_a_head_tells_what_is_unknown_however_narrow_it_is_and_never_over_its_name(
    qtbot: QtBot, width: int, beside: bool
) -> None:
    head = PanelHead(PANEL_WORDS[1])
    qtbot.addWidget(head)
    head.resize(width, 54)
    counts = ("4 of 12 met: decides, 3 not known, 2 not due", "4 of 12 met: decides, 3 not known")
    head.show_state(counts, "Any one excludes low. Buechner 2022", deciding=True)
    assert (head.shown_beside() is not None) is beside
    words = " ".join(run.text for line in head.lines_below() for run in line).replace(NO_BREAK_SPACE, " ")
    assert ("3 not known" in words) is not beside
    assert head.minimumHeight() >= 28 + block_height(head.lines_below(), head.room)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("at least 28 d after", "at least 28~d after"),
        ("lymphocytes 0.1 ×10⁹/L or more", "lymphocytes 0.1~×10⁹/L or more"),
        ("30 % blasts, ≥ 3 % of", "30~% blasts, ≥~3~% of"),
        ("3 months, 3 monthly", "3~months, 3 monthly"),
        ("2 dates on 3 days", "2 dates on 3~days"),
    ],
)
def test_that_a_value_stays_beside_its_unit(text: str, kept: str) -> None:
    assert unbroken(text) == kept.replace("~", NO_BREAK_SPACE)


def test_that_many_open_criteria_stand_together_by_what_they_would_do_the_gravest_first() -> None:
    words, risk = CriteriaWords(knowledge()), opened("2020-06-02").assessment.risk
    assert len({change.criterion for change in risk.what_would_change}) <= MOST_NAMED
    assert change_gist(risk, words) == change_lines(risk, words)
    early = toxicity.opened([toxicity.infusion()]).assessment.risk
    gist, told = change_gist(early, words), change_lines(early, words)
    assert len(gist) < len(told)
    assert plain(gist[:1]).startswith("H1, H2, H3, H4 if met: high.")
    named = {one for line in gist for one in line[0].text.split(", ")}
    assert named >= {change.criterion for change in early.what_would_change}


def test_that_clearing_leaves_nothing_of_the_patient(risk: RiskView) -> None:
    risk.clear()
    assert all(row.criterion is None for row in risk.rows)
    assert all("75" not in row.accessibleName() for row in risk.rows)
    assert risk.note() == ""


def test_that_a_chart_without_entries_shows_23_criteria_and_no_number(risk: RiskView) -> None:
    risk.show_opened(opened_chart(without_entries(), "2020-07-31"))
    assert all(row.criterion is not None for row in risk.rows)
    assert risk.head.title.accessibleName().startswith("Risk class pending")
