"""The two copies of a store's key file by name and checksum; looking at them takes neither a key nor the engine."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

COPIES = ("keys.json", "keys-copy.json")
"""The names of both copies; each backup holds both as well."""

FORMAT = "bedside-keys"


def intact(path: Path) -> dict[str, Any] | None:
    """Return what a copy holds besides its checksum, None where there is none or it is not as it was written."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        is_whole = content.pop("checksum") == checksum(content)
        return content if is_whole and (content["format"], content["version"]) == (FORMAT, 1) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def checksum(content: Mapping[str, Any]) -> str:
    """Return the checksum of what a key file holds besides it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def users_in(folder: Path) -> tuple[str, ...]:
    """Return who may sign in, by the newest intact copy; nobody where neither can be read."""
    copies = [content for name in COPIES if (content := intact(folder / name)) is not None]
    try:
        newest = max(copies, key=lambda content: int(content["revision"]), default=None)
        return () if newest is None else tuple(str(slot["user"]) for slot in newest["slots"])
    except (ValueError, KeyError, TypeError):
        return ()
