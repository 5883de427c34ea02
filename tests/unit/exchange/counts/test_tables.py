"""Tests of whole files: encodings, separators, heads, and what no ward's table is."""

import time

import pytest

from bedside.chart.errors import UserError
from bedside.exchange.counts.delimited import LARGEST_COUNTS_BYTES, MOST_ROWS
from bedside.exchange.counts.found import Found, Measurement, Surroundings
from bedside.exchange.counts.mapping import CountsMapping, Use, mapping_of, mapping_text, read_mapping, shape_of
from bedside.exchange.counts.table import read_table
from tests.unit.exchange.counts.tables import NAME, ZONE, found

GOOD = "Datum;Hämoglobin (g/dl);Leukozyten (G/l)\n04.05.2026;9,2;2,1\n"
HB_WBC = (Measurement("hb", 92.0, "", "9,2 g/dl × 10"), Measurement("wbc", 2.1))


def values(read: Found) -> list[tuple[Measurement, ...]]:
    return [sample.measured for sample in read.samples]


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace(";", "\t").encode(),
        GOOD.replace(";", "|").encode(),
        ("sep=;\n" + GOOD).encode(),
        GOOD.replace("9,2", '"9,2"').encode(),
        (GOOD + "\n\n;;\n").encode(),
        GOOD.replace("2,1", "2,1;").encode(),
    ],
)
def test_that_the_same_table_is_read_however_it_was_saved(data: bytes) -> None:
    read = found(data)
    assert read.questions == ()
    assert values(read) == [HB_WBC]


def test_that_another_encoding_is_asked_about_with_its_line_and_read_as_told() -> None:
    data = GOOD.encode("cp1252")
    read = found(data)
    (question,) = read.questions
    assert (question.key, read.samples) == ("encoding", ())
    assert "line 1" in question.text
    assert values(found(data, CountsMapping().answered("encoding", "cp1252"))) == [HB_WBC]


def test_that_a_table_that_two_signs_part_is_asked_about() -> None:
    (question,) = found("date,x;Hb (g/L),y\n2026-05-05,1;92,2\n").questions
    assert question.key == "separator"
    assert {choice.value for choice in question.choices} == {",", ";"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\n \r\n", "the file is empty"),
        (b"date;Hb (g/L)\n", "no rows below the heads"),
        (b"one column\nonly\n", "line 1: this is no table"),
        (b"date;Hb (g/L)\n2026-05-05;\x0092\n", "line 2: this is not text (it holds a zero byte)"),
        (GOOD.encode("utf-16-le"), "zero byte"),
        (bytes(50_000), "zero byte"),
        (b'date;Hb (g/L)\n2026-05-05;92\n2026-05-06;"92\n', "line 3: this row cannot be read"),
        (b'date;Hb (g/L)\n2026-05-05;"9"2\n', "line 2: this row cannot be read"),
        (b"date;Hb (g/L)\n2026-05-05;" + b"9" * 200_000 + b"\n", "line 2: this row cannot be read"),
        (b"Hb (g/L);Hb (g/L);date\n1;2;2026-05-05\n", "the columns 1 and 2 have the same head"),
        (b"date;date;Hb (g/L)\n2026-05-05;2026-05-06;92\n", "the columns 1 and 2 have the same head"),
    ],
)
def test_that_what_is_no_table_is_refused_with_the_place(data: bytes, words: str) -> None:
    with pytest.raises(UserError) as refused:
        found(data)
    assert words in refused.value.what_happened
    assert refused.value.what_happened.startswith(NAME)
    assert len(refused.value.what_happened) < 400


def test_that_bytes_that_are_not_in_the_told_encoding_are_refused_with_their_line() -> None:
    with pytest.raises(UserError, match="line 2: this is not text in the encoding cp1252"):
        found(b"date;Hb (g/L)\n2026-05-05;\x8192\n", CountsMapping(encoding="cp1252"))


@pytest.mark.parametrize("size", [LARGEST_COUNTS_BYTES + 1, 50 * 1024 * 1024])
def test_that_a_file_that_is_too_large_is_refused_at_once(size: int) -> None:
    data = b"date;Hb (g/L)\n".ljust(size, b"1")
    start = time.perf_counter()
    with pytest.raises(UserError, match="expected at most 16 MB"):
        found(data)
    assert time.perf_counter() - start < 0.5


def test_that_more_rows_than_a_ward_has_are_refused() -> None:
    rows = "2026-05-05;1\n" * MOST_ROWS
    with pytest.raises(UserError, match="more than 100000 rows"):
        found(f"date;Hb (g/L)\n{rows}")


def test_that_a_row_of_another_width_is_refused_with_its_line_and_the_others_stay() -> None:
    read = found("date;Hb (g/L)\n2026-05-05;92\n2026-05-06\n2026-05-07;93;94\n2026-05-08;95\n")
    assert [(sample.line, bool(sample.refused)) for sample in read.samples] == [
        (2, False), (3, True), (4, True), (5, False),
    ]  # fmt: skip
    assert read.samples[1].refused == ("the row has 1 cells; expected 2 as in the first row",)


def test_that_blank_cells_beyond_the_heads_are_taken_except_where_a_decimal_comma_may_have_made_them() -> None:
    (taken,) = found("date;WBC (G/l);Hb (g/dl)\n2026-05-05;7;5;;\n").samples
    assert (taken.refused, len(taken.measured)) == ((), 2)
    (refused,) = found("date,WBC (G/l),Hb (g/dl)\n2026-05-05,7,5,\n").samples
    assert refused.refused == ("the row has 4 cells; expected 3 as in the first row",)


def test_that_lines_are_counted_as_an_editor_counts_them() -> None:
    read = found('date;note;Hb (g/L)\n\n2026-05-05;"two\nlines";92\n2026-05-06;;x\n')
    assert [sample.line for sample in read.samples] == [3, 5]


def test_that_two_columns_for_one_quantity_are_asked_about_and_the_answer_settles_it() -> None:
    text = "date;Hb (g/dl);Hgb (g/L)\n2026-05-05;9.2;93\n"
    (question,) = found(text).questions
    assert question.key == "column:hb"
    read = found(text, CountsMapping().answered("column:hb", "Hgb (g/L)"))
    assert read.questions == ()
    assert values(read) == [(Measurement("hb", 93.0),)]
    assert [column.use for column in read.columns] == ["date", "", "hb"]


def test_that_columns_that_mean_nothing_may_have_the_same_head() -> None:
    assert values(found("date;x;Hb (g/L);x\n2026-05-05;=1;92;\n")) == [(Measurement("hb", 92.0),)]


def test_that_a_table_without_a_date_asks_which_column_it_is() -> None:
    text = "when;Hb (g/L)\n2026-05-05;92\n"
    (question,) = found(text).questions
    assert (question.key, [choice.value for choice in question.choices]) == ("column:at", ["when"])
    (sample,) = found(text, CountsMapping().answered("column:at", "when")).samples
    assert sample.at is not None
    assert sample.at.text == "2026-05-05"


def test_that_a_table_without_a_count_asks_what_the_columns_are() -> None:
    (question,) = found("date;a;b\n2026-05-05;1;2\n").questions
    assert (question.key, question.choices) == ("columns", ())


def test_that_a_column_can_be_named_or_left_out_by_hand() -> None:
    text = "date;a;Hb (g/L)\n2026-05-05;2100;92\n"
    mapping = (
        CountsMapping().with_column("a", Use(field="wbc", unit="/ul")).with_column("Hb (g/L)", Use(field="ignore"))
    )
    assert values(found(text, mapping)) == [(Measurement("wbc", 2.1, "", "2100 /ul × 0.001"),)]
    assert values(found(text, mapping.with_column("a", None).with_column("Hb (g/L)", None))) == [
        (Measurement("hb", 92.0),)
    ]


def test_that_a_use_that_no_count_has_is_refused_with_what_there_is() -> None:
    with pytest.raises(UserError) as refused:
        found("date;a\n2026-05-05;1\n", CountsMapping().with_column("a", Use(field="mood")))
    assert '"mood", which no count has' in refused.value.what_happened
    assert "wbc" in refused.value.what_to_do


def test_that_one_value_a_row_is_read_by_its_name_and_unit() -> None:
    rows = ("Leukozyten;2,1;G/l", "718-7;9,2;g/dl", "Natrium;140;mmol/l")
    text = "\n".join(("Datum;Test;Wert;Einheit", *(f"04.05.2026;{row}" for row in rows)))
    read = found(text)
    assert values(read) == [
        (Measurement("wbc", 2.1),), (Measurement("hb", 92.0, "", "9,2 g/dl × 10"),), (),
    ]  # fmt: skip
    assert read.samples[2].unused == ('"Natrium" is not known as a count of the chart',)
    assert [(one.head, one.use) for one in read.columns if not one.place] == [
        ("Leukozyten", "wbc"), ("718-7", "hb"), ("Natrium", ""),
    ]  # fmt: skip


def test_that_an_analyte_can_be_named_by_hand_and_its_unit_asked_about() -> None:
    text = "date;test;value;unit\n2026-05-05;HBX;9.2;\n"
    named = CountsMapping().with_analyte("HBX", Use(field="hb"))
    (question,) = found(text, named).questions
    assert question.key == "analyte_unit:hb:HBX"
    assert values(found(text, named.answered(question.key, "g/dL"))) == [
        (Measurement("hb", 92.0, "", "9.2 g/dL × 10"),)
    ]


def test_that_a_unit_that_was_told_for_an_analyte_holds_only_where_a_row_states_no_known_one() -> None:
    text = "date;test;value;unit\n2026-05-05;WBC;2.1;G/l\n2026-05-06;WBC;2100;\n2026-05-07;WBC;40;%\n"
    told = CountsMapping(analytes={"WBC": Use(field="wbc", unit="/ul")})
    stated, blank, percent = found(text, told).samples
    assert [one.value for one in (*stated.measured, *blank.measured)] == [2.1, 2.1]
    assert "no factor is stated" in percent.refused[0]


@pytest.mark.parametrize("mapping", [CountsMapping(), CountsMapping(analytes={"Hb": Use(field="hb", unit="g/dL")})])
def test_that_a_second_unknown_unit_of_an_analyte_is_refused_and_not_taken_for_the_first(
    mapping: CountsMapping,
) -> None:
    text = "date;test;value;unit\n2026-05-05;Hb;9.2;foo\n2026-05-06;Hb;92;bar\n2026-05-07;Hb;92;\n"
    first, second, third = found(text, mapping).samples
    assert not first.refused
    assert second.refused == ('Hb: the unit "bar" is not known, and another that is not known stands above: "foo"',)
    assert third.refused == ('Hb: the unit "" is not known, and another that is not known stands above: "foo"',)


def test_that_number_and_birth_date_of_the_patient_are_read() -> None:
    (sample,) = found("MRN;Geburtsdatum;date;Hb (g/L)\nT-1;02.03.2010;2026-05-05;92\n").samples
    assert (sample.mrn, sample.birth_date) == ("T-1", "2010-03-02")


def test_that_text_in_heads_and_cells_stays_text() -> None:
    evil = "=HYPERLINK(1)\u202e<b>"
    read = found(f"date;Hb (g/L);{evil}\n2026-05-05;{evil};{evil}\n")
    assert read.columns[2].use == ""
    assert "\u202e" not in read.samples[0].refused[0]


def test_that_a_head_of_brackets_and_blanks_costs_no_time() -> None:
    start = time.perf_counter()
    found("date;Hb (g/L);" + "a " * 50_000 + "\n2026-05-05;92;\n")
    assert time.perf_counter() - start < 1


def test_that_progress_is_told_and_may_stop_the_reading() -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise KeyboardInterrupt

    text = "date;Hb (g/L)\n" + "2026-05-05;92\n" * 1000
    with pytest.raises(KeyboardInterrupt):
        read_table(text.encode(), CountsMapping(), Surroundings(NAME, ZONE, stop))
    assert told == [(0, 1000), (1, 1000)]


def test_that_a_mapping_is_read_from_toml_and_kept_as_text() -> None:
    text = b'decimal = ","\nnot_done = ["n.d."]\n[columns]\n"a" = "at"\n"Hb" = {field = "hb", unit = "g/dL"}\n'
    mapping = read_mapping(text, "map.toml")
    assert (mapping.decimal, mapping.columns["Hb"]) == (",", Use(field="hb", unit="g/dL"))
    assert mapping_of(mapping_text(mapping)) == mapping
    assert mapping_text(CountsMapping()) == "{}"
    assert mapping_of('{"colour": "red"}') is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"decimal = ';'", """map.toml: decimal is ";"; expected ',' or '.'."""),
        (b"colour = 1", 'there is no key "colour"; expected one of encoding, separator, decimal, dates,'),
        (b"columns = 5", "columns is 5; expected "),
        (b"absent = [1]", "absent.0 is 1; expected a text."),
        (b"[columns]\nx = {unit = 'g/L'}", 'columns.x is {"unit": "g/L"}; expected a text such as "wbc", or one with'),
        (b"[analytes]\nx = 5", "analytes.x is 5; expected a text such as"),
        (b"not toml", "map.toml is not TOML: Expected '='"),
        (b"\xff", "map.toml is not UTF-8 text (byte 1)."),
        (b"a = " + b"[\n" * 5000, "map.toml is nested too deeply."),
        (b"a" + b".a" * 900 + b" = 1", "map.toml is nested too deeply."),
        (b"#\na" + b".a" * 5000 + b" = 1", "map.toml holds a line of more than 2000 signs (line 2)."),
        (b"#" * (1 << 21), "too large"),
    ],
)
def test_that_a_mapping_that_makes_no_sense_is_refused_with_its_key(data: bytes, words: str) -> None:
    with pytest.raises(UserError) as refused:
        read_mapping(data, "map.toml")
    assert words in refused.value.what_happened


def test_that_files_with_the_same_heads_have_one_shape_whatever_they_hold() -> None:
    assert shape_of(b"a;b\n1;2\n") == shape_of(b"a;b\r\n3;4\r\n") == shape_of(b"sep=;\na;b\n")
    assert shape_of(b"a;b\n") != shape_of(b"a;c\n")
