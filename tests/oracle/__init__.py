"""A second, independent implementation of the risk class, after the written rules, to hold against the program's."""
