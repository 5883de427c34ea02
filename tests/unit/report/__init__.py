"""Tests of the handoff PDF."""
