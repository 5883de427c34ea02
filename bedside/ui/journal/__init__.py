"""The journal: every entry of a patient, what became of it, and who wrote it."""
