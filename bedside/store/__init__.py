"""The store: the only SQLite, an encrypted append-only journal with its keys, lock, audit trail and backups."""
