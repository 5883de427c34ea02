"""Tests of files of messages: batches, missing segments, encodings, and what is no message at all."""

import time

import pytest

from bedside.chart.errors import UserError
from bedside.exchange.counts.mapping import CountsMapping, shape_of
from bedside.exchange.hl7.messages import MOST_OF_A_MESSAGE, MOST_SEGMENTS, is_hl7
from tests.unit.exchange.hl7.messages import MSH, NAME, OBR, PID, found, message, obx

BATCH = f"FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r{message(obx())}{message(obx(value='2.4', at='20200702'))}BTS|2\rFTS|1\r"


def test_that_a_batch_gives_every_message_with_its_line() -> None:
    assert [(one.line, one.measured[0].value) for one in found(BATCH).samples] == [(6, 2.1), (10, 2.4)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r\r", "\r\n\r\n"])
def test_that_lines_may_end_in_any_way(ends: str) -> None:
    assert [one.measured[0].value for one in found(BATCH.replace("\r", ends)).samples] == [2.1, 2.4]


def test_that_the_frame_of_a_connection_is_no_part_of_a_message() -> None:
    framed = f"\x0b{message(obx())}\x1c\r"
    assert is_hl7(framed.encode())
    assert len(found(framed).samples[0].measured) == 1


def test_that_other_separators_are_read_as_the_message_says() -> None:
    text = message(obx()).replace("|", "#").replace("^", "!").replace("MSH#!~", "MSH#!~")
    assert len(found(text).samples[0].measured) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BATCH.replace("BTS|2", "BTS|3"), 'BTS says "3" messages; there are 2'),
        (BATCH.replace("FTS|1", "FTS|2"), 'FTS says "2" batches; there are 1'),
        (BATCH.replace("BTS|2\r", ""), "may have been cut"),
        (BATCH.replace("FTS|1\r", ""), "may have been cut"),
        (BATCH[: len(BATCH) // 2], "may have been cut"),
        (f"{PID}\r{obx()}\r", "stands in no message (MSH is missing)"),
        ("MSH|\r", "is no head of a message"),
        ("MSHx\r", "is no head of a message"),
        (message(obx(), msh=MSH.replace("^~", "^^~")), 'line 1: "MSH|^^~\\\\&|" names one sign for two purposes'),
        (message(obx(), msh=MSH.replace("|^~\\&", "|&~")), "names one sign for two purposes"),
        ("FHS|^~\\&\rFTS|0\r", "there is no message"),
        (message(obx()) + "\0", "zero byte"),
    ],
)
def test_that_a_file_that_is_not_whole_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(UserError) as refused:
        found(text)
    assert words in refused.value.what_happened
    assert refused.value.what_happened.startswith(NAME)


def test_that_missing_segments_refuse_what_they_leave_unclear() -> None:
    (no_order,) = found(message(obx(), obr="")).samples
    assert no_order.refused == ("no order stands above it (OBR is missing)",)
    (nobody,) = found(message(obx(), pid="")).samples
    assert (nobody.mrn, nobody.birth_date, len(nobody.measured)) == ("", "", 1)
    (nothing,) = found(message()).samples
    assert nothing.unused == ("the message holds no result (OBX)",)
    (short,) = found(message("OBX|1|NM")).samples
    assert "does not say what was measured" in short.refused[0]


@pytest.mark.parametrize("kind", ["ADT^A01", "ACK", "ORU^R30"])
def test_that_other_messages_bring_no_results(kind: str) -> None:
    (sample,) = found(message(obx(), msh=MSH.replace("ORU^R01^ORU_R01", kind))).samples
    assert (sample.line, sample.measured, len(sample.unused)) == (1, (), 1)


@pytest.mark.parametrize("kind", ["", '""', "^R01"])
def test_that_a_message_that_does_not_say_what_it_is_is_refused(kind: str) -> None:
    (sample,) = found(message(obx(), msh=MSH.replace("ORU^R01^ORU_R01", kind))).samples
    assert (sample.line, sample.refused) == (1, ("the message does not say what it is (MSH-9 is empty)",))


@pytest.mark.parametrize("kind", ["T", "D"])
def test_that_a_message_of_a_test_system_is_refused(kind: str) -> None:
    (sample,) = found(message(obx(), msh=MSH.replace("|P|2.5", f"|{kind}|2.5"))).samples
    assert "marked as a trial" in sample.refused[0]


def test_that_the_stated_encoding_is_used_and_an_unstated_one_asked_about() -> None:
    text = message(obx("LEUK^Häm^L"))
    assert found(text).columns[0].example == "Häm"
    assert [one.key for one in found(text.encode("latin-1")).questions] == ["encoding"]
    assert found(text.encode("latin-1"), CountsMapping(encoding="cp1252")).columns[0].example == "Häm"
    stated = text.replace("|P|2.5", "|P|2.5||||||8859/1")
    assert found(stated.encode("latin-1")).columns[0].example == "Häm"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"MSH|^~", True),
        (b"FHS|^~", True),
        (b"\xef\xbb\xbfMSH|", True),
        (b"\r\nMSH|", True),
        (b"MSH;date\n", True),
        (b"MSH date", False),
        (f"{PID}\r{obx()}\r".encode(), True),
        (f"\n{OBR}\r{obx()}\r".encode(), True),
        (b"OBX|12|NM|", True),
        (b"PID|date|Hb (g/L)\n", False),
        (b"PID;1;2\n", False),
        (b"date;MSH", False),
        (b"", False),
    ],
)
def test_that_messages_are_known_by_how_they_begin(data: bytes, expected: bool) -> None:
    assert is_hl7(data) is expected


def test_that_more_segments_than_a_ward_has_are_refused_at_once() -> None:
    start = time.perf_counter()
    with pytest.raises(UserError, match="more than 40000 segments"):
        found(message(*["NTE|1"] * MOST_SEGMENTS))
    assert time.perf_counter() - start < 2


def test_that_a_message_of_which_no_end_is_in_sight_is_refused_with_its_line() -> None:
    with pytest.raises(UserError, match="line 1: the message has more than 5000 segments"):
        found(message(*["NTE|1"] * MOST_OF_A_MESSAGE))


def test_that_messages_of_one_sender_have_one_shape() -> None:
    assert shape_of(message(obx()).encode()) == shape_of(BATCH.encode())
    assert shape_of(message(obx()).encode()) != shape_of(message(obx()).replace("HOSPITAL", "OTHER").encode())


def test_that_a_file_of_three_letters_has_a_shape() -> None:
    assert shape_of(b"MSH") == shape_of(b"MSH\r") != shape_of(b"MSH|")


@pytest.mark.parametrize("segment", ["OBX", "OBX|", "OBX|||||", "OBX|1|NM|" + "^" * 5000, "OBX|1|NM|~~~|&&|~|^^^|"])
def test_that_an_odd_segment_never_breaks_the_reading(segment: str) -> None:
    samples = found(message(segment, obx())).samples
    assert samples[0].measured == ()
    assert len(samples[1].measured) == 1
