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


Given = Mapping[str, Any]


def prepare(
    given: Given, T_eq: Any, roles: Mapping[str, str], defaults: Given, convert: Callable[[str, Any], Array]
) -> tuple[dict[str, Array], tuple[int, ...]]:
    """What ``arrange`` gives, checked. Raises ``AllBathsAtZero`` too.

    -0.0 becomes 0.0: a bath at T = -0.0 is a bath at T = 0.
    """
    values, shape = arrange(given, T_eq, roles, defaults, convert)
    temperatures = [name for name, role in roles.items() if role == "temperature"]
    check(values, {**roles, "T_eq": "temperature"}, temperatures)
    return {name: value + 0.0 for name, value in values.items()}, shape


def arrange(
    given: Given, T_eq: Any, roles: Mapping[str, str], defaults: Given, convert: Callable[[str, Any], Array]
) -> tuple[dict[str, Array], tuple[int, ...]]:
    """(values as arrays, T_eq among them, and their broadcast shape), complete, not checked.

    T_eq is the last temperature unless given. Raises ``InvalidParameter`` for what are no real numbers or do not
    broadcast, ``UnknownParameter`` and ``MissingParameter``.
    """
    chosen = complete(given, roles, defaults)
    reference = T_eq
    if T_eq is None:
        reference = chosen[[name for name, role in roles.items() if role == "temperature"][-1]]
    values = {name: convert(name, value) for name, value in (*chosen.items(), ("T_eq", reference))}
    shapes = [value.shape for value in values.values()]
    try:
        return values, np.broadcast_shapes(*shapes) if any(shapes) else ()
    except ValueError as error:
        shown = {*given, *(["T_eq"] if T_eq is not None else [])}
        found = ", ".join(f"{name} {value.shape}" for name, value in values.items() if value.shape and name in shown)
        raise InvalidParameter("shapes", found, "arrays that broadcast against each other") from error


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
        if type(value) in (float, int):  # a tenth of the time
            return np.float64(value)
        number: Any = Fraction(value) if isinstance(value, str) else value  # "0.5", "1e-3", "1/3"
        if np.iscomplexobj(number):
            raise TypeError("complex")
        return np.asarray(number, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
        allowed = "a real number" if isinstance(value, str) else "a real number or an array of them"
        raise InvalidParameter(name, repr(value), allowed) from error


def check(values: Mapping[str, Array], roles: Mapping[str, str], baths: Iterable[str]) -> None:
    """Refuse the first value outside its role, and points at which every bath (temperature names) is at T = 0.

    Arrays are elementwise; the error names the first offending index of that parameter's own array.
    """
    for name, value in values.items():
        if type(value) not in (float, int) or not ROLES[roles[name]].holds(value):
            check_role(name, np.asarray(value), roles[name])
    temperatures = tuple(baths)
    zero: Any = True
    for name in temperatures:
        zero = zero & (values[name] == 0)
    if np.any(zero):
        raise AllBathsAtZero(temperatures, first_index(np.asarray(zero)))


def are_sound(values: Mapping[str, Array], roles: Mapping[str, str]) -> bool:
    """Whether ``check`` certainly passes, by extremes alone: not where a temperature is 0 at some points only.

    ``values`` are arrays of one dimension.
    """
    warm = False
    for name, value in values.items():
        some = value if value.strides[0] else value[:1]  # one number at all points
        # As Python's floats, which compare in a fraction of the time of NumPy's.
        low, high, role = float(np.minimum.reduce(some)), float(np.maximum.reduce(some)), roles[name]
        if not (ROLES[role].holds(low) and ROLES[role].holds(high)) or (role == "temperature" and low == 0 < high):
            return False
        warm |= role == "temperature" and low > 0
    return warm


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
