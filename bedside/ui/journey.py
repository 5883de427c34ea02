"""Owns the demonstration journey off screen: board, the published index case over time, a form, pictures and PDFs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bedside.chart.moments import AsOf
from bedside.service.board import board
from bedside.service.board_text import board_table
from bedside.service.session import Session
from bedside.service.summaries import export_pdf
from bedside.service.targets import replacing
from bedside.ui.patient_views import COUNTS, HANDOFF, JOURNAL, MARROW, OVERVIEW, RISK, TOXICITY, WASHOUT
from bedside.ui.troubles import Trouble
from bedside.ui.ward import Ward
from bedside.ui.window import MainWindow

INDEX_CASE = "PUB-MYERS"
HANDED_OVER = ("PUB-MYERS", "PUB-WANG-1", "PUB-WANG-2")
DAYS = ("2020-05-31", "2020-06-29", "2020-07-31", "2020-08-24")
VIEWS = (
    (COUNTS, "early_monitoring"),
    (TOXICITY, "early_monitoring"),
    (WASHOUT, "apheresis"),
    (MARROW, "follow_up"),
    (JOURNAL, "follow_up"),
    (HANDOFF, "follow_up"),
)
"""Each further view, and the phase of a patient who shows what it is for."""
TICK = 15
QUIET_TICKS = 4
LONGEST = 4000


class Journey(QObject):
    """Does one step after the other, each when the store's worker is idle and the window has painted."""

    finished = Signal()

    def __init__(self, window: MainWindow, output: Path) -> None:
        super().__init__(window)
        self._window, self._output = window, output
        self._steps: list[Callable[[], object]] = []
        self._quiet, self._ticks = 0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        self._board = ""
        self.written: list[Path] = []
        self.trouble: Trouble | None = None
        self._ward: Ward = window.frame.findChild(Ward)

    def begin(self) -> None:
        """Set out."""
        self._output.mkdir(parents=True, exist_ok=True)
        self._window.worker().trouble_met.connect(self._failed)
        self._steps = self._all_steps()
        self._timer.start()

    def _all_steps(self) -> list[Callable[[], object]]:
        steps: list[Callable[[], object]] = []
        for name in ("light", "dark"):
            steps += [
                partial(self._window.set_theme, name),
                self._ward.frame.show_board,
                partial(self._take, f"01-ward-board-{name}"),
            ]
            steps += [partial(self._ward.open_patient, INDEX_CASE)]
            for number, day in enumerate(DAYS):
                steps += [partial(self._ward.moment.show, AsOf.parse(day)), partial(self._show, OVERVIEW)]
                steps += [partial(self._take, f"02-overview-{number + 1}-as-of-{day}-{name}")]
                steps += [partial(self._show, RISK), partial(self._take, f"03-risk-{number + 1}-as-of-{day}-{name}")]
            steps += [self._ward.moment.show_now, partial(self._show, OVERVIEW), self._ward.forms.open_blood_count]
            steps += [partial(self._take, f"04-blood-count-{name}"), self._ward.frame.close_sheet]
            for number, (view, phase) in enumerate(VIEWS, start=5):
                steps += [partial(self._open_one_in, phase), partial(self._show, view)]
                steps += [partial(self._take, f"{number:02}-{view}-{name}")]
        return [*steps, self._ward.frame.show_board, self._read_board, self._hand_over]

    def _open_one_in(self, phase: str) -> None:
        """Open the first patient of the board in that phase, the published index case where there is none."""
        found = (line.mrn for line in self._ward.search.lines if line.phase == phase)
        self._ward.open_patient(next(found, INDEX_CASE))

    def _show(self, view_id: str) -> None:
        self._ward.frame.show_view(view_id)

    def _take(self, name: str) -> None:
        path = self._output / f"{name}.png"
        if self._window.grab().save(str(path)):
            self.written.append(path)
        else:
            self.trouble = Trouble(f"The picture {path} cannot be written.", "Choose another folder.")

    def _read_board(self) -> None:
        session = self._ward.desk.session
        self._window.worker().run(partial(_board, session, session.today()), self._board_read)

    def _board_read(self, board: str) -> None:
        self._board = board

    def _hand_over(self) -> None:
        """One summary for each of the published patients and some synthetic ones."""
        lines = self._ward.search.lines
        known = [line.mrn for line in lines]
        chosen = [mrn for mrn in HANDED_OVER if mrn in known]
        of_class = {line.risk: line.mrn for line in lines if line.mrn not in chosen and not line.closed}
        chosen += [mrn for mrn in of_class.values() if mrn not in chosen]
        for mrn in chosen:
            path = self._output / f"handoff-{mrn}.pdf"
            self._window.worker().run(partial(_write, self._ward.desk.session, mrn, path), self._summary_written)

    def _summary_written(self, path: Path) -> None:
        self.written.append(path)

    def _failed(self, trouble: Trouble) -> None:
        self.trouble = trouble

    def _tick(self) -> None:
        self._ticks += 1
        self._quiet = self._quiet + 1 if self._window.worker().idle else 0
        if self._ticks > LONGEST and self.trouble is None:
            self.trouble = Trouble("The journey did not come to its end.", "Run it once more.")
        if self.trouble is not None:
            self._steps.clear()
        if self._quiet < QUIET_TICKS:
            return
        self._quiet = 0
        if self._steps:
            self._steps.pop(0)()
        else:
            self._timer.stop()
            self.finished.emit()

    def report(self) -> str:
        """The ward board as lines, and where the files are."""
        files = [f"Written to {self._output.resolve()}:", *(f"  {path.name}" for path in sorted(self.written))]
        trouble = [self.trouble.text] if self.trouble is not None else []
        return "\n".join([*([self._board, ""] if self._board else []), *files, *trouble])


def _board(session: Session, as_of: AsOf) -> str:
    return board_table(board(session, as_of), as_of)


def _write(session: Session, mrn: str, path: Path) -> Path:
    data = export_pdf(session, mrn, session.today())
    with replacing(path) as stream:
        stream.write(data)
    return path
