"""Tests of what the command line says of itself."""

import argparse
from collections.abc import Iterator

import pytest

from bedside.cli.arguments import _parser


def parsers(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command below a parser, with its name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command, below in action.choices.items():
                yield f"{name} {command}".strip(), below
                yield from parsers(below, f"{name} {command}".strip())


COMMANDS = dict(parsers(_parser()))


@pytest.mark.parametrize("command", COMMANDS)
def test_that_every_command_says_what_it_does_and_what_each_of_its_words_is(command: str) -> None:
    parser = COMMANDS[command]
    assert (parser.description or "").endswith(".")
    silent = [action.dest for action in parser._actions if not action.help and action.nargs != argparse.PARSER]
    assert silent == []


def test_that_the_first_user_is_not_called_signed_in() -> None:
    assert "the first user's name (default: asked for)" in COMMANDS["init"].format_help()
    assert "who is signed in (default: asked for)" in COMMANDS["board"].format_help()
