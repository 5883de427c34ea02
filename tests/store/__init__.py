"""Tests of the store on real files: durability, keys, faults."""
