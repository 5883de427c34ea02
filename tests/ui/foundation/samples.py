"""Values that the tests of the frame and the sign-in page are fed with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QTimer

from bedside.chart.errors import UserError
from bedside.chart.progress import Progress
from bedside.ui.start import Start, StoreFacts, UserLine
from bedside.ui.widgets.banner_facts import BannerFacts
from bedside.ui.window import MainWindow

PASSPHRASE = "correct horse battery staple"
CODE = "ABCD-EFGH-JKLM-NPQR"
FACTS = BannerFacts(
    family="Quince",
    given="Synthetic Three",
    born="09-Apr-2004",
    age="16 y",
    sex="Female",
    number="SYN-0003",
    tag="synthetic",
    product="tisagenlecleucel",
    day0="24-Jul-2020",
    weight="54.0 kg (23-Jul-2020)",
    allergies="No known allergies",
    phase="Early monitoring",
    day="D+7",
    risk="ambiguous",
    class_note="provisional · marrow due 21-Aug-2020",
)


@dataclass
class OpenStore:
    """Stands for an open session: remembers whether it was closed."""

    role: str = "physician"
    closed: bool = False


def nothing_to_leave(_progress: Progress) -> None:
    """Closes at once."""


@dataclass
class Rehearsal:
    """A start whose store is a pretence: opens with PASSPHRASE, and remembers what it was asked."""

    exists: bool = True
    opened: list[OpenStore] = field(default_factory=list)
    furnished: list[Any] = field(default_factory=list)
    preloaded: int = 0
    open_to_all: str = ""
    close_fails: bool = False
    left: int = 0
    leaving: Callable[[Progress], object] = nothing_to_leave

    def open_store(self, user: str, passphrase: str) -> OpenStore:
        if passphrase != PASSPHRASE and not self.open_to_all:
            raise UserError(f"The passphrase of {user} is not right.", "Type it again.")
        self.opened.append(OpenStore())
        return self.opened[-1]

    def create_store(self, _user: str, _passphrase: str) -> tuple[OpenStore, str]:
        self.exists = True
        self.opened.append(OpenStore())
        return self.opened[-1], CODE

    def close_session(self, session: Any) -> None:
        session.closed = True
        if self.close_fails:
            raise UserError("The backup was not written.", "Free some room on the disk.")

    def leave(self, progress: Progress) -> None:
        self.left += 1
        self.leaving(progress)

    def furnish(self, frame: Any, desk: Any) -> None:
        self.furnished.append((frame, desk))

    def preload(self) -> None:
        self.preloaded += 1

    def facts(self) -> StoreFacts:
        users = (UserLine("B. Specimen", "nurse"), UserLine("A. Example", "physician"))
        lines = (("Store", "on this workstation"),)
        return StoreFacts(self.exists, users if self.exists else (), lines, self.open_to_all)

    def start(self, demo_line: str = "") -> Start:
        create: Callable[[str, str], Any] = self.create_store
        open_store: Callable[[str, str], Any] = self.open_store
        return Start(
            facts=self.facts,
            open_store=open_store,
            create_store=create,
            close_session=self.close_session,
            furnish=self.furnish,
            preload=self.preload,
            now=moment,
            demo_line=demo_line,
            leave=self.leave,
        )


def seconds_to_the_lock(window: MainWindow) -> float:
    """How long until an idle window locks, 0 while nothing is counted."""
    (timer,) = window.idle_lock.findChildren(QTimer)
    return max(0, timer.remainingTime()) / 1000


def moment() -> datetime:
    return datetime(2020, 7, 31, 9, 58, tzinfo=UTC)
