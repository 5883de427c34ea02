"""The sheets about people: the users of the store, the own PIN and passphrase, emergency access, the audit log."""
