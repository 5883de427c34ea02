"""Runs one command: its exit code comes back, whatever happens."""

import argparse
import os
import sys
from collections.abc import Callable

from bedside.chart.errors import UserError
from bedside.cli.speaking import DONE, STOPPED, complain, own_mistake, say


def run(options: argparse.Namespace) -> int:
    """Return the exit code of a command that needs no window; errors become one or two sentences on stderr."""
    _write_utf8()
    try:
        code = _command(options.command)(options)
        sys.stdout.flush()
    except UserError as error:
        return complain(error)
    except BrokenPipeError:
        # Whoever read the results has seen enough; what is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        say("bedside: stopped.")
        return STOPPED
    except Exception as error:
        from bedside import compose

        return own_mistake(error, compose.log_folder())
    return code


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Import only what the command needs: assessing a file loads neither the store nor the report."""
    if name == "assess":
        from bedside.cli.assess import assess

        return assess
    from bedside.cli import commands

    return {
        "init": commands.init,
        "import": commands.import_files,
        "export": commands.export,
        "board": commands.board,
        "verify": commands.verify,
    }[name]


def _write_utf8() -> None:
    """Results hold ⁺ and µ whatever the machine's language settings are."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
