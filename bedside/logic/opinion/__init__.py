"""Beside the risk class: the second opinion, where the sources differ, and the HSCT panel (11, 12)."""
