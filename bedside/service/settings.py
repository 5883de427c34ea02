"""The settings of a store, kept as the last change of each in the audit trail."""

from typing import Final

from bedside.chart.errors import UserError
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.service.ward_settings import TAKES, Settings

CHANGED: Final = "setting_changed"


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
