"""Tests of the sheet that imports counts."""
