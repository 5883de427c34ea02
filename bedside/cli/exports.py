"""Handing out: one patient's summary or chart to a file, or every patient's into a folder."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.chart.errors import UserError
from bedside.cli.points import as_of, known_at
from bedside.cli.sign_in import auditing, pdf_password
from bedside.cli.speaking import DONE, say

if TYPE_CHECKING:
    from bedside.service.session import Session


def export(options: argparse.Namespace) -> int:
    """Write the summary or the chart of a patient to a file, or of all to a folder; whole files or none."""
    if bool(options.mrn) == options.all:
        raise UserError("One patient or all can be exported.", "Give an MRN, or --all with a folder.")
    target = options.pdf or options.json_out
    with auditing(options) as session:
        if options.all:
            count = _export_all(session, options, target)
            say(f"Written: {count} {'file' if count == 1 else 'files'} in {target}")
        else:
            _export_one(session, options, options.mrn, target)
            say(f"Written: {target}")
    return DONE


def _export_all(session: "Session", options: argparse.Namespace, folder: Path) -> int:
    from bedside.service.patients import everybody
    from bedside.service.targets import file_name

    suffix = ".pdf" if options.pdf else ".json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UserError(f"The folder {folder} cannot be made: {why}.", "Choose another place.") from None
    numbers = everybody(session)
    for mrn in numbers:
        _export_one(session, options, mrn, folder / file_name(mrn, suffix))
    return len(numbers)


def _export_one(session: "Session", options: argparse.Namespace, mrn: str, target: Path) -> None:
    from bedside.service.exchange_files import export_json, export_pdf
    from bedside.service.targets import replacing

    with replacing(target) as stream:
        if options.json_out:
            stream.write(export_json(session, mrn))
        else:
            point, known = as_of(options, session.zone), known_at(options, session.zone)
            password = pdf_password(options)
            stream.write(export_pdf(session, mrn, point, known, page=options.page, password=password))
