"""A qtbot that waits longer than pytest-qt does by itself: what answers at once here may take seconds elsewhere."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

PATIENCE_MS = 20_000
"""A key of a store is derived slowly on purpose, and a machine may have other things to do meanwhile."""


class PatientBot(QtBot):
    """Gives up after 20 seconds unless it is told otherwise; how fast the program is, the benchmarks tell."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Run the event loop until the callback is true."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:  # noqa: ARG001  # it needs one to be there
    return PatientBot(request)
