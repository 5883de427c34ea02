"""The vocabulary: one patient, one journal of dated entries, and what is derived from it; values without I/O."""
