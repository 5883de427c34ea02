"""Finds the files that travel with the program: in an installed package first, then in the checkout."""

from pathlib import Path, PurePosixPath

from bedside.chart.errors import BedsideError

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parent / "resources"


def resource(name: str) -> Path:
    """The path of one resource, named with forward slashes from the resources folder ("icons/x.svg").

    A name that is absolute, leaves the folder or does not exist is a fault of the program and raises BedsideError.
    """
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name or not relative.parts:
        raise BedsideError(f"not the name of a resource: {name!r}")
    for folder in (_INSTALLED, _CHECKOUT):
        path = folder.joinpath(*relative.parts)
        if path.exists():
            return path
    raise BedsideError(f"no such resource: {name!r}")
