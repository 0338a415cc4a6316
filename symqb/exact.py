"""The back ends that evaluate point by point: how parameters become their numbers, and their rounding unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from symqb.errors import InvalidParameter
from symqb.parameters import Array

NUMBERS = "a real number or an array of them"


def to_mpf(name: str, value: Any) -> Array:
    """Object array of mpf, with guard bits: numbers, fractions, strings such as "0.1" or "1/3"."""
    from mpmath import mp

    with mp.workprec(2 * mp.prec + 200):
        array = _converted(name, value, mp.mpmathify)
    if any(isinstance(entry, mp.mpc) for entry in array.ravel()):
        raise InvalidParameter(name, repr(value), NUMBERS)
    return array


def to_exact(name: str, value: Any) -> Array:
    """Object array of floats, fractions and balls, none of them rounded: what ``to_mpf`` takes, and arb balls."""
    from flint import arb

    def exact(entry: Any) -> Any:
        if isinstance(entry, (float, arb)):
            return entry
        return arb(entry) if hasattr(entry, "_mpf_") else Fraction(entry)

    return _converted(name, value, exact)


def _converted(name: str, value: Any, convert: Callable[[Any], Any]) -> Array:
    entries = np.asarray(value, dtype=object)
    array = np.empty(entries.shape, dtype=object)
    try:
        array.ravel()[:] = [convert(entry) for entry in entries.ravel()]
    except (TypeError, ValueError, ZeroDivisionError) as error:
        raise InvalidParameter(name, repr(value), NUMBERS) from error
    return array


def _mpf_unit() -> Any:
    from mpmath import mp

    return mp.eps


def _arb_unit() -> Any:
    from flint import arb, ctx

    return arb(2) ** (1 - ctx.prec)


class Numbers(NamedTuple):
    """``convert(name, value)`` gives an object array; ``unit()`` the rounding unit at the precision that is set."""

    convert: Callable[[str, Any], Array]
    unit: Callable[[], Any]


#: By back end.
POINT_BY_POINT: Mapping[str, Numbers] = {
    "mpmath": Numbers(to_mpf, _mpf_unit),
    "arb": Numbers(to_exact, _arb_unit),
}
