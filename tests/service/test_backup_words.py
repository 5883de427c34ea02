"""Tests of the line in the bar: the gravest thing alone, so that it stays short."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bedside.service.backup_words import bar_words, sheet_lines
from bedside.service.backups import BackupState

NOW = datetime(2026, 11, 20, 13, 2, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
GOOD = BackupState(
    now=NOW,
    made_at=NOW - timedelta(minutes=41),
    drilled_at=None,
    elsewhere=None,
    elsewhere_at=None,
    room=182 * 10**9,
    low=False,
)
DISK = Path("disk")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (GOOD, "Backup 13:21, verified"),
        (replace(GOOD, made_at=NOW - timedelta(hours=20)), "Backup 19-Nov-2026 18:02, verified"),
        (replace(GOOD, made_at=None), "No backup yet"),
        (replace(GOOD, made_at=NOW - timedelta(days=1)), "Backup 19-Nov-2026 14:02, verified"),
        (replace(GOOD, made_at=NOW - timedelta(days=1, minutes=1)), "Backup late: 1 d old"),
        (replace(GOOD, elsewhere=DISK, elsewhere_at=GOOD.made_at), "Backup 13:21, verified"),
        (replace(GOOD, elsewhere=DISK), "Second backup folder is behind"),
        (replace(GOOD, elsewhere=DISK, made_at=NOW - timedelta(days=3)), "Backup late: 3 d old"),
        (replace(GOOD, made_at=None, low=True, room=96_500_000), "Disk nearly full: 96 MB free"),
    ],
)
def test_that_the_bar_names_the_gravest_thing(state: BackupState, words: str) -> None:
    assert bar_words(state, ZONE) == words


def test_that_the_sheet_says_what_is_not_there() -> None:
    lines = dict(sheet_lines(replace(GOOD, made_at=None), ZONE))
    assert lines["Newest backup"] == "none yet"
    assert lines["Second folder"].startswith("none chosen")
    assert lines["Restore rehearsed"] == "never"
    assert lines["Room on the disk"] == "182 GB free"
