"""Tests of long work that is cancelled, at each of its steps in turn: store and files are as they were before."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from bedside.chart.moments import AsOf
from bedside.chart.progress import Cancelled, Progress
from bedside.exchange import chart_json
from bedside.service.backups import back_up
from bedside.service.exchange_files import export_json, import_file
from bedside.service.exports import DICTIONARY, export_fhir, export_tables
from bedside.service.handoff import Order, send, sent
from bedside.service.session import Session
from bedside.service.summaries import export_pdf
from bedside.store.backup import FOLDER, backups_in
from bedside.store.creation import FirstUser
from bedside.store.second_target import place_in, set_second_target
from bedside.store.station import Station
from bedside.store.store import Store
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, PATIENT, chart_file
from tests.service.conftest import CHEAP, PASSPHRASE, USER

LEFT = "Nothing was changed."
DAY = AsOf.parse("2020-07-31")
COUNTS = [{**COUNT, "at": f"2020-06-{day:02}"} for day in range(1, 6)]

Work = Callable[[Progress], object]


class Steps:
    """Lets `allowed` steps pass and cancels at the next; each says no less than the one before, and never too much."""

    def __init__(self, allowed: int) -> None:
        self.left, self.part = allowed, 0.0

    def __call__(self, done: int, total: int) -> None:
        assert 0 <= done <= total or total == 0
        part = done / total if total else self.part
        assert part >= self.part
        self.part = part
        if not self.left:
            raise Cancelled(LEFT)
        self.left -= 1


def cancelled_at_each_step(work: Work, state: Callable[[], object]) -> int:
    """Cancel the work at its first step, its second …, until it is done; return how many steps it has."""
    before, steps = state(), 0
    while True:
        try:
            work(Steps(steps))
        except Cancelled:
            assert state() == before, f"cancelled at step {steps}"
            steps += 1
        else:
            return steps


def held(session: Session) -> object:
    """What the store holds, and its backups."""
    return session.store.head(), len(session.store.events()), backups_in(session.store.folder / FOLDER)


def files(folder: Path) -> object:
    """Every file with its content."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("one.json", chart_file(*COUNTS)),
        ("many.jsonl", b"\n".join(chart_file(*COUNTS, patient={**PATIENT, "mrn": f"T-{n}"}) for n in range(3))),
    ],
)
def test_that_a_cancelled_import_stores_nothing(session: Session, name: str, data: bytes) -> None:
    charts = data.count(b"\n") + 1
    steps = cancelled_at_each_step(partial(_import, session, name, data), partial(held, session))
    assert steps > len(COUNTS) * charts
    assert session.store.head().count == (len(COUNTS) + 1) * charts


def _import(session: Session, name: str, data: bytes, progress: Progress) -> object:
    return import_file(session, name, data, progress=progress)


@pytest.fixture
def other_store(session: Session, tmp_path: Path) -> Iterator[Store]:
    store, _ = Store.create(
        Station(tmp_path / "other", session.clock, session.new_id), FirstUser(USER, PASSPHRASE, CHEAP)
    )
    yield store
    store.close(backup=False)


def test_that_a_cancelled_import_of_a_summary_stores_nothing(session: Session, other_store: Store) -> None:
    import_file(session, "one.json", chart_file(*COUNTS))
    pdf = export_pdf(session, MRN, DAY)
    other = Session(other_store, session.knowledge, session.clock, session.new_id, session.zone, session.app_version)
    steps = cancelled_at_each_step(partial(_import, other, "summary.pdf", pdf), partial(held, other))
    assert steps > len(COUNTS)
    assert other.store.head().count == len(COUNTS) + 1


def test_that_an_import_that_is_parsed_apart_is_cancelled_while_the_other_process_reads(session: Session) -> None:
    with patch.object(chart_json, "LARGE_BYTES", 10):
        data = chart_file(*COUNTS)
        steps = cancelled_at_each_step(partial(_import, session, "one.json", data), partial(held, session))
    assert steps > len(COUNTS)


@pytest.fixture
def index(session: Session) -> Session:
    import_file(session, "index.json", INDEX)
    return session


@pytest.mark.parametrize("form", ["json", "fhir", "pdf"])
def test_that_a_cancelled_export_is_neither_noted_nor_kept(index: Session, form: str) -> None:
    forms: dict[str, Work] = {
        "json": lambda progress: export_json(index, INDEX_MRN, progress),
        "fhir": lambda progress: export_fhir(index, INDEX_MRN, DAY, None, progress),
        "pdf": lambda progress: send(index, Order(INDEX_MRN, DAY), "Synthetic Clinic", progress),
    }
    work = forms[form]
    every = _steps_of(work)
    assert every > 2
    before = held(index), sent(index, INDEX_MRN)
    for step in (0, 1, every // 2, every - 1):
        with pytest.raises(Cancelled):
            work(Steps(step))
        assert (held(index), sent(index, INDEX_MRN)) == before, f"cancelled at step {step} of {every}"


def _steps_of(work: Work) -> int:
    told: list[int] = []
    work(lambda done, _total: told.append(done))
    return len(told)


def test_that_a_cancelled_export_of_tables_leaves_the_files_that_were_there(index: Session, tmp_path: Path) -> None:
    import_file(index, "one.json", chart_file(*COUNTS))
    folder = tmp_path / "tables"
    export_tables(index, folder, [MRN])
    (folder / DICTIONARY).write_bytes(b"as another version wrote it")
    state = partial(lambda: (files(folder), held(index)))
    before = files(folder)
    steps = cancelled_at_each_step(lambda progress: export_tables(index, folder, None, progress), state)
    assert steps == 3
    assert files(folder) != before


def test_that_a_cancelled_backup_leaves_no_folder_and_says_so_in_the_trail(index: Session) -> None:
    backups = index.store.folder / FOLDER
    first = back_up(index)

    def state() -> object:
        return index.store.head(), [path.name for path in backups.iterdir()]

    steps = cancelled_at_each_step(lambda progress: back_up(index, None, progress), state)
    assert steps >= 2
    assert backups_in(backups)[0] == first
    said = [row.event for row in index.store.events("backup", "backup_cancelled")]
    assert said == ["backup", *["backup", "backup_cancelled"] * steps, "backup"]


def test_that_a_backup_stands_when_only_its_way_to_the_second_folder_is_cancelled(
    index: Session, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    set_second_target(index.store.folder, index.store.store_id, disk)
    back_up(index)
    there = place_in(disk, index.store.store_id)
    before = files(there)
    made = len(backups_in(index.store.folder / FOLDER))
    with pytest.raises(Cancelled, match="The backup stands beside the store"):
        back_up(index, None, _from(80))
    assert len(backups_in(index.store.folder / FOLDER)) == made + 1
    assert files(there) == before
    assert index.store.events("backup_cancelled") == ()


def _from(percent: int) -> Progress:
    def tell(done: int, _total: int) -> None:
        if done >= percent:
            raise Cancelled(LEFT)

    return tell


def test_that_a_store_is_closed_though_its_last_backup_is_cancelled(index: Session) -> None:
    folder = index.store.folder
    back_up(index)
    made = backups_in(folder / FOLDER)
    import_file(index, "one.json", chart_file(*COUNTS))
    with pytest.raises(Cancelled):
        index.close(Steps(1))
    assert backups_in(folder / FOLDER) == made
    with pytest.raises(Exception, match="closed"):
        index.store.head()
