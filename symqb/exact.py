"""The back ends that evaluate point by point: how parameters become their numbers, and their rounding unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from fractions import Fraction
from math import inf, isnan
from typing import Any, NamedTuple, cast

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
        number = entry.item() if isinstance(entry, np.generic) else entry
        if isinstance(number, float):
            return arb(number) if isnan(number) else number  # NumPy warns where it compares a NaN among objects
        return arb(number) if hasattr(number, "_mpf_") else Fraction(number)  # arb and mpf have it

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


def _mpf_digits(digits: int) -> AbstractContextManager[Any]:
    from mpmath import mp

    return cast(AbstractContextManager[Any], mp.workdps(digits))


def _mpf_text(number: Any) -> str:
    from mpmath import mp

    return str(mp.nstr(number, mp.dps))


def _arb_unit() -> Any:
    from flint import arb, ctx

    return arb(2) ** (1 - ctx.prec)


def _arb_digits(digits: int) -> AbstractContextManager[Any]:
    from flint import ctx

    return cast(AbstractContextManager[Any], ctx.workdps(digits))


def _arb_text(number: Any) -> str:
    """Such as [0.333 +/- 4e-4], or inf."""
    return "inf" if number == inf else str(number)


class Numbers(NamedTuple):
    """``convert(name, value)`` gives an object array; the others speak of the precision that is set.

    unit: the rounding unit; digits: a context that sets the precision; text: a result with as many digits.
    """

    convert: Callable[[str, Any], Array]
    unit: Callable[[], Any]
    digits: Callable[[int], AbstractContextManager[Any]]
    text: Callable[[Any], str]


#: By back end.
POINT_BY_POINT: Mapping[str, Numbers] = {
    "mpmath": Numbers(to_mpf, _mpf_unit, _mpf_digits, _mpf_text),
    "arb": Numbers(to_exact, _arb_unit, _arb_digits, _arb_text),
}
