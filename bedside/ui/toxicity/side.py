"""Owns the right column of the toxicity view: both grades now, episodes, the assessments of the focus day, prompts."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.chart.formats import date_text, day_text
from bedside.chart.moments import AsOf
from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.course import CourseFacts
from bedside.ui.toxicity.entry_row import EntryRow
from bedside.ui.toxicity.words import EntryLine, Standing, assessment_lines, episode_lines, prompts, standing
from bedside.ui.widgets.grade_mark import GradeMark
from bedside.ui.widgets.labels import TextBlock, WrappedLabel
from bedside.ui.widgets.section_column import SectionColumn


class StandingCard(QWidget):
    """A grade as it is now, large, with the words beside it."""

    def __init__(self, shown: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark, words = GradeMark(self), TextBlock(self)
        mark.show_grade(shown.grade, shown.moved)
        words.show_paragraphs(*shown.lines)
        self.setAccessibleName(words.accessibleName())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 8)
        row.setSpacing(8)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)


class ToxicitySide(SectionColumn):
    """Built anew for each patient and focus day; `entry_chosen(id)` when a row is pressed."""

    entry_chosen = Signal(str)

    def __init__(self, words: CriteriaWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: tuple[object, date] | None = None
        self.rows: list[EntryRow] = []

    def show_course(self, facts: CourseFacts, focus: date) -> None:
        """Show what follows for a focus day; the same again changes nothing."""
        assessment = facts.assessment
        if self._shown is not None and self._shown[0] is assessment and self._shown[1] == focus:
            return
        self.clear()
        self._shown = (assessment, focus)
        as_of = AsOf.parse(assessment.as_of)
        for scale, found in (("CRS", assessment.crs), ("ICANS", assessment.icans)):
            self._add(StandingCard(standing(scale, found, as_of, self._words.source(found.source))))
        self._add_rows("Episodes", episode_lines(facts), "No episode so far.")
        day = "" if assessment.day0 is None else f" ({day_text((focus - assessment.day0).days)})"
        lines = assessment_lines(assessment, focus)
        self._add_rows(f"Assessed on {date_text(focus)}{day}", lines, "No graded assessment on this day.")
        self._add_sections(prompts(assessment, self._words.source))

    def _add_rows(self, head: str, lines: tuple[EntryLine, ...], empty: str) -> None:
        self._gap()
        self._add(WrappedLabel(head, 14, 600, "ink"))
        if not lines:
            self._add(WrappedLabel(empty, 12, 400, "ink2"))
        for line in lines:
            row = EntryRow(line)
            row.clicked.connect(self._row_pressed)
            self.rows.append(row)
            self._add(row)

    def _row_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, EntryRow):
            self.entry_chosen.emit(row.line.entry)

    def gradable(self) -> EntryLine | None:
        """The assessment whose grade a physician may set: that of the focused row, else the newest of the day."""
        focused = [row.line for row in self.rows if row.hasFocus() and row.line.scale]
        return next(iter([*focused, *(row.line for row in self.rows if row.line.scale)]), None)

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        self.rows.clear()
        super().clear()
