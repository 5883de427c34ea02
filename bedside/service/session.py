"""The session: the open store with everything a service needs beside it, all of it handed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from uuid import UUID

from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress, unheard

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge
    from bedside.service.registrations import Registration
    from bedside.service.ward_settings import Settings
    from bedside.store.audit import EventName
    from bedside.store.store import Store


@dataclass(slots=True)
class Presence:
    """Whether the person is still at the workstation; a lock ends it for good, and with it the session."""

    here: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """One user at one open store; `clock` gives aware UTC moments, `zone` is the ward's, `new_id` makes entry ids.

    `why_read_only` says in a few words why nothing can be recorded, where that is known. `emergency` is the reason for
    which emergency access was taken, None without it. `signing` is the meaning of the signature for which the PIN was
    given, and `second` the second person who has proved to be there; both belong to one deed, on a session of its own.
    `registrations` holds, by MRN, those that were looked up; closing forgets them. `settings_read` holds the settings
    once they were read, and `charts_noted` the patients whose chart the person has opened, so that the audit trail
    tells it once.
    """

    store: "Store"
    knowledge: "Knowledge"
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    zone: tzinfo
    app_version: str
    closing: Callable[[], None] | None = None
    why_read_only: str = ""
    presence: Presence = field(default_factory=Presence, repr=False, compare=False)
    emergency: str | None = None
    signing: str | None = None
    second: str | None = None
    registrations: dict[str, "Registration"] = field(default_factory=dict, init=False, repr=False, compare=False)
    settings_read: "list[Settings]" = field(default_factory=list, init=False, repr=False, compare=False)
    charts_noted: set[str] = field(default_factory=set, init=False, repr=False, compare=False)

    @property
    def user(self) -> str:
        """The name under which entries are recorded."""
        return self.store.user

    @property
    def role(self) -> str:
        """The role of the user in this store."""
        return self.store.role

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the user, one by one."""
        return frozenset(filter(None, self.role.split(",")))

    @property
    def role_words(self) -> str:
        """The roles as a person writes them: lead and physician."""
        return " and ".join(self.role.split(","))

    @property
    def read_only(self) -> bool:
        """Whether nothing can be recorded."""
        return self.store.read_only

    def note(self, event: "EventName", subject: str | None = None, detail: Mapping[str, str] | None = None) -> None:
        """Add to the audit trail what was done (to which patient_id); a store open for reading only keeps none."""
        if not self.read_only:
            self.store.record_event(event, subject, detail)

    def now(self) -> datetime:
        """Return the present moment in the ward's time zone."""
        return self.clock().astimezone(self.zone)

    def today(self) -> AsOf:
        """Return the end of the present local day."""
        return AsOf(self.now().date())

    def close(self, progress: Progress = unheard) -> None:
        """Close the store, after a verified backup where anything changed; a demonstration's store is removed.

        What `progress` raises ends the backup and is raised when the store is closed.
        """
        self.registrations.clear()
        if self.closing is not None:
            self.closing()
        else:
            self.store.close(progress=progress)
