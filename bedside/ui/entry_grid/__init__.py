"""Boxes typed into in a grid: typed entries of one patient, painted boxes, one editor."""
