"""Keys sent to whatever has the keyboard at that moment, one after the other, as a person presses them."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


def send_keys(*keys: str | Qt.Key, control: bool = False) -> None:
    """Press the letters of words and single keys, with Ctrl held if it is to be."""
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for one in one_by_one(*keys):
        target = QApplication.focusWidget()
        assert target is not None, f"nothing has the keyboard for {one}"
        if isinstance(one, str):
            QTest.keyClicks(target, one, held)
        else:
            QTest.keyClick(target, one, held)


def one_by_one(*keys: str | Qt.Key) -> Iterator[str | Qt.Key]:
    """The letters of the words and the single keys."""
    for key in keys:
        yield from key if isinstance(key, str) else (key,)
