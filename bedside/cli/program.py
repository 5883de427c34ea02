"""Runs one command: its exit code comes back, whatever happens."""

import argparse
import errno
import os
import sys
from collections.abc import Callable

from bedside.chart.errors import UserError
from bedside.cli.speaking import DONE, PROBLEM_FOUND, STOPPED, complain, own_mistake, say
from bedside.stopping import TOLD

_ONLY_SHOWING = {"assess", "audit", "board", "knowledge", "registry", "verify"}
"""The commands of which nothing is lost when their reader has seen enough."""

_SHOWING_FIRST = {"init"}
"""The command that does nothing unless its result was taken."""

_NOT_TAKEN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""Why the machine does not take results; every file's own trouble is in words before it comes here."""


def run(options: argparse.Namespace) -> int:
    """Return the exit code of a command that needs no window; errors become one or two sentences on stderr."""
    code = None
    try:
        _require_streams()
        code = _command(options.command)(options)
        sys.stdout.flush()
        return code
    except UserError as error:
        return complain(error)
    except BrokenPipeError:
        _drop_results()
        return code if code is not None else DONE if _only_shows(options) else STOPPED
    except (KeyboardInterrupt, EOFError):  # Ctrl+C, or Ctrl+D where something is to be typed
        say("bedside: stopped.")
        return STOPPED
    except Exception as error:
        return TOLD.code or _unexpected(error, options)


def _only_shows(options: argparse.Namespace) -> bool:
    return options.command in _ONLY_SHOWING or getattr(options, "what", "") == "list"


def _unexpected(error: Exception, options: argparse.Namespace) -> int:
    """Tell results that the machine refuses to take from our own mistakes."""
    if isinstance(error, OSError) and error.errno in _NOT_TAKEN and error.filename is None:
        _drop_results()
        what = f"The results cannot be written: {(error.strerror or type(error).__name__).lower()}."
        if _only_shows(options) or options.command in _SHOWING_FIRST:
            return complain(UserError(what, "Send them to another place."))
        say(f"bedside: {what} What was asked for may be done already.")
        return PROBLEM_FOUND
    from bedside import compose

    return own_mistake(error, compose.log_folder())


def _drop_results() -> None:
    """Send what is still waiting nowhere, so that it does not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Import only what the command needs: assessing a file loads neither the store nor the report."""
    if name == "assess":
        from bedside.cli.assess import assess

        return assess
    if name == "knowledge":
        from bedside.cli.knowledge import knowledge

        return knowledge
    from bedside.cli import backups, commands, exports, registry, users

    return {
        "init": commands.init,
        "import": commands.import_files,
        "export": exports.export,
        "board": commands.board,
        "registry": registry.registry,
        "verify": commands.verify,
        "backup": backups.backup,
        "restore": backups.restore,
        "diagnostics": backups.diagnostics,
        "users": users.users,
        "audit": users.audit,
    }[name]


def _require_streams() -> None:
    """UserError without a place for results, which hold ⁺ and µ whatever the machine's language settings are."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        raise UserError("There is no standard output, where the results would go.", "Run the command with one.")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
