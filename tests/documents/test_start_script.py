"""Tests of `./dev`, the script that sets the project up: run on a copy whose environment is made up."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the script is one of sh")


def test_that_dev_run_takes_paths_from_the_folder_of_whoever_calls(tmp_path: Path) -> None:
    project, caller = tmp_path / "project", tmp_path / "caller"
    caller.mkdir()
    tools = project / ".venv" / "bin"
    tools.mkdir(parents=True)
    script = (ROOT / "dev").read_text(encoding="utf-8")
    (project / "dev").write_text(script.replace("    setup run\n", ""), encoding="utf-8")
    (tools / "bedside").write_text('#!/bin/sh\necho "$(pwd) $*"\n', encoding="utf-8")
    (tools / "bedside").chmod(0o755)
    shell = shutil.which("sh") or "sh"
    command = [shell, str(project / "dev"), "run", "import", "ward.jsonl"]
    done = subprocess.run(command, cwd=caller, capture_output=True, check=False, timeout=60, text=True)
    assert (done.returncode, done.stdout) == (0, f"{caller} import ward.jsonl\n")
