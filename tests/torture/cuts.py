"""Power cuts, replayed from what strace saw of the real store: what was not synced is lost or torn by the sector."""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import ROOT
from tests.torture import ward
from tests.torture.invariant import broken
from tests.torture.outcome import Outcome, Tally

SECTOR = 512
SAVES = 40
CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,unlink,openat"
_LINE = re.compile(r"^(?P<call>\w+)\((?P<rest>.*)\)\s+= (?P<answer>-?\d+)")
_FILE = re.compile(r"^(?P<handle>-?\w+)<(?P<path>[^>]*)>(, )?")
_HEX = re.compile(r'"(?P<data>(?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the store to the system that changes or syncs a file, or an acknowledgement."""

    kind: str
    path: str = ""
    data: bytes = b""
    offset: int = 0


def why_not() -> str:
    """Why strace cannot watch a program here; "" when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(["strace", "-e", "trace=fsync", sys.executable, "-c", ""], capture_output=True, check=False)
    return "" if done.returncode == 0 else "strace may not watch another program here"


def recorded(folder: Path, trace: Path, mode: str) -> list[Call]:
    """Run a program that saves SAVES entries and return its calls in order; `mode` is the setting of synchronous."""
    watch = ["strace", "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    act = [sys.executable, "-m", "tests.torture.cuts", str(folder), mode]
    subprocess.run(
        [*watch, *act], cwd=ROOT, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    with trace.open(encoding="ascii", errors="replace") as lines:
        return [call for line in lines if (call := _call_of(line, folder)) is not None]


def _call_of(line: str, folder: Path) -> Call | None:
    found = _LINE.match(line)
    if found is None or found["answer"].startswith("-"):
        return None
    name, rest = found["call"], found["rest"]
    data = b"".join(bytes.fromhex(hit["data"].replace("\\x", "")) for hit in _HEX.finditer(rest))
    if name in {"openat", "unlink"}:
        path = os.fsdecode(data)
        made = name == "unlink" or "O_CREAT" in rest
        return Call(name, path) if made and _is_of(path, folder) else None
    file = _FILE.match(rest)
    if file is None:
        return None
    path = re.sub(r"\\x([0-9a-f]{2})", lambda hit: chr(int(hit[1], 16)), file["path"])
    if name == "write" and file["handle"] == "1":
        return Call("acknowledged", data=data)
    if not _is_of(path, folder):
        return None
    number = int(rest.rsplit(", ", 1)[-1]) if name in {"pwrite64", "ftruncate"} else 0
    return Call(name, path, data, number)


def _is_of(path: str, folder: Path) -> bool:
    """Whether a path is a durable file of the store: the shared-memory file is made anew after a crash."""
    return path.startswith(str(folder)) and not path.endswith("-shm")


@dataclass
class Disk:
    """One file as the disk will have it: what is synced, the writes on their way, and whether its folder names it."""

    synced: bytearray = field(default_factory=bytearray)
    waiting: list[Call] = field(default_factory=list)
    named: bool = False

    def after_cut(self, chance: random.Random) -> bytes:
        """The content after a power cut: each waiting sector is there or not, in one of four ways."""
        content, way = bytearray(self.synced), chance.choice(("none", "all", "some", "first"))
        kept = chance.randint(0, len(self.waiting))
        for number, call in enumerate(self.waiting):
            whole = way == "all" or (way == "first" and number < kept)
            for start, sector in _sectors(call):
                if whole or (way == "some" and chance.random() < 0.5):
                    _apply(content, start, sector)
            if call.kind == "ftruncate" and (whole or (way == "some" and chance.random() < 0.5)):
                _resize(content, call.offset)
        return bytes(content)

    def sync(self) -> None:
        """Everything that waited is on the disk."""
        for call in self.waiting:
            if call.kind == "ftruncate":
                _resize(self.synced, call.offset)
            for start, sector in _sectors(call):
                _apply(self.synced, start, sector)
        self.waiting.clear()


def _sectors(call: Call) -> Iterator[tuple[int, bytes]]:
    """A write cut at the borders of the disk's sectors."""
    if call.kind != "pwrite64":
        return
    start, data = call.offset, call.data
    while data:
        room = SECTOR - start % SECTOR
        yield start, data[:room]
        start, data = start + room, data[room:]


def _apply(content: bytearray, start: int, data: bytes) -> None:
    if len(content) < start:
        content.extend(bytes(start - len(content)))
    content[start : start + len(data)] = data


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


def replayed(before: Path, calls: Sequence[Call], chance: random.Random, place: Path) -> list[str]:
    """Write the store as a cut after some of the calls leaves it into `place`; return what was acknowledged by then."""
    shutil.copytree(before, place)
    disks: dict[str, Disk] = {}
    acknowledged: list[str] = []
    for call in calls[: chance.randint(1, len(calls))]:
        if call.kind == "acknowledged":
            acknowledged += call.data.decode().split()
            continue
        _carry_out(call, disks, before)
    for name, disk in disks.items():
        if disk.named or chance.random() < 0.5:
            (place / name).write_bytes(disk.after_cut(chance))
    return acknowledged


def _carry_out(call: Call, disks: dict[str, Disk], before: Path) -> None:
    name = Path(call.path).name
    if (before.parent / name).is_dir():  # the folder itself: what was made in it is named from now on
        for disk in disks.values():
            disk.named = True
        return
    disk = disks.setdefault(name, _disk_of(before / name))
    if call.kind in {"fsync", "fdatasync"}:
        disk.sync()
    elif call.kind == "unlink":
        disks[name] = Disk()
    else:
        disk.waiting.append(call)


def _disk_of(path: Path) -> Disk:
    return Disk(bytearray(path.read_bytes()), named=True) if path.is_file() else Disk()


def _cuts(fault: str, mode: str, rounds: int) -> Outcome:
    tally, chance = Tally(fault), random.Random(fault)
    with TemporaryDirectory(prefix="bedside-torture-") as place:
        folder, before = Path(place).resolve() / "store", Path(place) / "before"
        ward.make(folder, entries=20)
        shutil.copytree(folder, before)
        calls = recorded(folder, Path(place) / "trace", mode)
        for number in range(rounds):
            after = Path(place) / f"after-{number}"
            acknowledged = replayed(before, calls, chance, after)
            tally.round(acknowledged=len(acknowledged), broken=broken(after, acknowledged))
            shutil.rmtree(after)
    return tally.outcome()


def power_cuts(rounds: int) -> Outcome:
    """Cuts of the store as it is."""
    fault = "power cut, replayed from the store's own writes"
    why = why_not()
    return Outcome(fault, why_not=why) if why else _cuts(fault, "FULL", rounds)


def control(rounds: int) -> Outcome:
    """Cuts of a store that syncs less, which must lose something: a replay that loses nothing would prove nothing."""
    fault = "control: power cut with synchronous=NORMAL, which must be seen to lose"
    why = why_not()
    if why:
        return Outcome(fault, why_not=why)
    found = _cuts(fault, "NORMAL", rounds)
    seen = f"{found.lost} losses seen, as there must be"
    return replace(found, lost=0, undetected=int(not found.lost), told=(seen,) if found.lost else ())


def _save(folder: Path, mode: str) -> None:
    """Save entries and say each id, as the watched program."""
    session, chance = ward.opened(folder), random.Random(1)
    session.store._hold.connection.execute(f"PRAGMA synchronous = {mode}")
    for _ in range(SAVES):
        os.write(1, f"{ward.save(session, chance)}\n".encode())
    session.store.close(backup=False)


if __name__ == "__main__":
    ward.knowledge()
    _save(Path(sys.argv[1]), sys.argv[2])
