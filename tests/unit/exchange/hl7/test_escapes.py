"""Tests of escapes: what is written for another sign, and what no sign can be found for."""

import pytest

from bedside.exchange.counts.found import Measurement
from tests.unit.exchange.hl7.messages import found, message, obx, only


def test_that_escapes_are_undone() -> None:
    read = found(message(obx("A\\T\\B^x\\F\\y^L")))
    assert (read.columns[0].head, read.columns[0].example) == ("A&B", "x|y")


def test_that_an_escape_may_stand_for_any_sign_by_its_number() -> None:
    assert only(message(obx(value="2\\X2E\\1"))).measured == (Measurement("wbc", 2.1),)


@pytest.mark.parametrize(
    "value", [r"1\XZZ\5", r"1\X5\5", r"1\Z.\5", r"1\.sk3\5", r"1\C2841\5", r"15\\", r"1\5", r"15\Zx", "15\\.br2\\"]
)
def test_that_a_value_with_an_escape_that_cannot_be_read_is_refused_and_printed_nowhere(
    value: str, caplog: pytest.LogCaptureFixture
) -> None:
    for kind, sent in (("NM", value), ("ST", value), ("SN", f"^{value}")):
        sample = only(message(obx(value=sent, kind=kind)))
        assert (sample.measured, sample.refused) == ((), ("the text holds an escape that cannot be read (OBX-5)",))
    assert caplog.records == []


@pytest.mark.parametrize(
    ("pid", "field"),
    [
        (r"PID|1||T\Zx\-0001^^^HOSPITAL^MR", 3),
        (r"PID|1||T-0001^^^HOSPITAL^M\Zx\R~99^^^INSURANCE^PI", 3),
        (r"PID|1|T\Zx\-0001", 2),
        (r"PID|1||T-0001||||20100302\Zx\\", 7),
    ],
)
def test_that_a_patient_told_with_an_escape_that_cannot_be_read_is_nobody(
    pid: str, field: int, caplog: pytest.LogCaptureFixture
) -> None:
    sample = only(message(obx(), pid=pid))
    assert f"the text holds an escape that cannot be read (PID-{field})" in sample.refused
    assert caplog.records == []


def test_that_an_escape_that_cannot_be_read_matters_only_where_something_is_read() -> None:
    pid = "PID|1||T-0001||One\\Two||20100302|||C:\\Street"
    assert only(message(obx(), pid=pid)).measured == (Measurement("wbc", 2.1),)


@pytest.mark.parametrize(
    "given",
    [
        {"code": "26464-8\\Zx\\^x^LN"},
        {"code": "26464-8^x^LN\\Zx\\"},
        {"unit": "10*9/L\\Zx\\"},
        {"status": "F\\Zx\\"},
        {"at": "202007010730\\Zx\\"},
        {"kind": "NM\\Zx\\"},
    ],
)
def test_that_no_part_of_a_result_is_read_as_if_its_escape_were_not_there(given: dict[str, str]) -> None:
    sample = only(message(obx(**given)))
    assert sample.refused or sample.asked or sample.unused
