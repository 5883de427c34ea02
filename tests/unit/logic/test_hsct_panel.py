"""Tests of the HSCT panel."""

from datetime import timedelta

import pytest

from tests.charts import (
    DAY0,
    Fields,
    assessed,
    entry,
    hsct,
    infusion,
    marrow,
    mrd,
    number_of,
    referral,
    subset,
    therapy,
)


def test_that_the_hsct_panel_says_what_is_and_what_is_not_recorded() -> None:
    bare = {item.id: item for item in assessed([infusion(0)], 60).hsct.items}
    assert {name for name, item in bare.items() if not item.known} == {
        "prior_hsct", "donor_search", "mrd_before_hsct", "inotuzumab", "infections", "decision",
    }  # fmt: skip
    held = [
        infusion(0),
        hsct(-300),
        entry("donor_search", 20, status="identified", donor="sibling"),
        marrow(28, 1, mrd("fcm")),
        therapy(-60, "inotuzumab_ozogamicin", stop=-50),
        entry("infection", 50, organism="CMV", controlled=True),
        entry("decision", 58, choice="hsct", rationale="early loss", signed_by="A. Example"),
    ]
    said = {item.id: item.text for item in assessed(held, 60).hsct.items}
    assert said["donor_search"] == "identified, sibling, 21-Jun-2020"
    assert said["infections"] == "CMV, controlled, since 21-Jul-2020"
    assert said["decision"].endswith("signed by A. Example: early loss")
    assert said["days_since_infusion"] == "D+60, infused 01-Jun-2020"


def panel(*entries: Fields, when: int = 60) -> dict[str, str]:
    return {item.id: item.text for item in assessed([infusion(0), *entries], when).hsct.items}


def test_that_no_hsct_and_no_inotuzumab_are_none_only_where_the_history_is_complete() -> None:
    for name in ("prior_hsct", "inotuzumab"):
        assert panel(referral())[name] == "none; history of therapy complete"
        assert panel(referral(history="partial"))[name].startswith("not recorded")


def test_that_the_newest_mrd_stands_beside_a_later_marrow_without_one() -> None:
    tested = marrow(28, 1, mrd("fcm"))
    assert panel(tested)["mrd_before_hsct"] == "1\u00a0% blasts, FCM negative, sensitivity not stated, 29-Jun-2020"
    later = panel(tested, marrow(40, 2))["mrd_before_hsct"]
    assert later.startswith("2\u00a0% blasts, 11-Jul-2020; 1\u00a0% blasts, FCM negative")
    assert panel(marrow(40, 2))["mrd_before_hsct"].endswith("; MRD not recorded")


def test_that_the_class_of_a_closed_course_says_what_ended_it() -> None:
    assert panel(hsct(50))["risk_class"].endswith("; the course ended by HSCT")


def rests(*entries: Fields, when: int = 60) -> dict[str, tuple[str, ...]]:
    """The entries of each line of the panel, the infusion being the first of the chart."""
    return {item.id: item.evidence for item in assessed([infusion(0), *entries], when).hsct.items}


def test_that_the_class_of_the_panel_names_what_decided_it_and_what_ended_its_course() -> None:
    lost = [subset(28), subset(60, 90)]
    assert rests(*lost)["risk_class"] == (number_of(2), number_of(1))
    assert rests(*lost, hsct(70), when=80)["risk_class"] == (number_of(2), number_of(1), number_of(3))
    assert rests(when=5)["risk_class"] == (number_of(0),)


def test_that_before_the_infusion_the_class_rests_on_nothing_and_says_so_or_on_the_contested_infusion() -> None:
    items = {item.id: item for item in assessed([referral()], -10).hsct.items}
    assert (items["risk_class"].text, items["risk_class"].evidence) == ("pending, provisional: not infused yet", ())
    wrong = {**infusion(0), "id": number_of(70)}
    again = [
        {**infusion(0, name), "id": number_of(place), "supersedes": number_of(70), "reason": "typed wrongly"}
        for place, name in ((71, "tisagenlecleucel"), (72, "brexucabtagene_autoleucel"))
    ]
    (line,) = [item for item in assessed([wrong, *again], 20).hsct.items if item.id == "risk_class"]
    assert line.text == "pending, provisional: the infusion is in conflict"
    assert set(line.evidence) == {number_of(71), number_of(72)}


def test_that_the_second_opinion_of_the_panel_leads_to_its_entries_and_to_contested_ones() -> None:
    found = assessed([infusion(0), subset(28), subset(60, 90)], 60)
    (line,) = [item for item in found.hsct.items if item.id == "second_opinion"]
    assert line.evidence == found.second_opinion.evidence == (number_of(2),)
    wrong = {**marrow(28, 0), "id": number_of(70)}
    again = [
        {**marrow(28, blasts), "id": number_of(place), "supersedes": number_of(70), "reason": "typed wrongly"}
        for place, blasts in ((71, 1), (72, 2))
    ]
    assert set(rests(wrong, *again)["second_opinion"]) == {number_of(0), number_of(71), number_of(72)}


def test_that_the_age_says_whether_the_birth_date_is_as_registered_or_leads_to_its_correction() -> None:
    assert panel()["age"].endswith(", born 02-Mar-2010 as registered")
    assert rests()["age"] == ()
    corrected = entry("identity", 10, birth_date="2010-03-02", reason="typed wrongly")
    assert panel(corrected)["age"].endswith(", born 02-Mar-2010 as corrected")
    assert rests(corrected)["age"] == (number_of(1),)
    other = entry("identity", 10, family_name="Plane", reason="typed wrongly")
    assert rests(other)["age"] == ()


@pytest.mark.parametrize(("history", "words"), [("partial", "partial"), ("unknown", "not known"), (None, "not stated")])
def test_that_what_is_not_recorded_leads_to_the_referral_that_leaves_it_open(history: str | None, words: str) -> None:
    for name in ("prior_hsct", "inotuzumab"):
        assert panel(referral(history=history))[name].endswith(f"; history of therapy {words}")
        assert rests(referral(history=history))[name] == (number_of(1),)
        assert rests()[name] == ()


def test_that_a_referral_for_a_relapse_after_hsct_is_an_earlier_hsct_in_the_panel_too() -> None:
    referred = entry("referral", -60, indication="post_hsct_relapse", therapy_history="complete")
    assert panel(referred)["prior_hsct"] == "recorded without its date: referred 02-Apr-2020 for relapse after HSCT"
    assert rests(referred)["prior_hsct"] == (number_of(1),)
    assert panel(referred, hsct(-300))["prior_hsct"] == "06-Aug-2019, sibling"


@pytest.mark.parametrize(("stop", "text"), [(59, "none active of those recorded"), (60, "CMV, not controlled")])
def test_that_an_infection_is_active_up_to_its_last_day(stop: int, text: str) -> None:
    held = entry("infection", 50, organism="CMV", controlled=False, stop=(DAY0 + timedelta(days=stop)).isoformat())
    assert panel(held)["infections"].startswith(text)


def test_that_a_marrow_and_a_decision_from_before_the_infusion_say_so() -> None:
    decision = entry("decision", -10, choice="watch_and_wait", rationale="synthetic")
    lines = {one.id: one.text for one in assessed([marrow(-12, 1, mrd("fcm")), decision, infusion(0)], 60).hsct.items}
    assert "20-May-2020 (before the infusion)" in lines["mrd_before_hsct"]
    assert "22-May-2020 (before the infusion)" in lines["decision"]
