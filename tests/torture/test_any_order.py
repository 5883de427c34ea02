"""Recording, correcting, voiding, signing, backup, restore, lock and clock jumps in any order leave the store whole."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bedside.chart.enums import VoidScope
from bedside.chart.moments import AsOf
from bedside.service.own_keys import set_pin
from bedside.service.read import chart_of, opened
from bedside.service.record import correct, record, void
from bedside.service.session import Session
from bedside.service.signing import sign_with
from bedside.store.backup import BackupReport
from bedside.store.backup_keys import unlock_backup
from bedside.store.restoring import Restoration
from tests.conftest import FixedClock
from tests.torture import ward
from tests.torture.invariant import broken

COUNT: dict[str, Any] = {"kind": "blood_count", "at": "2024-09-02T07:10:00+02:00", "wbc": 4.0, "anc": 1.0, "hb": 92}
DECISION: dict[str, Any] = {"kind": "decision", "at": "2024-09-02", "choice": "watch_and_wait", "rationale": "stable"}
PIN = "190731"


class AnyOrder(RuleBasedStateMachine):
    """The store beside what it must hold: the ids in their order, and what each backup held."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(mkdtemp(prefix="bedside-any-order-"))
        self.clock = FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))
        self.held: list[str] = []
        self.current: list[str] = []
        self.signed: list[str] = []
        self.backups: list[tuple[BackupReport, list[str], list[str], list[str]]] = []

    @property
    def folder(self) -> Path:
        return self.place / "store"

    @initialize()
    def make(self) -> None:
        ward.make(self.folder, clock=self.clock)
        self.session = ward.opened(self.folder, clock=self.clock)
        set_pin(self.session, ward.PASSPHRASE, PIN)

    def _saved(self, entry_id: str, instead_of: str | None = None) -> None:
        self.held.append(entry_id)
        if instead_of is not None:
            self.current.remove(instead_of)

    @rule(hb=st.integers(60, 150))
    def append(self, hb: int) -> None:
        saved = record(self.session, ward.MRN, {**COUNT, "hb": hb}, confirmed=True)
        self._saved(str(saved.entry.id))
        self.current.append(str(saved.entry.id))

    @precondition(lambda self: self.current)
    @rule(data=st.data(), hb=st.integers(60, 150))
    def correct(self, data: st.DataObject, hb: int) -> None:
        old = data.draw(st.sampled_from(self.current))
        saved = correct(self.session, ward.MRN, old, {**COUNT, "hb": hb}, "a slip", confirmed=True)
        self._saved(str(saved.entry.id), old)
        self.current.append(str(saved.entry.id))

    @precondition(lambda self: self.current)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(self.current))
        self._saved(str(void(self.session, ward.MRN, old, "another patient's", VoidScope.CHAIN).entry.id), old)

    @rule()
    def sign(self) -> None:
        entry_id = str(record(sign_with(self.session, PIN), ward.MRN, DECISION).entry.id)
        self._saved(entry_id)
        self.signed.append(entry_id)

    @rule()
    def back_up(self) -> None:
        report = self.session.store.backups.make(self.place / "backups")
        self.backups.append((report, list(self.held), list(self.current), list(self.signed)))

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        report, held, current, signed = data.draw(st.sampled_from(self.backups))
        self.session.store.close(backup=False)
        unlocked = unlock_backup(report, self.folder, ward.USER, ward.PASSPHRASE)
        restoration = Restoration(self.folder, report, unlocked.key, self.clock())
        lost = len(set(self.held) - set(held)) + len(set(self.signed) - set(signed))  # a signature is a row of its own
        assert restoration.loss.entries == lost
        restoration.carry_out()
        self.held, self.current, self.signed = list(held), list(current), list(signed)
        self.session = ward.opened(self.folder, clock=self.clock)

    @rule()
    def lock(self) -> None:
        self.session.store.close(backup=False)
        assert broken(self.folder, self.held) == ()
        self.session = ward.opened(self.folder, clock=self.clock)

    @rule(seconds=st.integers(-40_000_000, 40_000_000))
    def clock_jump(self, seconds: int) -> None:
        moment = self.clock.moment + timedelta(seconds=seconds)
        self.clock.moment = min(max(moment, datetime(2024, 10, 1, tzinfo=UTC)), datetime(2090, 1, 1, tzinfo=UTC))

    @invariant()
    def the_chart_holds_what_was_saved_in_its_order(self) -> None:
        if hasattr(self, "session"):
            assert [str(entry.id) for entry in chart_of(self.session, ward.MRN).entries] == self.held

    @invariant()
    def every_signature_holds(self) -> None:
        if hasattr(self, "session"):
            found = opened(self.session, ward.MRN, AsOf.parse("2024-09-02")).signatures
            assert [(one.of, one.holds) for one in found] == [(entry_id, True) for entry_id in self.signed]

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.store.close(backup=False)
            assert broken(self.folder, self.held) == ()
        shutil.rmtree(self.place)


AnyOrder.TestCase.settings = settings(max_examples=12, stateful_step_count=18)
TestAnyOrder = AnyOrder.TestCase
