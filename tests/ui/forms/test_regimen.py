"""Tests of the form of a regimen: doses for the size, days that follow the first, all agents stored or none."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from bedside.service.regimens import Dosing, templates
from bedside.ui.forms.agent_line import AgentLine
from bedside.ui.forms.regimen_chooser import RegimenChooser
from bedside.ui.forms.regimen_sheet import RegimenSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.frame import Frame
from bedside.ui.troubles import Trouble
from tests.samples.index_case import knowledge
from tests.ui.forms.samples import Doors, context_with

Type = Callable[..., None]
ENTER, DOWN, RIGHT, BACKSPACE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Backspace
KNOWN = Dosing(38.6, 1.2164, "38.6 kg (30-Jul-2020), 138 cm (12-Jul-2020)", ())


def laid(frame: Frame, doors: Doors, name: str = "tisagenlecleucel", dosing: Dosing = KNOWN) -> RegimenSheet:
    template = next(one for one in templates(knowledge()) if one.id == name)
    sheet = RegimenSheet(template, dosing, context_with(doors))
    sheet.close_asked.connect(frame.close_sheet)
    frame.open_sheet(sheet)
    return sheet


def said(line: AgentLine) -> str:
    return line.message.words.replace("\u00a0", " ")


def test_that_the_first_day_fills_every_agent_and_one_key_stores_them_together(
    frame: Frame, doors: Doors, type_keys: Type
) -> None:
    sheet = laid(frame, doors)
    type_keys("20.7.", ENTER)
    sheet.save()
    assert [dict(one.fields) for one in doors.requests] == [
        {"kind": "therapy", "intent": "lymphodepletion", "agent": "fludarabine", "at": "2020-07-20",
         "stop": "2020-07-23", "dose": 30.0, "dose_unit": "mg/m²/day"},
        {"kind": "therapy", "intent": "lymphodepletion", "agent": "cyclophosphamide", "at": "2020-07-20",
         "stop": "2020-07-21", "dose": 500.0, "dose_unit": "mg/m²/day"},
    ]  # fmt: skip
    assert sheet.foot.saved_words.words == "Saved 09:42:04 by B. Specimen: 2 agents"


def test_that_a_dose_says_that_it_is_proposed_and_what_it_comes_to(frame: Frame, doors: Doors) -> None:
    line = laid(frame, doors).lines[0]
    assert "Proposed: 30 × 1.2164 m² = 36.5 mg a day" in said(line)
    line.boxes["dose"].setText("24")
    assert "Typed: 24 × 1.2164 m² = 29.2 mg a day; the source has 30 mg/m²/day" in said(line)
    line.boxes["dose"].setText("0.5")
    line.boxes["unit"].setText("g/m²/day")
    assert "Typed: 500 × 1.2164 m² = 608.2 mg a day" in said(line)
    line.boxes["unit"].setText("mg/day")
    assert "Typed; the source has 30 mg/m²/day" in said(line)


def test_that_without_a_size_no_dose_is_calculated_and_what_is_missing_is_named(frame: Frame, doors: Doors) -> None:
    sheet = laid(frame, doors, dosing=Dosing())
    assert "Weight and height are not recorded" in sheet.about.text()
    assert "Proposed, in mg not known: weight or height not recorded" in said(sheet.lines[0])
    by_weight = laid(frame, doors, "wang_2023", Dosing())
    assert "in mg not known: weight not recorded" in said(by_weight.lines[1])


def test_that_a_weight_alone_serves_the_doses_per_kg(frame: Frame, doors: Doors) -> None:
    sheet = laid(frame, doors, "wang_2023", Dosing(38.6, None, "38.6 kg (30-Jul-2020)", ("height_cm",)))
    assert "Height is not recorded" in sheet.about.text()
    assert "20 × 38.6 kg = 772 mg a day" in said(sheet.lines[1])
    assert "in mg not known" in said(sheet.lines[0])


def test_that_a_dose_that_the_source_lacks_stays_not_recorded_unless_typed(frame: Frame, doors: Doors) -> None:
    sheet = laid(frame, doors, "vda")
    sheet.first.box.setText("20.7.")
    assert "The source gives no dose" in said(sheet.lines[0])
    sheet.save()
    assert "dose" not in doors.requests[0].fields
    assert "dose_unit" not in doors.requests[0].fields


def test_that_an_agent_without_a_last_day_says_that_it_counts_as_still_given(frame: Frame, doors: Doors) -> None:
    sheet = laid(frame, doors, "vda")
    sheet.first.box.setText("20.7.")
    assert "stored as still given" in said(sheet.lines[0])
    sheet.lines[0].boxes["stop"].setText("?")
    sheet.lines[1].boxes["stop"].setText("24.7.")
    sheet.save()
    first, second, third = (one.fields for one in doors.requests)
    assert first["stop_unknown"] is True
    assert "stop" not in first
    assert second["stop"] == "2020-07-24"
    assert not {"stop", "stop_unknown"} & set(third)


@pytest.mark.parametrize(("start", "given"), [("28.7.", True), ("29.7.", True), ("30.7.", False)])
def test_that_an_agent_whose_first_day_lies_ahead_is_left_out_and_says_so(
    frame: Frame, doors: Doors, start: str, given: bool
) -> None:
    sheet = laid(frame, doors, "brexucabtagene_autoleucel")
    sheet.first.box.setText(start)  # cyclophosphamide follows two days later; it is the 31st of July
    line = sheet.lines[1]
    assert line.agent.is_given is given
    assert ("its first day lies ahead" in said(line)) is not given


def test_that_a_typed_day_and_an_agent_left_out_stay_when_the_first_day_changes(frame: Frame, doors: Doors) -> None:
    sheet = laid(frame, doors)
    sheet.first.box.setText("20.7.")
    sheet.lines[0].boxes["stop"].setText("22-Jul-2020")
    sheet.lines[1].switch.choose(["left out"])
    sheet.lines[1].switch.changed.emit()
    sheet.first.box.setText("19.7.")
    assert sheet.lines[0].boxes["at"].text() == "19-Jul-2020"
    assert sheet.lines[0].boxes["stop"].text() == "22-Jul-2020"
    sheet.save()
    assert [one.fields["agent"] for one in doors.requests] == ["fludarabine"]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("dose", "<3", "as a number"),
        ("unit", "", "needs its unit"),
        ("route", "rectal", "Type iv"),
        ("at", "", "required"),
        ("at", "5/6/20", "Type the day out"),
        ("stop", "2020", "not a date"),
        ("stop", "1.7.", "before the first day"),
    ],
)
def test_that_one_line_that_cannot_stand_keeps_every_agent_out_and_says_why(
    frame: Frame, doors: Doors, name: str, text: str, why: str
) -> None:
    sheet = laid(frame, doors)
    sheet.first.box.setText("20.7.")
    sheet.lines[1].boxes[name].setText(text)
    sheet.save()
    assert doors.requests == []
    assert sheet.stage is Stage.OPEN
    assert why in said(sheet.lines[1])
    assert sheet.lines[1].boxes[name].hasFocus()
    assert sheet.foot.obstacle.text() == "one line to mend before saving"


def test_that_with_every_agent_left_out_there_is_nothing_to_store(frame: Frame, doors: Doors) -> None:
    sheet = laid(frame, doors)
    sheet.first.box.setText("20.7.")
    for line in sheet.lines:
        line.switch.choose(["left out"])
        line.switch.changed.emit()
    sheet.save()
    assert doors.requests == []
    assert sheet.foot.obstacle.text() == "no agent is given"


def test_that_a_refused_store_leaves_every_line_as_it_was_typed(frame: Frame) -> None:
    doors = Doors(refuse=Trouble("The store is held.", "Try again."))
    sheet = laid(frame, doors)
    sheet.first.box.setText("20.7.")
    sheet.lines[0].boxes["dose"].setText("25")
    sheet.save()
    assert sheet.stage is Stage.OPEN
    assert sheet.lines[0].boxes["dose"].text() == "25"
    assert not sheet.lines[0].boxes["dose"].isReadOnly()


def test_that_what_was_typed_comes_back_when_the_regimen_is_opened_again(frame: Frame, doors: Doors) -> None:
    sheet = laid(frame, doors)
    sheet.first.box.setText("20.7.")
    sheet.lines[0].boxes["dose"].setText("25")
    sheet.lines[1].switch.choose(["left out"])
    sheet.lines[1].switch.changed.emit()
    frame.close_sheet()
    again = laid(frame, doors)
    assert again.start == date(2020, 7, 20)
    assert again.lines[0].agent.dose == 25.0
    assert not again.lines[1].agent.is_given
    assert again.lines[1].boxes["at"].text() == "20-Jul-2020"
    other = laid(frame, doors, "wang_2023")
    assert other.start is None


def test_that_enter_leads_through_every_box_to_save(frame: Frame, doors: Doors, type_keys: Type) -> None:
    sheet = laid(frame, doors)
    type_keys("20.7.", ENTER, ENTER)
    assert sheet.lines[0].switch.buttons[0].hasFocus()
    type_keys(*(ENTER,) * 12)
    assert sheet.foot.save.hasFocus()
    type_keys(ENTER)
    assert len(doors.requests) == 2


def test_that_an_agent_is_left_out_with_one_arrow_and_enter_passes_its_boxes(
    frame: Frame, doors: Doors, type_keys: Type
) -> None:
    sheet = laid(frame, doors)
    type_keys("20.7.", ENTER, ENTER, RIGHT, ENTER)
    assert not sheet.lines[0].agent.is_given
    assert sheet.lines[1].switch.buttons[0].hasFocus()


def test_that_the_choice_is_made_with_arrows_and_enter(frame: Frame, type_keys: Type) -> None:
    chooser = RegimenChooser("QUINCE, Synthetic Three", templates(knowledge()))
    chosen: list[str] = []
    chooser.template_chosen.connect(lambda template: chosen.append(template.id))
    frame.open_sheet(chooser)
    type_keys(DOWN, DOWN, DOWN, ENTER)
    assert chosen == ["vda"]
