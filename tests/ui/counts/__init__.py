"""Tests of the counts: the flowsheet, the column that is typed, the round sheet."""
