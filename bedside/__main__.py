"""Chooses: the command line, or the window."""

import sys
from collections.abc import Callable, Sequence

from bedside import stopping

NO_WINDOW = "bedside: The window needs PySide6, which is not installed. Install it, or use a command (bedside --help)."


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code of the command in `argv` (None: of the program, which hears when it is told to stop)."""
    if argv is not None:
        return _main(argv)
    stopping.listen()
    return stopping.ended(lambda: _main(sys.argv[1:]))


def _main(arguments: Sequence[str]) -> int:
    if not arguments:
        return _in_window(_run_default)
    from bedside.cli.arguments import WINDOW_COMMANDS, parse

    options = parse(arguments)
    if options.command not in WINDOW_COMMANDS:
        from bedside.cli.program import run

        return run(options)
    from bedside.app import program

    if options.command == "demo":
        return _in_window(lambda: program.demo(options.output))
    return _in_window(lambda: program.run(options.store, options.centre))


def _run_default() -> int:
    from bedside.app import program

    return program.run(None, None)


def _in_window(opened: Callable[[], int]) -> int:
    try:
        return opened()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"PySide6", "shiboken6"}:
            raise
        print(NO_WINDOW, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
