"""Tests of the built window on a temporary store, by keyboard."""
