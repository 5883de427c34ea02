"""Tests of `bedside import` with FHIR bundles: what is asked, how it is answered, and what is stored."""

from tests.cli.conftest import Station
from tests.service.charts import INDEX_MRN
from tests.service.fhir_bundles import bundle, patient, result

BUNDLE = bundle(patient("T-0009"), result())


def test_that_a_bundle_is_told_from_a_chart_and_its_questions_are_answered_in_a_file(station: Station) -> None:
    path = station.file("results.json", BUNDLE)
    code, out, err = station.at_store("import", path)
    assert (code, out) == (2, "")
    assert "Not in the store: T-0009" in err
    assert "newcomers = 'leave' (leave their results out), 'register'" in err
    answers = station.file("answers.toml", b'newcomers = "register"')
    code, out, err = station.at_store("import", path, "--map", answers)
    assert (code, out) == (0, "results.json: 2 lines accepted; entries stored: 1\n")
    assert "line 1: the patient: not in the store, to be registered" in err
    code, out, _ = station.at_store("import", path)
    assert (code, "entries stored: 0" in out) == (0, True)


def test_that_a_dry_run_tells_every_line_and_stores_nothing(station: Station) -> None:
    path = station.file("results.json", bundle(patient("T-0009"), result("99999-9")))
    code, out, err = station.at_store("import", "--dry-run", path)
    assert (code, "line 2: refused" in out, "99999-9" in err) == (2, True, True)


def test_that_a_chart_is_still_a_chart_and_an_exported_bundle_is_known(station: Station) -> None:
    target = station.folder / "index.fhir.json"
    station.at_store("export", INDEX_MRN, "--fhir", str(target), "--as-of", "2020-12-31")
    code, out, _ = station.at_store("import", str(target))
    assert (code, "entries stored: 0" in out) == (0, True)
