"""The import of counts: chosen, looked at, with refusals, with a question, with columns, at work, failed, and done."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bedside.chart.moments import At
from bedside.service.changes import NOTHING
from bedside.service.counts import (
    Choice,
    Column,
    CountsFile,
    CountsMapping,
    CountsPlan,
    Measurement,
    PlannedRow,
    Question,
    StoredCounts,
    Verdict,
)
from bedside.store.rows import Head
from bedside.ui.frame import Frame
from bedside.ui.importing.sheet import ImportSheet
from bedside.ui.importing.words import stored_words
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble
from tests.screens.screen import Screen

NAMES = (("T-0001", "Hawthorn, Synthetic Ada"), ("T-0002", "Rowan, Synthetic Ben"), ("T-0003", "Yew, Synthetic Cleo"))
COLUMNS = (
    Column("Auftrag", 1, "", "", "20117734"),
    Column("Patientennummer", 2, "mrn", "", "T-0001"),
    Column("Abnahme", 3, "at", "", "01.07.2020 07:30"),
    Column("Leukozyten (G/l)", 4, "wbc", "G/l", "2,1"),
    Column("Hb (g/dl)", 5, "hb", "g/dl", "9,2"),
    Column("CRP", 6, "crp", "", "12"),
)


def line(number: int, verdict: Verdict = Verdict.ACCEPTED, *reasons: str, warning: str = "") -> PlannedRow:
    """One line of a file of three patients."""
    mrn, names = NAMES[number % 3]
    new = (
        Measurement("wbc", round(1.2 + number / 10, 1)),
        Measurement("hb", 90.0 + number, "", f"9,{number} g/dl × 10"),
        Measurement("plt", 20.0, "<"),
        Measurement("crp", 12.0),
    )
    held = new if verdict is Verdict.ACCEPTED else ()
    at = At.parse(f"2020-07-{number % 28 + 1:02}T07:30:00+02:00")
    known = 4 if verdict is Verdict.KNOWN else 0
    return PlannedRow(number, mrn, names, at, verdict, held, (), known, reasons, (warning,) if warning else ())


def plan(rows: Sequence[PlannedRow], *questions: Question, kept: str = "", name: str = "kw27.csv") -> CountsPlan:
    """A plan of these lines."""
    mapping = CountsMapping(decimal=",")
    return CountsPlan(CountsFile(name, b""), mapping, kept, tuple(rows), questions, COLUMNS, (), Head(0, ""))


GOOD = plan([line(number) for number in range(2, 40)], kept="A. Example")
REFUSALS = plan(
    [
        *(line(number) for number in range(2, 9)),
        line(9, Verdict.REFUSED, 'Hb: "=1+1" is a formula or has a sign; expected a number'),
        replace(line(10, Verdict.REFUSED, "there is no patient with the MRN T-0099"), mrn="T-0099", names=""),
        line(
            11, Verdict.REFUSED, "WBC 2.4\xa0×10⁹/L: the chart holds 2.1\xa0×10⁹/L for this moment; "
            "correct it there if it is wrong",
        ),
        line(12, Verdict.REFUSED, "the row has 5 cells; expected 6 as in the first row"),
        *(line(number, Verdict.KNOWN) for number in range(13, 16)),
        line(16, warning="WBC 600 ×10⁹/L: usually 400 ×10⁹/L or less."),
        line(17, Verdict.UNUSED, "the result is preliminary (P); the final one counts"),
    ]
)  # fmt: skip
LONGEST = plan(
    [
        replace(line(2), names="von und zu der Testberg-Holunder-Wacholderbeere, Synthetic Marie-Luise Anna Katharina"),
        *REFUSALS.rows,
    ],
    name="laboratory-results-of-the-twenty-seventh-week-of-the-year-corrected-and-sent-again.csv",
)
DATES = Question(
    "dates",
    'Dates such as "03/04/2020" can be read in two ways. Which comes first?',
    (
        Choice("day_first", "the day comes first: 03/04 is 3 April"),
        Choice("month_first", "the month comes first: 03/04 is 4 March"),
    ),
)
UNIT = Question(
    "unit:crp:CRP",
    "The file states no unit for CRP. In which unit is it?",
    (Choice("mg/L", "mg/L"), Choice("mg/dL", "mg/dL")),
)
ASKED = plan([line(number, Verdict.ASKED, DATES.text) for number in range(2, 12)], DATES, UNIT)
WHICH = Question(
    "column:at",
    "Which column tells when the samples were taken?",
    tuple(Choice(f"Spalte {number}", f"Spalte {number}") for number in range(1, 20)),
)


def importing() -> list[Screen]:
    """Every state of the sheet."""
    return [
        Screen("import", "empty", _sheet(_nothing)),
        Screen("import", "typical", _sheet(_show(GOOD))),
        Screen("import", "refusals", _sheet(_show(REFUSALS))),
        Screen("import", "question", _sheet(_show(ASKED))),
        Screen("import", "unit", _sheet(_show(plan(ASKED.rows, UNIT)))),
        Screen("import", "list", _sheet(_show(plan(ASKED.rows, WHICH)))),
        Screen("import", "longest", _sheet(_show(LONGEST))),
        Screen("import", "columns", _sheet(_columns)),
        Screen("import", "progress", _sheet(_progress)),
        Screen("import", "error", _sheet(_error)),
        Screen("import", "done", _sheet(_done)),
    ]


def _sheet(then: Callable[[ImportSheet], None]) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        sheet = ImportSheet(("T-0001", "HAWTHORN, Synthetic Ada (T-0001)"))
        frame.open_sheet(sheet)
        then(sheet)

    return show


def _nothing(_sheet: ImportSheet) -> None:
    """Nothing was chosen yet."""


def _show(shown: CountsPlan) -> Callable[[ImportSheet], None]:
    return lambda sheet: sheet.show_plan(shown)


def _columns(sheet: ImportSheet) -> None:
    sheet.show_plan(plan(REFUSALS.rows, UNIT))
    sheet.show_next_part()
    sheet.columns.table.selectRow(5)


def _progress(sheet: ImportSheet) -> None:
    watch = Watch("kw27.csv is being read …")
    watch.tell(6250, 20000)
    sheet.wait(watch)
    for _ in range(5):
        sheet.progress.look()


def _error(sheet: ImportSheet) -> None:
    what = "kw27.csv, line 312: this is not text (it holds a zero byte)."
    sheet.show_trouble(Trouble(what, "Nothing of this file was used; correct it and try again."))


def _done(sheet: ImportSheet) -> None:
    stored = StoredCounts(14, 8, NOTHING)
    sheet.show_plan(REFUSALS)
    sheet.show_stored(stored_words(stored, REFUSALS, "A. Example", datetime(2020, 7, 31, 7, 32, 4)))  # noqa: DTZ001
