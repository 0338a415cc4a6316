"""The one place that says which parameter values are allowed, and refuses the others.

A parameter has a role, which a model assigns: ``temperature`` and ``strength`` belong to a bath, symbols declared
positive are ``positive``, all else is ``real``; a ``time`` is no parameter, but checked like one. Units:
hbar = k_B = 1; energies, frequencies and temperatures share one unit, strengths are dimensionless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from symqb.errors import AllBathsAtZero, InvalidParameter, MissingParameter, UnknownParameter

#: Magnitudes beyond this leave the range in which float64 holds every rate and product of rates.
LARGEST = 1e30
#: A temperature or strength below this, but not 0, does so too.
SMALLEST = 1e-30
#: A bath at unit strength is the default, as in the paper.
DEFAULT_STRENGTH = 1.0

Array = Any  # a float64 array, or an object array of mpf for the mpmath back end


@dataclass(frozen=True)
class Role:
    """What values a kind of parameter may take: ``allowed`` in words, ``holds`` as an elementwise test."""

    allowed: str
    holds: Callable[[Array], Array]


# Each test is written so that NaN fails it.
POSITIVE = Role(
    f"a positive number from {SMALLEST:.0e} to {LARGEST:.0e}",
    lambda v: (v >= SMALLEST) & (v <= LARGEST),
)
ROLES: Mapping[str, Role] = {
    "real": Role(f"a finite real number, at most {LARGEST:.0e} in magnitude", lambda v: abs(v) <= LARGEST),
    "temperature": Role(
        f"exactly 0, or a number from {SMALLEST:.0e} to {LARGEST:.0e}",
        lambda v: (v == 0) | ((v >= SMALLEST) & (v <= LARGEST)),
    ),
    "strength": POSITIVE,
    "positive": POSITIVE,
    "time": Role(f"a number from 0 to {LARGEST:.0e}", lambda v: (v >= 0) & (v <= LARGEST)),
}


def prepare(
    given: Mapping[str, Any],
    T_eq: Any,
    roles: Mapping[str, str],
    defaults: Mapping[str, Any],
    convert: Callable[[str, Any], Array],
) -> tuple[dict[str, Array], tuple[int, ...]]:
    """(values as arrays, T_eq among them, and their broadcast shape), complete and checked.

    T_eq is the last temperature unless given. Raises ``InvalidParameter``, ``AllBathsAtZero``, ``UnknownParameter``
    and ``MissingParameter``.
    """
    temperatures = [name for name, role in roles.items() if role == "temperature"]
    chosen = complete(given, roles, defaults)
    chosen["T_eq"] = chosen[temperatures[-1]] if T_eq is None else T_eq
    values = {name: convert(name, value) for name, value in chosen.items()}
    try:
        shape = np.broadcast_shapes(*(value.shape for value in values.values()))
    except ValueError as error:
        shown = {*given, *(["T_eq"] if T_eq is not None else [])}
        shapes = ", ".join(f"{name} {value.shape}" for name, value in values.items() if value.shape and name in shown)
        raise InvalidParameter("shapes", shapes, "arrays that broadcast against each other") from error
    check(values, {**roles, "T_eq": "temperature"}, temperatures)
    return values, shape


def complete(given: Mapping[str, Any], roles: Mapping[str, str], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The given values with defaults filled in, in the order of ``roles``.

    Raises ``UnknownParameter`` for a name outside ``roles`` and ``MissingParameter`` for one without a value.
    """
    for name in given:
        if name not in roles:
            raise UnknownParameter(name, roles)
    values = {**defaults, **{name: value for name, value in given.items() if value is not None}}
    for name in roles:
        if values.get(name) is None:
            raise MissingParameter(name)
    return {name: values[name] for name in roles}


def to_float64(name: str, value: Any) -> Array:
    """``value`` as a float64 array of any shape; raises ``InvalidParameter`` where it is not real numbers."""
    try:
        number: Any = Fraction(value) if isinstance(value, str) else value  # "0.5", "1e-3", "1/3"
        if np.iscomplexobj(number):
            raise TypeError("complex")
        return np.asarray(number, dtype=np.float64) + 0.0  # -0.0 becomes 0.0: a bath at T = -0.0 is a bath at T = 0
    except (TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
        allowed = "a real number" if isinstance(value, str) else "a real number or an array of them"
        raise InvalidParameter(name, repr(value), allowed) from error


def check(values: Mapping[str, Array], roles: Mapping[str, str], baths: Iterable[str]) -> None:
    """Refuse the first value outside its role, and points at which every bath (temperature names) is at T = 0.

    Arrays are elementwise; the error names the first offending index of that parameter's own array.
    """
    for name, value in values.items():
        check_role(name, value, roles[name])
    temperatures = tuple(baths)
    zero = np.asarray(True)
    for name in temperatures:
        zero = zero & np.asarray(values[name] == 0, dtype=bool)
    if zero.any():
        raise AllBathsAtZero(temperatures, first_index(zero))


def check_role(name: str, value: Array, role: str) -> None:
    """Refuse the first entry of an array that is outside the role."""
    bad = ~np.asarray(ROLES[role].holds(value), dtype=bool)
    if bad.any():
        index = first_index(bad)
        raise InvalidParameter(name, value[index], ROLES[role].allowed, index)


def check_one_point(given: Mapping[str, Any]) -> None:
    """Refuse arrays where a question is about one parameter point."""
    for name, value in given.items():
        if np.ndim(value):
            raise InvalidParameter(name, value, "a single number: this is about one parameter point")


def first_index(mask: Array) -> tuple[int, ...]:
    """Index of the first true place of a boolean array, in C order; () for a scalar."""
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))
