"""The sheet that signs a stored decision, over the risk view: one's own, somebody else's, a wrong PIN, no PIN."""

from collections.abc import Callable

from bedside.service.read import Opened
from bedside.service.signatures import meaning_of
from bedside.ui.banner_words import banner_of
from bedside.ui.criteria import CriteriaWords
from bedside.ui.forms.sign_sheet import SignSheet, ToSign
from bedside.ui.frame import Frame
from bedside.ui.risk.decision import in_words, newest_decision
from bedside.ui.risk.view import RiskView
from bedside.ui.troubles import Trouble
from bedside.ui.view import ViewEntry
from tests.samples.decisions import decided, signed_by_its_author
from tests.samples.index_case import knowledge
from tests.screens.screen import Screen

WRONG = Trouble("The PIN is not right.", "4 more tries before a wait; the passphrase always opens.")
LONG = "Donor confirmed, conditioning can begin; the family was told twice and agrees. " * 6


def signing() -> list[Screen]:
    """Every state of the sheet."""
    return [
        Screen("signing", "typical", _laid(lambda: decided(recorded_by="A. Example"), _type_digits)),
        Screen("signing", "reviewed", _laid(signed_by_its_author)),
        Screen("signing", "error", _laid(lambda: decided(recorded_by="A. Example"), _refuse)),
        Screen("signing", "no-pin", _laid(signed_by_its_author, _without_pin)),
        Screen("signing", "longest", _laid(lambda: decided(rationale=LONG, recorded_by="B. Specimen"), _refuse)),
    ]


def sheet_for(opened: Opened, user: str = "A. Example") -> SignSheet:
    """The sheet as this person is shown it."""
    decision = newest_decision(opened)
    assert decision is not None
    meaning = meaning_of(user, opened.recorder(decision))
    return SignSheet(ToSign(opened.chart.patient, decision, tuple(in_words(decision, opened)), meaning))


def _laid(make: Callable[[], Opened], then: Callable[[SignSheet], None] | None = None) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        shown, view = make(), RiskView(CriteriaWords(knowledge()))
        frame.set_views([ViewEntry("risk", "Risk", lambda: view)])
        frame.show_banner(banner_of(shown))
        frame.view_bar.show_moment("01-Aug-2020 09:41", True)
        frame.show_view("risk")
        view.show_opened(shown)
        sheet = sheet_for(shown, "B. Specimen" if shown.signatures else "A. Example")
        frame.open_sheet(sheet)
        if then is not None:
            then(sheet)

    return show


def _type_digits(sheet: SignSheet) -> None:
    sheet.pin.setText("1907")


def _refuse(sheet: SignSheet) -> None:
    sheet.show_trouble(WRONG)


def _without_pin(sheet: SignSheet) -> None:
    sheet.show_pin_set(False)
