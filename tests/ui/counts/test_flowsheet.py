"""Tests of what the flowsheet holds: columns by moment, flags, corrections, what was not done, what is contested."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from bedside.chart.entries import AnyEntry
from bedside.chart.moments import At
from bedside.ui.counts.bar import CountsBar
from bedside.ui.counts.column import COLUMN
from bedside.ui.counts.flowsheet import Flowsheet, Result
from bedside.ui.counts.model import FlowsheetModel
from bedside.ui.counts.words import detail_of
from bedside.ui.entry_grid.analytes import Analyte
from bedside.ui.entry_grid.typed_entries import TypedEntries
from bedside.ui.paragraph import plain
from tests.samples.counts import DAY0, disputed, entry, opened_counts, typical
from tests.samples.index_case import knowledge
from tests.ui.forms.samples import NOW, Doors, context_with

HB, PLT, CRP = Analyte("blood_count", "hb"), Analyte("blood_count", "plt"), Analyte("chemistry", "crp")
IGA, LDH = Analyte("immunoglobulin", "iga"), Analyte("chemistry", "ldh")


def sheet_of(entries: list[AnyEntry], day: str = "2020-07-31", **changes: object) -> Flowsheet:
    return Flowsheet(opened_counts(entries, day, **changes), knowledge())


def at_day(sheet: Flowsheet, day: int) -> int:
    return next(place for place, one in enumerate(sheet.columns) if (one.at.day - DAY0).days == day)


def value(sheet: Flowsheet, day: int, analyte: Analyte) -> Result:
    result = sheet.result(at_day(sheet, day), analyte)
    assert result is not None
    return result


def test_that_kinds_drawn_at_one_moment_share_a_column_and_the_newest_is_the_last() -> None:
    sheet = sheet_of(typical())
    days = [(column.at.day - DAY0).days for column in sheet.columns]
    assert days == [-4, -1, 0, 1, 2, 3, 4, 5, 6]
    assert set(sheet.columns[-2].entries) == {"blood_count", "chemistry", "lymphocyte_subset", "immunoglobulin"}


def test_that_one_kind_twice_at_one_moment_stands_in_two_columns() -> None:
    twice = [entry(1, 1, kind="blood_count", hb=80.0), entry(2, 1, kind="blood_count", hb=90.0)]
    sheet = sheet_of(twice)
    assert [one.text for place in (0, 1) if (one := sheet.result(place, HB))] == ["80", "90"]


def test_that_nothing_recorded_not_done_and_zero_are_three_things() -> None:
    sheet = sheet_of(typical())
    assert sheet.result(at_day(sheet, 1), CRP) is None
    assert (value(sheet, -4, CRP).text, value(sheet, -4, CRP).value) == ("not done", None)
    zero = value(sheet, 5, Analyte("lymphocyte_subset", "cd19"))
    assert (zero.text, zero.value) == ("0", 0.0)


def test_that_a_value_below_what_is_measured_keeps_its_sign_and_is_off_scale() -> None:
    low = value(sheet_of(typical()), 5, IGA)
    assert low.text == "<0.07"
    assert low.flag is not None
    assert (low.flag.high, low.flag.level) == (False, 3)


def test_that_a_corrected_value_shows_the_new_one_and_keeps_the_old_beside_it() -> None:
    sheet = sheet_of(typical())
    assert (value(sheet, 3, HB).text, value(sheet, 3, HB).was) == ("91", ("19",))
    assert value(sheet, 3, PLT).was == ()


def test_that_a_value_that_a_correction_took_away_is_said_to_be_removed() -> None:
    first = entry(1, 1, kind="blood_count", hb=19.0, plt=30.0)
    mended = entry(2, 1, kind="blood_count", plt=30.0, supersedes=first.id, reason="another tube")
    assert (value(sheet_of([first, mended]), 1, HB).text, value(sheet_of([first, mended]), 1, HB).was) == (
        "removed",
        ("19",),
    )


def test_that_two_corrections_against_each_other_are_both_shown_as_contested() -> None:
    sheet = sheet_of(disputed())
    last = [place for place, column in enumerate(sheet.columns) if (column.at.day - DAY0).days == 6]
    shown = [one for place in last if (one := sheet.result(place, PLT))]
    assert [(one.text, one.contested) for one in shown] == [("72", True), ("12", True)]
    assert not value(sheet, 5, PLT).contested


def test_that_what_lies_after_the_moment_that_is_shown_stays_out_and_is_counted() -> None:
    sheet = sheet_of(typical(), "2020-07-28")
    assert (sheet.columns[-1].at.day - DAY0).days == 4
    assert sheet.later == 6


@pytest.mark.parametrize(("hb", "level"), [(119.9, 1), (120.0, 0), (160.0, 0), (160.1, 1), (50.0, 1), (49.9, 2)])
def test_that_a_flag_begins_just_outside_the_range(hb: float, level: int) -> None:
    flag = value(sheet_of([entry(1, 1, kind="blood_count", hb=hb)]), 1, HB).flag
    assert (0 if flag is None else flag.level) == level


def test_that_the_range_is_that_of_the_age_on_the_day_of_the_value() -> None:
    grown_up = DAY0.replace(year=DAY0.year - 18)
    entries = [entry(1, -1, kind="blood_count", hb=80.0), entry(2, 0, kind="blood_count", hb=80.0)]
    sheet = sheet_of(entries, birth_date=grown_up)
    before, since = value(sheet, -1, HB), value(sheet, 0, HB)
    assert before.limits is not None
    assert before.limits.low is None
    assert since.limits is not None
    assert since.limits.low == 120


def test_that_the_columns_of_two_weeks_end_with_the_fourteenth_day_back() -> None:
    entries = [entry(1, -7, kind="blood_count", hb=80.0), entry(2, -6, kind="blood_count", hb=80.0)]
    assert sheet_of(entries).columns_of_last(14) == 1
    assert sheet_of(entries, "2020-07-30").columns_of_last(14) == 2


def test_that_a_row_keeps_room_for_the_most_decimal_places_of_its_values() -> None:
    assert sheet_of(typical()).places[IGA.key] == 2
    assert sheet_of(typical()).places[LDH.key] == 0


def test_that_the_model_keeps_the_rules_of_item_models() -> None:
    model = FlowsheetModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    sheet, typed = sheet_of(typical()), TypedEntries(COLUMN, context_with(Doors()))
    for shown, typing in ((9, None), (3, None), (9, typed), (0, typed)):
        model.show(sheet, shown, typing)
        assert model.columnCount() == shown + (typing is not None)
    model.show(None, 0, None)
    assert (model.rowCount(), model.columnCount()) == (0, 0)


def test_that_every_cell_says_what_it_is_and_heads_take_no_keyboard() -> None:
    model = FlowsheetModel()
    model.show(sheet_of(typical()), 9, None)
    rows = {line.words: row for row, line in enumerate(model.lines)}
    spoken = model.data(model.index(rows["Ferritin"], 8), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.replace("\u202f", " ").replace("\u00a0", " ") == (
        "Ferritin 12 400 µg/L, critical high, 30-Jul-2020 07:05"
    )
    empty = model.data(model.index(rows["Blasts, blood"], 8), Qt.ItemDataRole.AccessibleTextRole)
    assert empty == "Blasts, blood, nothing recorded, 30-Jul-2020 07:05"
    assert model.flags(model.index(rows["Chemistry"], 0)) == Qt.ItemFlag.NoItemFlags


def test_that_days_that_were_skipped_are_marked_and_the_next_day_is_not() -> None:
    model = FlowsheetModel()
    model.show(sheet_of(typical()), 9, None)
    assert [model.skips_days(column) for column in range(9)] == [False, True, *[False] * 7]


def test_that_a_value_is_told_with_its_range_who_entered_it_and_what_it_was() -> None:
    sheet = sheet_of(typical())
    zone = NOW.tzinfo
    assert zone is not None
    words = [plain([line]).replace("\u00a0", " ") for line in detail_of(value(sheet, 3, HB), sheet, zone)]
    assert words[0] == (
        "Hb 91 g/L, low, 27-Jul-2020 07:05 (D+3). Range for the age on that day 120–160, both ends inside. "
        "Entered 07:41 by B. Specimen."
    )
    assert words[1] == "Corrected from 19 g/L to 91 g/L: “typing slip”."


def test_that_the_head_of_a_column_names_day_date_and_time() -> None:
    model = FlowsheetModel()
    model.show(sheet_of(typical()), 9, None)
    assert model.column_words(8) == ("D+6", "30-Jul-2020", "07:05")
    date_only = entry(1, kind="blood_count", at=(DAY0 + timedelta(days=1)).isoformat(), hb=80.0)
    model.show(sheet_of([entry(2, 0, kind="infusion", product="tisagenlecleucel"), date_only]), 1, None)
    assert model.column_words(0) == ("D+1", "25-Jul-2020", "")
    assert At.parse("2020-07-25") == model.columns[0].at


@pytest.mark.parametrize(("day", "lacking"), [("2016-04-08", True), ("2016-04-09", False)])
def test_that_counts_lack_ranges_until_the_18th_birthday(day: str, lacking: bool) -> None:
    assert sheet_of(typical(), day).lacks_ranges is lacking


@pytest.mark.parametrize("lacking", [True, False])
def test_that_the_bar_says_that_no_arrow_is_not_normal_where_no_range_is_known(qtbot: QtBot, lacking: bool) -> None:
    bar = CountsBar()
    qtbot.addWidget(bar)
    bar.show_counts(range(3), 3, 3, 0, lacks_ranges=lacking)
    assert ("no range of counts is known for this age" in bar.sentence.text()) is lacking
