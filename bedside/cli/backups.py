"""Backing up and restoring on the command line."""

import argparse
from pathlib import Path

from bedside import compose
from bedside.chart.errors import UserError
from bedside.chart.formats import moment_text
from bedside.cli.sign_in import auditing, first_line, read_passphrase, store_folder, user_name, writing
from bedside.cli.speaking import DONE, PROBLEM_FOUND, say


def backup(options: argparse.Namespace) -> int:
    """Make a verified backup, or a sealed copy of the journal, and print where it is."""
    from bedside.service.backups import back_up, copy_journal

    own = None if options.own_passphrase_file is None else first_line(options.own_passphrase_file, "passphrase file")
    with auditing(options) as session:
        if options.journal or own is not None:
            report = copy_journal(session, options.folder, own)
        else:
            report = back_up(session, options.folder)
    print(report.folder)
    say(f"Verified: {report.count} rows, every one as it was written.")
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Put a backup in the store's place after saying what that loses; without a backup list those there are."""
    if options.drill and options.backup:
        raise UserError("A rehearsal takes the newest backup.", "Leave the name of a backup out; nothing was replaced.")
    if options.backup is None and (options.force or options.dry_run):
        raise UserError("No backup was named.", "Name one; without --force and --dry-run those there are are listed.")
    if options.drill:
        return _drill(options)
    folder = store_folder(options)
    if options.backup is None:
        return _list(folder)
    from bedside.service.restore import loss_words

    restoring = compose.begin_restore(folder, options.backup, user_name(options), read_passphrase(options))
    made = moment_text(restoring.report.made_at, compose.local_zone())
    say(f"The backup of {made} is whole: {restoring.report.count} rows. To compare: {loss_words(restoring.loss)}")
    if options.dry_run:
        restoring.abandon()
        return DONE
    kept = restoring.carry_out(consent=options.force)
    print(f"Restored: {folder} holds the backup of {made}.")
    if restoring.recovery_code:
        print(restoring.recovery_code, flush=True)
        say("The line above opens the restored store without a passphrase: keep it on paper, it is shown once.")
    if kept is not None:
        print(f"Kept: the store that was there is in {kept}.")
    if not_backed_up := restoring.back_up():
        say(not_backed_up)
    return DONE


def _drill(options: argparse.Namespace) -> int:
    """Rehearse the restore of the newest backup, which replaces nothing."""
    from bedside.service.backups import rehearse_restore

    with writing(options) as session:
        drilled = rehearse_restore(session)
    made = moment_text(drilled.report.made_at, compose.local_zone())
    print(f"The backup of {made} can be restored: {drilled.report.count} rows, as they stand in the store.")
    return DONE


def diagnostics(options: argparse.Namespace) -> int:
    """Write versions, figures and the log into a ZIP file, without anything of a patient."""
    from bedside.service.diagnostics import bundle
    from bedside.service.targets import replacing

    with auditing(options) as session, replacing(options.out) as stream:
        stream.write(bundle(session, compose.log_folder()))
    say(f"Written: {options.out}")
    return DONE


def _list(folder: Path) -> int:
    """Print the backups beside the store, the newest first; code 1 when there are none."""
    from bedside.service.restore import offers

    found = offers(folder)
    for report in found:
        print(f"{moment_text(report.made_at, compose.local_zone())}  {report.count:>7} rows  {report.folder}")
    if not found:
        say(f"There is no finished backup in {folder}.")
        return PROBLEM_FOUND
    return DONE
