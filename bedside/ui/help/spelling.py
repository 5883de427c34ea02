"""Owns how the keys of the knowledge are written as words: abbreviations in capitals, units left to the value."""

import re
from collections.abc import Mapping

from bedside.chart.formats import LABELS

_UNITS = re.compile(r"_(pct|c|l_per_min|mg_per_m2|per_ul|days|hours|weeks|months|years)$")
_SPELLED: Mapping[str, str] = {
    **{word: word.upper() for word in (
        "anc", "astct", "auc", "bca", "capd", "cns", "crs", "csf", "fcm", "hsct", "icaht", "icans", "ice", "kmt2a",
        "ldh", "mrd", "ngs", "pcr", "vda", "vdc", "wbc", "cd3", "cd19", "cns3",
    )},
    "car": "CAR", "t": "T", "igg": "IgG", "eu": "European Union", "us": "United States", "pct": "%",
}  # fmt: skip
_NUMBERED = re.compile(r"(day|month|week)(\d+)")
_PAPER = re.compile(r"([a-z]+)_((?:19|20)\d\d)")


def spelled(key: str, *, has_unit: bool = False) -> str:
    """Return the words of a key; with a value that carries its unit, that unit is not repeated in them."""
    if key in LABELS:
        return LABELS[key]
    paper = _PAPER.fullmatch(key)
    if paper:
        return f"{paper[1].capitalize()} {paper[2]}"
    bare = _UNITS.sub("", key) if has_unit else key
    return " ".join(_word(word) for word in bare.split("_"))


def _word(word: str) -> str:
    return _SPELLED.get(word) or _NUMBERED.sub(r"\1 \2", word)
