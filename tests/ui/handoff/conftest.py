"""A desk whose store holds the published index case."""

from collections.abc import Iterator

import pytest

from bedside.service.exchange_files import import_file
from bedside.service.session import Session
from bedside.ui.background import Background
from bedside.ui.start import Desk
from tests.service.charts import INDEX
from tests.service.conftest import session

__all__ = ["session"]


@pytest.fixture
def desk(session: Session) -> Iterator[Desk]:
    import_file(session, "index.json", INDEX)
    background = Background()
    yield Desk(session, background, session.now)
    background.stop()
