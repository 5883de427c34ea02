"""Owns what a transplant team asks for beside the criteria of the class."""

from collections.abc import Mapping

WANTED: Mapping[str, str] = {
    "body_size": "weight and height",
    "allergy": "allergies",
    "performance": "performance status",
    "donor_search": "donor search",
    "chemistry": "organ function (creatinine, bilirubin, transaminases)",
}
"""In words, by the kind of entry that tells it."""
