"""The demonstration ward: a throw-away store without a passphrase, on the day that shows most."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bedside import compose
from bedside.app.furnishing import furnish, preload
from bedside.ward_store import DemoStore

if TYPE_CHECKING:
    from bedside.ui.start import Start, StoreFacts

DEMO_LINE = "Demonstration ward: no real patients"
DEMO_MOMENT = datetime(2020, 7, 31, 7, 41, tzinfo=UTC)
"""When the demonstration takes place: the day on which the published index case lost its B-cell aplasia."""
DEMO_ZONE = "Europe/Zurich"
"""Where it takes place: what was recorded there has this zone's offsets, whatever the computer's own are."""


def demo_start() -> "Start":
    """Return what the window needs to work on the demonstration ward, which asks for no passphrase."""
    from bedside.ui.start import Start

    clock, zone = _demo_clock(), ZoneInfo(DEMO_ZONE)
    ward = DemoStore(clock, zone)
    return Start(
        facts=_demo_facts,
        open_store=ward.open,
        create_store=ward.create,
        close_session=ward.keep,
        furnish=furnish,
        preload=preload,
        now=lambda: clock().astimezone(zone),
        demo_line=DEMO_LINE,
        leave=ward.throw_away,
    )


def _demo_facts() -> "StoreFacts":
    from bedside.ui.start import StoreFacts, UserLine

    users = (UserLine(compose.DEMO_USER, "demonstration"),)
    return StoreFacts(True, users, (("Store", "a throw-away copy"),), "The demonstration needs no passphrase.")


def _demo_clock() -> Callable[[], datetime]:
    """A clock that goes on from the demonstration's moment."""
    ahead = compose.utc_now() - DEMO_MOMENT
    return partial(_shifted, ahead)


def _shifted(ahead: timedelta) -> datetime:
    return compose.utc_now() - ahead
