"""Bedside: one patient's CAR T-cell course, from referral to transplant; holds the program's version."""

import os

# Nothing that happens to be installed beside Bedside may look into what it reads, and no start waits for a search.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

__version__ = "0.1.0"
