"""The states of each view: empty, typical, alarming, error, longest text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bedside.chart.entries import parse_entry
from bedside.chart.patient import Chart
from bedside.service.read import Opened
from bedside.ui.banner_words import banner_of
from bedside.ui.board.lines import Grade, Move
from bedside.ui.board.view import BoardView
from bedside.ui.criteria import CriteriaWords
from bedside.ui.frame import Frame
from bedside.ui.marrow.view import MarrowView
from bedside.ui.notice import NoticeSheet
from bedside.ui.overview.view import OverviewView
from bedside.ui.risk.view import RiskView
from bedside.ui.troubles import Trouble
from bedside.ui.view import View, ViewEntry
from tests.samples import toxicity
from tests.samples.board import AS_OF, TYPICAL, due, row
from tests.samples.decisions import signed_by_its_author
from tests.samples.index_case import chart, knowledge, opened, opened_chart, without_entries
from tests.samples.persistence import followed
from tests.screens.backups import backups
from tests.screens.counting import counting
from tests.screens.forms import forms
from tests.screens.handoffs import handoffs
from tests.screens.importing import importing
from tests.screens.journals import journals
from tests.screens.long_work import long_work
from tests.screens.people import people
from tests.screens.regimens import regimens
from tests.screens.registries import registries
from tests.screens.screen import Screen
from tests.screens.settings import settings
from tests.screens.sign_ins import sign_ins
from tests.screens.signing import signing
from tests.screens.toxicities import toxicities
from tests.screens.washouts import washouts

TROUBLE = Trouble("The store is held by another program that writes to it.", "Close the other window, then read again.")
LONGEST_NAME = {
    "family_name": "von und zu der Testberg-Holunder-Wacholderbeere",
    "given_name": "Synthetic Marie-Luise Anna Katharina",
}


def entry(number: int, **fields: Any) -> Any:
    """An entry with a countable id."""
    return parse_entry({"id": f"00000000-0000-4000-8000-{number:012d}", **fields})


def longest() -> Opened:
    """The longest names and drugs, a year of daily counts, fever, infections and every method of MRD."""
    entries = [*chart().entries]
    start = date(2020, 5, 20)
    for day in range(70):
        at = (start + timedelta(days=day)).isoformat()
        counts = {
            "wbc": round(0.3 + day / 40, 1),
            "anc": round(day % 9 / 6, 1),
            "alc": round(0.2 + day % 5 / 9, 1),
            "plt": 20.0 + day * 3 % 90,
            "hb": 81.0,
        }
        entries.append(entry(day, kind="blood_count", at=at, **counts))
        if day % 3 == 0:
            entries.append(
                entry(200 + day, kind="chemistry", at=at, crp=float(day * 13 % 190), ferritin=float(900 + day * 77))
            )
        if 13 < day < 22:
            entries.append(entry(400 + day, kind="vitals", at=at, temp_c=38.0 + day % 3))
    marrow = [{"method": m, "result": "positive", "value": 0.0032} for m in ("fcm", "pcr")]
    entries += [
        entry(900, kind="therapy", at="2020-06-03", agent="tocilizumab", intent="toxicity", stop="2020-06-03"),
        entry(901, kind="therapy", at="2020-06-04", agent="dexamethasone", intent="toxicity", stop="2020-06-09"),
        entry(
            902, kind="infection", at="2020-06-07", organism="Pseudomonas aeruginosa, multiresistant", controlled=False
        ),
        entry(903, kind="infusion", at="2020-07-01", product="brexucabtagene_autoleucel", reason="low_expansion"),
        entry(904, kind="marrow", at="2020-07-06", blasts_pct=3, mrd=marrow),
        entry(
            905, kind="allergy", at="2020-05-01", known=True, substance="pegaspargase, vancomycin and co-trimoxazole"
        ),
    ]
    patient = chart().patient.model_copy(update=LONGEST_NAME)
    long = Chart.model_construct(patient=patient, entries=tuple(entries), source="synthetic", as_of=None)
    return opened_chart(long, "2020-07-31")


def alarming() -> Opened:
    """A relapse that closed the course, and the patient's death."""
    entries = (
        *chart().entries,
        entry(910, kind="relapse", at="2020-08-10", sites=["marrow", "cns"], immunophenotype="cd19_negative"),
        entry(911, kind="death", at="2020-08-20", cause="disease"),
    )
    ended = Chart.model_construct(patient=chart().patient, entries=entries, source=chart().source, as_of=None)
    return opened_chart(ended, "2020-08-21")


def screens() -> list[Screen]:
    """Every view in every state."""
    patients: dict[str, Callable[[], Opened]] = {
        "empty": lambda: opened_chart(without_entries(), "2020-07-31"),
        "typical": lambda: opened("2020-06-29"),
        "decided": opened,
        "alarming": alarming,
        "longest": longest,
    }
    views = [
        Screen(name, state, _shower(view, make))
        for name, view in (("overview", "overview"), ("risk", "risk"), ("persistence", "marrow"))
        for state, make in patients.items()
    ]
    return [
        *_boards(),
        *views,
        Screen("overview", "error", _show_error),
        Screen("overview", "toxic", _shower("overview", lambda: toxicity.opened(toxicity.alarming_course()))),
        Screen("risk", "signed", _shower("risk", signed_by_its_author)),
        *toxicities(),
        *counting(),
        *journals(),
        Screen("persistence", "followed", _shower("marrow", followed)),
        *washouts(),
        *handoffs(),
        *importing(),
        *registries(),
        *forms(),
        *regimens(),
        *settings(),
        *sign_ins(),
        *people(),
        *signing(),
        *backups(),
        *long_work(),
    ]


def _boards() -> list[Screen]:
    alarm = tuple(
        replace(
            line,
            risk="high",
            moved=Move("low", AS_OF),
            conflicts=2,
            crs=Grade(4, 1, serious=True),
            icans=Grade(3, 1, serious=True),
            blockers=("wash-out before infusion: blinatumomab, pegaspargase",),
            overdue=(
                due("CD19 count", date(2020, 5, 1)),
                due("Marrow with MRD by PCR or NGS", date(2020, 7, 1)),
                due("CAR-T level", date(2020, 7, 20)),
            ),
            more_overdue=1,
        )
        for line in TYPICAL
    )
    long = row(
        "Marie-Luise Anna Katharina",
        "von und zu der Testberg-Holunder-Wacholderbeere",
        1234,
        product="brexucabtagene autoleucel",
    )
    states = {"empty": (), "typical": TYPICAL, "alarming": alarm, "longest": (long,) * 3}
    made = [Screen("board", state, _board_shower(lines)) for state, lines in states.items()]
    return [*made, Screen("board", "error", _show_board_error)]


def _board_shower(lines: tuple[Any, ...]) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        board = BoardView()
        frame.set_board(board)
        board.show_board(lines, AS_OF)
        frame.show_board()

    return show


def _show_board_error(frame: Frame) -> None:
    board = BoardView()
    frame.set_board(board)
    frame.show_board()
    board.show_trouble(TROUBLE)


def _shower(view_id: str, make: Callable[[], Opened]) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        shown, words = make(), CriteriaWords(knowledge())
        frame.set_views(
            [
                ViewEntry("overview", "Overview", lambda: OverviewView(words)),
                ViewEntry("risk", "Risk", lambda: RiskView(words)),
                *(ViewEntry(word.lower(), word, View) for word in ("Counts", "Toxicity", "Therapy & wash-out")),
                ViewEntry("marrow", "Marrow & persistence", lambda: MarrowView(words)),
                *(ViewEntry(word.lower(), word, View) for word in ("Journal", "Handoff")),
            ]
        )
        frame.show_banner(banner_of(shown))
        frame.view_bar.show_moment("31-Jul-2020 09:41", True)
        frame.show_view(view_id)
        view = frame.view(view_id)
        assert isinstance(view, (OverviewView, RiskView, MarrowView))
        view.show_opened(shown)
        view.entered()

    return show


def _show_error(frame: Frame) -> None:
    _shower("overview", opened)(frame)
    frame.open_sheet(NoticeSheet(TROUBLE))
