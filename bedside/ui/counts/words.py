"""Owns what is said of one value of the flowsheet: its range, who entered it, and how it was corrected."""

from collections.abc import Sequence
from datetime import tzinfo

from bedside.chart.formats import at_text, date_text, day_text, quantity_text, time_text, title
from bedside.chart.moments import day_number
from bedside.ui.counts.flowsheet import Flowsheet, Result
from bedside.ui.counts.model import ANALYTES, flag_words, quantity
from bedside.ui.entry_grid.typing import Typing
from bedside.ui.forms.context import Saved
from bedside.ui.forms.limits import range_text
from bedside.ui.forms.lines import Paragraph
from bedside.ui.lettering import Run

CONTESTED = "Two corrections stand against each other; neither counts until one is taken back. See the journal."


def detail_of(result: Result, sheet: Flowsheet, zone: tzinfo) -> list[Paragraph]:
    """The value in a sentence with its range and who entered it; below it what it was before and why it was changed."""
    first = [
        Run(f"{result.analyte.words} {quantity(result)}{flag_words(result)}", 13, 600),
        Run(f", {_when(result, sheet)}. {_range(result)} {_entered(result, sheet, zone)}".replace(" . ", ". ")),
    ]
    paragraphs: list[Paragraph] = [tuple(first)]
    if result.contested:
        paragraphs.append((Run(CONTESTED, 13, 600, "amb"),))
    if result.was:
        before = ", then ".join(_quantity(text, result) for text in result.was)
        reason = f": “{result.entry.reason}”" if result.entry.reason else ""
        paragraphs.append((Run(f"Corrected from {before} to "), Run(quantity(result), 13, 600), Run(f"{reason}.")))
    if result.entry.note:
        paragraphs.append((Run(f"Note: “{result.entry.note}”", 13),))
    return paragraphs


def _quantity(text: str, result: Result) -> str:
    return f"{text} {result.analyte.unit}" if text[-1:].isdigit() else text


def _when(result: Result, sheet: Flowsheet) -> str:
    at = result.entry.at
    day = "" if sheet.day0 is None else f" ({day_text(day_number(at.day, sheet.day0))})"
    return f"{at_text(at)}{day}"


def _range(result: Result) -> str:
    """The reference range for the age on that day, and which of its ends counts as inside."""
    limits = result.limits
    reach = range_text(limits.low, limits.high) if limits is not None else ""
    if limits is None or not reach:
        return "No range is known for the age on that day."
    critical = ""
    if result.flag is not None and result.flag.level == 2:
        limit = limits.soft_high if result.flag.high else limits.soft_low
        word = "above" if result.flag.high else "below"
        critical = "" if limit is None else f", critical {word} {quantity_text(limit, result.analyte.unit)}"
    return f"Range for the age on that day {reach}, both ends inside{critical}."


def _entered(result: Result, sheet: Flowsheet, zone: tzinfo) -> str:
    moment, by = sheet.recorded(result.entry)
    if moment is None and not by:
        return "Who entered it is not recorded."
    when = ""
    if moment is not None:
        local = moment.astimezone(zone)
        same_day = local.date() == result.entry.at.day
        when = f" {time_text(local)}" if same_day else f" {date_text(local.date())} {time_text(local)}"
    return f"Entered{when}{f' by {by}' if by else ''}."


def saved_words(saved: Sequence[Saved]) -> Paragraph:
    """What was stored, when and by whom."""
    count = sum(_values_in(one) for one in saved)
    what = f"{count} {'value' if count == 1 else 'values'}"
    return Run(f"Saved {saved[0].moment:%H:%M:%S} ", 13, 600), Run(f"by {saved[0].by}: {what}.", 13)


def _values_in(saved: Saved) -> int:
    names = [one.name for one in ANALYTES if one.kind == saved.entry.kind]
    not_done = getattr(saved.entry, "not_done", None) or ()
    return sum(getattr(saved.entry, name) is not None for name in names) + len(not_done)


def typing_words(typing: Typing) -> list[Paragraph]:
    """How much was typed, that nothing of it is saved yet, and when the draft was kept."""
    count = typing.entries.count
    words = f"{count} {'value' if count == 1 else 'values'} typed" if count else "Nothing typed yet"
    rest = ", nothing saved yet. Enter: next box. X: not done."
    lines: list[Paragraph] = [(Run(words, 13, 600), Run(rest, 13, 400, "ink2"))]
    if typing.draft_words:
        lines.append((Run(f"{title(typing.draft_words)}.", 12, 400, "ink2"),))
    return lines
