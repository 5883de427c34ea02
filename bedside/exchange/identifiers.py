"""The id of an entry that came without one: the same file always gives the same ids.

Layout: UUID version 5 in the namespace NAMESPACE of the UTF-8 text `MRN`, line feed, canonical JSON, line feed,
ordinal. Canonical JSON is the entry as given in the file without `id`: keys sorted, no spaces, characters beyond
ASCII as they are, numbers as Python writes them. The ordinal counts identical entries of one chart from 0 in the
order of the file.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "bedside-chart:1:entry")

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_BETWEEN = "\0"
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def have_ids(entries: Sequence[dict[str, Any]]) -> bool:
    """Tell whether every entry came with an id."""
    return all("id" in entry for entry in entries)


def with_ids(mrn: str, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries in order, each with an id; those that have one are returned as they are."""
    without = [entry for entry in entries if "id" not in entry]
    if not without:
        return list(entries)
    ordinals: Counter[str] = Counter()
    ids = []
    for text in canonical(without):
        ids.append(entry_id(mrn, text, ordinals[text]))
        ordinals[text] += 1
    new = iter(ids)
    return [entry if "id" in entry else {**entry, "id": next(new)} for entry in entries]


def canonical(entries: Sequence[dict[str, Any]]) -> list[str]:
    """Return the canonical JSON of each entry.

    All are written in one go, with a mark between them, which costs a third; should a text hold the mark itself, one
    by one.
    """
    marked: list[Any] = [_BETWEEN] * (2 * len(entries) - 1)
    marked[::2] = entries
    texts = _ENCODER.encode(marked)[1:-1].split(f",{_ENCODER.encode(_BETWEEN)},")
    return texts if len(texts) == len(entries) else [_ENCODER.encode(entry) for entry in entries]


def entry_id(mrn: str, canonical_json: str, ordinal: int) -> str:
    """Return the id as lower-case text: `uuid5(NAMESPACE, name)` at a third of its cost."""
    name = f"{mrn}\n{canonical_json}\n{ordinal}"
    d = hashlib.sha1(NAMESPACE.bytes + name.encode(), usedforsecurity=False).hexdigest()
    return f"{d[:8]}-{d[8:12]}-5{d[13:16]}-{_VARIANT[d[16]]}{d[17:20]}-{d[20:32]}"
