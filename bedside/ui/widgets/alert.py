"""Owns the inline alert: a status in its frame with a sign, a bold statement, what it rests on, and one link."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.lettering import Run, dashed_pen
from bedside.ui.painting import draw_sign
from bedside.ui.signs import Sign
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import TextBlock

_LOOKS = {
    "warning": ("Warning: ", Sign.ALERT_WARNING, "hightint", "highsolid", "high"),
    "caution": ("Caution: ", Sign.ALERT_CAUTION, "ambtint", "ambsolid", "amb"),
    "not run": ("Could not run: ", Sign.ALERT_NOT_RUN, "", "ink", "ink"),
    "trouble": ("", Sign.ALERT_WARNING, "hightint", "highsolid", "high"),
    "note": ("", Sign.ALERT_NOT_RUN, "sheet2", "line", "ink"),
}


class Alert(QWidget):
    """A framed line or two; kind is "warning", "caution", "not run", "trouble" (an error in place) or "note".

    `told` when it says something: whoever scrolls what it stands in brings it into sight.
    """

    link_pressed = Signal()
    told = Signal()

    def __init__(self, kind: str = "caution", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.words = TextBlock(self)
        self.link = PushButton("", self)
        self.link.setProperty("look", "link")
        self.link.clicked.connect(self._link_clicked)
        self._lay_out()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(38, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)

    def show_words(self, statement: str, detail: str = "", link: str = "") -> None:
        """Show a statement, what it rests on, and the word of a link, each "" if there is none."""
        lead = _LOOKS[self._kind][0]
        tone = _LOOKS[self._kind][4]
        self.words.show_paragraphs([Run(f"{lead}{statement}", 13, 600, tone), Run(f" {detail}".rstrip())])
        self.link.setText(link)
        self.link.setAccessibleName(f"{link}: {statement}" if link else "")
        self.link.setVisible(bool(link))
        self.setAccessibleName(f"{lead}{statement} {detail}".strip())
        self.show()
        self.updateGeometry()
        self.told.emit()

    def show_trouble(self, trouble: Trouble) -> None:
        """Show an error where it happened: what happened in bold, then what to do."""
        self.show_words(trouble.what_happened, trouble.what_to_do)

    def clear(self) -> None:
        """Show nothing and take no room."""
        self.hide()
        self.setAccessibleName("")

    def _link_clicked(self) -> None:
        self.link_pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, frame and sign."""
        look, painter = theme.current(), QPainter(self)
        _lead, sign, fill, edge, _tone = _LOOKS[self._kind]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if look.contrast else 1.0
        colour = look.colour("ink" if look.contrast else edge)
        pen = dashed_pen(colour, width) if self._kind == "not run" else QPen(colour, width)
        painter.setPen(pen)
        painter.setBrush(look.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        draw_sign(painter, QRectF(11, 8.5, 17, 17), look, sign)
        painter.end()
