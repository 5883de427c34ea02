"""Signing in: the first start, the recovery code, the passphrase, a wrong one, the lock; and the palette."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from bedside.chart.errors import UserError
from bedside.ui.frame import Frame
from bedside.ui.sign_in.page import SignInPage
from bedside.ui.sign_in.pin_box import PinBox
from bedside.ui.sign_in.recover_form import RecoverForm
from bedside.ui.sign_in.restore_form import RestoreForm
from bedside.ui.start import BackupLine, Proved, Restores, UserLine
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.offers import Offer
from bedside.ui.widgets.palette import Palette
from tests.screens.screen import Screen
from tests.ui.foundation.samples import FACTS, PASSPHRASE, Rehearsal

DAMAGE = Trouble("The store is damaged or is not a Bedside store.", "", is_damage=True)
BACKUPS = tuple(
    BackupLine(str(number), made, f"{rows} rows")
    for number, (made, rows) in enumerate(
        [
            ("31-Jul-2020 09:12", 18_204),
            ("31-Jul-2020 08:11", 18_197),
            ("30-Jul-2020 19:40", 18_120),
            ("29-Jul-2020 20:02", 17_985),
        ]
    )
)
VIEWS = ("Overview", "Risk", "Counts", "Toxicity", "Therapy & wash-out", "Marrow & persistence", "Journal", "Handoff")
NOBODY = "zebra"
WORDS = "The backup is whole: 18204 rows, every one as it was written."
LACKS = "The backup lacks 3 entries of the present store (2 blood count, 1 vital signs)."


class AtOnce:
    """Stands for the worker: work is done when it is handed in."""

    def run(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Trouble], None]) -> None:
        """Do the work and give its value, or its trouble, to whoever waits."""
        try:
            value = work()
        except UserError as error:
            failed(Trouble(error.what_happened, error.what_to_do))
        else:
            done(value)


def sign_ins() -> list[Screen]:
    """Every state of the sign-in page, and the palette."""
    return [
        Screen("sign-in", "first-start", _page([], exists=False)),
        Screen("sign-in", "recovery-code", _page(["A. Example", PASSPHRASE, PASSPHRASE], exists=False)),
        Screen("sign-in", "passphrase", _page([])),
        Screen("sign-in", "wrong", _page(["wrong"])),
        Screen("sign-in", "recover", _recover),
        Screen("sign-in", "restore", _restore(None)),
        Screen("sign-in", "damaged", _restore(DAMAGE)),
        Screen("sign-in", "proved", _restore(DAMAGE, proved=True)),
        Screen("sign-in", "locked", _page([], locked=True)),
        Screen("sign-in", "pin", _pin),
        Screen("palette", "typical", _palette("quin co")),
        Screen("palette", "longest", _palette("")),
        Screen("palette", "empty", _palette(NOBODY)),
    ]


def _page(typed: Sequence[str], *, exists: bool = True, locked: bool = False) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        worker: Any = AtOnce()
        page = SignInPage(Rehearsal(exists=exists).start("Demonstration ward: no real patients"), lambda: worker, frame)
        page.setGeometry(frame.rect())
        page.ask(locked=locked, user="A. Example" if locked else "")
        page.show()
        for place, text in enumerate(typed):
            box = [one for one in page.findChildren(QLineEdit) if one.isVisibleTo(page)][place]
            QTest.keyClicks(box, text)
            QTest.keyClick(box, Qt.Key.Key_Return)

    return show


def _pin(frame: Frame) -> None:
    worker: Any = AtOnce()
    page = SignInPage(Rehearsal().start("Demonstration ward: no real patients"), lambda: worker, frame)
    page.setGeometry(frame.rect())
    page.ask(locked=True, user="B. Specimen", unsaved="Blood count, 5 values")
    page.tell_draft(kept=True)
    page.show()
    hours = (("A. Example", "19:04"), ("B. Specimen", "20:11"))
    page.offer_pins([UserLine(name, "", f"PIN counts until {until}") for name, until in hours])
    QTest.keyClicks(page.findChildren(PinBox)[0], "190")


def _recover(frame: Frame) -> None:
    worker: Any = AtOnce()
    start = replace(Rehearsal().start("Demonstration ward: no real patients"), recover=_never)
    page = SignInPage(start, lambda: worker, frame)
    page.setGeometry(frame.rect())
    page.ask(user="A. Example")
    page.offer_recovery()
    page.show()
    form = page.form
    if isinstance(form, RecoverForm):
        for widget in (form.code, form.passphrase, form.again):
            widget.box.setText("ABCD-EFGH")
        form.submit()


def _never(*_typed: str) -> Any:
    raise UserError(
        "The recovery code is not complete or has a slip in it.", "Compare it with the printed code, sign by sign."
    )


def _restore(damage: Trouble | None, *, proved: bool = False) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        worker: Any = AtOnce()
        start = replace(
            Rehearsal().start("Demonstration ward: no real patients"),
            restores=Restores(lambda: BACKUPS, lambda *_: Proved(WORDS, LACKS, str, str)),
        )
        page = SignInPage(start, lambda: worker, frame)
        page.setGeometry(frame.rect())
        page.ask(user="A. Example")
        page.offer_restore(damage)
        page.show()
        form = page.form
        if proved and isinstance(form, RestoreForm):
            form.passphrase.box.setText(PASSPHRASE)
            form.submit()

    return show


def _palette(typed: str) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        frame.show_banner(FACTS)
        frame.view_bar.show_moment("31-Jul-2020 09:41", True)
        palette = Palette(frame)
        palette.open(_offers, under=frame.banner.geometry().bottom() + 1)
        palette.box.setText(typed)

    return show


def _offers(typed: str) -> Sequence[Offer]:
    here, who = "For QUINCE, Synthetic Three", "09-Apr-2004 (16 y) · Female · SYN-0003 · D+7, early monitoring"
    patient = Offer("QUINCE, Synthetic Three", _nothing, who, group="Patient", patient=True, risk="ambiguous")
    offers = (
        *([patient] if typed else []),
        Offer("Enter a blood count", _nothing, keys=("N",), group=here),
        Offer("Correct this entry", _nothing, keys=("Ctrl", "E"), group=here, refusal="no entry is chosen"),
        *(Offer(f"Show {view}", _nothing, keys=("Alt", str(key)), group=here) for key, view in enumerate(VIEWS, 1)),
        Offer("Ward board, with its counts", _nothing, group="Everywhere"),
        Offer("Find what is counted twice", _nothing, group="Everywhere"),
        Offer("Conflicts: two corrections of one entry", _nothing, group="Everywhere", refusal="none in this store"),
        Offer("Lock", _nothing, keys=("Ctrl", "L"), group="Everywhere"),
    )
    words = typed.split()[1:]
    found = [one for one in offers if one.patient or all(word in one.title.casefold() for word in words)]
    return () if typed == NOBODY else found


def _nothing() -> None:
    """An offer that is only looked at."""
