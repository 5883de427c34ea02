"""What a lead can set for everybody at a store, and what each setting can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What a lead can set for everybody at the store.

    `idle_lock_minutes` is after how long without a key or click the window locks; `jurisdiction` whose labels and
    limits count in everything that is derived.
    """

    idle_lock_minutes: int = 5
    jurisdiction: str = "eu"


TAKES: Mapping[str, Sequence[int | str]] = {"idle_lock_minutes": range(1, 61), "jurisdiction": ("eu", "us")}
"""What each setting can be: whole numbers of a range, or one of some words."""
