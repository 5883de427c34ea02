"""The sheet of the backups: as it should be, late, and after a failure."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bedside.service.backup_words import bar_words, sheet_lines
from bedside.service.backups import BackupState
from bedside.ui.backup_sheet import BackupSheet
from bedside.ui.frame import Frame
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble
from tests.screens.screen import Screen

NOW = datetime(2026, 11, 20, 13, 2, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
GOOD = BackupState(
    now=NOW,
    made_at=NOW - timedelta(minutes=41),
    drilled_at=NOW - timedelta(days=12),
    elsewhere=Path("/media/backup-disk"),
    elsewhere_at=NOW - timedelta(minutes=41),
    room=182_000_000_000,
    low=False,
)
LATE = BackupState(
    now=NOW,
    made_at=NOW - timedelta(days=3, hours=4),
    drilled_at=None,
    elsewhere=Path("/media/backup-disk"),
    elsewhere_at=NOW - timedelta(days=9),
    room=96_000_000,
    low=True,
)


def backups() -> list[Screen]:
    """Every state of the sheet."""
    return [
        Screen("backups", "typical", _sheet(GOOD, _done)),
        Screen("backups", "alarming", _sheet(LATE, _nothing)),
        Screen("backups", "error", _sheet(LATE, _trouble)),
        Screen("backups", "progress", _sheet(GOOD, _progress)),
    ]


def _sheet(state: BackupState, then: Callable[[BackupSheet], None]) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        frame.app_bar.show_backup(bar_words(state, ZONE))
        sheet = BackupSheet()
        frame.open_sheet(sheet)
        sheet.show_facts((*sheet_lines(state, ZONE), ("Store checked", "20-Nov-2026 13:02, nothing wrong")))
        then(sheet)

    return show


def _done(sheet: BackupSheet) -> None:
    sheet.show_done("The backup of 20-Nov-2026 13:21 can be restored, row by row as in the store. Rows: 18204.")


def _progress(sheet: BackupSheet) -> None:
    watch = Watch("A backup is being made and proved …")
    watch.tell(37, 100)
    sheet.wait(watch)
    for _ in range(5):
        sheet.progress.look()


def _trouble(sheet: BackupSheet) -> None:
    sheet.show_trouble(
        Trouble(
            "The second backup folder /media/backup-disk cannot be written to: no such device.",
            "The backup beside the store is made all the same; connect the disk or choose another folder.",
        )
    )


def _nothing(_sheet: BackupSheet) -> None:
    """Nothing was asked for yet."""
