"""Owns the rows that prove who is there: the own PIN that signs, and the second person at the infusion.

What is typed in them goes into no entry and no draft.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from bedside.service.pin_rules import PIN_DIGITS
from bedside.ui.forms.boxes import Box
from bedside.ui.forms.row import WIDE_LABEL, FieldRow, RowSpec
from bedside.ui.forms.text_rows import TextRow

PIN, SECOND, SECOND_SECRET = "pin", "second_person", "second_secret"
SIGNS = f"{PIN_DIGITS} digits: they sign it in your name. Empty: it is recorded unsigned"
SECOND_HINT = "the colleague who checked with you; without one, give the reason"
REPLACED = {"decision": {"signed_by"}, "infusion": {"identity_checked_by"}}
"""The fields of a kind that nobody types, because these rows prove them."""


class SecretRow(TextRow):
    """One line that is handed over at saving and kept nowhere."""

    def __init__(self, spec: RowSpec, parent: QWidget | None = None, *, hidden: bool = True) -> None:
        super().__init__(spec, parent)
        if hidden:
            self.box.setEchoMode(Box.EchoMode.Password)

    @property
    def secret(self) -> str:
        """What was typed: a name without the space around it, a secret exactly."""
        return self.box.text() if self.box.echoMode() is Box.EchoMode.Password else self.text

    def contribute(self, fields: dict[str, Any]) -> None:
        """Nothing: it is no part of the entry."""

    def state(self) -> Any:
        """Nothing: it is no part of a draft."""
        return None

    def load(self, fields: Mapping[str, Any]) -> None:
        """Nothing: an entry holds none."""


def secret_rows(kind: str, parent: QWidget) -> list[FieldRow]:
    """Return the rows that prove who is there, for the kinds that need it."""
    if kind == "decision":
        return [_row(kind, PIN, "Your PIN, to sign", SIGNS, parent)]
    if kind == "infusion":
        name = _row(kind, SECOND, "Identity checked with", SECOND_HINT, parent, hidden=False)
        return [name, _row(kind, SECOND_SECRET, "Their PIN or passphrase", "typed by the colleague", parent)]
    return []


def _row(kind: str, name: str, words: str, hint: str, parent: QWidget, *, hidden: bool = True) -> SecretRow:
    spec = RowSpec(kind, name, words, hint=hint, label_width=WIDE_LABEL, measured=False, observed=False)
    return SecretRow(spec, parent, hidden=hidden)


def secrets_in(rows: Sequence[FieldRow]) -> dict[str, str]:
    """Return what was typed to prove who is there, by the name of the row; nothing where nothing was typed."""
    return {row.spec.name: row.secret for row in rows if isinstance(row, SecretRow) and row.secret}
