"""What each command does at a store: its exit code comes back, results go to stdout, messages to stderr."""

import argparse
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bedside import compose
from bedside.chart.errors import StoreFault, UserError
from bedside.cli.given_files import file_name, read_file
from bedside.cli.points import as_of, known_at
from bedside.cli.sign_in import (
    NotBackedUp,
    noting,
    pdf_password,
    read_passphrase,
    reading,
    store_folder,
    user_name,
    writing,
)
from bedside.cli.speaking import DONE, PROBLEM_FOUND, complain, say

if TYPE_CHECKING:
    from bedside.service.exchange_files import ImportedChart
    from bedside.service.session import Session


def init(options: argparse.Namespace) -> int:
    """Print the recovery code of a new store, then make it: without the code on its way there is no store."""
    folder = store_folder(options)
    user, passphrase = user_name(options), read_passphrase(options, twice=True)
    show = partial(print, flush=True)
    session, _code = compose.create_session(folder, user, passphrase, centre=options.centre, show_code=show)
    session.close()
    say(f"The store is in {folder}. The line above opens it without a passphrase: keep it on paper, it is shown once.")
    return DONE


def import_files(options: argparse.Namespace) -> int:
    """Bring in each file by itself; the worst code comes back."""
    password, code = pdf_password(options), DONE
    try:
        with writing(options) as session:
            code = max(_import_any(session, path, options, password) for path in options.files)
    except NotBackedUp as error:
        return max(code, complain(error))
    return code


def _import_any(session: "Session", path: Path, options: argparse.Namespace, password: str | None) -> int:
    from bedside.cli import counts

    if counts.is_counts(path):
        return counts.import_counts(session, path, options)
    return _import_one(session, path, password, dry_run=options.dry_run)


def _import_one(session: "Session", path: Path, password: str | None, *, dry_run: bool) -> int:
    from bedside.service.exchange_files import import_file

    name = file_name(path)
    try:
        imported = import_file(session, name, read_file(path), dry_run=dry_run, password=password)
    except StoreFault:
        raise
    except UserError as error:
        return complain(error)
    for warning in imported.warnings:
        say(f"bedside: {warning}")
    for chart in imported.charts:
        print(f"{name}: {_imported_text(chart, dry_run=dry_run)}")
    return DONE


def _imported_text(chart: "ImportedChart", *, dry_run: bool) -> str:
    would = " (dry run: nothing was stored)" if dry_run else ""
    who = "new patient" if chart.new_patient else "known patient"
    return f"{chart.mrn}, {who}, {chart.new} new entries, {chart.known} known{would}"


def board(options: argparse.Namespace) -> int:
    """Print the ward board, as an aligned table or as one JSON document."""
    from bedside.service.board import board as ward_board
    from bedside.service.board_text import board_json, board_table

    with noting(options) as session:
        point = as_of(options, session.zone)
        rows = ward_board(session, point, known_at(options, session.zone))
    print(board_json(rows, point) if options.json else board_table(rows, point))
    return DONE


def verify(options: argparse.Namespace) -> int:
    """Print one sentence for each thing that is wrong with the store; code 1 when there is one."""
    from bedside.service.integrity import verify as check
    from bedside.store.verification import ChainBroken

    try:
        with reading(options) as session:
            problems, entries = check(session), session.store.head().count
    except ChainBroken as broken:
        problems, entries = (str(broken),), 0
    if problems:
        with suppress(BrokenPipeError):  # whoever has read enough still gets the code
            print(*problems, sep="\n")
        return PROBLEM_FOUND
    print(f"The store is whole: {entries} rows, every one as it was written.")
    return DONE
