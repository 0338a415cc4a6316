"""Section V and Appendices B, C as claims: each printed equation against the derived model of three qubits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import sympy as sp

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.methods.identity import Context, Relation, equation, rational, written
from proofs.paper import appendix_b, appendix_c, section_5
from proofs.paper.printed import Printed
from proofs.printed import (
    HALF,
    KAPPA,
    PARAMETERS,
    ROOT_2,
    SWITCH,
    any_state,
    closed_forms,
    coherences,
    couplings,
    derived_coherences,
    derived_flows,
    eigenpair,
    every_element,
    hamiltonian,
    printed_claim,
    spectrum,
    together,
)
from proofs.program_text import battery, chain
from proofs.theorems.elimination import by_bath, populations, rates_of
from symqb.symbols import positive, real

NUMBERED: dict[str, Printed] = {
    p.number: p for p in (*section_5.EQUATIONS, *appendix_b.EQUATIONS, *appendix_c.EQUATIONS)
}
J, J_INVERSE, DELTA = map(real, ("J", "J_inverse", "Delta"))
ALPHA, X, Y = map(positive, ("alpha", "x", "y"))
TRANSITIONS = tuple(t.name for t in battery(3).transitions)
BY_BATH = by_bath(3)

ROOT = Relation("alpha_squared", ALPHA**2 - DELTA**2 - 8 * J**2, ALPHA,
                ("assume alpha_squared: alpha**2 - Delta**2 - 8*J**2 = 0",))  # fmt: skip
INVERSE = Relation("J_inverted", J * J_INVERSE - 1, J_INVERSE, ("assume J_inverted: J*J_inverse - 1 = 0",))


def norm(name: str) -> Relation:
    """16 alpha x^2 = alpha - Delta from the printed x; for y, -alpha stands for alpha."""
    alpha = {"x": "alpha", "y": "(-alpha)"}[name]
    printed = written(rational(1 / NUMBERED[name].relations[0].rhs ** 2))
    bracket = f"(Delta + {alpha})**2*J_inverse**2"
    goal = f"16*{alpha}*{name}**2 - ({alpha} - Delta)"
    once = f"({alpha} - Delta)*{name}**2*{bracket}"
    why = (
        f"({alpha} - Delta)*J**2*J_inverse**2*{name}_printed"
        f" - J_inverse**2*{name}**2*({alpha} + Delta)*alpha_squared"
        f" - ({once} + {goal})*J_inverted*(J*J_inverse + 1)"
    )
    symbol = positive(name)
    sign = 1 if alpha == "alpha" else -1
    polynomial = 16 * sign * ALPHA * symbol**2 - (sign * ALPHA - DELTA)
    return Relation(f"{name}_short", polynomial, symbol,
                    (f"assume {name}_printed: {name}**2*({printed}) - 1 = 0",
                     f"have {name}_short: {goal} = 0 by {why}"))  # fmt: skip


ROOTS = (ROOT, INVERSE)
#: What stands for the printed square roots.
NORMS = {1 / sp.sqrt(section_5.plus**2 + 8): X, 1 / sp.sqrt(section_5.minus**2 + 8): Y, sp.sqrt(2): ROOT_2}
NUMBERS = (
    "let alpha = root_of_squares(1, Delta, 8, J)",
    "let J_inverse = 1/J",
    "let x = 1/root_of_squares(8, 1, 1, (Delta + alpha)/J)",
    "let y = 1/root_of_squares(8, 1, 1, (Delta - alpha)/J)",
)


#: What is wrong in one sentence, by number.
WRONG = {
    "B3": "n_L stands at omega_61 in the emission rate of 81.",
    "B9": "x^2 should be x^4, as y^4 in (B12).",
    "26": "The terms of 48, 53 and 73 are missing; and 65, 87 have one frequency: their coherences move together.",
    "27": "The squared matrix elements are missing: 1/2 is right at 13 and 42 alone.",
    "C3": "The exchange with levels 5 and 7 is missing.",
    "C5": "The exchange with level 3 is missing.",
    "C7": "The exchange with level 3 is missing.",
}


def claims() -> Iterator[Claim]:
    """The equations in order; what holds instead stands beside those that fail."""
    yield from _levels()
    yield from _rates()
    yield from _generator()
    yield from _flows()


def _levels() -> Iterator[Claim]:
    words = "(20) is the derived Hamiltonian of three qubits in the bare basis."
    yield printed_claim(NUMBERED["20"], Context(PARAMETERS, hamiltonian(3)), words)
    operators = {v: section_5.coupling_22(v, real("epsilon")) for v in "LR"}
    yield couplings(NUMBERED["22"], 3, operators)
    used = {**dict.fromkeys("ab", (HALF,)), **dict.fromkeys("cd", ()), **dict.fromkeys("ef", (norm("x"), *ROOTS)),
            **dict.fromkeys("gh", (norm("y"), *ROOTS))}  # fmt: skip
    for letter, relations in used.items():
        printed = NUMBERED[f"21{letter}"]
        words = (
            f"The vector in ({printed.number}) is a normalised eigenvector of three qubits' derived Hamiltonian, with "
        )
        words += "the printed energy."
        yield printed_claim(printed, spectrum(3, relations), words, eigenpair(printed, 3, NORMS))
    (root,) = battery(3).roots
    radicand = sp.Eq(real("radicand"), NUMBERED["alpha"].relations[0].rhs ** 2, evaluate=False)
    yield printed_claim(NUMBERED["alpha"], Context(Domain.of("J", "Delta"), (f"let radicand = {root.radicand}",)),
                        "The printed alpha is the square root in three qubits' energies.", [radicand])  # fmt: skip


def _rates() -> Iterator[Claim]:
    for number, printed in NUMBERED.items():
        if number[0] == "B" or number == "27":
            v = "L" if number[0] == "B" else "R"
            words, wrong = f"The rates in ({number}) are the derived ones of three qubits.", WRONG.get(number, "")
            context = _rate_context(printed, v)
            yield printed_claim(printed, context, words, correction="rates_of_three_qubits", wrong=wrong)
    omegas = Domain.of(*(f"0 < {t.omega}" for t in battery(3).transitions))
    domain = Domain.of("J", "Delta", "epsilon", "0 < kappa", "0 < T_L", "0 < T_R")
    words = (
        "The derived rates of three qubits' fourteen transitions have weights in terms of alpha, Delta, J and epsilon."
    )
    yield closed_forms("rates_of_three_qubits", words, battery(3), KAPPA, Context(domain, (), (ROOT,), omegas))


def _rate_context(printed: Printed, v: str) -> Context:
    names = sorted({str(s) for r in printed.relations for s in r.free_symbols})
    omegas = [name for name in names if name.startswith("omega_")]
    omegas += [f"omega_{n[4:]}" for n in names if n.startswith("n_") and f"omega_{n[4:]}" not in omegas]
    rates = [str(r.lhs) for r in printed.relations]
    lets = (*chain(rates, KAPPA, model=battery(3), free=("alpha", *omegas)),
            *(f"let n_{v}_{omega[6:]} = 1/(exp({omega}/T_{v}) - 1)" for omega in omegas))  # fmt: skip
    domain = Domain.of("J", "Delta", "0, Delta, J, -J < B0", "epsilon", "0 < kappa", f"0 < T_{v}")
    relations = tuple(r for r in (norm("x"), norm("y")) if str(r.variable) in names) + ROOTS
    numbers = (*NUMBERS, *chain(omegas, model=battery(3), free=("alpha",)))
    near = Domain.of("1 <= J <= 1", "1/4 <= Delta <= 1", "5 <= B0 <= 5", "0 <= epsilon <= 1", "1 <= kappa <= 1",
                     f"1 <= T_{v} <= 20")  # fmt: skip
    return Context(domain, lets, relations, Domain.of(*(f"0 < {omega}" for omega in omegas)), numbers, near)


def _generator() -> Iterator[Claim]:
    """(23) with (24) and (25) in the printed eigenbasis, on states that are diagonal in it."""
    model, kappa, epsilon = battery(3), positive("kappa"), real("epsilon")
    vectors = [_vector(k) for k in range(1, 9)]
    rho = sp.diag(*(positive(p) for p in populations(3)))
    groups: dict[sp.Expr, list[tuple[int, int]]] = {}  # by frequency: 65 and 87 have the same one
    for t in model.transitions:
        groups.setdefault(t.frequency, []).append((t.upper.index, t.lower.index))
    terms = {name: sp.zeros(8) for name in ("L_1", "R_3", "L_3", "L_13")}
    for pairs in groups.values():
        V = {k: sp.zeros(8) for k in (1, 3)}
        for k, (i, j) in product(V, pairs):
            V[k][j - 1, i - 1] = (vectors[j - 1].T * section_5.on_site(section_5.SIGMA_X, k) * vectors[i - 1])[0, 0]
        name = f"{pairs[0][0]}{pairs[0][1]}"
        density, n = kappa * real(f"omega_{name}"), {v: positive(f"n_{v}_{name}") for v in "LR"}
        for v, k in (("L", 1), ("R", 3), ("L", 3)):
            terms[f"{v}_{k}"] += section_5.dissipator_24(V[k], rho, n[v], density)
        terms["L_13"] += section_5.dissipator_25(V[1], V[3], rho, n["L"], density)
    change = section_5.master_equation_23(sp.zeros(8), rho, epsilon, terms)
    omegas = [t.omega.name for t in model.transitions]
    lines = (*chain(rates_of(3), KAPPA, model=model, free=("alpha", *omegas)), *derived_flows(3))
    lets = (line.replace("omega_87", "omega_65") for line in lines)  # both are B0
    occupations = (f"let n_{v}_{omega[6:]} = 1/(exp({omega}/T_{v}) - 1)" for omega in omegas for v in "LR")
    domain = Domain.of(
        "J", "Delta", "epsilon", "0 < kappa", "0 < T_L", "0 < T_R", *(f"0 < {p}" for p in populations(3))
    )
    free = Domain.of(*(f"0 < {omega}" for omega in omegas if omega != "omega_87"))
    context = Context(domain, (*lets, *occupations), (norm("x"), norm("y"), *ROOTS, HALF, SWITCH), free)
    relations = [sp.Eq(real(f"pdot_{k}"), change[k - 1, k - 1], evaluate=False) for k in range(1, 9)]
    words = (
        "On states of three qubits that are diagonal in the levels, (23) with (24) and (25) is the derived rate "
        "equation, for epsilon = 0 or 1."
    )
    yield from together([NUMBERED[number] for number in ("23", "24", "25")], context, words, relations)


def _vector(k: int) -> sp.Matrix:
    """A printed vector with x, y and root_2 for its square roots."""
    printed = NUMBERED[f"21{'abcdefgh'[k - 1]}"]
    return sp.Matrix([sp.sympify(r.rhs).xreplace(NORMS) for r in printed.relations[:8]])


def _on_any_state(given: Mapping[str, sp.Symbol]) -> Iterator[Claim]:
    """(26) against every derived population and coherence; 65 and 87 have one frequency, hence the same rates."""
    model, vectors, same = battery(3), [sp.eye(8)[:, k] for k in range(8)], {"65": "87"}
    equal = [f"{kind}_{pair}_{v}" for pair in same.values() for v in "LR" for kind in "ea"]
    free = (*populations(3), *coherences(3), "i", *(f"E_{k}" for k in range(1, 9)))
    domain = Domain.of(*(f"0 < {name}" for name in (*free, *(rate for rate in BY_BATH if rate not in equal))))
    lets = (*(f"let {rate} = {rate.replace('87', '65')}" for rate in equal),
            *chain(rates_of(3), model=model, free=BY_BATH), *derived_flows(3), *derived_coherences(3))  # fmt: skip
    context = Context(domain, lets, near=Domain.of(*(f"1 <= {name} <= 3" for name in domain.names)))
    rho, H = any_state(vectors), sp.diag(*(real(f"E_{k}") for k in range(1, 9)))

    def tau(i: int, j: int) -> sp.Matrix:
        return vectors[i - 1] * vectors[j - 1].T

    printed = section_5.master_equation_26(rho, tau, given, H)
    words = "On any state of three qubits, (26) is the derived equation of every population and coherence."
    yield printed_claim(NUMBERED["26"], context, words, every_element(printed, vectors), "26_corrected", WRONG["26"])
    whole = section_5.commutator_term(H, rho)
    for t in model.transitions:
        if t.name in same.values():
            continue
        X_ = tau(t.lower.index, t.upper.index)
        if t.name in same:
            X_ -= tau(*(int(k) for k in same[t.name][::-1]))
        for v, kind in product("LR", "ea"):
            K = X_ if kind == "e" else X_.T
            whole += given[f"{kind}_{t.name}_{v}"] * section_5.bracket(K, K, rho)
    words = (
        "On any state of three qubits, (26) is the derived equation of every population and coherence once it has the "
        "terms of 48, 53 and 73, and 65 and 87 as one: L of tau_56 - tau_78, by the signs of (21)."
    )
    yield equation("26_corrected", words, every_element(whole, vectors), context)


def _flows() -> Iterator[Claim]:
    """(26), then (C1)-(C8) against the derived rate equation; gamma_ij of each bath is free."""
    model = battery(3)
    domain = Domain.of(*(f"0 < {name}" for name in (*BY_BATH, *populations(3))))
    near = Domain.of(*(f"1 <= {name} <= 3" for name in domain.names))
    context = Context(domain, (*chain(rates_of(3), model=model, free=BY_BATH), *derived_flows(3)), near=near)
    given = {name: positive(name) for name in BY_BATH}
    yield from _on_any_state(given)
    derived = [flow.right for flow in model.steady_state.rate_equations()]
    totals = {
        positive(f"{K}_{p}"): given[f"{k}_{p}_L"] + given[f"{k}_{p}_R"] for p in TRANSITIONS for K, k in ("Aa", "Ee")
    }
    for k in range(1, 9):
        words = f"(C{k}) is the derived rate equation of level {k} of three qubits."
        correction, wrong = (f"C{k}_corrected", WRONG[f"C{k}"]) if f"C{k}" in WRONG else ("", "")
        yield printed_claim(NUMBERED[f"C{k}"], context, words, correction=correction, wrong=wrong)
    for k in (3, 5, 7):
        relation = sp.Eq(real(f"pdot_{k}"), derived[k - 1].xreplace(totals), evaluate=False)
        added = "levels 5 and 7" if k == 3 else "level 3"
        words = (
            f"With the exchange with {added} added, (C{k}) is the derived rate equation of level {k} of three qubits."
        )
        yield equation(f"C{k}_corrected", words, [relation], context)
