"""The settings of a store, kept as the last change of each in the audit trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bedside.chart.errors import UserError
from bedside.service.permissions import Action, needs
from bedside.service.session import Session

CHANGED = "setting_changed"


@dataclass(frozen=True)
class Settings:
    """What a lead can set for everybody at the store.

    `idle_lock_minutes` is after how long without a key or click the window locks; `jurisdiction` whose labels and
    limits count in everything that is derived.
    """

    idle_lock_minutes: int = 5
    jurisdiction: str = "eu"


TAKES: Mapping[str, Sequence[int | str]] = {"idle_lock_minutes": range(1, 61), "jurisdiction": ("eu", "us")}
"""What each setting can be: whole numbers of a range, or one of some words."""


@needs(Action.WORK)
def settings(session: Session) -> Settings:
    """Return the settings in force, read anew."""
    session.settings_read.clear()
    return in_force(session)


@needs(Action.WORK)
def in_force(session: Session) -> Settings:
    """Return the settings for what is derived and proposed: read once a session, and after each change."""
    if not session.settings_read:
        changes = (row.detail for row in session.store.events(CHANGED))
        last = {detail["name"]: detail["value"] for detail in changes if "name" in detail}
        minutes = int(last.get("idle_lock_minutes", Settings.idle_lock_minutes))
        session.settings_read.append(Settings(minutes, last.get("jurisdiction", Settings.jurisdiction)))
    return session.settings_read[0]


@needs(Action.CHANGE_SETTINGS)
def change_setting(session: Session, name: str, value: int | str) -> Settings:
    """Return the settings with one changed; UserError for an unknown name or a value that it does not take."""
    allowed = TAKES.get(name)
    if allowed is None:
        raise UserError(f"There is no setting {name}.", f"The settings are {', '.join(TAKES)}.")
    if value not in allowed:
        words = f"{allowed[0]} to {allowed[-1]}" if isinstance(allowed, range) else " or ".join(map(str, allowed))
        raise UserError(f"{name} cannot be {value}.", f"It takes {words}; nothing was changed.")
    before = getattr(in_force(session), name)
    session.note(CHANGED, None, {"name": name, "value": str(value), "before": str(before)})
    return settings(session)
