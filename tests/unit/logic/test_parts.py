"""Tests of the parts of an assessment: all fields have a rule, and only what is asked for is derived."""

from dataclasses import fields
from typing import Any

import pytest

from bedside.chart.assessment import Assessment
from bedside.chart.live import resolve
from bedside.logic import parts
from bedside.logic.assess import parts_of, scene_of
from tests.charts import as_of, chart, infusion, tables

FRAME = {"mrn", "as_of", "knowledge", "app_version"}


class Noted(dict[str, Any]):
    """The rules of the parts, noting which of them were asked for."""

    def __init__(self) -> None:
        super().__init__(parts.PARTS)
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> Any:
        self.asked.append(name)
        return super().__getitem__(name)


def test_that_every_field_of_the_assessment_has_its_rule() -> None:
    assert {field.name for field in fields(Assessment)} == FRAME | set(parts.PARTS)


def test_that_only_what_is_asked_for_and_what_it_rests_on_is_derived(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = Noted()
    monkeypatch.setattr(parts, "PARTS", noted)
    held = chart([infusion(0)])
    scene = scene_of(held.patient, resolve(held.entries), as_of(28), tables())
    found = parts_of(scene, ["hsct", "risk", "due"])
    assert (list(found), noted.asked) == (["hsct", "risk", "due"], ["hsct", "second_opinion", "risk", "due"])
