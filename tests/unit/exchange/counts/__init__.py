"""Tests of counts from a laboratory's files: what is read, what is asked, what is refused and in which words."""
