"""A thousand summaries by one command, each with its chart: the time of one, and the memory at the end beside early."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bedside.chart.moments import AsOf
from bedside.service.summaries import export_pdf
from tests.benchmarks.charts import course_fields, patient_fields
from tests.benchmarks.measure import Result
from tests.benchmarks.stores import session_of
from tests.benchmarks.ward import PASSPHRASE, USER

SUMMARIES, EARLY = 1_000, 100
ALONE = 10
AS_OF = "2026-11-20"
EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Batch:
    """How long the command kept a core busy in seconds, and its memory in MB early and at the end."""

    seconds: float
    early: float
    late: float


def measure() -> Sequence[Result]:
    """Milliseconds of a core for one summary in the batch and alone; megabytes at the end and early."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        with session_of(folder / "store", ((n, course_fields(n)) for n in range(1, SUMMARIES + 1))) as session:
            mrn, day = patient_fields(1)["mrn"], AsOf.parse(AS_OF)
            export_pdf(session, mrn, day)
            start = time.process_time()
            for _ in range(ALONE):
                export_pdf(session, mrn, day)
            alone = (time.process_time() - start) / ALONE
        batch = exported(folder)
        written = len(list((folder / "out").glob("*.pdf")))
    assert written == SUMMARIES
    return [
        Result("one summary in a batch of 1,000", batch.seconds / SUMMARIES * 1e3, "ms", alone * 1e3, 1.5),
        Result("memory after 1,000 summaries beside 100", batch.late, "MB", batch.early, 1.1),
    ]


def exported(folder: Path) -> Batch:
    """Run the command on the store of the folder and watch its memory."""
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    command = [
        sys.executable, "-m", "bedside", "export", "--all", "--pdf", str(folder / "out"), "--as-of", AS_OF,
        "--store", str(folder / "store"), "--user", USER, "--passphrase-file", str(folder / "passphrase"),
    ]  # fmt: skip
    start = working_seconds()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        seen = list(watched(process, folder / "out"))
    assert process.returncode == 0
    early = next(memory for written, memory in seen if written >= EARLY)
    return Batch(working_seconds() - start, early, seen[-1][1])


def working_seconds() -> float:
    """How long the processes that this one started and that ended have kept a core busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def watched(process: "subprocess.Popen[bytes]", out: Path) -> Iterator[tuple[int, float]]:
    """Yield, while the process runs, how many summaries are written and how many MB it holds."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        held = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS")]
        if held and out.is_dir():
            yield sum(1 for one in out.iterdir() if one.suffix == ".pdf"), int(held[0]) / 1024
        time.sleep(EVERY)
