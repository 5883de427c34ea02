"""Tests of the interchange format: what is read, what is refused and in which words, what is written."""
