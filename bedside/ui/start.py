"""Owns what the window is given to start with: how to open a store, and what may be said before one is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedside.ui.computer import Computer

if TYPE_CHECKING:  # the session's module imports pydantic, which must wait until the first paint
    from datetime import datetime
    from pathlib import Path

    from bedside.chart.progress import Progress
    from bedside.service.session import Session
    from bedside.ui.background import Background
    from bedside.ui.frame import Frame


@dataclass(frozen=True)
class UserLine:
    """A name that can sign in, with its role and a word on when it was last here; "" where that is not known."""

    name: str
    role: str = ""
    seen: str = ""


@dataclass(frozen=True)
class StoreFacts:
    """What is known of a closed store: whether it exists, who may sign in, and lines of caption and words.

    open_to_all says why no passphrase is asked for, "" where one is.
    """

    exists: bool
    users: tuple[UserLine, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    open_to_all: str = ""


@dataclass(frozen=True)
class CentreDoor:
    """How a file of the centre's own values is put to use: on the worker, UserError in words names what is wrong in it.

    use gives the session that goes on with them; fixed says why no other file can be chosen here, "" where one can.
    """

    use: Callable[[Session, Path], Session]
    fixed: str = ""


@dataclass(frozen=True)
class Desk:
    """What every view works with: the open session, the worker through which alone it is used, and the clock.

    computer holds what was chosen for this computer, centre how the centre's file is changed, None where it cannot be.
    """

    session: Session
    background: Background
    now: Callable[[], datetime]
    computer: Computer = field(default_factory=Computer)
    centre: CentreDoor | None = None


@dataclass(frozen=True)
class Turns:
    """How people take turns at a store that stays open across locks; all of it runs on the worker.

    lock ends a session (and why: "asked" or "idle") and gives those who can come back with a PIN; resume opens with
    name and PIN, and raises UserError in words; idle_minutes is after how long without a key the window locks; tend is
    asked for now and then while it is locked, and backs up what is due.
    """

    lock: Callable[[Session, str], tuple[UserLine, ...]]
    resume: Callable[[str, str], Session]
    idle_minutes: Callable[[Session], int]
    tend: Callable[[], object] | None = None


@dataclass(frozen=True)
class BackupLine:
    """A backup as it is offered: where it is, when it was made and how many rows it holds, in words."""

    path: str
    made: str
    rows: str


@dataclass(frozen=True)
class Proved:
    """A backup that was proved: what it holds and what it lacks ("": nothing) in words, and the two ways to end it.

    carry_out puts it in the store's place and says in words where the replaced one is kept, for the sign-in page.
    """

    words: str
    lacks: str
    carry_out: Callable[[], str]
    abandon: Callable[[], object]


@dataclass(frozen=True)
class Restores:
    """How a backup is restored while the store is closed; all of it runs on the worker and raises UserError in words.

    offers lists the backups beside the store, the newest first; prove takes one's path, name and passphrase of a lead.
    """

    offers: Callable[[], tuple[BackupLine, ...]]
    prove: Callable[[str, str, str], Proved]


@dataclass(frozen=True)
class Start:
    """Everything the window needs from outside.

    facts is asked on the main thread before the first paint, so it must be cheap and import nothing heavy. open_store,
    create_store (which also gives the recovery code), close_session (at the lock and when the window closes) and leave
    (the last of all, if there is anything left to do) run on the worker and raise UserError in words.
    furnish fills a new frame with board and views after signing in. preload imports what comes later. With turns the
    store outlives a lock: close_session is then asked for when the window closes alone. recover takes the recovery
    code, a name and the new passphrase that the name gets, and opens the store with it.
    """

    facts: Callable[[], StoreFacts]
    open_store: Callable[[str, str], Session]
    create_store: Callable[[str, str], tuple[Session, str]]
    close_session: Callable[[Session], object]
    furnish: Callable[[Frame, Desk], object]
    preload: Callable[[], object]
    now: Callable[[], datetime]
    demo_line: str = ""
    leave: Callable[[Progress], object] | None = None
    turns: Turns | None = None
    restores: Restores | None = None
    recover: Callable[[str, str, str], Session] | None = None
    computer: Computer = field(default_factory=Computer)
    centre: CentreDoor | None = None
