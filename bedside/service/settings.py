"""The settings of a store, kept as the last change of each in the audit trail."""

from dataclasses import dataclass, fields

from bedside.chart.errors import UserError
from bedside.service.permissions import Action, needs
from bedside.service.session import Session

CHANGED = "setting_changed"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a lead can set; `idle_lock_minutes` is after how long without a key or click the window locks."""

    idle_lock_minutes: int = 5


RANGES = {"idle_lock_minutes": range(1, 61)}
"""The whole numbers that a setting can take."""


@needs(Action.WORK)
def settings(session: Session) -> Settings:
    """Return the settings in force."""
    known = {field.name for field in fields(Settings)}
    changes = (row.detail for row in session.store.events(CHANGED))
    return Settings(**{one["name"]: int(one["value"]) for one in changes if one["name"] in known})


@needs(Action.CHANGE_SETTINGS)
def change_setting(session: Session, name: str, value: int) -> Settings:
    """Return the settings with one changed; UserError for an unknown name or a value out of its range."""
    allowed = RANGES.get(name)
    if allowed is None:
        raise UserError(f"There is no setting {name}.", f"The settings are {', '.join(RANGES)}.")
    if value not in allowed:
        raise UserError(
            f"{name} cannot be {value}.", f"It takes {allowed.start} to {allowed.stop - 1}; nothing was changed."
        )
    before = getattr(settings(session), name)
    session.note(CHANGED, None, {"name": name, "value": str(value), "before": str(before)})
    return settings(session)
