"""Tests of the exports that no person reads as a page: the FHIR bundle and the tables."""

import json

import pytest

from tests.cli.conftest import Station
from tests.service.charts import COUNT, INDEX_MRN, MRN, chart_file


def test_that_a_chart_is_exported_as_a_fhir_bundle(station: Station) -> None:
    target = station.folder / "index.fhir.json"
    code, _, err = station.at_store("export", INDEX_MRN, "--fhir", str(target), "--as-of", "2020-07-31")
    assert (code, str(target) in err) == (0, True)
    assert json.loads(target.read_bytes())["resourceType"] == "Bundle"


def test_that_tables_of_one_patient_or_of_all_are_written_with_their_dictionary(station: Station) -> None:
    station.at_store("import", station.file("new.json", chart_file(COUNT)))
    one, every = station.folder / "one", station.folder / "every"
    code, out, err = station.at_store("export", MRN, "--csv", str(one))
    assert (code, out, "facts.csv of 1 patient and" in err) == (0, "", True)
    assert sorted(path.name for path in one.iterdir()) == ["data-dictionary.csv", "facts.csv"]
    told = (one / "facts.csv").read_text(encoding="utf-8-sig")
    assert told.startswith('"mrn","kind","at","field","value","sign","unit"')
    assert f'"{MRN}","blood_count","2020-06-29T07:10:00+02:00","hb","92","","g/L"' in told
    code, _, err = station.at_store("export", "--all", "--csv", str(every))
    assert (code, "of 2 patients" in err) == (0, True)
    assert {line.split(",")[0] for line in (every / "facts.csv").read_text(encoding="utf-8-sig").splitlines()[1:]} >= {
        f'"{MRN}"', f'"{INDEX_MRN}"',
    }  # fmt: skip


def test_that_tables_of_nobody_or_into_a_file_are_refused(station: Station) -> None:
    code, out, err = station.at_store("export", "T-9999", "--csv", str(station.folder / "out"))
    assert (code, out, "T-9999" in err) == (2, "", True)
    assert not (station.folder / "out").exists()
    code, _, err = station.at_store("export", "--all", "--csv", station.file("a-file", b""))
    assert (code, "cannot be made" in err) == (2, True)


def test_that_an_export_as_tables_stands_in_the_audit_trail(station: Station) -> None:
    station.at_store("export", "--all", "--csv", str(station.folder / "out"))
    _, out, _ = station.at_store("audit", "--json")
    exports = [event for event in json.loads(out)["events"] if event["event"] == "export"]
    assert {event["mrn"] for event in exports} == {INDEX_MRN, MRN}
    assert [event for event in exports if "csv" not in event["text"].lower()] == []


@pytest.mark.parametrize("form", ["--json", "--csv", "--fhir"])
@pytest.mark.parametrize(
    "unfit", [("--pdf-password-file", "x"), ("--page", "A4"), ("--counts",), ("--ask", ""), ("--ask", "A bed?")]
)
def test_that_what_only_a_summary_takes_is_refused_and_nothing_is_written(
    station: Station, form: str, unfit: tuple[str, ...]
) -> None:
    code, out, err = station.at_store("export", MRN, form, str(station.folder / "out"), *unfit)
    assert (code, out) == (2, "")
    assert err == f"bedside: {unfit[0]} goes only with --pdf. Leave it out; nothing was written.\n"
    assert not (station.folder / "out").exists()


@pytest.mark.parametrize("form", ["--json", "--csv"])
@pytest.mark.parametrize("point", ["--as-of", "--known-at"])
def test_that_what_holds_every_entry_takes_no_point_in_time(station: Station, form: str, point: str) -> None:
    code, out, err = station.at_store("export", "--all", form, str(station.folder / "out"), point, "2020-07-31")
    assert (code, out, f"{point} goes only with --pdf or --fhir" in err) == (2, "", True)
    assert not (station.folder / "out").exists()


def test_that_the_questions_of_the_registries_are_told_for_one_patient_or_counted_for_all(station: Station) -> None:
    code, out, err = station.at_store("registry", INDEX_MRN, "--as-of", "2020-12-31")
    assert (code, err, out.startswith(f"Questions of the registries to {INDEX_MRN}")) == (0, "", True)
    shorter = station.at_store("registry", INDEX_MRN, "--as-of", "2020-12-31", "--missing")[1]
    assert 0 < len(shorter) < len(out)
    code, out, _ = station.at_store("registry", "--as-of", "2020-12-31")
    assert (code, len(out.splitlines())) == (0, 3)
    code, out, _ = station.at_store("registry", INDEX_MRN, "--json")
    assert (code, json.loads(out)["mrn"]) == (0, INDEX_MRN)


def test_that_only_the_text_of_one_patient_can_be_shortened(station: Station) -> None:
    code, out, err = station.at_store("registry", "--missing")
    assert (code, out, "--missing" in err) == (2, "", True)
