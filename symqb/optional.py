"""Packages that come with an extra: whether they are there, and the error where they are not."""

from __future__ import annotations

from importlib.util import find_spec

from symqb.errors import MissingPackage


def installed(package: str) -> bool:
    """Whether a package can be imported. A mere folder of its name is none, though Python imports it as a namespace."""
    spec = find_spec(package)
    return spec is not None and spec.origin is not None


def require(extra: str, *packages: str) -> None:
    """Raise ``MissingPackage`` for the first package that is not installed; ``extra`` of symqb would install it."""
    for package in packages:
        if not installed(package):
            raise MissingPackage(package, extra)
