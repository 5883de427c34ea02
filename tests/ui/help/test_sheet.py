"""Tests of the sheet of help: what something is and where it comes from stands before the keys."""

from pytestqt.qtbot import QtBot

from bedside.ui.actions import Action
from bedside.ui.help.sheet import HelpSheet
from bedside.ui.help.topic import Part, Rule, Topic
from bedside.ui.widgets.labels import PlainLabel

RULES = Part("When it holds", (Rule("Met", "CD19 shows recovery", "Buechner 2022"),))


def test_that_rules_and_sources_stand_before_the_keys(qtbot: QtBot) -> None:
    keys = [Action("risk.sign", "Sign the decision", print, "Shift+D", hint="sign")]
    sheet = HelpSheet(Topic("H4", "Early loss of B-cell aplasia", (RULES,), ("Buechner 2022, in full",)), keys)
    qtbot.addWidget(sheet)
    sheet.resize(sheet.sizeHint())
    sheet.show()
    heads = sorted(sheet.findChildren(PlainLabel), key=lambda one: one.mapTo(sheet, one.rect().topLeft()).y())
    said = [one.text() for one in heads if one.text() in {"H4", "When it holds", "Sources", "Keys"}]
    assert said == ["H4", "When it holds", "Sources", "Keys"]
