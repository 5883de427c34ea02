"""Errors that a person can understand and act on; everything else is a bug."""


class BedsideError(Exception):
    """Base of every error that Bedside raises on purpose."""


class UserError(BedsideError):
    """A person's mistake: what happened and what to do, each one plain sentence; `exit_code` 2 on the command line."""

    exit_code = 2

    def __init__(self, what_happened: str, what_to_do: str = "") -> None:
        super().__init__(" ".join(part for part in (what_happened, what_to_do) if part))
        self.what_happened = what_happened
        self.what_to_do = what_to_do


class NotWritable(UserError):
    """Nothing can be written where the store lies, `why` says in a few words; what is stored may still be read."""

    def __init__(self, what_happened: str, what_to_do: str, why: str) -> None:
        super().__init__(what_happened, what_to_do)
        self.why = why


class StoreFault(UserError):
    """The store is damaged, of a newer version, or held by another writer; `exit_code` 3 on the command line."""

    exit_code = 3


class StoreHeld(StoreFault):
    """Another program has the store open for writing; it can still be opened for reading only."""


class StoreDamaged(StoreFault):
    """The store is not as Bedside wrote it: it stays where it is, and a verified backup can take its place."""

    def __init__(self, what_happened: str) -> None:
        """Take what is damaged; what to do is always the same."""
        super().__init__(what_happened, "Keep the folder as it is; bedside restore puts a backup in its place.")
