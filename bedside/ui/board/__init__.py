"""The ward board: who is where, in which class, what moved and what is due."""
