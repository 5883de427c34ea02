"""The backups of an open store: made and proved, sent to the second target, rehearsed, and asked what they witness."""

from dataclasses import dataclass
from pathlib import Path

from bedside.chart.errors import StoreFault, UserError
from bedside.chart.progress import Progress, unheard
from bedside.store.backup import FOLDER, BackupReport, Source, backups_in, make_backup, newest_of, prune
from bedside.store.cipher import faults_in_words
from bedside.store.copy_check import cut_off, state_of
from bedside.store.drill import Drilled, drill
from bedside.store.hold import Hold
from bedside.store.journal_copy import write_copy
from bedside.store.second_target import second_target, send
from bedside.store.verification import Problem


@dataclass(frozen=True, slots=True)
class OwnBackups:
    """The backups that one open store made of itself."""

    hold: Hold

    def listed(self) -> tuple[BackupReport, ...]:
        """Return the verified backups beside the store that are its own, the oldest first."""
        return tuple(report for report in backups_in(self._beside) if report.store_id == self.hold.store_id)

    def newest(self) -> BackupReport | None:
        """Return the newest of them, or None."""
        return newest_of(self.listed())

    def make(self, target: Path, progress: Progress = unheard, *, asked: bool = False) -> BackupReport:
        """Make a verified copy, a store folder itself, in a new folder under `target` and return what it holds.

        One that somebody asked for is not pruned on the same day.
        """
        self.hold.require_place()
        return make_backup(self._source(), target, self.hold.station.clock(), progress, asked=asked)

    def make_if_changed(self, progress: Progress = unheard) -> BackupReport | None:
        """Back the store up beside itself when no backup holds its present state, then prune; return the new one.

        A store that lacks what a backup holds, however many entries came since, is an alarm: StoreFault, and nothing
        is pruned.
        """
        hold = self.hold
        with hold.turn, faults_in_words():
            state = state_of(hold.connection, hold.origin)
            lacking = self.cut_off()
        if lacking:
            raise StoreFault(
                "The store lacks entries that its backups hold; no backup was made and none was removed.",
                "Run bedside verify, and keep the folder as it is.",
            )
        if state.count + state.audit_count == 0 or any(report.state == state for report in self.listed()):
            return None
        report = self.make(self._beside, progress)
        prune(self._beside)
        return report

    def cut_off(self) -> tuple[Problem, ...]:
        """Return what the store's chains lack of what the backups witness; whoever asks has the turn."""
        return cut_off(self.hold.connection, self.hold.origin, [report.state for report in self.listed()])

    def copy_journal(self, target: Path, passphrase: str | None = None) -> BackupReport:
        """Write the journal as sealed JSON Lines into a new file under `target` and return what it holds.

        It is sealed with the store's own key, or with a passphrase of its own.
        """
        return write_copy(self._source(), target, self.hold.station.clock(), passphrase)

    def send(self, progress: Progress = unheard) -> BackupReport | None:
        """Copy the newest one to the second target, where one is set; UserError when it cannot be reached."""
        target, report = second_target(self.hold.station.folder), self.newest()
        return send(report, target, progress) if target and report else None

    def drill(self, progress: Progress = unheard) -> Drilled:
        """Restore the newest one into a folder of its own, prove it against the store, and remove it again."""
        report = self.newest()
        if report is None:
            raise UserError("There is no backup to restore yet.", "Make a backup first.")
        return drill(report, self.hold.station.folder, self.hold.key, self.hold.origin, progress)

    @property
    def _beside(self) -> Path:
        return self.hold.station.folder / FOLDER

    def _source(self) -> Source:
        hold = self.hold
        return Source(hold.file, hold.key, hold.keys(), hold.origin)
