"""Bedside: one patient's CAR T-cell course, from referral to transplant; holds the program's version."""

__version__ = "0.1.0"
