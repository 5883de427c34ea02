"""Tests of the command line as its callers see it."""
