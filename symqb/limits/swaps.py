"""Where two levels swap their order of population: as an equation, and as a temperature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp
from mpmath import mp

from symqb.errors import InvalidParameter, UnknownChoice
from symqb.evaluators import evaluator
from symqb.limits.setting import setting
from symqb.model import Model
from symqb.xxz import as_model

#: Bits beyond mpmath's working precision, spent on the rounding of T and of the populations near the root.
GUARD = 30


def swap(
    battery: int | Model,
    first: str,
    second: str,
    where: Mapping[str, Any] | None = None,
    at: Mapping[str, Any] | None = None,
) -> sp.Eq:
    """The equation p_first = p_second of two levels, by label.

    Without ``where``: t_first = t_second over the total rates A_ij, E_ij, Eq. (13). With it (values by name, ``{}`` for
    none) the same over the model's own parameters, with T = 0 and the reference point ``at`` as in
    ``symqb.limits.steady_state``; an infinite temperature is refused.

    Raises ``UnknownChoice`` for a label and the errors of ``symqb.limits.steady_state``.
    """
    model = as_model(battery)
    labels = [level.label for level in model.levels]
    places = [_place(label, labels) for label in (first, second)]
    left, right = (model.steady_state.trees[place] for place in places)
    if where is None:
        return sp.Eq(left, right, evaluate=False)
    chosen = setting(model, where, at)
    if any(map(chosen.is_infinite, model.baths)):
        raise InvalidParameter("where", dict(where), "finite temperatures, as a swap takes place at one")
    rates = chosen.finite_rates
    return sp.Eq(left.xreplace(rates), right.xreplace(rates), evaluate=False)


def swap_temperature(
    qubits: int | Model,
    first: str,
    second: str,
    bracket: tuple[Any, Any],
    unknown: str = "T_L",
    **parameters: Any,
) -> Any:
    """The temperature ``unknown`` at which two levels are equally populated, as an mpf at mpmath's working precision.

    bracket: two temperatures > 0 between which p_first - p_second changes sign; of several roots one is found.
    parameters: everything else, as for an evaluator.

    Raises ``InvalidParameter`` where the difference does not change its sign or ``unknown`` is given, ``UnknownChoice``
    for a label, and the errors of an evaluator.
    """
    if unknown in parameters:
        raise InvalidParameter(unknown, parameters[unknown], "no value: it is what is searched for")
    with mp.extraprec(GUARD):
        evaluate = evaluator(qubits, "mpmath", outputs="populations")
        i, j = (_place(label, evaluate.levels) for label in (first, second))

        def contrast(log_T: Any) -> Any:
            """(p_i - p_j)/(p_i + p_j): of order 1 however small both are."""
            p = evaluate(**parameters, **{unknown: mp.exp(log_T)}).populations
            return (p[i] - p[j]) / (p[i] + p[j])

        ends = _logarithms(bracket)
        if contrast(ends[0]) * contrast(ends[1]) >= 0:
            allowed = f"two temperatures between which the populations of {first} and {second} swap"
            raise InvalidParameter("bracket", repr(bracket), allowed)
        # Bisection keeps the change of sign between its ends to the last bit; its 2^-prec is in units of log T.
        root = mp.exp(mp.findroot(contrast, ends, solver="bisect", tol=mp.eps * 2**10, maxsteps=2 * mp.prec))
    return +root


def _logarithms(bracket: tuple[Any, Any]) -> list[Any]:
    try:
        ends = [mp.mpmathify(end) for end in bracket]
    except (TypeError, ValueError):
        ends = []
    if not ends or not all(mp.isfinite(end) and mp.im(end) == 0 and end > 0 for end in ends):
        raise InvalidParameter("bracket", repr(bracket), "two temperatures above 0")
    return [mp.log(end) for end in ends]


def _place(label: str, labels: Sequence[str]) -> int:
    if label not in labels:
        raise UnknownChoice("level", label, labels)
    return list(labels).index(label)
