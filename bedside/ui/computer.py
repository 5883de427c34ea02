"""Owns the settings of this computer: theme, size of everything, units shown; read before the first paint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSettings

SIZES = (100, 125, 150, 175, 200)
CHART, CONVENTIONAL = "chart", "conventional"


@dataclass(frozen=True)
class Chosen:
    """The theme ("system" follows the desktop), the size in per cent, and whether other units stand beside."""

    theme: str = "system"
    size: str = "100"
    units: str = CHART


TAKES: Mapping[str, Sequence[str]] = {
    "theme": ("system", "light", "dark", "contrast"),
    "size": tuple(map(str, SIZES)),
    "units": (CHART, CONVENTIONAL),
}


class Computer:
    """Keeps what was chosen in a file of its own, nothing of a patient; without a file, until the program ends."""

    def __init__(self, file: str = "") -> None:
        self._file = file
        self.chosen = _read(file) if file else Chosen()
        self.scaled = self.chosen.size
        """The size that this start of the program has: another one holds from the next start on."""

    def choose(self, name: str, value: str) -> bool:
        """Choose a value that the setting takes (else ValueError); whether it could be kept comes back."""
        if value not in TAKES[name]:
            raise ValueError(f"{name} takes {', '.join(TAKES[name])}")
        self.chosen = replace(self.chosen, **{name: value})
        if not self._file:
            return True
        kept = QSettings(self._file, QSettings.Format.IniFormat)
        kept.setValue(name, value)
        kept.sync()
        return kept.status() is QSettings.Status.NoError


def _read(file: str) -> Chosen:
    """What the file says, as far as it can be understood: a damaged one must not keep the window from opening."""
    kept = QSettings(file, QSettings.Format.IniFormat)
    found = {name: str(kept.value(name, "")) for name in TAKES}
    return Chosen(**{name: value for name, value in found.items() if value in TAKES[name]})
