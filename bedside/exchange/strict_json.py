"""JSON read strictly: UTF-8 only, no repeated key, no null, no NaN or infinity, nothing too deep or too large."""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from bedside.exchange.refusals import shortened

LARGEST_CHART_BYTES = 64 * 1024 * 1024

BOM = b"\xef\xbb\xbf"
Path = tuple[int | str, ...]


class JsonFault(Exception):
    """Where a text is no JSON of the kind that Bedside reads, and why, for the reader to put into words."""

    def __init__(self, path: Path, why: str, kind: str = "") -> None:
        super().__init__(why)
        self.path = path
        self.why = why
        self.kind = kind


class ReadJson(NamedTuple):
    """The value of a JSON text, and the JSON of its `entries` as written again, empty without them."""

    value: Any
    entries: bytes


def read_json(text: bytes) -> ReadJson:
    """Return the value of a JSON text; JsonFault says where and why it is refused.

    Whatever the fast reader leaves in doubt (a key that repeats, a null) is looked for a second time, slowly.
    """
    if len(text) > LARGEST_CHART_BYTES:
        raise JsonFault((), f"it is larger than {LARGEST_CHART_BYTES // 1024 // 1024} MB")
    try:
        value = from_json(text, allow_inf_nan=False)
    except (ValueError, RecursionError) as error:
        raise _fault_of(text, error) from None
    frame, entries = value, b""
    if isinstance(value, dict) and "entries" in value:
        frame, entries = {**value, "entries": None}, to_json(value["entries"])
    if b"null" in text or _may_repeat_a_key(text, (to_json(frame), entries)):
        _refuse_marks(text)
    return ReadJson(value, entries)


def _may_repeat_a_key(text: bytes, written_again: tuple[bytes, ...]) -> bool:
    """Whether the text has more keys than its value, told by the number of colons.

    Each key brings one; colons inside strings count on both sides alike, unless one is written as an escape.
    """
    return b"\\u003" in text or text.count(b":") != sum(part.count(b":") for part in written_again)


class _Twice:
    """Stands for an object in which a key repeats."""

    def __init__(self, key: str, pairs: list[tuple[str, Any]]) -> None:
        self.key = key
        self.given = " and ".join(shortened(value) for name, value in pairs if name == key)
        self.fields = dict(pairs)


def _pairs(pairs: list[tuple[str, Any]]) -> Any:
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
    return _Twice(twice, pairs)


def _refuse_marks(text: bytes) -> None:
    """Raise the fault of the first repeated key, null or infinity, with the path to it."""
    root = json.loads(text, object_pairs_hook=_pairs)
    for path, value in _walk(root, ()):
        if isinstance(value, _Twice):
            why = f"is given more than once ({value.given}); expected each field once"
            raise JsonFault((*path, value.key), why, _kind_at(root, path))
        if value is None and path:
            raise JsonFault(path, "is null; expected a value, or the field left out", _kind_at(root, path))
        if isinstance(value, float) and not math.isfinite(value):
            raise JsonFault(path, f"is {shortened(value)}; expected a finite number", _kind_at(root, path))


def _kind_at(root: Any, path: Path) -> str:
    """The kind of the entry that a path leads into."""
    if len(path) < 2 or path[0] != "entries":
        return ""
    entry = root["entries"][path[1]]
    fields = entry.fields if isinstance(entry, _Twice) else entry
    return str(fields.get("kind", "no kind")) if isinstance(fields, Mapping) else "no kind"


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _walk(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _walk(part, (*path, index))


def _fault_of(text: bytes, error: Exception) -> JsonFault:
    """Find out where the text stops being JSON, and say it in words."""
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as problem:
        return JsonFault((), f"it is not UTF-8 text (byte {problem.start + 1})")
    if "recursion" in str(error):
        return JsonFault((), "it is nested too deeply")
    try:
        _refuse_marks(text)
        json.loads(decoded)
    except json.JSONDecodeError as problem:
        what = problem.msg.removesuffix(" at").rstrip(": ")
        return JsonFault((), f"it is not valid JSON: {what} at line {problem.lineno}, column {problem.colno}")
    except JsonFault as fault:
        return fault
    except (ValueError, RecursionError):
        return JsonFault((), f"it is not valid JSON: {error}")
    return JsonFault((), f"it is not valid JSON: {error}")
