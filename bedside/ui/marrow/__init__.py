"""Marrow and persistence: blasts and MRD, B cells, the CAR-T level and IgG on one axis, and what follows from them."""
