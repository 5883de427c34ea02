"""Fixtures of the store's own tests: a folder that does not exist yet, and a small store that is closed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from tests.store.wards import Ward, make_ward


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def ward(folder: Path, clock: Callable[[], datetime], new_id: Callable[[], UUID]) -> Ward:
    return make_ward(folder, clock, new_id)
