"""Files to import: the published index case, and a small synthetic chart."""

import json
from typing import Any

from bedside.resources import resource

INDEX = resource("demo/published-myers-index.json").read_bytes()
INDEX_MRN = "PUB-MYERS"
MRN = "T-0001"
PATIENT = {
    "mrn": MRN,
    "family_name": "Needlefamily",
    "given_name": "Synthetic One",
    "birth_date": "2010-03-02",
    "sex": "female",
}
COUNT: dict[str, Any] = {"kind": "blood_count", "at": "2020-06-29T07:10:00+02:00", "wbc": 2.1, "anc": 1.0, "hb": 92}


def chart_file(*entries: dict[str, Any], **top: Any) -> bytes:
    """A chart of the small patient, with top-level keys replaced."""
    fields = {"format": "bedside-chart", "version": 1, "patient": PATIENT, "entries": list(entries)}
    return json.dumps({**fields, **top}).encode()
