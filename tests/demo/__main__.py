"""Writes the synthetic ward to resources/demo/synthetic-ward.jsonl."""

from pathlib import Path

from tests.demo.ward import ward_lines

TARGET = Path(__file__).resolve().parents[2] / "resources" / "demo" / "synthetic-ward.jsonl"

if __name__ == "__main__":
    TARGET.write_text(ward_lines(), encoding="utf-8", newline="\n")
