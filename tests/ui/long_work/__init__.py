"""Tests of how long work is shown and ended."""
