"""What every test runs under: platform and fonts before Qt loads, a fixed clock, countable ids, no silent warning."""

import logging
import os
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import settings

from tests.patience import qtbot

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge

__all__ = ["qtbot"]

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("FONTCONFIG_FILE", str(ROOT / "resources" / "fonts" / "fonts.conf"))

# A failing example must fail again tomorrow and on the next machine.
settings.register_profile("bedside", derandomize=True, deadline=None, print_blob=True, database=None)
settings.load_profile("bedside")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs the oracles on twenty thousand charts instead of one thousand."""
    parser.addoption("--long", action="store_true", help="run the oracles on 20,000 charts instead of 1,000")


class FixedClock:
    """A clock that stands until it is moved; calling it gives the moment in UTC."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        """Move on by timedelta's keywords (`days=1`, `seconds=0.5`); negative values set the clock back."""
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    """Ids in a fixed order, so that a result can be compared with the one expected."""
    numbers = iter(range(1, 1_000_000))
    return lambda: UUID(int=next(numbers), version=4)


@cache
def _knowledge() -> "Knowledge":
    from bedside.knowledge.loader import load_knowledge

    return load_knowledge()


@pytest.fixture(scope="session")
def knowledge() -> "Knowledge":
    return _knowledge()


@pytest.fixture(autouse=True)
def _no_log_at_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails; a test that expects one reads it and then calls `caplog.clear()`."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [record for record in records if record.levelno >= logging.WARNING]
    assert not loud, f"logged: {[record.getMessage() for record in loud]}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave word on the test whether it passed; the leak check has nothing to add to a failure."""
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


PASSED = pytest.StashKey[bool]()
