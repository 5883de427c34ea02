"""The objects, codings and codes within a resource from elsewhere, whatever else a hostile file may hold there."""

from collections.abc import Iterator, Mapping
from typing import Any

from bedside.exchange.refusals import shortened


def maps(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list; none of anything else."""
    return (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else iter(())


def codings(concept: object) -> Iterator[Mapping[str, Any]]:
    """Yield the codings of a concept."""
    return maps(concept.get("coding")) if isinstance(concept, Mapping) else iter(())


def codes_of(concept: object) -> Iterator[str]:
    """Yield the codes of a concept, of whatever system."""
    return (one["code"] for one in codings(concept) if isinstance(one.get("code"), str))


def code_words(concept: object) -> str:
    """Return the codes of a concept with their systems, as a person can look them up."""
    words = [f"{one.get('system', 'without a system')} {one.get('code')}" for one in codings(concept)]
    return shortened(", ".join(words)) if words else "(none)"
