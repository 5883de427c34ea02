"""The command `bedside registry`: what the registries ask, and what of it the charts answer."""

import argparse

from bedside.chart.errors import UserError
from bedside.cli.points import as_of, known_at
from bedside.cli.sign_in import auditing
from bedside.cli.speaking import DONE


def registry(options: argparse.Namespace) -> int:
    """Print the questions of one patient, or how many every patient lacks."""
    from bedside.service.registry import registry_gaps, registry_lines
    from bedside.service.registry_text import report_json, report_lines, ward_json, ward_table

    if options.missing and (options.json or not options.mrn):
        raise UserError("--missing shortens the text of one patient.", "Give an MRN, and leave --json out.")
    with auditing(options) as session:
        point, known = as_of(options, session.zone), known_at(options, session.zone)
        if options.mrn:
            report = registry_gaps(session, options.mrn, point, known)
            lines = [report_json(report)] if options.json else [*report_lines(report, open_only=options.missing)]
        else:
            counted = registry_lines(session, point, known)
            lines = [ward_json(counted)] if options.json else [*ward_table(counted)]
    print("\n".join(lines))
    return DONE
