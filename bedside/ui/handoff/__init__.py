"""The handoff: the summary as it will print, what is missing for it, and what was sent before."""
