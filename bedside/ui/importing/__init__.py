"""The import of counts: a laboratory's file read before it is stored, every line with what becomes of it."""
