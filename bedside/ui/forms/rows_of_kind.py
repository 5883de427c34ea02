"""Owns which rows a form has: made from the fields of the kind's model, in their order."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum

from PySide6.QtWidgets import QWidget

from bedside.chart.base import Entry, Measured, Observed, own_fields
from bedside.chart.bedside_signs import Ice
from bedside.chart.entries import KINDS
from bedside.chart.enums import MrdMethod, ReinfusionReason
from bedside.chart.formats import UNITS, label
from bedside.chart.moments import At
from bedside.ui.forms.capd_row import CapdRow
from bedside.ui.forms.cells_row import CellsRow
from bedside.ui.forms.choice_rows import ChoiceRow, EntryRow, PointsRow, SeveralRow, YesNoRow
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.ice_row import IceRow
from bedside.ui.forms.model_fields import FieldShape, shape_of
from bedside.ui.forms.moment_row import MomentRow
from bedside.ui.forms.mrd_row import MrdRow
from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.row import QUICK_LABEL, WIDE_LABEL, FieldRow, RowSpec
from bedside.ui.forms.secret_rows import REPLACED, secret_rows
from bedside.ui.forms.text_rows import AgentRow, NamesRow, NoneOrNamesRow, TextRow, WholeRow
from bedside.ui.forms.typed_moment import ANY_DAY, DAY_UNTIL_NOW
from bedside.ui.forms.words import QUICK_KINDS, TIMED_KINDS, field_hint, field_words, moment_words

CELL_FIELDS = ("dose_car_t_cells", "dose_car_t_per_kg")
MOST_POINTS = 6
WHY_ALONE = "identity_check_reason"
"""Stands after the rows that name and prove the second person, because it is asked for where there is none."""


class RowMaker:
    """Makes the rows of one form: the moment first, then the kind's own fields, then a note and the reason it needs."""

    def __init__(self, kind: str, context: FormContext, moment: Callable[[], At | None], parent: QWidget) -> None:
        self._kind, self._context, self._moment, self._parent = kind, context, moment, parent
        self._model: type[Entry] = KINDS[kind]
        self._label_width = QUICK_LABEL if kind in QUICK_KINDS else WIDE_LABEL

    def moment_row(self, *, correcting: bool) -> MomentRow:
        """The first row: now for what is entered every day, empty for the rest."""
        spec = self._spec("at", moment_words(self._kind), required=True)
        starts_now = self._kind in TIMED_KINDS and not correcting
        return MomentRow(spec, self._context, starts_now=starts_now, parent=self._parent)

    def own_rows(self, *, correcting: bool) -> list[FieldRow]:
        """The rows of the kind's fields and the note."""
        rows: list[FieldRow] = []
        names = [name for name in own_fields(self._model) if not self._is_hidden(name, correcting)]
        for shape in sorted((shape_of(self._model, name) for name in names), key=_place):
            rows.extend(self._rows_for(shape))
        proofs = secret_rows(self._kind, self._parent)
        rows = [row for row in rows if row.spec.name != WHY_ALONE] + proofs + _named(rows, WHY_ALONE)
        if self._kind == "status" and not correcting:
            rows.append(TextRow(self._spec("reason", "Reason"), self._parent))
        if self._kind not in ("blood_count", "note") or correcting:
            rows.append(TextRow(self._spec("note", "Note"), self._parent))
        return rows

    def reason_row(self) -> TextRow:
        """Why it is corrected."""
        hint = "why it is corrected"
        return TextRow(self._spec("reason", "Reason", required=True, hint=hint), self._parent)

    def _is_hidden(self, name: str, correcting: bool) -> bool:
        if name in REPLACED.get(self._kind, ()):
            return True
        if name == "reason":
            return correcting
        return name == "reinfusion_reason" and not correcting

    def _spec(self, name: str, words: str = "", *, required: bool = False, hint: str = "") -> RowSpec:
        return RowSpec(
            self._kind,
            name,
            words or field_words(self._kind, name),
            unit=UNITS.get(name, "") if shape_of(self._model, name).bare is float else "",
            required=required,
            hint=hint or field_hint(self._kind, name),
            label_width=self._label_width,
            measured=issubclass(self._model, Measured),
            observed=issubclass(self._model, Observed),
        )

    def _rows_for(self, shape: FieldShape) -> Sequence[FieldRow]:
        if shape.name == "mrd":
            return [self._mrd_row(method) for method in MrdMethod]
        return [self._row_for(shape, self._spec(shape.name, required=shape.required))]

    def _mrd_row(self, method: MrdMethod) -> MrdRow:
        return MrdRow(self._spec("mrd", f"MRD by {label(method.value)}"), method.value, self._parent)

    def _row_for(self, shape: FieldShape, spec: RowSpec) -> FieldRow:
        parent, bare = self._parent, shape.bare
        if shape.name == "of":
            return EntryRow(spec, self._context.graded, parent)
        if self._kind == "infusion" and shape.name == "reason":
            return ChoiceRow(spec, [code.value for code in ReinfusionReason], parent)
        if bare is tuple:
            return SeveralRow(spec, _codes(shape.item), parent) if _is_list(shape.item) else self._names_row(spec)
        if bare is bool:
            return YesNoRow(spec, parent)
        if bare is Ice or shape.name == "capd":
            return IceRow(spec, parent) if bare is Ice else CapdRow(spec, parent)
        if _is_list(bare):
            return ChoiceRow(spec, _codes(bare), parent)
        if bare is date:
            return MomentRow(spec, self._context, DAY_UNTIL_NOW if shape.name == "birth_date" else ANY_DAY, parent)
        return self._typed_row(shape, spec)

    def _names_row(self, spec: RowSpec) -> NamesRow:
        return NoneOrNamesRow(spec, self._parent) if spec.name == "vasopressors" else NamesRow(spec, self._parent)

    def _typed_row(self, shape: FieldShape, spec: RowSpec) -> FieldRow:
        if shape.bare is int:
            if shape.low is not None and shape.high is not None and shape.high - shape.low <= MOST_POINTS:
                return PointsRow(spec, int(shape.low), int(shape.high), self._parent)
            return WholeRow(spec, shape.high, self._parent)
        if shape.bare is float:
            return CellsRow(spec, self._parent) if shape.name in CELL_FIELDS else self._number_row(spec)
        if shape.name == "agent":
            return AgentRow(spec, self._context.agents, self._parent)
        return TextRow(spec, self._parent)

    def _number_row(self, spec: RowSpec) -> NumberRow:
        key = f"{self._kind}.{spec.name}"
        return NumberRow(
            spec,
            self._moment,
            last=self._context.last.get(key),
            limits=self._context.limits.get(key),
            parent=self._parent,
        )


def _place(shape: FieldShape) -> tuple[bool, bool]:
    """What is required first, why it is so after what it is about."""
    return not shape.required, shape.name == "reason"


def _named(rows: Sequence[FieldRow], name: str) -> list[FieldRow]:
    return [row for row in rows if row.spec.name == name]


def _is_list(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _codes(kind: type[Enum]) -> list[str]:
    return [str(member.value) for member in kind]
