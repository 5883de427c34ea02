"""The heads of a table understood once: which column tells what, in which unit, and what has to be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bedside.chart.errors import UserError
from bedside.chart.formats import label
from bedside.exchange.counts.found import Choice, Column, Doubts, Question
from bedside.exchange.counts.mapping import IGNORE, ROLES, CountsMapping, Use, given_use, own_use
from bedside.exchange.counts.numbers import Asked, Refused
from bedside.exchange.counts.units import Scale, scale_of
from bedside.exchange.reading import WHAT_TO_DO
from bedside.exchange.refusals import shortened
from bedside.knowledge.codes import COUNT_FIELDS, CodeTables

ONE_VALUE_A_ROW = ("analyte", "value")
_ROLE_WORDS = {
    "at": "when the sample was taken",
    "date": "the date of the sample",
    "time": "the time of the sample",
    "mrn": "the number of the patient",
    "birth_date": "the birth date",
    "analyte": "what was measured",
    "value": "the value",
    "unit": "the unit",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns as understood; `roles` gives the place of each role, `scales` the place of each quantity."""

    columns: tuple[Column, ...]
    roles: dict[str, int]
    scales: tuple[tuple[int, Scale | Refused | Asked], ...]

    @property
    def is_long(self) -> bool:
        """Whether each row holds one value and names what was measured."""
        return all(role in self.roles for role in ONE_VALUE_A_ROW)


def use_words(use: str) -> str:
    """Return in words what a column tells: its role, or the quantity."""
    return _ROLE_WORDS.get(use) or label(use)


def laid_out(heads: Sequence[str], mapping: CountsMapping, codes: CodeTables, doubts: Doubts, name: str) -> Layout:
    """Return what the columns are; what is not clear is left out and asked about.

    UserError where a mapping says what cannot be, or where two heads that matter are the same.
    """
    uses = _settled(heads, mapping, codes, doubts, name)
    columns, roles, scales = [], {}, []
    for place, head in enumerate(heads):
        use = uses.get(place)
        columns.append(Column(head, place + 1, use.field if use else "", (use.unit or "") if use else ""))
        if use is None:
            continue
        roles[use.field] = place
        if use.field in COUNT_FIELDS:
            scales.append((place, scale_of(use, codes, doubts, f"unit:{use.field}:{head}")))
    layout = Layout(tuple(columns), roles, tuple(scales))
    _ask_for_missing(layout, doubts)
    return layout


def _settled(
    heads: Sequence[str], mapping: CountsMapping, codes: CodeTables, doubts: Doubts, name: str
) -> dict[int, Use]:
    """The use of each place that has one; what a person has said goes before what the heads say by themselves."""
    said = {place: use for place, head in enumerate(heads) if (use := given_use(mapping.columns, head, codes))}
    _require_known(((heads[place], use) for place, use in said.items()), name)
    taken = {use.field for use in said.values()}
    own = {place: use for place, head in enumerate(heads) if place not in said and (use := own_use(head, codes))}
    own = {place: use for place, use in own.items() if use.field not in taken}
    uses = {place: use for place, use in {**said, **own}.items() if use.field != IGNORE}
    for field in dict.fromkeys(use.field for use in uses.values()):
        places = [place for place, use in uses.items() if use.field == field]
        if len(places) > 1:
            _ask_which([(heads[place], place) for place in places], field, doubts, name)
            for place in places:
                del uses[place]
    return uses


def _require_known(said: Iterable[tuple[str, Use]], name: str) -> None:
    known = (*ROLES, IGNORE, *COUNT_FIELDS)
    for head, use in said:
        if use.field not in known:
            why = f"{name}: the column {shortened(head)} is said to be {shortened(use.field)}, which no count has."
            raise UserError(why, f"Expected one of {', '.join(known)}.")


def _ask_which(named: Sequence[tuple[str, int]], field: str, doubts: Doubts, name: str) -> None:
    heads = [head for head, _ in named]
    if len(set(heads)) < len(heads):
        places = " and ".join(str(place + 1) for _, place in named)
        why = f"{name}, line 1: the columns {places} have the same head {shortened(heads[0])}."
        raise UserError(why, f"Give them different heads. {WHAT_TO_DO}")
    words = f"{len(heads)} columns mean {use_words(field)}: {', '.join(map(shortened, heads))}. Which one counts?"
    doubts.add(Question(f"column:{field}", words, tuple(Choice(head, head) for head in heads)))


def _ask_for_missing(layout: Layout, doubts: Doubts) -> None:
    asked = {key.partition(":")[2] for key in doubts.found}
    free = tuple(Choice(column.head, column.head) for column in layout.columns if not column.use and column.head)
    if not {"at", "date"} & (layout.roles.keys() | asked):
        doubts.add(Question("column:at", "Which column tells when the samples were taken?", free))
    if not (layout.scales or layout.is_long or asked & COUNT_FIELDS.keys()):
        doubts.add(Question("columns", "No column is understood as a count. Say what the columns are.", ()))
