"""A view in a state, and how a frame is brought to show it."""

from collections.abc import Callable
from dataclasses import dataclass

from bedside.ui.frame import Frame


@dataclass(frozen=True)
class Screen:
    """A view in a state, and how a frame is brought to show it."""

    view: str
    state: str
    show: Callable[[Frame], None]
