"""Owns what a field of an entry's model asks for: its bare type, its bounds, whether it is required."""

from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from bedside.chart.base import Entry


@dataclass(frozen=True)
class FieldShape:
    """A field: its bare type, the type of a list's items (else None), its bounds, whether it is required."""

    name: str
    bare: Any
    item: Any
    required: bool
    low: float | None = None
    high: float | None = None


def shape_of(model: type[Entry], name: str) -> FieldShape:
    """Return the shape of one field of a kind."""
    info = model.model_fields[name]
    bare, metadata = _strip(info.annotation, list(info.metadata))
    item = None
    if get_origin(bare) is tuple:
        item, _ = _strip(get_args(bare)[0], [])
        bare = tuple
    bounds = _bounds(metadata)
    return FieldShape(name, bare, item, info.is_required(), bounds.get("ge"), bounds.get("le"))


def _strip(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _strip(inner, [*metadata, *more])
    if origin in (Union, UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not type(None))
        return _strip(inner, metadata)
    return annotation, metadata


def _bounds(metadata: list[Any]) -> dict[str, float]:
    found: dict[str, float] = {}
    for piece in metadata:
        parts = piece.metadata if isinstance(piece, FieldInfo) else [piece]
        for part in parts:
            for bound in ("ge", "le"):
                value = getattr(part, bound, None)
                if isinstance(value, (int, float)):
                    found[bound] = value
    return found
