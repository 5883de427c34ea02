"""Two programs at one store, and a clock that jumps."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bedside.chart.errors import StoreHeld, UserError
from tests.torture import ward
from tests.torture.invariant import broken
from tests.torture.kills import program
from tests.torture.outcome import Outcome, Tally
from tests.torture.writers import record_alone

MOMENTS = (
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),  # summer time begins in the ward's zone
    datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC),  # and ends: an hour comes twice
    datetime(2028, 2, 29, 23, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2025, 1, 2, tzinfo=UTC),
    datetime(2099, 1, 1, tzinfo=UTC),
)


def two_programs(rounds: int) -> Outcome:
    """While one program writes, a second writer is refused and a reader sees the journal grow, never shrink."""
    tally, chance = Tally("two programs at one store"), random.Random(6)
    with TemporaryDirectory(prefix="bedside-torture-") as place:
        folder, saved = Path(place) / "store", list[str]()
        ward.make(folder)
        for number in range(rounds):
            with program(record_alone, folder, number) as writer:
                assert writer.stdout is not None
                new = [writer.stdout.readline().strip() for _ in range(chance.randint(1, 10))]
                wrong = (*_second_writer(folder), *_reader(folder))
                writer.kill()
                new += [line.strip() for line in writer.communicate()[0].splitlines(keepends=True) if line[-1:] == "\n"]
            saved += new
            tally.round(acknowledged=len(new), broken=(*wrong, *broken(folder, saved)))
    return tally.outcome()


def _second_writer(folder: Path) -> tuple[str, ...]:
    try:
        ward.opened(folder).store.close(backup=False)
    except StoreHeld:
        return ()
    return ("a second program could write",)


def _reader(folder: Path) -> Iterator[str]:
    session = ward.opened(folder, read_only=True)
    lengths = [session.store.head().count for _ in range(20)]
    if lengths != sorted(lengths):
        yield "a reader saw the journal shrink"
    try:
        ward.save(session, random.Random(1))
        yield "a reader could write"
    except UserError:
        pass
    session.store.close()


def clock_jumps(rounds: int) -> Outcome:
    """The clock is set anywhere between two entries: the order stays, and every step back is reported."""
    tally, chance = Tally("clock jumps"), random.Random(7)
    for _ in range(rounds):
        with TemporaryDirectory(prefix="bedside-torture-") as place:
            _round_with_jumps(Path(place) / "store", tally, chance)
    return tally.outcome()


class _Clock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def _round_with_jumps(folder: Path, tally: Tally, chance: random.Random) -> None:
    clock = _Clock(MOMENTS[0])
    ward.make(folder, clock=clock)
    session = ward.opened(folder, clock=clock)
    saved, steps_back, last = list[str](), 0, clock.moment
    for _ in range(12):
        clock.moment = chance.choice(MOMENTS) + timedelta(seconds=chance.randint(-5400, 5400))
        saved.append(ward.save(session, chance))
        steps_back += clock.moment < last
        last = clock.moment
    patient = session.store.patients()[0].patient_id
    order = [str(row.id) for row in session.store.rows(patient)][1:]
    reported = len(session.store.clock_jumps())
    session.store.close(backup=False)
    wrong = () if order == saved else ("the order of entries follows the clock",)
    tally.round(acknowledged=len(saved), noticed=reported == steps_back, broken=(*wrong, *broken(folder, saved)))
