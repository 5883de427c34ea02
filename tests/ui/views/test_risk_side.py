"""Tests of what stands beside the criteria: evidence that leads to its entry, sections that fold, the decision."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.assessment import RiskClass
from bedside.chart.enums import Choice
from bedside.service.read import Opened, Provenance
from bedside.service.signatures import Meaning
from bedside.ui.criteria import CriteriaWords
from bedside.ui.help.opening import help_on
from bedside.ui.paragraph import plain
from bedside.ui.risk.decision import decision_section, differs
from bedside.ui.risk.fact import FactRow
from bedside.ui.risk.folding import FoldHead, FoldSection
from bedside.ui.risk.view import TWO_FROM, RiskView
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import WrappedLabel
from tests.charts import chart as small_chart
from tests.charts import infusion, number_of, on, referral
from tests.samples.decisions import DECISION, RATIONALE, SIGNED_AT, decided, signature
from tests.samples.index_case import SUBSET_DAY_60, knowledge, opened, opened_chart
from tests.ui.views.conftest import Press


def words_of(opened: Opened) -> str:
    return "; ".join(plain(fact.lines) for fact in decision_section(opened).facts)


def section(risk: RiskView, head: str) -> FoldSection:
    return next(one for one in risk.side.sections if one.section.head == head)


def test_that_every_factor_sign_difference_and_line_of_the_hsct_panel_leads_to_its_entry(
    risk: RiskView, qtbot: QtBot
) -> None:
    known = {entry.id for entry in opened().chart.entries}
    for head in ("Second opinion", "Where the sources differ", "HSCT panel", "B-cell aplasia", "Class history"):
        rows = [row for row in section(risk, head).rows if row.fact.evidence]
        assert rows, head
        for row in rows:
            with qtbot.waitSignal(risk.evidence_opened) as asked:
                row.click()
            assert asked.args is not None
            assert set(asked.args[0]) <= known, head


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("Second opinion", "Second opinion"),
        ("Where the sources differ", "Where the sources differ"),
        ("HSCT panel", "Towards HSCT"),
        ("B-cell aplasia", "B-cell recovery"),
        ("Response at day 28", "Windows and cut-offs"),
        ("Marrow samples", "Windows and cut-offs"),
        ("Open", "What is due when"),
        ("Class history", "Criteria of the risk class"),
        ("Decision", "Towards HSCT"),
    ],
)
def test_that_help_on_a_section_names_its_own_rules_and_sources(risk: RiskView, head: str, rule: str) -> None:
    section(risk, head).head.setFocus()
    topic = help_on(risk.help_name(), knowledge())
    assert topic.title == head
    assert rule in [part.head for part in topic.parts]
    assert topic.sources


def test_that_the_link_of_an_alert_leads_to_its_entry(risk: RiskView, qtbot: QtBot) -> None:
    link = next(one for one in risk.side.stops() if isinstance(one, PushButton))
    with qtbot.waitSignal(risk.evidence_opened) as asked:
        link.click()
    assert asked.args is not None
    assert SUBSET_DAY_60 in asked.args[0]


def test_that_down_reaches_every_section_and_every_fact_that_leads_on(risk: RiskView, press: Press) -> None:
    stops = risk.side.stops()
    stops[0].setFocus()
    seen = []
    for _ in stops:
        seen.append(QApplication.focusWidget())
        press(Qt.Key.Key_Down)
    assert seen == stops
    assert {FoldHead, FactRow, PushButton} == {type(stop) for stop in stops}
    focused = QApplication.focusWidget()
    assert focused is stops[0]


def test_that_a_folded_section_says_its_gist_opens_with_enter_and_stays_open_for_the_next_patient(
    risk: RiskView, press: Press
) -> None:
    aplasia = section(risk, "B-cell aplasia")
    states = [aplasia.is_open]
    assert "Lost" in aplasia.head.accessibleName()
    aplasia.head.setFocus()
    press(Qt.Key.Key_Return)
    states.append(aplasia.is_open)
    assert states == [False, True]
    risk.show_opened(opened("2020-06-29"))
    assert section(risk, "B-cell aplasia").is_open


@pytest.mark.parametrize(("width", "columns"), [(TWO_FROM - 1, 1), (TWO_FROM, 2)])
def test_that_a_wide_window_has_the_sections_open_in_two_columns(
    risk: RiskView, qtbot: QtBot, width: int, columns: int
) -> None:
    risk.resize(width, 900)

    def placed() -> bool:
        return len({one.x() for one in risk.side.sections}) == columns

    qtbot.waitUntil(placed)
    assert section(risk, "B-cell aplasia").is_open is (columns == 2)


def test_that_s_shows_the_datum_and_source_of_a_factor_in_place(risk: RiskView) -> None:
    row = next(row for row in section(risk, "Second opinion").rows if row.fact.more)
    row.setFocus()
    risk.explain_focused()
    assert "Source: Myers 2023" in plain(row.shown)
    assert row.minimumHeight() > 2 * 17 + 8
    risk.explain_focused()
    assert "Source" not in plain(row.shown)


def test_that_no_fact_is_lower_than_its_words(risk: RiskView, qtbot: QtBot) -> None:
    rows = [row for one in risk.side.sections if one.is_open for row in one.rows]
    qtbot.waitUntil(lambda: all(row.height() >= row.heightForWidth(row.width()) for row in rows))


def test_that_no_decision_is_said_to_be_missing_and_can_be_asked_for(risk: RiskView, qtbot: QtBot) -> None:
    assert "None recorded" in words_of(opened())
    with qtbot.waitSignal(risk.decision_asked):
        risk.side.decide.click()
    action = next(one for one in risk.actions_offered() if one.id == "risk.decide")
    with qtbot.waitSignal(risk.decision_asked):
        action.callback()
    assert action.shortcut == "D"


def test_that_whoever_may_not_decide_is_told_why(qtbot: QtBot) -> None:
    risk = RiskView(CriteriaWords(knowledge()), decision_refusal=lambda: "that is for physicians")
    qtbot.addWidget(risk)
    risk.show_opened(opened())
    assert not risk.side.decide.isEnabled()
    assert "that is for physicians" in risk.side.decide.text()
    action = next(one for one in risk.actions_offered() if one.id == "risk.decide")
    assert action.refusal() == "that is for physicians"


def test_that_the_newest_decision_can_be_asked_to_be_signed_by_link_and_key(risk: RiskView, qtbot: QtBot) -> None:
    risk.show_opened(decided())
    action = next(one for one in risk.actions_offered() if one.id == "risk.sign")
    for ask in (risk.side.sign.click, action.callback):
        with qtbot.waitSignal(risk.sign_asked) as asked:
            ask()
        assert asked.args == [DECISION]
    assert (action.shortcut, action.refusal()) == ("Shift+D", "")
    assert risk.side.sign in risk.side.stops()


def test_that_without_a_decision_there_is_nothing_to_sign_and_the_key_says_so(risk: RiskView) -> None:
    risk.show_opened(decided())
    assert not risk.side.sign.isHidden()
    risk.show_opened(opened())
    assert risk.side.sign.isHidden()
    action = next(one for one in risk.actions_offered() if one.id == "risk.sign")
    assert action.refusal() == "no decision is recorded"


@pytest.mark.parametrize("may_decide", [True, False])
def test_that_a_refused_signature_says_why_and_gives_the_keyboard_to_what_can_be_pressed(
    qtbot: QtBot, may_decide: bool
) -> None:
    told = [""]
    decide = "" if may_decide else "that is for physicians"
    risk = RiskView(CriteriaWords(knowledge()), None, lambda: decide, lambda _entry_id: told[0])
    qtbot.addWidget(risk)
    risk.resize(1280, 620)
    with qtbot.waitActive(risk):
        risk.show()
        risk.activateWindow()
    risk.show_opened(decided())
    risk.side.sign.setFocus()
    told[0] = "the window shows what was known earlier"
    risk.show_opened(decided())
    QApplication.processEvents()
    words = [one.text() for one in section(risk, "Decision").findChildren(WrappedLabel)]
    assert words[0] == "Sign this decision: the window shows what was known earlier"
    assert risk.side.sign.isHidden()
    assert risk.side.sign not in risk.side.stops()
    assert QApplication.focusWidget() is (risk.side.decide if may_decide else section(risk, "Decision").head)
    assert risk.side.width() <= risk.side_area.viewport().width()


def test_that_a_decision_is_shown_with_choice_moment_rationale_and_that_nobody_signed_it() -> None:
    words = words_of(decided(recorded_by="A. Example")).replace("\u2011", "-")
    for part in ("HSCT", "31-Jul-2020 14:30", RATIONALE, "Not signed", "recorded by A. Example"):
        assert part in words


def test_that_a_signature_is_shown_with_who_when_and_what_it_means() -> None:
    words = words_of(replace(decided(), signatures=(signature(),))).replace("\u2011", "-")
    assert "Signed by A. Example (physician), 31-Jul-2020 14:31" in words
    assert "stand for it" in words
    assert "Not signed" not in words


def test_that_a_signature_that_does_not_hold_is_not_shown() -> None:
    assert "Not signed" in words_of(replace(decided(), signatures=(signature(holds=False),)))


def test_that_everybody_who_signed_a_decision_is_named_with_what_each_signature_means() -> None:
    both = (signature(), signature("B. Specimen", Meaning.REVIEWED))
    words = words_of(replace(decided(), signatures=both))
    for part in ("Signed by A. Example", "stand for it", "Signed by B. Specimen", "have read this and agree"):
        assert part in words


def test_that_whoever_brought_a_decision_in_is_not_said_to_have_recorded_it() -> None:
    brought_in = Provenance(None, None, "physician", SIGNED_AT, "A. Example", 1)
    words = words_of(replace(decided(), recorded={DECISION: brought_in}))
    assert "Not signed; brought in by A. Example; the file does not say who recorded it" in words.replace("  ", "; ")
    assert "recorded by" not in words


def test_that_a_decision_other_than_the_class_stands_for_is_marked_as_differing() -> None:
    assert "Differs from the class: high on that day, which stands for HSCT" in words_of(decided("watch_and_wait"))
    assert "Differs" not in words_of(decided("hsct"))


@pytest.mark.parametrize(
    ("choice", "risk", "expected"),
    [
        (Choice.HSCT, RiskClass.HIGH, False),
        (Choice.WATCH_AND_WAIT, RiskClass.HIGH, True),
        (Choice.REINFUSION, RiskClass.HIGH, True),
        (Choice.REPEAT_ASSESSMENT, RiskClass.HIGH, False),
        (Choice.OTHER, RiskClass.HIGH, False),
        (Choice.HSCT, RiskClass.LOW, True),
        (Choice.WATCH_AND_WAIT, RiskClass.LOW, False),
        (Choice.HSCT, RiskClass.AMBIGUOUS, False),
        (Choice.WATCH_AND_WAIT, RiskClass.PENDING, False),
    ],
)
def test_that_only_a_class_that_stands_for_something_can_be_differed_from(
    choice: Choice, risk: RiskClass, expected: bool
) -> None:
    assert differs(choice, risk) is expected


def test_that_a_class_that_moved_after_the_decision_is_told() -> None:
    words = words_of(decided("watch_and_wait", at="2020-07-01"))
    assert "The class on that day was ambiguous" in words
    assert "The class has moved since, from ambiguous to high" in words


def test_that_a_decision_after_the_point_that_is_shown_is_not_there() -> None:
    assert "None recorded" in words_of(decided(at="2020-08-02"))


def test_that_nothing_of_a_patient_is_left_beside_the_criteria_after_forgetting(risk: RiskView) -> None:
    risk.clear()
    assert risk.side.sections == []
    assert risk.side.stops() == []
    assert risk.side.decide.isHidden()
    assert risk.side.sign.isHidden()


def test_that_what_is_not_recorded_of_earlier_therapy_leads_by_key_to_the_referral_that_leaves_it_open(
    risk: RiskView, qtbot: QtBot
) -> None:
    risk.show_opened(opened_chart(small_chart([infusion(0), referral(history="partial")]), on(60)))
    row = next(one for one in section(risk, "HSCT panel").rows if one.accessibleName().startswith("Inotuzumab"))
    assert plain(row.fact.lines) == "not recorded; history of therapy partial"
    assert "not recorded; history of therapy partial" in row.accessibleName()
    with qtbot.waitSignal(risk.evidence_opened) as asked:
        QTest.keyClick(row, Qt.Key.Key_Return)
    assert asked.args == [(number_of(1),)]


def test_that_the_age_that_no_entry_gives_says_where_it_comes_from_and_leads_nowhere(risk: RiskView) -> None:
    row = next(one for one in section(risk, "HSCT panel").rows if one.accessibleName().startswith("Age"))
    assert "born 15\u2011Jun\u20112000 as registered" in plain(row.fact.lines)
    assert not row.fact.evidence
