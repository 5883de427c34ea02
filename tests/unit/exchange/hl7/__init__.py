"""Tests of HL7 result messages."""
