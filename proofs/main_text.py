"""Sections II to IV as claims: each printed equation against the derived model of two qubits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy as sp

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.methods.identity import Context, Relation
from proofs.paper import model as printed
from proofs.paper import rates
from proofs.paper.energy import EQUATIONS as ENERGY
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
from proofs.regions import ONE_STRENGTH, STRONG_FIELD, WARM
from proofs.theorems.elimination import by_bath
from proofs.theorems.etas import ETAS
from proofs.theorems.names import PAIRS, POPULATIONS, TOTALS
from symqb.symbols import positive, real

NUMBERED: dict[str, Printed] = {p.number: p for p in (*printed.EQUATIONS, *rates.EQUATIONS, *ENERGY)}
REGION = Domain.of("J", "Delta", "epsilon") + STRONG_FIELD + ONE_STRENGTH + WARM
#: Where counterexamples are looked for first: near the paper's figures.
NEAR = Domain.of("1 <= J <= 1", "0 <= Delta <= 1", "0 <= epsilon <= 1", "2 <= B0 <= 3", "1 <= kappa <= 1",
                 "1 <= T_L <= 3", "1 <= T_R <= 3")  # fmt: skip
OMEGAS = tuple(f"omega_{pair}" for pair in PAIRS)
ENERGIES = ("E_1", "E_2", "E_3", "E_4")
BY_BATH = by_bath(2)
#: (11) and (12) write 14 for the transition between levels 4 and 1: there gamma_14^e multiplies L of |1><4|.
FOURTEEN = (*(f"let {kind}_14_{v} = {kind}_41_{v}" for kind in "ae" for v in "LR"), "let omega_14 = -omega_41")
OCCUPATIONS = tuple(f"let n_{v}_{pair} = 1/(exp(omega_{pair}/T_{v}) - 1)" for pair in (*PAIRS, "14") for v in "LR")
VECTORS = [printed.PHI[k] for k in (1, 2, 3, 4)]
ROOTS = {sp.sqrt(2): ROOT_2}
ONE = Relation("one", sp.Add(*map(positive, POPULATIONS)) - 1, positive("p_1"),
               ("assume one: p_1 + p_2 + p_3 + p_4 - 1 = 0",))  # fmt: skip


def claims() -> Iterator[Claim]:
    """The equations in order; what holds instead stands beside those that fail."""
    yield from _model()
    yield from _generators()
    yield from _rates()
    yield from _energies()


def _model() -> Iterator[Claim]:
    for number in ("1", "3"):
        words = f"({number}) is the derived Hamiltonian of two qubits in the bare basis."
        yield printed_claim(NUMBERED[number], Context(PARAMETERS, hamiltonian(2)), words)
    for number in ("2a", "2b", "2c", "2d"):
        pairs = eigenpair(NUMBERED[number], 2, ROOTS)
        words = (
            f"The vector in ({number}) is a normalised eigenvector of two qubits' derived Hamiltonian, with the "
            "printed energy."
        )
        yield printed_claim(NUMBERED[number], spectrum(2, (HALF,)), words, pairs)
    quanta = "n - exp(-omega/T)*(1 + n) = 0"  # what p_(k+1) = e^(-omega/T) p_k says of the mean of k
    words, warm = (
        "In its Gibbs state a mode of (4) has 1/(exp(omega/T) - 1) quanta on average.",
        Domain.of("0 < omega", "0 < T"),
    )
    yield Claim("4", words, warm, (quanta,), ("let n = 1/(exp(omega/T) - 1)",), source="(4)")
    mode = sp.Matrix([[sp.Rational(1, 2)]])  # a + a^dagger = 1: the spin part alone
    spins = {"L": printed.coupling_5(1, 0, mode, mode), "R": printed.coupling_5(0, 1, mode, mode)}
    yield couplings(NUMBERED["5"], 2, spins)
    lets = (*chain((*OMEGAS, *ENERGIES)), FOURTEEN[-1])
    yield printed_claim(
        NUMBERED["II_frequency"],
        Context(PARAMETERS, lets),
        "The derived frequencies of two qubits are the printed differences of energies.",
    )
    context = Context(PARAMETERS + Domain.of("epsilon"), (*chain(OMEGAS), FOURTEEN[-1]), (HALF,))
    lowered = [relation.xreplace(ROOTS) for relation in NUMBERED["II_eigenoperators"].relations]
    yield printed_claim(
        NUMBERED["II_eigenoperators"],
        context,
        "The printed eigenoperators of two qubits lower the energy by omega.",
        lowered,
    )


def _generators() -> Iterator[Claim]:
    """The master equations on any state, against the derived one."""
    elements = Domain.of(*(f"0 < {x}" for x in (*POPULATIONS, *coherences(2), "i")))
    domain, derived = REGION + elements, (*derived_flows(2), *derived_coherences(2))
    lets = (*chain((*OMEGAS, *ENERGIES, *TOTALS), KAPPA), *OCCUPATIONS[:8], *derived)
    rho = any_state(VECTORS)
    words = "On any state of two qubits, {} is the derived equation of every population and coherence"
    frequencies = {real(f"omega_{i}{j}"): [(i, j)] for i, j in rates.PAIRS_13}

    def occupation(bath: str) -> Callable[[sp.Expr], sp.Expr]:
        return lambda omega: positive(f"n_{bath}_{omega.name[6:]}")

    def ohmic(omega: sp.Expr) -> sp.Expr:
        return positive("kappa") * omega

    n = {bath: occupation(bath) for bath in "LR"}
    six = printed.master_equation_6(rho, frequencies, dict.fromkeys("LR", ohmic), n)
    group = [NUMBERED[number] for number in ("6", "7", "8a", "8b")]
    said = f"{words.format('(6) with (7), (8a), (8b)')}."
    yield from together(group, Context(domain, lets), said, every_element(six, VECTORS))
    densities = dict.fromkeys(("L_1", "L_2", "R_2", "L_12"), ohmic)
    nine = printed.master_equation_9(rho, frequencies, densities, n)
    group = [NUMBERED[number] for number in ("9", "10a", "10b", "10c")]
    context = Context(domain, lets, (SWITCH,))
    said = f"{words.format('(9) with (10a), (10b), (10c)')}, for epsilon = 0 or 1."
    yield from together(group, context, said, every_element(nine, VECTORS))
    given = {f"{name}_{v}": positive(f"{name}_{v}") for name, _ in rates.TERMS_11 for v in "LR"}
    eleven = rates.master_equation_11(rho, given)
    context = Context(
        PARAMETERS + elements + Domain.of(*(f"0 < {name}" for name in BY_BATH)),
        (*chain((*ENERGIES, *TOTALS), free=BY_BATH), *FOURTEEN[:-1], *derived),
    )
    said = f"{words.format('(11)')}, with gamma_14 for the rates between levels 4 and 1."
    yield printed_claim(NUMBERED["11"], context, said, every_element(eleven, VECTORS))


def _rates() -> Iterator[Claim]:
    lets = (*chain((*OMEGAS, *BY_BATH), KAPPA), *FOURTEEN, *OCCUPATIONS)
    for number in ("12a", "12b"):
        words = f"The rates in ({number}) are the derived ones at the index pairs of (11), with omega_14 = E_1 - E_4."
        wrong = "At 14 omega_14 = E_1 - E_4 is negative, where gamma_14 stands for rates at omega_41; at 41 the weight "
        wrong += "would be (epsilon - 1)^2 in place of (epsilon + 1)^2."
        context = Context(REGION, lets, near=NEAR)
        yield printed_claim(NUMBERED[number], context, words, correction="12_corrected", wrong=wrong)
    words = (
        "The derived weights of two qubits are (epsilon - 1)^2/2 at 31 and 23 and (epsilon + 1)^2/2 at 41 and 24 for "
        "the left bath, and 1/2 for the right one."
    )
    yield closed_forms("12_corrected", words, battery(2), KAPPA, Context(REGION))
    domain = Domain.of(*(f"0 < {rate}" for rate in TOTALS))
    for number in ("13a", "13b", "13c", "13d"):
        lets = (*chain(POPULATIONS, free=TOTALS), *ETAS)
        words = (
            f"({number}) is the derived steady state of two qubits at any total rates, with eta_1 and eta_2 of (14)."
        )
        yield printed_claim(NUMBERED[number], Context(domain, lets), words)
    lets = (*chain(TOTALS, free=BY_BATH), *FOURTEEN[:-1], "let A_14 = A_41", "let E_14 = E_41", *ETAS)
    context = Context(Domain.of(*(f"0 < {rate}" for rate in BY_BATH)), lets)
    words = "The totals in (14) are the derived ones of two qubits; that eta_1 and eta_2 give the steady state is (13)."
    yield printed_claim(NUMBERED["14"], context, words)
    alone, put = battery(2, collective=False), {**KAPPA, "epsilon": "1"}
    full = Domain.of("J", "Delta") + STRONG_FIELD + ONE_STRENGTH + WARM
    lets = (*chain((*OMEGAS, *BY_BATH), put, model=alone), *FOURTEEN, *OCCUPATIONS)
    words = "The rates in (18) are the derived ones of two qubits at epsilon = 1 without collective dissipation."
    wrong = "Twice too large: at epsilon = 1 each qubit alone has kappa omega/2, both together kappa omega."
    context = Context(full, lets, near=NEAR)
    yield printed_claim(NUMBERED["18"], context, words, correction="18_corrected", wrong=wrong)
    words = (
        "Without collective dissipation the left bath's derived weights on two qubits are 1 at epsilon = 1: kappa "
        "omega, not 2 kappa omega."
    )
    yield closed_forms("18_corrected", words, alone, put, Context(full))


def _energies() -> Iterator[Claim]:
    lets = (*chain(("stored_energy", *ENERGIES), free=POPULATIONS), "let E_gs = E_1")
    domain = PARAMETERS + Domain.of(*(f"0 < {p}" for p in POPULATIONS[1:]))
    words = "(15) is the derived stored energy of any state of two qubits that is diagonal in the levels."
    yield printed_claim(NUMBERED["15"], Context(domain, lets, (ONE,)), words)
    lets = (*chain(("E_1",)), "let E_gs = E_1")
    words = "The printed energy of the uncharged battery of two qubits is the derived one."
    yield printed_claim(NUMBERED["III_ground"], Context(PARAMETERS, lets), words)
    positive_frequencies = tuple(f"{omega} > 0" for omega in OMEGAS)
    yield Claim("II_field", "Every frequency of two qubits is positive where B0 > |J + Delta|.",
                Domain.of("J", "Delta", "J + Delta, -J - Delta < B0"), positive_frequencies, chain(OMEGAS),
                source="text", method="refutation", correction="II_field_corrected",
                note="The two agree where J and Delta have the same sign.")  # fmt: skip
    yield Claim("II_field_corrected", "Every frequency of two qubits is positive where B0 > |J| + |Delta|.",
                Domain.of("J", "Delta") + STRONG_FIELD, positive_frequencies, chain(OMEGAS))  # fmt: skip
