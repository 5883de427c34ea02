"""Signing in on the command line: which store, who, and the passphrase from a file or from the terminal."""

import argparse
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from bedside import compose
from bedside.chart.errors import NotWritable, StoreFault, UserError
from bedside.cli.speaking import say

if TYPE_CHECKING:
    from bedside.service.session import Session

LONGEST_PASSPHRASE_BYTES = 65_536

_WITHOUT_NUMBERS = {"audit", "backup", "restore", "users", "verify"}
"""The commands that ask for no clinical number, and so work also where the centre's file is wrong."""


def store_folder(options: argparse.Namespace) -> Path:
    """Return the folder named by --store, else by the environment, else the platform's."""
    return compose.store_folder(options.store)


@contextmanager
def reading(options: argparse.Namespace) -> Iterator["Session"]:
    """Give a session that only reads, also beside an open window, closed afterwards."""
    session = _session(options, *_who(options), read_only=True)
    try:
        yield session
    finally:
        session.close()


class NotBackedUp(UserError):
    """What was done is stored, but the verified backup at close failed; `exit_code` 1: a check found a problem."""

    exit_code = 1


@contextmanager
def writing(options: argparse.Namespace) -> Iterator["Session"]:
    """Give a session that may record, closed afterwards; StoreFault while another program writes to the store."""
    session = _session(options, *_who(options))
    with _closing(session):
        yield session


@contextmanager
def auditing(options: argparse.Namespace) -> Iterator["Session"]:
    """Give a session that notes an export in the audit trail, or only reads, and says so, where it cannot write."""
    who = _who(options)
    try:
        session = _session(options, *who)
    except (StoreFault, NotWritable) as error:
        session = _session(options, *who, read_only=True)
        why = error.why if isinstance(error, NotWritable) else "another Bedside has the store"
        say(f"bedside: This is not in the audit log: {why}.")
    with _closing(session):
        yield session


@contextmanager
def noting(options: argparse.Namespace) -> Iterator["Session"]:
    """Give a session that notes in the audit trail what it looks at, where nothing keeps it from writing there."""
    from bedside.store.envelope import NotLetIn

    who = _who(options)
    try:
        session = _session(options, *who)
    except NotLetIn:
        raise
    except UserError:
        session = _session(options, *who, read_only=True)
    try:
        yield session
    finally:
        session.store.close(backup=False)


@contextmanager
def _closing(session: "Session") -> Iterator[None]:
    """Close the session afterwards; an error that is on its way already is told, and not what came of it at close."""
    try:
        yield
    except BaseException:
        with suppress(UserError):
            session.close()
        raise
    try:
        session.close()
    except StoreFault:
        raise
    except UserError as error:
        raise NotBackedUp(error.what_happened, error.what_to_do) from error


def _session(
    options: argparse.Namespace, folder: Path, user: str, passphrase: str, *, read_only: bool = False
) -> "Session":
    clinical = options.command not in _WITHOUT_NUMBERS
    return compose.open_session(folder, user, passphrase, read_only=read_only, centre=options.centre, clinical=clinical)


def _who(options: argparse.Namespace) -> tuple[Path, str, str]:
    return store_folder(options), user_name(options), read_passphrase(options)


def user_name(options: argparse.Namespace) -> str:
    """Return the name given with --user, else typed on the terminal; EOFError where the typing is ended instead."""
    if options.user:
        return str(options.user)
    _require_terminal("user name", "--user NAME")
    print("User name: ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def read_passphrase(options: argparse.Namespace, *, twice: bool = False) -> str:
    """Return the passphrase in NFC: the first line of --passphrase-file, else typed on the terminal without echo."""
    if options.passphrase_file is not None:
        return first_line(options.passphrase_file, "passphrase file")
    typed = typed_secret("Passphrase: ", "passphrase", "--passphrase-file FILE")
    return _typed_again(typed) if twice else typed


def new_passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase that a user is given: the first line of --new-passphrase-file, else typed twice."""
    if options.new_passphrase_file is not None:
        return first_line(options.new_passphrase_file, "passphrase file")
    return _typed_again(typed_secret("New passphrase: ", "new passphrase", "--new-passphrase-file FILE"))


def _typed_again(typed: str) -> str:
    if unicodedata.normalize("NFC", getpass("The same again: ")) != typed:
        raise UserError("The two passphrases differ.", "Start again; nothing was changed.")
    return typed


def typed_secret(prompt: str, what: str, option: str) -> str:
    """Return what is typed without echo, in NFC; UserError, naming the option instead, where there is no terminal."""
    _require_terminal(what, option)
    return unicodedata.normalize("NFC", getpass(prompt))


def pdf_password(options: argparse.Namespace) -> str | None:
    """Return the password of a summary in NFC: the first line of --pdf-password-file, None without one.

    UserError for an empty one, which would lock nothing.
    """
    if options.pdf_password_file is None:
        return None
    password = first_line(options.pdf_password_file, "password file")
    if not password:
        raise UserError("The password is empty.", f"Write it into the first line of {options.pdf_password_file}.")
    return password


def first_line(path: Path, what: str) -> str:
    """Return the first line of a secret's file in NFC; UserError names the file when it cannot be read."""
    try:
        with path.open("rb") as stream:
            line = stream.readline(LONGEST_PASSPHRASE_BYTES + 1)
        if len(line) > LONGEST_PASSPHRASE_BYTES:
            raise UserError(f"The first line of the {what} {path} is too long.", "Is it the right file?")
        first = line.decode("utf-8-sig")
    except OSError as error:
        raise UserError(f"The {what} {path} cannot be read: {error.strerror}.", "Check its path.") from None
    except UnicodeDecodeError:
        raise UserError(f"The {what} {path} is not UTF-8 text.", "Write it again as UTF-8.") from None
    return unicodedata.normalize("NFC", first.removesuffix("\n").removesuffix("\r"))


def _require_terminal(what: str, option: str) -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(f"There is no terminal on which to ask for the {what}.", f"Give it with {option}.")
