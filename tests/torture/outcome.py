"""What one fault did to the store, counted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table: how often the fault was tried, what was acknowledged, and what went wrong.

    `lost` counts acknowledged entries that were not there afterwards and stores that did not hold the invariant;
    `undetected` counts damage that nobody noticed. `why_not` says why a fault could not be tried here; "" when it was.
    """

    fault: str
    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    undetected: int = 0
    why_not: str = ""
    told: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was lost and nothing went unnoticed; a fault that was not tried has not held."""
        return not self.why_not and self.rounds > 0 and not self.lost and not self.undetected

    def as_json(self) -> dict[str, str | int | list[str]]:
        """The outcome as JSON values; `not_run` stands there only where the fault could not be tried."""
        counts: dict[str, str | int | list[str]] = {
            "fault": self.fault,
            "rounds": self.rounds,
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "undetected": self.undetected,
        }
        return (
            counts
            | ({"not_run": self.why_not} if self.why_not else {})
            | ({"told": list(self.told)} if self.told else {})
        )


class Tally:
    """Counts the rounds of one fault."""

    def __init__(self, fault: str) -> None:
        self._fault = fault
        self._rounds = self._acknowledged = self._lost = self._undetected = 0
        self._told: list[str] = []

    def round(self, *, acknowledged: int = 0, broken: tuple[str, ...] = (), noticed: bool = True) -> None:
        """Count one round: what was acknowledged in it, what the invariant said, and whether damage was noticed."""
        self._rounds += 1
        self._acknowledged += acknowledged
        self._lost += len(broken)
        self._undetected += not noticed
        self._told.extend(broken[:3])

    def outcome(self) -> Outcome:
        """Everything that was counted, with the first of what was told."""
        counts = (self._rounds, self._acknowledged, self._lost, self._undetected)
        return Outcome(self._fault, *counts, told=tuple(self._told[:5]))
