"""Property tests: whatever a file holds, it is read, asked about or refused in words; nothing else ever happens."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.errors import UserError
from bedside.exchange.counts.found import Found, Measurement, Surroundings
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.counts.table import read_table
from bedside.exchange.hl7.results import read_messages
from bedside.knowledge.codes import COUNT_FIELDS
from tests.unit.exchange.counts.tables import NAME, ZONE, found
from tests.unit.exchange.hl7.messages import message, obx

Reader = Callable[[bytes, CountsMapping, Surroundings], Found]
AROUND = Surroundings(NAME, ZONE)
MAPPINGS = st.builds(
    CountsMapping,
    encoding=st.sampled_from([None, "cp1252", "utf-8"]),
    separator=st.sampled_from([None, ",", ";", "\t", "|"]),
    decimal=st.sampled_from([None, ",", "."]),
    dates=st.sampled_from([None, "day_first", "month_first"]),
    serials=st.sampled_from([None, "excel_1900", "excel_1904"]),
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["03/04/2026", "2026-05-05 07:30", "46146.3", "<0.1", "1.250", "9,2", "=1+1", "date", "Hb (g/dl)"]),
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8).map(
    lambda rows: "\n".join(";".join(row) for row in rows)
)
SEGMENTS = st.one_of(
    st.sampled_from([obx(), obx(status="C"), obx(status="D"), "PID|1||9", "OBR|1", "BTS|1", "FHS|", "MSH|^~\\&|"]),
    st.text(alphabet="OBXPIDMSHR|^~\\&0123456789 .+-", max_size=60),
)
FILES = st.lists(SEGMENTS, max_size=8).map(lambda segments: message(*segments).encode())


def is_whole(read: Found) -> bool:
    """Whether every value is a field of a count with a finite number, and every line says something or holds values."""
    for sample in read.samples:
        if not all(one.field in COUNT_FIELDS and 0 <= one.value < 1e16 for one in sample.measured):
            return False
        if not (sample.measured or sample.not_done or sample.refused or sample.asked or sample.unused):
            return False
        if sample.asked and not read.questions:
            return False
    return True


def outcome(read: Reader, data: bytes, mapping: CountsMapping) -> Found | str:
    """What a file says, or the words in which it is refused."""
    try:
        return read(data, mapping, AROUND)
    except UserError as refused:
        return refused.what_happened


def is_told(outcome: Found | str) -> bool:
    """Whether a refusal names the file, or what was read is whole."""
    return NAME in outcome if isinstance(outcome, str) else is_whole(outcome)


@given(data=st.one_of(st.binary(max_size=300), TABLES.map(str.encode)), mapping=MAPPINGS)
def test_that_any_table_is_read_or_refused_in_words(data: bytes, mapping: CountsMapping) -> None:
    assert is_told(outcome(read_table, data, mapping))


@given(data=st.one_of(st.binary(max_size=300), FILES), mapping=MAPPINGS)
def test_that_any_messages_are_read_or_refused_in_words(data: bytes, mapping: CountsMapping) -> None:
    assert is_told(outcome(read_messages, data, mapping))


@given(
    value=st.decimals(min_value=0, max_value=999, places=2, allow_nan=False),
    sign=st.sampled_from(["", "<", ">"]),
    mark=st.sampled_from([",", "."]),
)
def test_that_a_number_comes_in_as_it_was_written_with_either_decimal_sign(value: object, sign: str, mark: str) -> None:
    text = f"{sign}{value}".replace(".", mark)
    (sample,) = found(f"date;Hb (g/L)\n2026-05-05;{text}\n").samples
    assert sample.measured == (Measurement("hb", float(str(value)), sign),)
