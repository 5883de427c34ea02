"""The id of an entry that came without one: the same file always gives the same ids.

Layout: UUID version 5 in the namespace NAMESPACE of the UTF-8 text `MRN`, line feed, canonical JSON, line feed,
ordinal. Canonical JSON is the entry as given in the file without `id`: keys sorted, no spaces, characters beyond
ASCII as they are, numbers as Python writes them. The ordinal counts identical entries of one chart from 0 in the
order of the file.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "bedside-chart:1:entry")

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def with_ids(mrn: str, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries, each with an id; those that have one are returned as they are."""
    ordinals: Counter[str] = Counter()
    complete = []
    for entry in entries:
        if "id" in entry:
            complete.append(entry)
            continue
        text = canonical(entry)
        complete.append({**entry, "id": entry_id(mrn, text, ordinals[text])})
        ordinals[text] += 1
    return complete


def canonical(entry: Mapping[str, Any]) -> str:
    """Return the canonical JSON of an entry that has no id."""
    return _ENCODER.encode(entry)


def entry_id(mrn: str, canonical_json: str, ordinal: int) -> str:
    """Return the id as lower-case text."""
    return str(uuid5(NAMESPACE, f"{mrn}\n{canonical_json}\n{ordinal}"))
