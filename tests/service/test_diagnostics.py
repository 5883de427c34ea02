"""Tests that the diagnostics bundle helps, and holds nothing of a patient, a user or a folder."""

import io
import json
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bedside.service.diagnostics import bundle
from bedside.service.permissions import NotAllowed
from bedside.service.record import record, register
from bedside.service.session import Session
from tests.conftest import ROOT
from tests.service.charts import COUNT, MRN, PATIENT
from tests.service.conftest import USER


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_that_the_bundle_holds_versions_figures_and_the_log(session: Session, tmp_path: Path) -> None:
    register(session, PATIENT)
    record(session, MRN, COUNT)
    (tmp_path / "bedside.log").write_text("2026-11-20 ERROR bug: ValueError at read.py:7 opened\n")
    found = unpacked(bundle(session, tmp_path))
    assert set(found) == {"versions.json", "store.json", "bedside.log"}
    versions, figures = json.loads(found["versions.json"]), json.loads(found["store.json"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(versions["libraries"]) == {Requirement(wanted).name for wanted in project["dependencies"]}
    assert "not installed" not in versions["libraries"].values()
    assert (figures["patients"], figures["rows_by_kind"]) == (1, {"registration": 1, "blood_count": 1})
    assert figures["quick_check"] == []
    assert b"read.py:7" in found["bedside.log"]


def test_that_the_bundle_names_no_patient_no_user_and_no_folder(session: Session, tmp_path: Path) -> None:
    register(session, PATIENT)
    record(session, MRN, {**COUNT, "note": "Needlenote"})
    everything = b"".join(unpacked(bundle(session, tmp_path)).values())
    needles = [*PATIENT.values(), "Needlenote", USER, str(session.store.folder)]
    assert [needle for needle in needles if needle != "female" and needle.encode() in everything] == []


def test_that_the_bundle_is_noted_and_not_for_everybody(session: Session, tmp_path: Path) -> None:
    bundle(session, tmp_path)
    assert [row.event for row in session.store.events("diagnostics")] == ["diagnostics"]
    session.store._hold = replace(session.store._hold, role="nurse")
    with pytest.raises(NotAllowed):
        bundle(session, tmp_path)
