"""TOML that a person wrote, read within bounds: what a file can hold by accident holds up no computer."""

import tomllib
from typing import Any

LARGEST_BYTES = 1 << 20
LONGEST_LINE = 2000
"""Keys of keys on one line take memory by the square of their number."""
DEEPEST = 20


def written_toml(data: bytes) -> dict[str, Any]:
    """Return the tables of a file; ValueError says in words what it is, or holds, that cannot be read."""
    if len(data) > LARGEST_BYTES:
        raise ValueError("is too large to have been written by hand")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 text (byte {error.start + 1})") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise ValueError(f"holds a line of more than {LONGEST_LINE} signs (line {number})")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not TOML: {error}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if _is_deep(tables):
        raise ValueError("is nested too deeply")
    return tables


def _is_deep(tables: dict[str, Any]) -> bool:
    level: list[Any] = [tables]
    for _ in range(DEEPEST):
        level = [part for one in level for part in (one.values() if isinstance(one, dict) else one)]
        level = [part for part in level if isinstance(part, dict | list)]
    return bool(level)
