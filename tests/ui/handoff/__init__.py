"""Tests of the handoff view."""
