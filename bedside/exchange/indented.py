"""JSON values as text on lines of their own, indented by one space.

The standard encoder indents by closures that refer to each other: thousands of values written one by one would leave a
hundred thousand objects to the garbage collector, which holds up a window while it looks at them.
"""

from json.encoder import encode_basestring
from typing import Any


def indented(value: Any, before: str = "") -> str:
    """Return what `json.dumps(value, ensure_ascii=False, indent=1)` does, every line but the first behind `before`.

    Values are texts, numbers that are finite, booleans, None, and dicts and lists of these.
    """
    inside = before + " "
    if isinstance(value, dict) and value:
        parts = [f"{inside}{encode_basestring(name)}: {indented(part, inside)}" for name, part in value.items()]
        return "{{\n{}\n{}}}".format(",\n".join(parts), before)
    if isinstance(value, list) and value:
        parts = [inside + indented(part, inside) for part in value]
        return "[\n{}\n{}]".format(",\n".join(parts), before)
    return _simple(value)


def _simple(value: Any) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)
