"""Therapy and wash-out: every agent against the planned apheresis and infusion, and what other dates would meet."""
