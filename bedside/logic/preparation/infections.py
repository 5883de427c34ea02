"""Infections that are not controlled on a day, as entries of infections and of comorbidity tell them."""

from datetime import date
from typing import Any

from bedside.chart.entries import Comorbidity, Entry
from bedside.chart.enums import Condition
from bedside.logic.scene import Scene


def uncontrolled_infections(scene: Scene, day: date) -> list[Any]:
    """Return the infections and the comorbidity that are uncontrolled on a day, in order of each kind.

    A later entry of the same organism and site takes the place of an earlier one; so does a later comorbidity.
    """
    newest: dict[object, Any] = {}
    for entry in scene.kinds.get("infection", ()):
        if entry.at.day <= day:
            newest[(entry.organism, entry.site) if entry.organism else entry.id] = entry
    found = [one for one in newest.values() if not one.controlled and (one.stop is None or one.stop >= day)]
    conditions = [entry for entry in scene.kinds.get("comorbidity", ()) if tells_of_infection(entry, day)]
    return [*found, *(entry for entry in conditions[-1:] if entry.active)]


def tells_of_infection(entry: Entry, day: date) -> bool:
    """Tell whether an infection or a comorbidity says on a day whether an infection is controlled."""
    if isinstance(entry, Comorbidity) and entry.condition is not Condition.UNCONTROLLED_INFECTION:
        return False
    return entry.at.day <= day
