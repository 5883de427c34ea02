"""Work that makes very many small values at once, without the collector looking through all of them again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_under_way: list[None] = []


@contextmanager
def collecting_later() -> Iterator[None]:
    """Put garbage collection off until the block ends, whoever does it: the interpreter, or the window by itself."""
    was_on = gc.isenabled()
    gc.disable()
    _under_way.append(None)
    try:
        yield
    finally:
        _under_way.pop()
        if was_on:
            gc.enable()


def is_put_off() -> bool:
    """Return whether such work is under way."""
    return bool(_under_way)
