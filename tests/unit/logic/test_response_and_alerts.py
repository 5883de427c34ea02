"""Tests of the day-28 response, CNS class and remission, the MRD list, relapse, and what a person should look at."""

import json

import pytest

from bedside.knowledge.loader import centre_knowledge
from tests.charts import Fields, assessed, entry, infusion, marrow, mrd, number_of, relapse, subset, therapy


def response(*entries: Fields) -> str | None:
    held = assessed([infusion(0), *entries], 100).response
    return None if held is None else held.response


def test_that_the_newest_judgement_in_the_window_is_the_response() -> None:
    judged = [entry("remission", 25, response="no_response"), entry("remission", 40, response="cri")]
    assert response(*judged) == "cri"
    assert response(entry("remission", 20, response="cr"), entry("remission", 43, response="cr")) is None


@pytest.mark.parametrize(("blasts", "expected"), [(4.9, "remission"), (5, "no_response"), (None, None)])
def test_that_without_a_judgement_blasts_below_5_percent_are_remission(
    blasts: float | None, expected: str | None
) -> None:
    assert response(marrow(28, blasts, mrd("fcm"))) == expected


def test_that_a_remission_that_the_marrow_contradicts_is_unknown_and_raises_an_alert() -> None:
    held = assessed([infusion(0), marrow(28, 20), entry("remission", 29, response="cr")], 100)
    assert held.response is not None
    assert held.response.response == "unknown"
    assert held.response.text.startswith("conflict")
    assert "RSP-1" in {alert.rule for alert in held.alerts}
    assert response(marrow(28, 20), entry("remission", 29, response="no_response")) == "no_response"


def csf(when: int, blasts: bool, wbc: float = 0, signs: bool | None = None) -> Fields:
    return entry("csf", when, wbc_per_ul=wbc, blasts=blasts, neurological_signs=signs)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], None),
        ([csf(1, False, 20)], "CNS1"),
        ([csf(1, True, 4)], "CNS2"),
        ([csf(1, True, 5)], "CNS3"),
        ([csf(1, True, 6)], "CNS3"),
        ([csf(1, True, 1, True)], "CNS3"),
        ([csf(1, False, 0, True)], "CNS3"),
        ([csf(1, True, 9), csf(8, False, 1)], "CNS1"),
        ([csf(1, False, 9), csf(1, True, 1)], "CNS3"),
    ],
)
def test_that_the_cns_class_is_that_of_the_newest_csf_date(given: list[Fields], expected: str | None) -> None:
    assert assessed(given, 30).cns_class == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], None),
        ([csf(1, False)], None),
        ([csf(1, False), csf(8, False)], True),
        ([csf(1, True)], False),
        ([csf(1, True), csf(8, False)], False),
        ([csf(1, True), csf(8, False), csf(8, False)], False),
        ([csf(1, True), csf(8, False), csf(15, False)], True),
        ([csf(1, False), csf(8, False), csf(15, True)], False),
    ],
)
def test_that_cns_remission_is_two_dates_without_blasts_after_the_last_with(
    given: list[Fields], expected: bool | None
) -> None:
    assert assessed(given, 30).cns_remission is expected


def test_that_cns_remission_takes_as_many_dates_as_the_tables_say() -> None:
    knowledge = centre_knowledge(b'centre = "T"\n[thresholds.cns_remission_dates]\nvalue = 3\n', "centre.toml")
    given = [csf(1, True), csf(8, False), csf(15, False)]
    assert assessed(given, 30, knowledge=knowledge).cns_remission is False
    assert assessed([*given, csf(22, False)], 30, knowledge=knowledge).cns_remission is True


def test_that_the_mrd_list_names_each_marrow_with_its_day_and_the_status_of_its_date() -> None:
    held = assessed(
        [infusion(0), marrow(-10, 30), marrow(28, 0, mrd("fcm")), marrow(28, 0, mrd("ngs", "positive"))], 60
    )
    assert {(row.entry, row.day, row.status.value) for row in held.mrd} == {
        (number_of(1), -10, "positive"),
        (number_of(2), 28, "positive"),
        (number_of(3), 28, "positive"),
    }


def test_that_the_relapse_is_the_first_after_day_0_also_after_hsct() -> None:
    before, after = relapse(-100, immunophenotype="cd19_negative"), relapse(150, immunophenotype="cd19_positive")
    hsct = entry("hsct", 90, donor="sibling")
    for entries, expected in (
        ([before], (None, None)),
        ([before, hsct, after, relapse(200)], (150, "cd19_positive")),
        ([relapse(50)], (50, "unknown")),
    ):
        found = assessed([infusion(0), *entries], 300).relapse
        assert (found.day, found.type) == expected


def rules(*entries: Fields, when: int = 100) -> list[str]:
    return [alert.rule for alert in assessed([infusion(0), *entries], when).alerts if alert.rule != "phase"]


def test_that_disease_after_remission_without_a_relapse_entry_raises_an_alert() -> None:
    assert rules(marrow(28, 0, mrd("fcm")), marrow(60, 5)) == ["RSP-1"]
    assert rules(marrow(28, 0, mrd("fcm")), marrow(60, 4.9)) == []
    assert rules(marrow(28, 0, mrd("fcm")), marrow(60, 5), relapse(60)) == []
    assert rules(marrow(28, 0, mrd("fcm")), marrow(60, 5), relapse(65)) == []
    assert rules(marrow(-20, 30), marrow(-10, 20)) == []
    assert rules(relapse(-300), marrow(28, 0, mrd("fcm")), marrow(60, 5)) == ["RSP-1"]
    assert rules(marrow(28, 0, mrd("fcm", "positive")), marrow(60, 1, mrd("fcm", "positive"))) == []


def test_that_a_loss_seen_once_asks_for_a_repeat() -> None:
    assert rules(subset(20, 0), subset(50, 50)) == ["BCA-3"]
    assert rules(subset(20, 0), subset(50, 50), subset(60, 50)) == []
    assert rules(subset(30, 50)) == []


@pytest.mark.parametrize(("igg", "alerts"), [(3.9, ["BCA-5"]), (4.0, ["BCA-5"]), (4.1, [])])
def test_that_igg_up_to_4_during_aplasia_asks_to_consider_replacement(igg: float, alerts: list[str]) -> None:
    assert rules(subset(20, 0), entry("immunoglobulin", 30, igg=igg)) == alerts
    assert rules(entry("immunoglobulin", 30, igg=igg)) == []


@pytest.mark.parametrize(("given", "trough"), [(57, False), (58, True), (59, True), (100, True)])
def test_that_igg_within_42_days_of_immunoglobulin_is_called_a_trough(given: int, trough: bool) -> None:
    held = assessed(
        [
            infusion(0),
            subset(20, 0),
            therapy(given, "immunoglobulin", "supportive", given),
            entry("immunoglobulin", 100, igg=3.5),
        ],
        100,
    )
    text = next(alert.text for alert in held.alerts if alert.rule == "BCA-5")
    assert ("trough" in text) is trough


def test_that_haematogones_during_aplasia_are_an_early_sign() -> None:
    assert rules(subset(20, 0), marrow(60, 0, haematogones=True)) == ["BCA-4"]
    assert rules(subset(20, 0), marrow(60, 0, haematogones=True), marrow(90, 0, haematogones=False)) == []


def test_that_every_key_of_a_rule_family_is_filled_and_what_never_happened_is_null() -> None:
    said = json.loads(assessed([infusion(0)], 60).json_bytes())
    names = ("second_opinion", "indication", "apheresis", "washout_earliest", "infusion", "crs", "icans", "due")
    assert [name for name in names if not said[name]] == []
    assert (said["crs"]["max_grade"], said["relapse"]["day"], said["relapse"]["type"]) == (None, None, None)
    assert set(said["risk"]["history"][0]) >= {"date", "class", "entry"}
    assert set(said["risk"]["criteria"][0]) >= {"id", "status", "evidence", "due", "text", "source"}


def outside(*entries: Fields, when: int = 100) -> list[str]:
    found = assessed([infusion(0), *entries], when).alerts
    return [one.text for one in found if "outside the marrow" in one.text]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (entry("csf", 61, wbc_per_ul=10, blasts=True), "blasts in the CSF 01-Aug-2020"),
        (entry("extramedullary", 61, site="testis", active=True), "testis 01-Aug-2020"),
        (entry("blood_count", 61, wbc=3, pb_blasts_pct=40), "blasts in blood 01-Aug-2020"),
    ],
)
def test_that_leukaemia_outside_the_marrow_after_infusion_is_told_until_it_is_recorded_as_relapse(
    found: Fields, words: str
) -> None:
    (text,) = outside(found)
    assert text == f"Leukaemia outside the marrow without a relapse entry: {words}"
    assert outside(found, when=60) == []
    assert outside(found, relapse(61)) == []
    earlier = {**found, "at": "2020-06-21"}
    assert outside(earlier) == []


def test_that_a_later_finding_without_leukaemia_takes_it_back() -> None:
    csf = [entry("csf", day, wbc_per_ul=2, blasts=day < 70) for day in (61, 75)]
    site = [entry("extramedullary", day, site="testis", active=day < 70) for day in (61, 75)]
    count = [entry("blood_count", day, wbc=3, pb_blasts_pct=40 if day < 70 else 0) for day in (61, 75)]
    assert outside(*csf, *site, *count, when=74) != []
    assert outside(*csf, *site, *count) == []


def test_that_corrections_to_two_dates_leave_the_response_unknown_and_both_are_named() -> None:
    first = entry("remission", 28, response="cr")
    moved = [{**entry("remission", day, response="cr"), "supersedes": number_of(0), "reason": "x"} for day in (28, 120)]
    found = assessed([first, *moved, infusion(0)], 200).response
    assert found is not None
    assert (found.response, set(found.evidence)) == ("unknown", {number_of(1), number_of(2)})
    assert "corrected twice alike" not in found.text
