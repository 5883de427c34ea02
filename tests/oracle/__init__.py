"""A second, independent implementation of the risk class, written from the rulebook, to hold against the program's."""
