"""The composition root without Qt: the store's folder, the clock, the ward's zone, ids and knowledge, put together.

Importing it is cheap: what a session needs is loaded when one is opened.
"""

import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

import bedside
from bedside.chart.errors import UserError
from bedside.store.place import DATABASE

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge
    from bedside.service.restore import Restoring
    from bedside.service.session import Session
    from bedside.store.station import Station
    from bedside.store.store import Store

STORE_VARIABLE = "BEDSIDE_STORE"
SITE_FILE = "site.json"
"""Names the store of all accounts of a computer, in the platform's folder for settings of the whole machine."""

CENTRE_VARIABLE = "BEDSIDE_CENTRE"
CENTRE_FILE = "centre.toml"
"""The centre's own values, looked for in the store's folder where no other file is named."""

DEMO_USER = "demo"


def store_folder(named: Path | None) -> Path:
    """Return the folder that was named, else the default one; UserError where this account cannot look into it."""
    folder = named or default_folder()
    try:
        (folder / DATABASE).stat()
    except (FileNotFoundError, NotADirectoryError):
        return folder
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "it is no path").lower()
        raise UserError(
            f"Bedside cannot look into the folder {folder}: {why}.",
            "Ask for the right to work there, or choose another folder.",
        ) from None
    return folder


def default_folder() -> Path:
    """Return the store's folder: `BEDSIDE_STORE`, else what the site file names, else the platform's for user data."""
    named = os.environ.get(STORE_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    site = site_folder(Path(platformdirs.site_config_dir("bedside", appauthor=False)) / SITE_FILE)
    return site or Path(platformdirs.user_data_dir("bedside", appauthor=False))


def site_folder(file: Path) -> Path | None:
    """Return the store's folder for every account of this computer, which an administrator's site file names.

    None where there is no such file; UserError where it names no folder: another store would be opened in its place.
    """
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _bad_site_file(file, (error.strerror or type(error).__name__).lower()) from None
    try:
        folder = Path(json.loads(text)["store"])
    except (ValueError, KeyError, TypeError):
        raise _bad_site_file(file, 'it is not {"store": "/the/folder"}') from None
    if not folder.is_absolute():
        raise _bad_site_file(file, f"{folder} is no whole path")
    return folder


def _bad_site_file(file: Path, why: str) -> UserError:
    return UserError(f"The site file {file} cannot be used: {why}.", "Ask who looks after this computer.")


class CentreUnreadable(UserError):
    """There is no centre's file where one is named, or it cannot be read."""


def centre_file(named: Path | None, folder: Path | None) -> Path | None:
    """Return the file of the centre's own values: the one named, else `BEDSIDE_CENTRE`, else the store folder's own."""
    variable = os.environ.get(CENTRE_VARIABLE)
    if named is not None or variable:
        return named or Path(str(variable))
    beside = None if folder is None else folder / CENTRE_FILE
    return beside if beside is not None and beside.exists() else None


def centre_named(named: Path | None) -> str:
    """Return why the centre's file is not the one in the store's folder, in words; "" when it is."""
    if named is not None:
        return f"This start of Bedside names the file {named}."
    variable = os.environ.get(CENTRE_VARIABLE)
    return f"{CENTRE_VARIABLE} names the file {variable}." if variable else ""


def computer_file() -> Path:
    """Return the file of what is chosen for this computer, in the platform's folder for settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir("bedside", appauthor=False)) / "computer.ini"


def knowledge_in_force(named: Path | None = None, folder: Path | None = None) -> "Knowledge":
    """Return the program's tables with the centre's values in place; UserError names what is wrong in its file."""
    from bedside.knowledge.loader import centre_knowledge, load_knowledge

    path = centre_file(named, folder)
    if path is None:
        return load_knowledge()
    try:
        text = path.read_bytes()
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise CentreUnreadable(f"The centre's file {path} cannot be read: {why}.", "Check its path.") from None
    return centre_knowledge(text, path.name)


def log_folder() -> Path:
    """Return the platform's folder for the program's log."""
    import platformdirs

    return Path(platformdirs.user_log_dir("bedside", appauthor=False))


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def local_now(clock: Callable[[], datetime] = utc_now) -> datetime:
    """Return the present moment of a clock (in UTC) in this computer's time zone."""
    return clock().astimezone(local_zone())


def local_zone() -> tzinfo:
    """Return this computer's time zone, by name where the variable TZ or else the system names one."""
    name = os.environ.get("TZ", "").removeprefix(":") or _system_zone()
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        from dateutil.tz import tzlocal

        # A rule more than a day away from UTC is none that a clock can follow.
        return tzlocal() if abs(time.timezone) < timedelta(days=1).total_seconds() else UTC


def _system_zone() -> str:
    """The zone's name that /etc/localtime points to, empty where it does not."""
    path = os.path.realpath("/etc/localtime")
    return path.partition("/zoneinfo/")[2]


def station_at(folder: Path) -> "Station":
    """Return what a store in this folder takes from this computer."""
    from bedside.store.station import Station

    return Station(folder, utc_now, uuid4)


def _knowledge_at_store(named: Path | None, folder: Path, *, clinical: bool = True) -> "Knowledge":
    """Return the knowledge for work at a store; the program's own where no clinical number is asked for."""
    from bedside.knowledge.loader import load_knowledge

    if not clinical:
        return load_knowledge()
    try:
        return knowledge_in_force(named, folder)
    except CentreUnreadable:
        raise
    except UserError as error:
        what_to_do = "Correct the centre's file; until then Bedside does not open the store."
        raise UserError(error.what_happened, what_to_do) from error


def open_session(
    folder: Path,
    user: str,
    passphrase: str,
    *,
    read_only: bool = False,
    centre: Path | None = None,
    clinical: bool = True,
) -> "Session":
    """Return a session at the folder's store, signed in; UserError or StoreFault when it cannot be opened.

    `centre` names a file of the centre's own values other than the one in the folder; without `clinical` it does not
    matter, and may be wrong.
    """
    from bedside.store.store import Store

    knowledge = _knowledge_at_store(centre, folder, clinical=clinical)
    store = Store.open(station_at(folder), user, passphrase, read_only=read_only)
    if not read_only:
        _note_sign_in(store)
    return session_at(store, knowledge)


def _note_sign_in(store: "Store") -> None:
    """Nobody works at a store that cannot keep who came; closed, it can still be opened for reading only."""
    try:
        store.record_event("sign_in")
    except BaseException:
        store.close(backup=False)
        raise


def create_session(
    folder: Path,
    user: str,
    passphrase: str,
    *,
    centre: Path | None = None,
    show_code: Callable[[str], object] | None = None,
) -> "tuple[Session, str]":
    """Return a session at a new store, and its recovery code; UserError when the folder cannot hold one.

    `show_code` is given the code before there is a store; when it raises there will be none.
    """
    from bedside.store.creation import FirstUser
    from bedside.store.store import Store

    knowledge = _knowledge_at_store(centre, folder)
    first = FirstUser(user, passphrase, show_code=show_code)
    store, code = Store.create(station_at(folder), first)
    return session_at(store, knowledge), code


def recovery_session(folder: Path, code: str, *, centre: Path | None = None, clinical: bool = True) -> "Session":
    """Return a session at the store that its recovery code opens, as a lead; UserError for another store's code.

    `centre` and `clinical` are those of `open_session`.
    """
    from bedside.store.store import Store

    knowledge = _knowledge_at_store(centre, folder, clinical=clinical)
    store = Store.open_with_recovery_code(station_at(folder), code)
    _note_sign_in(store)
    return session_at(store, knowledge)


def begin_restore(folder: Path, backup: Path, user: str, passphrase: str) -> "Restoring":
    """Return a backup made ready and proved, to be carried out or abandoned; UserError or StoreFault when it is not."""
    from bedside.service.restore import begin

    return begin(station_at(folder), backup, user, passphrase)


def demo_session(clock: Callable[[], datetime] = utc_now) -> "Session":
    """Return a session at a throw-away store that holds the demonstration ward; closing it removes the store.

    It needs no passphrase: its key dies with it. Its rows are received at the moments of clock (UTC).
    """
    from bedside.resources import resource
    from bedside.service.exchange_files import import_file
    from bedside.store.creation import FirstUser
    from bedside.store.envelope import Cost
    from bedside.store.store import Store

    folder = Path(tempfile.mkdtemp(prefix="bedside-demo-"))
    try:
        first = FirstUser(DEMO_USER, secrets.token_hex(), Cost(64, 1, 1))
        store, _ = Store.create(replace(station_at(folder), clock=clock), first)
        session = session_at(store, knowledge_in_force(), closing=lambda: _throw_away(store, folder))
        for path in sorted(resource("demo").glob("*.json*")):
            import_file(session, path.name, path.read_bytes())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return session


def _throw_away(store: "Store", folder: Path) -> None:
    try:
        store.close(backup=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def session_at(store: "Store", knowledge: "Knowledge", closing: Callable[[], None] | None = None) -> "Session":
    """Return the session at an open store, with this computer's clock and zone."""
    from bedside.service.session import Session

    return Session(
        store=store,
        knowledge=knowledge,
        clock=utc_now,
        new_id=uuid4,
        zone=local_zone(),
        app_version=bedside.__version__,
        closing=closing,
    )
