"""The diagnostics bundle: versions, figures and the program's log, without anything of a patient or a user."""

import io
import json
import platform
import sys
import zipfile
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bedside.service.backups import backup_state
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.store.place import DATABASE

LIBRARIES = (
    "cryptography",
    "filelock",
    "hl7",
    "pikepdf",
    "platformdirs",
    "pydantic",
    "pypdfium2",
    "PySide6-Essentials",
    "pyqtgraph",
    "python-dateutil",
    "reportlab",
    "sqlcipher3",
    "sqlite-utils",
    "tzdata",
)
"""What Bedside asks for by name, as in pyproject.toml, which is not at hand where the program runs."""

_LONGEST_LOG = 1_000_000


@needs(Action.VERIFY)
def bundle(session: Session, log_folder: Path) -> bytes:
    """Return a ZIP file of versions, figures of the store and the end of the log.

    The log holds kinds and places of errors alone; the figures count, and name no patient, user or folder.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("versions.json", _text(_versions(session)))
        packed.writestr("store.json", _text(_figures(session)))
        packed.writestr("bedside.log", _log_end(log_folder / "bedside.log"))
    if not session.read_only:
        session.store.record_event("diagnostics")
    return stream.getvalue()


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def _versions(session: Session) -> dict[str, Any]:
    return {
        "bedside": session.app_version,
        "python": sys.version.split()[0],
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "libraries": {name: _version(name) for name in LIBRARIES},
        "knowledge": session.knowledge.sha256,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _figures(session: Session) -> dict[str, Any]:
    store, state = session.store, backup_state(session)
    patients = store.patients()
    kinds = Counter(row.kind for patient in patients for row in store.rows(patient.patient_id))
    return {
        "patients": len(patients),
        "rows": store.head().count,
        "rows_by_kind": dict(kinds),
        "events_by_kind": dict(Counter(row.event for row in store.events())),
        "database_bytes": (store.folder / DATABASE).stat().st_size,
        "free_bytes": state.room,
        "backup_age_seconds": None if state.age is None else round(state.age.total_seconds()),
        "second_target": "none" if state.elsewhere is None else "behind" if state.elsewhere_is_behind else "current",
        "clock_steps_back": len(store.clock_jumps()),
        "quick_check": [problem.sentence for problem in store.quick_check()],
    }


def _log_end(path: Path) -> bytes:
    try:
        return path.read_bytes()[-_LONGEST_LOG:]
    except OSError:
        return b""
