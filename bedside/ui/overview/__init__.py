"""The overview of one patient: the course on one time axis, the three panels, what is open."""
