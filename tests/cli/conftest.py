"""A store that was made once on the command line, copied for each test, and the commands on it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bedside import compose
from bedside.__main__ import main
from tests.service.charts import INDEX, chart_file

USER = "Synthetic Nurse"
PASSPHRASE = "Grüne Wiese am Fluß"


@dataclass(frozen=True)
class Station:
    """A folder with a store in it, and what the commands say."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    @property
    def store(self) -> Path:
        return self.folder / "store"

    def file(self, name: str, content: bytes) -> str:
        """The path of a new file."""
        (self.folder / name).write_bytes(content)
        return str(self.folder / name)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, stdout and stderr of a command."""
        self.capture.readouterr()
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = self.capture.readouterr()
        return code, said.out, said.err

    def at_store(self, *arguments: str) -> tuple[int, str, str]:
        """The same for a command that opens the store, signed in."""
        key = str(self.folder / "passphrase")
        return self.run(*arguments, "--store", str(self.store), "--user", USER, "--passphrase-file", key)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that holds the published index case and a small synthetic chart."""
    from bedside.service.exchange_files import import_file

    folder = tmp_path_factory.mktemp("station")
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    session, _ = compose.create_session(folder / "store", USER, PASSPHRASE)
    import_file(session, "index.json", INDEX)
    import_file(session, "small.json", chart_file({"kind": "body_size", "at": "2020-06-01", "weight_kg": 30}))
    session.close()
    return folder


@pytest.fixture
def station(
    made_once: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Station:
    shutil.copytree(made_once, tmp_path / "station")
    monkeypatch.setattr(compose, "log_folder", lambda: tmp_path / "logs")
    monkeypatch.delenv(compose.STORE_VARIABLE, raising=False)
    return Station(tmp_path / "station", capsys)


@pytest.fixture
def tree() -> Callable[[Path], dict[str, bytes]]:
    """The content of every file below a folder."""
    return lambda folder: {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
