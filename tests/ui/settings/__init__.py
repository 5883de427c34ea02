"""Tests of the settings of this computer."""
