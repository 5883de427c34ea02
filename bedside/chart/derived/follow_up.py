"""What is due after the infusion, the relapse, and the outcome."""

import datetime

from bedside.chart.derived.plain import plain_value


@plain_value
class Due:
    """Something due: by which entry it was done, or by how many days it is overdue, counted from the due date.

    Overdue only once the window has closed; `overdue_hours` for what is due several times a day. A round whose window
    closed without it is missed and no longer overdue once a later round was done, by the entry `later_done_by`.
    """

    what: str
    title: str
    due: datetime.date
    window_first: datetime.date
    window_last: datetime.date
    done_by: str | None
    overdue_days: int
    overdue_hours: int | None
    text: str
    source: str
    policy: bool
    later_done_by: str | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still to be done: neither done nor missed."""
        return self.done_by is None and self.later_done_by is None


@plain_value
class RelapseTold:
    """The first relapse after day 0, also after HSCT; days from day 0, None without a relapse.

    `timing` of the newest relapse before infusion. `active`: what shows the leukaemia at the point in time, one line
    each, with the entries in `active_by`; nothing where nothing recorded does, which is no remission. `together`: the
    entries of each relapse so far, before and after the infusion.
    """

    day: int | None
    type: str | None
    date: datetime.date | None = None
    sites: tuple[str, ...] = ()
    survival_text: str = ""
    entry: str | None = None
    timing: str = ""
    active: tuple[str, ...] = ()
    active_by: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


@plain_value
class Event:
    """An event or a censoring: what, when, how many days after day 0."""

    event: bool
    what: str
    date: datetime.date
    day: int
    entry: str | None


@plain_value
class Outcome:
    """Event-free survival with and without censoring at HSCT, overall survival, and survival free of HSCT and MRD.

    Of the newest course; `text` names open conflicts that these rest on, and is empty without one.
    """

    efs: Event
    efs_censored_at_hsct: Event
    os: Event
    hsct_and_mrd_free: Event
    text: str
    registry: dict[str, int | float | str | None]
