"""What the forms of the window offer to the flowsheet, in which one types as well."""

from typing import Protocol

from bedside.ui.actions import Action
from bedside.ui.forms.context import FormContext


class Typists(Protocol):
    """What the forms of the window offer to a view in which one types."""

    def context(self) -> FormContext | None:
        """What typing for the patient who is shown needs, None without one."""
        ...

    def refusal(self) -> str:
        """Why nothing can be typed now, or ""."""
        ...

    def actions(self) -> tuple[Action, ...]:
        """The keys that open a form."""
        ...
