"""Tests of single rooms: no Qt, no disk beyond the resources."""
