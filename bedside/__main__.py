"""Chooses: the command line, or the window."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code of the command in `argv` (the program's own arguments when None)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if not arguments:
        from bedside.app import run

        return run(None)
    from bedside.cli.arguments import WINDOW_COMMANDS, parse

    options = parse(arguments)
    if options.command not in WINDOW_COMMANDS:
        from bedside.cli.program import run as run_command

        return run_command(options)
    from bedside import app

    return app.demo(options.output) if options.command == "demo" else app.run(options.store)


if __name__ == "__main__":
    sys.exit(main())
