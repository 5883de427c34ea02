"""Owns F1: finds out what has the keyboard, and lays its help over whatever is shown."""

from PySide6.QtCore import QObject

from bedside.knowledge.tables import Knowledge
from bedside.ui.actions import Action
from bedside.ui.frame import Frame
from bedside.ui.help.kinds import FORMS
from bedside.ui.help.sheet import HelpSheet
from bedside.ui.help.topic import Topic, criterion_topic, topic_of
from bedside.ui.help.views import VIEWS, with_all_criteria
from bedside.ui.view import View

CRITERION, FORM = "criterion:", "form:"
PANELS = "risk"
"""The view in which the criteria stand."""


def help_on(name: str, knowledge: Knowledge) -> Topic:
    """The topic of the name that a view gives itself; a name that has no topic is a KeyError."""
    if name.startswith(CRITERION):
        return criterion_topic(name.removeprefix(CRITERION), knowledge)
    if name.startswith(FORM):
        kind = name.removeprefix(FORM)
        return topic_of(FORMS[kind], knowledge, kind)
    return topic_of(with_all_criteria(VIEWS[name], knowledge), knowledge)


class Help(QObject):
    """Opens and closes the sheet of help; the form that lies below keeps what was typed."""

    def __init__(self, frame: Frame, knowledge: Knowledge) -> None:
        super().__init__(frame)
        self._frame, self._knowledge = frame, knowledge

    def actions(self) -> tuple[Action, ...]:
        """F1, everywhere."""
        return (
            Action("help", "What this is and where it comes from", self.show, "F1", hint="what this is"),
            Action("help.view", "What this view is, with all its rules", self.show_view, "Shift+F1"),
        )

    def show(self) -> None:
        """Show the help of what has the keyboard; while help is shown, take it away."""
        self._frame.palette_box.hide()
        source = self._frame.source
        if isinstance(source, HelpSheet):
            self._frame.close_help()
        elif source is not None:
            self._lay(source, source.help_name())

    def show_view(self) -> None:
        """Show the help of the whole view, where one criterion or section of it has the keyboard."""
        source = self._frame.source
        if source is not None and not isinstance(source, HelpSheet):
            name = source.help_name()
            self._lay(source, PANELS if name.startswith((CRITERION, f"{PANELS}.")) else name)

    def _lay(self, source: View, name: str) -> None:
        keys = tuple(one for one in (*source.actions_offered(), *self._frame.general_actions) if not one.refusal())
        sheet = HelpSheet(help_on(name, self._knowledge), keys)
        sheet.close_asked.connect(self._frame.close_help)
        self._frame.open_help(sheet)
