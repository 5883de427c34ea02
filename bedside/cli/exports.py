"""Handing out: one patient's summary or chart to a file, every patient's into a folder, or tables of their facts."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.chart.errors import StoreFault, UserError
from bedside.cli.points import as_of, known_at
from bedside.cli.sign_in import auditing, pdf_password
from bedside.cli.speaking import DONE, say

if TYPE_CHECKING:
    from bedside.service.session import Session


class NotAll(UserError):
    """Some of the files are written, the others could not be; `exit_code` 1."""

    exit_code = 1


def export(options: argparse.Namespace) -> int:
    """Write the summary or the chart of a patient to a file, or of all to a folder; whole files or none."""
    if bool(options.mrn) == options.all:
        raise UserError("One patient or all can be exported.", "Give an MRN, or --all with a folder.")
    _require_fitting(options)
    options.password = pdf_password(options)  # once: the file may be a pipe
    if options.csv:
        return _export_tables(options)
    form = next(form for form in FORMS if getattr(options, form))
    target = getattr(options, form)
    with auditing(options) as session:
        if options.all:
            count = _export_all(session, options, form)
            say(f"Written: {count} {'file' if count == 1 else 'files'} in {target}")
        else:
            _export_one(session, options, options.mrn, target, form)
            say(f"Written: {target}")
    return DONE


_OF_A_SUMMARY = {"page": "--page", "counts": "--counts", "ask": "--ask", "pdf_password_file": "--pdf-password-file"}
_OF_WHAT_IS_DERIVED = {"as_of": "--as-of", "known_at": "--known-at"}


def _require_fitting(options: argparse.Namespace) -> None:
    """Raise UserError for an option that would change nothing: a password, say, that does not lock the file."""
    if options.pdf is None:
        _refuse(options, _OF_A_SUMMARY, "--pdf")
    if options.pdf is None and options.fhir is None:
        _refuse(options, _OF_WHAT_IS_DERIVED, "--pdf or --fhir")


def _refuse(options: argparse.Namespace, unfit: Mapping[str, str], forms: str) -> None:
    for name, option in unfit.items():
        if getattr(options, name) not in (None, False):
            raise UserError(f"{option} goes only with {forms}.", "Leave it out; nothing was written.")


def _export_tables(options: argparse.Namespace) -> int:
    from bedside.service.exports import DICTIONARY, FACTS, export_tables

    with auditing(options) as session:
        count = export_tables(session, options.csv, None if options.all else [options.mrn])
    whose = f"{count} {'patient' if count == 1 else 'patients'}"
    say(f"Written: {FACTS} of {whose} and {DICTIONARY} in {options.csv}")
    return DONE


def _export_all(session: "Session", options: argparse.Namespace, form: str) -> int:
    from bedside.service.patients import everybody
    from bedside.service.targets import file_name, make_folder

    folder: Path = getattr(options, form)
    make_folder(folder)
    numbers = everybody(session)
    for done, mrn in enumerate(numbers):
        try:
            _export_one(session, options, mrn, folder / file_name(mrn, FORMS[form][0]), form)
        except StoreFault:
            raise
        except UserError as error:
            if not done:
                raise
            raise NotAll(error.what_happened, f"{done} of {len(numbers)} files are in {folder}.") from error
    return len(numbers)


def _export_one(session: "Session", options: argparse.Namespace, mrn: str, target: Path, form: str) -> None:
    from bedside.service.targets import replacing

    with replacing(target) as stream:
        stream.write(FORMS[form][1](session, options, mrn))


def _pdf(session: "Session", options: argparse.Namespace, mrn: str) -> bytes:
    from bedside.service.summaries import Paper, export_pdf

    point, known = as_of(options, session.zone), known_at(options, session.zone)
    paper = Paper(options.page or "A4", options.password, options.counts, options.ask or "")
    return export_pdf(session, mrn, point, known, paper=paper)


def _json(session: "Session", _options: argparse.Namespace, mrn: str) -> bytes:
    from bedside.service.exchange_files import export_json

    return export_json(session, mrn)


def _fhir(session: "Session", options: argparse.Namespace, mrn: str) -> bytes:
    from bedside.service.exports import export_fhir

    return export_fhir(session, mrn, as_of(options, session.zone), known_at(options, session.zone))


FORMS: dict[str, tuple[str, Callable[["Session", argparse.Namespace, str], bytes]]] = {
    "pdf": (".pdf", _pdf),
    "json_out": (".json", _json),
    "fhir": (".fhir.json", _fhir),
}
"""How each form is made, and the end of its file's name; by the name of its option."""
