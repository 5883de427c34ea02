"""Tests of what proves who is there: it goes into no entry and no draft, and along with the request alone."""

import json

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bedside.ui.forms.boxes import Box
from bedside.ui.forms.content import draft_of, fields_of, request_of
from bedside.ui.forms.secret_rows import SecretRow
from bedside.ui.forms.sheet import FormSheet
from tests.ui.forms.samples import Doors, context_with


def form_of(kind: str, qtbot: QtBot) -> tuple[FormSheet, dict[str, SecretRow]]:
    sheet = FormSheet(kind, context_with(Doors()))
    qtbot.addWidget(sheet)
    return sheet, {row.spec.name: row for row in sheet.rows if isinstance(row, SecretRow)}


@pytest.mark.parametrize(
    ("kind", "names", "replaced"),
    [
        ("decision", ["pin"], "signed_by"),
        ("infusion", ["second_person", "second_secret"], "identity_checked_by"),
        ("blood_count", [], ""),
    ],
)
def test_that_what_proves_who_is_there_takes_the_place_of_typed_names(
    qtbot: QtBot, kind: str, names: list[str], replaced: str
) -> None:
    sheet, secrets = form_of(kind, qtbot)
    assert list(secrets) == names
    assert replaced not in {row.spec.name for row in sheet.rows}


def test_that_secrets_are_hidden_and_stay_out_of_entry_and_draft(qtbot: QtBot) -> None:
    sheet, secrets = form_of("infusion", qtbot)
    QTest.keyClicks(secrets["second_person"].box, " B. Specimen ")
    QTest.keyClicks(secrets["second_secret"].box, " Wald ")
    assert secrets["second_secret"].box.echoMode() is Box.EchoMode.Password
    assert secrets["second_person"].box.echoMode() is Box.EchoMode.Normal
    fields = fields_of("infusion", sheet.rows, None)
    assert "Specimen" not in json.dumps(fields)
    assert "Wald" not in draft_of(sheet.rows) + json.dumps(fields)
    request = request_of(fields, sheet.rows, None)
    assert request.secrets == {"second_person": "B. Specimen", "second_secret": " Wald "}
    assert "Wald" not in repr(request)


def test_that_an_empty_pin_is_no_secret(qtbot: QtBot) -> None:
    sheet, secrets = form_of("decision", qtbot)
    assert request_of(fields_of("decision", sheet.rows, None), sheet.rows, None).secrets == {}
    QTest.keyClicks(secrets["pin"].box, "190731")
    assert request_of(fields_of("decision", sheet.rows, None), sheet.rows, None).secrets == {"pin": "190731"}
