"""The questions of the registries, read when they are asked for."""

from functools import cache

from bedside.knowledge.families.registry import RegistryTables
from bedside.knowledge.loader import load_family


@cache
def load_registry() -> RegistryTables:
    """Return the questions that travel with the program, read once; BedsideError names the fault."""
    return load_family("registry", RegistryTables)
