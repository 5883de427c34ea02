"""Owns one row of the round sheet: whose it is, what is typed, and in words what became of it."""

from dataclasses import dataclass, field
from enum import Enum

from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN, date_text, title
from bedside.ui.board.lines import BoardLine
from bedside.ui.entry_grid.typing import Typing
from bedside.ui.forms.context import Saved
from bedside.ui.forms.stage import Stage
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line, block_height
from bedside.ui.signs import Sign

LOWEST, PADDING = 52, 7


class Standing(Enum):
    """What became of a row."""

    OPEN = "open"
    DRAFT = "draft"
    QUESTION = "question"
    REFUSED = "refused"
    SAVING = "saving"
    FAILED = "failed"
    SAVED = "saved"


_SIGNS = {
    Standing.QUESTION: Sign.ALERT_NOT_RUN,
    Standing.REFUSED: Sign.ALERT_WARNING,
    Standing.FAILED: Sign.ALERT_WARNING,
    Standing.SAVED: Sign.SAVED,
}


@dataclass
class RoundRow:
    """A patient as the board shows them, and what is typed for this patient alone."""

    line: BoardLine
    typing: Typing
    corrected: Saved | None = field(default=None)

    @property
    def stored(self) -> Saved | None:
        """What was stored for this row, as it was corrected last."""
        return self.corrected or (self.typing.stored[0] if self.typing.stored else None)

    @property
    def is_open(self) -> bool:
        """Whether the row can still be typed into."""
        return self.typing.stage is Stage.OPEN

    @property
    def standing(self) -> Standing:
        """What became of the row; a question and a refusal are those of the boxes that were left."""
        typing = self.typing
        if typing.stage is not Stage.OPEN:
            return Standing.SAVED if typing.stage is Stage.SAVED else Standing.SAVING
        if typing.trouble is not None:
            return Standing.FAILED
        if any(number.refusal(final=True) for number in typing.entries.numbers) or typing.entries.moment.why:
            return Standing.REFUSED
        if any(number.question() for number in typing.entries.numbers) or typing.entries.moment.asked:
            return Standing.QUESTION
        return Standing.DRAFT if typing.entries.count else Standing.OPEN

    @property
    def sign(self) -> Sign | None:
        """The sign before the words."""
        return _SIGNS.get(self.standing)

    def patient_lines(self) -> tuple[Line, ...]:
        """Name, then day, birth, age and number: whoever types sees whose row it is."""
        name = (Run(self.line.family.upper(), 14, 600), Run(f", {self.line.given}", 14))
        return (name, (Run(self.whose, 12, 400, "ink2"),))

    @property
    def whose(self) -> str:
        """Day of the course, birth with age, number; it breaks only between them."""
        born = f"{date_text(self.line.birth)} ({self.line.age})".replace("-", NON_BREAKING_HYPHEN)
        parts = ["" if self.line.day is None else self.line.day_words, born, self.line.mrn]
        kept = [part.replace(" ", NO_BREAK_SPACE).replace("-", NON_BREAKING_HYPHEN) for part in parts if part]
        return f"{NO_BREAK_SPACE}· ".join(kept)

    def state_lines(self) -> tuple[Line, ...]:
        """The state in words."""
        standing, stored, typing = self.standing, self.stored, self.typing
        if standing is Standing.SAVED and stored is not None:
            word = "Corrected" if self.corrected else "Saved"
            return (
                (Run(f"{word} {stored.moment:%H:%M:%S}", 12, 600),),
                (Run(f"by {stored.by} · ", 12, 400, "ink2"), Run(f"C:{NO_BREAK_SPACE}correct", 12, 500, "action")),
            )
        if standing is Standing.FAILED and typing.trouble is not None:
            return (
                (Run("Not saved. ", 12, 600, "high"), Run(typing.trouble.what_happened, 12)),
                (Run(typing.trouble.what_to_do, 12, 400, "ink2"),),
            )
        return self._typing_lines(standing)

    def _typing_lines(self, standing: Standing) -> tuple[Line, ...]:
        entries = self.typing.entries
        typed = f"{entries.count} of {len(entries.numbers)} typed"
        kept = title(self.typing.draft_words) if self.typing.draft_words else ""
        words = {
            Standing.OPEN: ("", "open"),
            Standing.DRAFT: ("Not saved", f", {typed}"),
            Standing.QUESTION: ("Question", f" before it is saved, {typed}"),
            Standing.REFUSED: ("To mend", f" before it can be saved, {typed}"),
            Standing.SAVING: ("Saving", f", {typed}"),
        }[standing]
        first = (Run(words[0], 12, 600), Run(words[1], 12, 400, "ink2"))
        return (first, (Run(kept, 12, 400, "ink2"),)) if kept and standing is not Standing.OPEN else (first,)

    def height(self, widths: tuple[int, int]) -> int:
        """How high the row stands when name and state break within these widths."""
        high = max(block_height(self.patient_lines(), widths[0]), block_height(self.state_lines(), widths[1]))
        return max(LOWEST, round(high) + 2 * PADDING)

    @property
    def sentence(self) -> str:
        """Whose row it is and what became of it, as it is read aloud."""
        state = " ".join("".join(run.text for run in line) for line in self.state_lines())
        return (
            f"{self.line.name}, {self.line.day_words}, {self.line.born.replace(NO_BREAK_SPACE, ' ')}: {state.strip()}"
        )
