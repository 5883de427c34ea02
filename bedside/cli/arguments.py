"""What can be typed on the command line, as one parser."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from bedside import __version__

WINDOW_COMMANDS = (None, "demo")
"""The commands that open the window."""

CENTRE_HELP = "the centre's own values (default: centre.toml in the store's folder)"


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the command (None: the window) and its options; exits with 2 and the usage on stderr for bad usage."""
    return _parser().parse_args(argv)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bedside",
        description="CAR T-cell therapy from referral to transplant. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"bedside {__version__}")
    parser.add_argument("--store", type=Path, metavar="DIR", default=None, help="the store's folder")
    parser.add_argument("--centre", type=Path, metavar="FILE", default=None, help=CENTRE_HELP)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    demo = _command(commands, "demo", "open a throw-away copy of the demonstration ward")
    demo.add_argument("--output", type=Path, metavar="DIR", help="write pictures and summaries there, off screen")
    _add_init(commands)
    _add_import(commands)
    _add_export(commands)
    _add_board(commands)
    _add_registry(commands)
    _add_assess(commands)
    _add_store(_command(commands, "verify", "check the whole store, and name the first broken place"))
    _add_users(commands)
    _add_audit(commands)
    _add_backup(commands)
    _add_restore(commands)
    _add_diagnostics(commands)
    _add_knowledge(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: Commands, name: str, what: str) -> argparse.ArgumentParser:
    """A command that says in one line what it does, among the others and in its own help."""
    return commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")


def _add_init(commands: Commands) -> None:
    command = _command(commands, "init", "make a new store with its first user; prints the recovery code")
    _add_store(command, user="the first user's name")


def _add_import(commands: Commands) -> None:
    command = _command(commands, "import", "bring files into the store, all or nothing per file")
    what = "a chart, JSON Lines with one a line, a summary, a FHIR bundle, or counts (.csv, .tsv, .txt, .hl7)"
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help=what)
    command.add_argument("--mrn", type=_text, help="whose counts these are, where the file does not say so itself")
    command.add_argument("--map", type=Path, metavar="FILE", help="how to read the columns of counts (TOML)")
    command.add_argument("--skip-refused", action="store_true", help="store counts also when lines are refused")
    command.add_argument("--dry-run", action="store_true", help="say what would be stored, and store nothing")
    _add_pdf_password(command)
    _add_store(command)


def _add_export(commands: Commands) -> None:
    command = _command(
        commands, "export", "write a patient's handoff summary or chart to a file, in one of several formats"
    )
    command.add_argument("mrn", type=_text, nargs="?", metavar="MRN", help="the patient's number; or --all")
    command.add_argument(
        "--all", action="store_true", help="every patient: a file of each in the folder OUT, or all in one table"
    )
    form = command.add_mutually_exclusive_group(required=True)
    form.add_argument("--pdf", type=Path, metavar="OUT", help="the handoff summary")
    form.add_argument("--json", type=Path, metavar="OUT", dest="json_out", help="the chart")
    form.add_argument("--fhir", type=Path, metavar="OUT", help="a FHIR R4 bundle")
    form.add_argument("--csv", type=Path, metavar="DIR", help="a table with one row a fact, and its data dictionary")
    command.add_argument("--page", choices=("A4", "Letter"), help="the summary's paper (default: A4)")
    command.add_argument(
        "--counts", action="store_true", help="every count and entry, and what registries ask, at its end"
    )
    command.add_argument("--ask", type=_text, metavar="TEXT", help="what the summary asks of its reader")
    _add_pdf_password(command)
    _add_points(command)
    _add_store(command)


def _add_pdf_password(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--pdf-password-file", type=Path, metavar="FILE", help="its first line locks or opens a summary"
    )


def _add_board(commands: Commands) -> None:
    command = _command(
        commands, "board", "the ward board: every patient with phase, day, class, grades and what is due"
    )
    command.add_argument("--json", action="store_true", help="one JSON document")
    _add_points(command)
    _add_store(command)


def _add_registry(commands: Commands) -> None:
    command = _command(commands, "registry", "which questions of CIBMTR and EBMT the charts answer")
    command.add_argument(
        "mrn", type=_text, nargs="?", metavar="MRN", help="one patient's questions (default: the whole ward, counted)"
    )
    command.add_argument("--missing", action="store_true", help="only what is missing or to be confirmed")
    command.add_argument("--json", action="store_true", help="one JSON document")
    _add_points(command)
    _add_store(command)


def _add_assess(commands: Commands) -> None:
    command = _command(commands, "assess", "derive everything from chart files, or from a patient in the store")
    command.add_argument("charts", nargs="*", type=Path, metavar="CHART", help="a chart, or JSON Lines with one a line")
    command.add_argument("--mrn", type=_text, help="a patient in the store instead of a file")
    whose = "whose labels count (default: as set in the store, else eu)"
    command.add_argument("--jurisdiction", choices=("eu", "us"), help=whose)
    command.add_argument("--json", action="store_true", help="one JSON document for each chart, one a line")
    only = "with --json: these parts alone, such as risk or risk,due; nothing else is derived"
    command.add_argument("--only", type=_text, metavar="PART[,PART…]", help=only)
    _add_points(command)
    _add_store(command)


def _add_backup(commands: Commands) -> None:
    command = _command(commands, "backup", "make a verified backup, also while the window is open")
    command.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="where (default: beside the store)")
    command.add_argument("--journal", action="store_true", help="sealed JSON Lines instead of a database")
    own = "the same, sealed with the first line of this file instead of the store's keys"
    command.add_argument("--own-passphrase-file", type=Path, metavar="FILE", help=own)
    _add_store(command)


def _add_restore(commands: Commands) -> None:
    command = _command(commands, "restore", "put a backup in the store's place, which is kept")
    command.add_argument(
        "backup", nargs="?", type=Path, metavar="FILE", help="a backup (default: list those there are)"
    )
    way = command.add_mutually_exclusive_group()
    way.add_argument("--force", action="store_true", help="also when the store holds entries that the backup lacks")
    way.add_argument("--dry-run", action="store_true", help="say what would be lost, and replace nothing")
    way.add_argument("--drill", action="store_true", help="rehearse it with the newest backup, and replace nothing")
    _add_store(command)


def _add_diagnostics(commands: Commands) -> None:
    command = _command(commands, "diagnostics", "versions, figures and the log, without anything of a patient")
    command.add_argument("out", type=Path, metavar="OUT", help="a ZIP file")
    _add_store(command)


def _add_users(commands: Commands) -> None:
    users = _command(commands, "users", "who may use the store, in which roles, and their passphrases and PINs")
    kinds = users.add_subparsers(dest="what", title="what to do", metavar="WHAT", required=True)
    listed = _command(kinds, "list", "every user, with roles and when last here")
    listed.add_argument("--json", action="store_true", help="one JSON document")
    _add_store(listed)
    for what, text in _OF_ONE_USER.items():
        command = _command(kinds, what, text)
        if what != "passphrase":
            command.add_argument("name", type=_text, metavar="NAME", help="the user's name")
        if what in {"add", "roles"}:
            command.add_argument("--roles", required=True, help="physician, nurse, lead, auditor; with commas between")
        if what in {"add", "enable", "reset", "recover", "passphrase"}:
            command.add_argument(
                "--new-passphrase-file",
                type=Path,
                metavar="FILE",
                help="its first line is the new passphrase (default: asked for)",
            )
        if what == "recover":
            command.add_argument(
                "--code-file",
                type=Path,
                metavar="FILE",
                help="its first line is the recovery code (default: asked for)",
            )
        _add_store(command)


_OF_ONE_USER = {
    "add": "let a new user in",
    "disable": "let a user in no more",
    "enable": "let a disabled user in again",
    "reset": "give a user a new passphrase",
    "reset-pin": "forget a user's PIN",
    "roles": "give a user other roles",
    "passphrase": "change your own passphrase",
    "recover": "give a user a new passphrase with the store's recovery code",
}


def _add_audit(commands: Commands) -> None:
    command = _command(commands, "audit", "who signed in, opened, exported and changed what, the newest first")
    command.add_argument("--mrn", type=_text, help="of one patient alone")
    command.add_argument("--json", action="store_true", help="one JSON document")
    _add_store(command)


def _add_knowledge(commands: Commands) -> None:
    command = _command(commands, "knowledge", "print the clinical tables in force, or check a centre's file")
    command.add_argument("tables", nargs="*", metavar="TABLE", help="only these tables, such as thresholds")
    command.add_argument("--check", type=Path, metavar="FILE", help="say whether a centre's file can be used")
    command.add_argument("--json", action="store_true", help="one JSON document")
    _add_centre(command)
    command.add_argument("--store", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="the store's folder")


def _add_centre(command: argparse.ArgumentParser) -> None:
    command.add_argument("--centre", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=CENTRE_HELP)


def _text(given: str) -> str:
    """What was typed, when it is text: the system hands on any bytes."""
    try:
        given.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("it is not UTF-8 text") from None
    return given


def _add_points(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as-of", metavar="DATE", help="the date (or moment) to derive for (default: today)")
    command.add_argument("--known-at", metavar="MOMENT", help="leave out what was recorded later")
    _add_centre(command)


def _add_store(command: argparse.ArgumentParser, *, user: str = "who is signed in") -> None:
    command.add_argument("--store", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="the store's folder")
    command.add_argument("--user", metavar="NAME", help=f"{user} (default: asked for)")
    command.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="its first line is the passphrase (default: asked for)"
    )
