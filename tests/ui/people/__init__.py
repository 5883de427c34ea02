"""Tests of the sheets about people."""
