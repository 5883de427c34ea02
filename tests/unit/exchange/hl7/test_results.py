"""Tests of results: which are facts, which are not, by what they are recognised, when they were taken."""

import pytest

from bedside.exchange.counts.found import Measurement
from bedside.exchange.counts.mapping import CountsMapping, Use
from tests.unit.exchange.hl7.messages import MSH, OBR, found, message, obx, only


def msh_of(sent: str) -> str:
    """The head of a message with another time stamp."""
    return MSH.replace("20200701080000", sent)


def test_that_a_final_result_is_read_by_its_loinc_with_patient_and_time() -> None:
    sample = only(message(obx()))
    assert sample.measured == (Measurement("wbc", 2.1),)
    assert (sample.mrn, sample.birth_date, sample.line) == ("T-0001", "2010-03-02", 4)
    assert sample.at is not None
    assert sample.at.text == "2020-07-01T07:30:00+02:00"


@pytest.mark.parametrize(
    "code", ["6690-2^x^LN", "LEUK^Leukozyten^L^26464-8^Leukocytes^LN", "26464-8^Leukocytes^LN^LEUK^Leukozyten^L"]
)
def test_that_further_and_second_codes_are_known(code: str) -> None:
    assert only(message(obx(code))).measured == (Measurement("wbc", 2.1),)


@pytest.mark.parametrize("code", ["LEUK^Leukozyten^L", "26464-8^Leukocytes^L", "WBC^WBC^99LAB", "26465-5^CSF^LN"])
def test_that_a_code_of_the_laboratory_is_never_guessed_from_its_words(code: str) -> None:
    sample = only(message(obx(code)))
    assert (sample.measured, sample.refused) == ((), ())
    assert "is not known as a count of the chart" in sample.unused[0]


def test_that_a_code_of_the_laboratory_is_read_once_a_person_has_named_it() -> None:
    read = found(message(obx("LEUK^Leukozyten^L")))
    (column,) = read.columns
    assert (column.head, column.use, column.unit, column.example) == ("LEUK", "", "10*9/L", "Leukozyten")
    mapping = CountsMapping().with_analyte("LEUK", Use(field="wbc"))
    assert only(message(obx("LEUK^Leukozyten^L")), mapping).measured == (Measurement("wbc", 2.1),)


def test_that_a_known_loinc_can_be_left_out_by_hand() -> None:
    mapping = CountsMapping().with_analyte("26464-8", Use(field="ignore"))
    assert only(message(obx()), mapping).unused == ('"26464-8" is left out, as was said',)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("9.2", "g/dL", Measurement("hb", 92.0, "", "9.2 g/dL × 10")),
        ("92", "g/L", Measurement("hb", 92.0)),
        ("1.250", "g/L", Measurement("hb", 1.25)),
        ("<30", "g/L", Measurement("hb", 30.0, "<")),
    ],
)
def test_that_a_number_has_its_unit_in_ucum_and_a_decimal_point(value: str, unit: str, expected: Measurement) -> None:
    assert only(message(obx("718-7^Hb^LN", value, unit))).measured == (expected,)


@pytest.mark.parametrize("unit", ["10*9/L", "10\\S\\9/L", "10^9/L", "10*9/L^giga^UCUM", "x^10*9/L", "G/l"])
def test_that_a_unit_is_known_however_its_signs_were_sent(unit: str) -> None:
    assert only(message(obx(unit=unit))).measured == (Measurement("wbc", 2.1),)


@pytest.mark.parametrize("unit", ["", "furlongs"])
def test_that_a_missing_or_unknown_unit_is_asked_about(unit: str) -> None:
    (question,) = found(message(obx(unit=unit))).questions
    assert question.key == "analyte_unit:wbc:26464-8"
    answered = CountsMapping().answered(question.key, "10*9/L")
    assert only(message(obx(unit=unit)), answered).measured == (Measurement("wbc", 2.1),)


def test_that_a_unit_without_a_factor_is_refused() -> None:
    assert "no factor is stated" in only(message(obx(unit="g/L"))).refused[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<^0.1", Measurement("wbc", 0.1, "<")),
        (">^100", Measurement("wbc", 100.0, ">")),
        ("^2.1", Measurement("wbc", 2.1)),
        ("=^2.1", Measurement("wbc", 2.1)),
    ],
)
def test_that_a_structured_number_keeps_its_comparison(value: str, expected: Measurement) -> None:
    assert only(message(obx(value=value, kind="SN"))).measured == (expected,)


@pytest.mark.parametrize(
    ("value", "kind"),
    [("<=^2", "SN"), ("<>^2", "SN"), ("^1^:^128", "SN"), ("^1^-^2", "SN"), ("2.1~2.2", "NM"), ("2,1", "NM"),
     ("clotted", "ST"), ("-1", "NM"), ("=1+1", "ST"), ("2.1", "CWE"), ("NaN", "NM"), ("1e400", "NM")],
)  # fmt: skip
def test_that_what_is_no_one_number_is_refused(value: str, kind: str) -> None:
    sample = only(message(obx(value=value, kind=kind)))
    assert sample.measured == ()
    assert len(sample.refused) == 1


@pytest.mark.parametrize("value", ["", '""'])
def test_that_a_result_without_a_value_is_not_used(value: str) -> None:
    assert only(message(obx(value=value))).unused == ("the result holds no value",)


@pytest.mark.parametrize(("value", "kind"), [("2.1", "ST"), ("< 0.1", "TX"), (">100", "NM")])
def test_that_a_number_sent_as_text_is_a_number(value: str, kind: str) -> None:
    assert len(only(message(obx(value=value, kind=kind))).measured) == 1


@pytest.mark.parametrize("status", ["F", "C"])
def test_that_final_and_corrected_results_are_facts(status: str) -> None:
    assert len(only(message(obx(status=status))).measured) == 1


@pytest.mark.parametrize("status", ["P", "R", "S", "I", "X", "N", "O", "U"])
def test_that_no_other_result_becomes_a_fact_and_the_line_says_why(status: str) -> None:
    sample = only(message(obx(status=status)))
    assert (sample.measured, sample.not_done, sample.refused, sample.withdrawn) == ((), (), (), ())
    assert f"({status})" in sample.unused[0]


@pytest.mark.parametrize("status", ["D", "W"])
def test_that_a_withdrawn_result_names_what_it_withdraws(status: str) -> None:
    sample = only(message(obx(status=status)))
    assert (sample.measured, sample.withdrawn) == ((), ("wbc",))
    assert "withdrew" in sample.unused[0]
    assert sample.at is not None


@pytest.mark.parametrize("status", ["", "Q", "f"])
def test_that_a_result_without_a_known_status_is_refused(status: str) -> None:
    assert "no status" in only(message(obx(status=status))).refused[0]


def test_that_the_order_s_status_holds_where_the_result_has_none() -> None:
    assert only(message(obx(status=""), obr=f"{OBR}{'|' * 18}P")).unused[0].startswith("the result is preliminary")


def test_that_a_correction_in_the_same_file_takes_the_place_of_the_earlier_result() -> None:
    first, second = found(message(obx(), obx(value="2.4", status="C"))).samples
    assert (first.measured, first.unused) == ((), ("line 5 corrects it",))
    assert second.measured == (Measurement("wbc", 2.4),)


@pytest.mark.parametrize(
    ("first", "second", "measured", "not_done"),
    [("n.d.", "2.4", (Measurement("wbc", 2.4),), ()), ("2.4", "n.d.", (), ("wbc",))],
)
def test_that_a_correction_takes_the_place_of_what_was_not_done_and_the_other_way_round(
    first: str, second: str, measured: tuple[Measurement, ...], not_done: tuple[str, ...]
) -> None:
    results = obx(value=first, kind="ST"), obx(value=second, kind="ST", status="C")
    earlier, later = found(message(*results), CountsMapping(not_done=("n.d.",))).samples
    assert (earlier.measured, earlier.not_done, earlier.unused) == ((), (), ("line 5 corrects it",))
    assert (later.measured, later.not_done) == (measured, not_done)


def test_that_a_withdrawal_takes_away_what_was_not_done() -> None:
    results = message(obx(value="n.d.", kind="ST")) + message(obx(status="D"))
    earlier, _ = found(results, CountsMapping(not_done=("n.d.",))).samples
    assert (earlier.not_done, earlier.unused) == ((), ("line 8 withdraws it",))


def test_that_a_withdrawal_in_the_same_file_takes_the_earlier_result_away() -> None:
    first, second = found(message(obx()) + message(obx(status="D"))).samples
    assert (first.measured, first.unused) == ((), ("line 8 withdraws it",))
    assert second.measured == ()


@pytest.mark.parametrize(
    ("correction", "words"),
    [
        (obx(value="", status="C"), "line 6 corrects it and brings no value"),
        (obx(value='""', status="C"), "line 6 corrects it and brings no value"),
        (obx(value="clotted", status="C"), "line 6 corrects it and brings no value"),
        (obx(value="1~2", status="C"), "line 6 corrects it and brings no value"),
        (obx(unit="g/L", status="C"), "line 6 corrects it and brings no value"),
        (obx(value="", unit="", status="D"), "line 6 withdraws it"),
        (obx(value="", status="X"), "line 6 withdraws it"),
        (obx(value="2.4", status="C"), "line 6 corrects it"),
    ],
)
def test_that_nothing_outlasts_its_correction_however_often_it_was_sent(correction: str, words: str) -> None:
    *earlier, _ = found(message(obx(), obx(), correction)).samples
    assert [(one.measured, one.unused) for one in earlier] == [((), (words,))] * 2


def test_that_a_correction_without_a_value_names_what_it_withdraws() -> None:
    sample = only(message(obx(value="", status="C")))
    assert (sample.withdrawn, sample.unused) == (("wbc",), ("the result holds no value",))
    assert sample.at is not None


def test_that_a_result_which_came_after_all_is_a_fact() -> None:
    assert len(found(message(obx(value="", status="X"), obx())).samples[1].measured) == 1


def test_that_what_could_not_be_obtained_is_not_refused_for_its_time() -> None:
    sample = only(message(obx(value="", status="X", at="soon")))
    assert (sample.at, sample.refused) == (None, ())


def test_that_a_correction_of_another_time_or_quantity_takes_nothing_away() -> None:
    other = obx("718-7^Hb^LN", "92", "g/L", "C")
    later = obx(value="2.4", status="C", at="202007020730")
    assert [len(one.measured) for one in found(message(obx(), other, later)).samples] == [1, 1, 1]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("20200701", "2020-07-01"),
        ("202007010730", "2020-07-01T07:30:00+02:00"),
        ("20200701073015.1234", "2020-07-01T07:30:15+02:00"),
        ("202012010730", "2020-12-01T07:30:00+01:00"),
        ("20200701073000+0000", "2020-07-01T09:30:00+02:00"),
        ("20200701233000-0500", "2020-07-02T06:30:00+02:00"),
        ("202010250230+0100", "2020-10-25T02:30:00+01:00"),
    ],
)
def test_that_a_time_is_shown_on_the_ward_s_clock(at: str, expected: str) -> None:
    sample = only(message(obx(at=at)))
    assert sample.at is not None
    assert sample.at.text == expected


@pytest.mark.parametrize(
    ("sent", "at", "expected"),
    [
        ("20200701080000+0000", "202007010730", "2020-07-01T09:30:00+02:00"),
        ("20200701080000+0100", "202001150030", "2020-01-15T00:30:00+01:00"),
        ("20200115080000+0000", "202007010030", "2020-07-01T02:30:00+02:00"),
        ("20200701+0000", "202007010730", "2020-07-01T09:30:00+02:00"),
        ("July+0000", "202007010730", "2020-07-01T09:30:00+02:00"),
    ],
)
def test_that_the_time_zone_of_a_sender_elsewhere_holds_where_a_time_has_none(
    sent: str, at: str, expected: str
) -> None:
    sample = only(message(obx(at=at), msh=msh_of(sent)))
    assert sample.at is not None
    assert sample.at.text == expected


@pytest.mark.parametrize(
    ("sent", "at", "expected"),
    [
        ("20200701080000+0200", "202001150030", "2020-01-15T00:30:00+01:00"),
        ("20200115080000+0100", "201907010030", "2019-07-01T00:30:00+02:00"),
        ("20200701+0200", "202001150030", "2020-01-15T00:30:00+01:00"),
        ("20200701080000+0200", "202001150030+0200", "2020-01-14T23:30:00+01:00"),
    ],
)
def test_that_a_sender_with_the_ward_s_clock_has_it_in_the_other_season_too(sent: str, at: str, expected: str) -> None:
    sample = only(message(obx(at=at), msh=msh_of(sent)))
    assert sample.at is not None
    assert sample.at.text == expected


@pytest.mark.parametrize("at", ["202010250230", "202003290230"])
def test_that_a_sender_with_the_ward_s_clock_cannot_tell_a_time_where_it_was_changed(at: str) -> None:
    sample = only(message(obx(at=at), msh=msh_of("20201025080000+0100")))
    assert sample.at is None
    assert "clocks were changed" in sample.refused[0]


def test_that_an_offset_of_the_sender_that_there_is_nowhere_matters_only_where_it_is_needed() -> None:
    msh = msh_of("20200701080000+9900")
    assert "MSH-7" in only(message(obx(), msh=msh)).refused[0]
    for at in ("20200701", "202007010730+0200"):
        assert only(message(obx(at=at), msh=msh)).refused == ()


@pytest.mark.parametrize(
    "at", ["2020", "202007", "2020070107", "20200231", "20201301", "202007012530", "202007010730+9900", "202010250230",
           "202003290230", "July", "00010101", "x" * 5000]
)  # fmt: skip
def test_that_a_time_that_is_not_clear_is_refused(at: str) -> None:
    sample = only(message(obx(at=at)))
    assert sample.at is None
    assert len(sample.refused) == 1
    assert len(sample.refused[0]) < 250


def test_that_a_result_without_any_time_is_refused() -> None:
    assert "OBX-14 and OBR-7 are empty" in only(message(obx(), obr="OBR|1|A1|B1|BB^Blood count^L")).refused[0]


@pytest.mark.parametrize(
    ("pid", "mrn"),
    [
        ("PID|1||T-0001", "T-0001"),
        ("PID|1||T-0001^^^HOSPITAL^MR~99^^^INSURANCE^NI", "T-0001"),
        ("PID|1||99^^^HOSPITAL^PI~T-0001^^^HOSPITAL^MR", "T-0001"),
        ("PID|1||99^^^INSURANCE^NI~T-0001^^^HOSPITAL^PI", "T-0001"),
        ("PID|1|T-0001", "T-0001"),
        ("PID|1||T-0001~T-0001", "T-0001"),
    ],
)
def test_that_the_number_of_the_medical_record_counts(pid: str, mrn: str) -> None:
    sample = only(message(obx(), pid=pid))
    assert (sample.mrn, sample.refused) == (mrn, ())


def test_that_several_numbers_without_a_mark_are_refused() -> None:
    sample = only(message(obx(), pid="PID|1||1^^^A^NI~2^^^B^SS"))
    assert (sample.mrn, "several numbers" in sample.refused[0]) == ("", True)


def test_that_a_half_birth_date_is_refused() -> None:
    assert "not a whole date" in only(message(obx(), pid="PID|1||T-0001||||201003")).refused[0]


def test_that_results_after_a_second_patient_are_that_patient_s() -> None:
    second = "PID|2||T-0002||||20110302"
    samples = found(message(obx(), second, OBR, obx())).samples
    assert [sample.mrn for sample in samples] == ["T-0001", "T-0002"]
