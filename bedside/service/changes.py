"""What a service changed: an open view decides from it whether it is stale."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The MRNs and the kinds of entries that were touched; empty when nothing was stored."""

    patients: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.patients or self.kinds)


NOTHING = Changes()
