"""Nothing that happens to be installed beside the program is shown what it reads."""

import os
import subprocess
import sys
from pathlib import Path

READ = """
import sys
from pydantic import BaseModel
class Read(BaseModel):
    number: int
Read(number=1)
print("listener" in sys.modules)
"""


def is_listened_to(place: Path, first: str) -> bool:
    """Whether a process that imports something and then reads a value loads the plugin that lies in a folder."""
    (place / "listener.py").write_text("class Listener:\n    new_schema_validator = lambda *_: (None, None, None)\n")
    about = place / "listener-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: listener\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pydantic]\nlistener = listener:Listener\n")
    paths = os.pathsep.join([str(place), str(Path(__file__).parents[2])])
    environment = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"import {first}\n{READ}"],
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "PYTHONPATH": paths},
    )
    return done.stdout.strip() == "True"


def test_that_no_plugin_of_pydantic_is_loaded(tmp_path: Path) -> None:
    assert not is_listened_to(tmp_path, "bedside")


def test_that_without_the_program_the_plugin_would_be(tmp_path: Path) -> None:
    assert is_listened_to(tmp_path, "json")
