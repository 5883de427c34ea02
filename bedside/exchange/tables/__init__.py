"""Flat tables of what charts hold, with the dictionary that explains them."""
