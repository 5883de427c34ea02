"""Tests of bringing charts in by the window: every file that it can read can be chosen, also the summary of another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bedside.chart.moments import AsOf
from bedside.service.exchange_files import import_file
from bedside.service.session import Session
from bedside.service.summaries import export_pdf
from bedside.ui.background import Background
from bedside.ui.frame import Frame
from bedside.ui.intake import Intake
from bedside.ui.start import Desk
from tests.service.charts import INDEX, INDEX_MRN
from tests.service.conftest import session

__all__ = ["session"]


@pytest.fixture
def intake(session: Session, qtbot: QtBot) -> Iterator[Intake]:
    frame = Frame()
    qtbot.addWidget(frame)
    background = Background()
    yield Intake(frame, Desk(session, background, session.now))
    background.stop()


@pytest.mark.parametrize("ending", ["json", "jsonl", "pdf"])
def test_that_a_chart_and_a_summary_can_be_chosen(intake: Intake, ending: str) -> None:
    intake.choose_file()
    (dialog,) = intake._frame.findChildren(QFileDialog)
    offered = dialog.nameFilters()
    dialog.close()
    assert f"*.{ending}" in offered[0].split("(")[1].rstrip(")").split()


def test_that_the_summary_of_a_patient_comes_in_by_the_window(
    intake: Intake, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    import_file(session, "index.json", INDEX)
    summary = tmp_path / "summary.pdf"
    summary.write_bytes(export_pdf(session, INDEX_MRN, AsOf.parse("2020-07-31")))
    with qtbot.waitSignal(intake.arrived, timeout=20_000) as arrived:
        intake.import_path(str(summary))
    assert arrived.args == [INDEX_MRN]
