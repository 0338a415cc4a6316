"""Section IV as claims, for any state of four levels: (16), (17), (19), and the definitions that they use.

Energies e_1 <= .. <= e_4 and populations r_1 >= .. >= r_4 are given by their steps g_k, d_k >= 0. The squared overlaps
b_ij = |<e_i|r_j>|^2 of two bases are doubly stochastic: b_ij >= 0, and rows and columns add up to 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sympy as sp

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.methods.identity import NOTHING, Context
from proofs.paper import energy as printed
from proofs.printed import together
from proofs.program_text import chain
from proofs.theorems.elimination import total
from symqb.symbols import positive, real

NUMBERED = {p.number: p for p in printed.EQUATIONS}
LEVELS = (1, 2, 3, 4)
INNER = LEVELS[:-1]
E, Q, R = ([f"{x}_{k}" for k in LEVELS] for x in "eqr")
SORTED = Domain.of("e_1", "0 <= r_4", *(f"0 <= {x}_{k}" for x in "gd" for k in INNER))
STEPS = (*(f"let e_{k + 1} = e_{k} + g_{k}" for k in INNER), *(f"let r_{k} = r_{k + 1} + d_{k}" for k in INNER[::-1]))


def overlaps(letter: str) -> tuple[Domain, tuple[str, ...]]:
    """The free squared overlaps ``letter``_ij, and the lines that define and bound the last row and column."""
    last = [f"{letter}_{i}4 = 1 - ({total(f'{letter}_{i}{j}' for j in INNER)})" for i in INNER]
    last += [f"{letter}_4{j} = 1 - ({total(f'{letter}_{i}{j}' for i in INNER)})" for j in LEVELS]
    names = [line.split(" ")[0] for line in last]
    region = Domain.of(*(f"0 <= {letter}_{i}{j}" for i in INNER for j in INNER))
    bounds = (line for x in names for line in (f"assume {x}_given: {x} >= 0", f"have {x}_share: {x} >= 0"))
    return region, (*(f"let {line}" for line in last), *bounds)


def mixed(letter: str, i: int) -> str:
    """The population of level i in the basis of the energies."""
    return total(f"{letter}_{i}{j}*r_{j}" for j in LEVELS)


def most(k: int, letter: str) -> str:
    """The k largest populations minus those of the k lowest levels."""
    return f"{total(R[:k])} - ({total(f'{letter}_{i}{j}*r_{j}' for i in LEVELS[:k] for j in LEVELS)})"


def claims() -> Iterator[Claim]:
    """The lemma, then (17), (16) and (19), then the definitions."""
    region, matrix = overlaps("b")
    words = (
        "Of all doubly stochastic mixtures of four populations none has more in its k lowest levels than the k largest."
    )
    yield Claim("majorised", words, SORTED + region, tuple(f"{most(k, 'b')} >= 0" for k in INNER), (*STEPS, *matrix),
                tuple(f"have most_{k}: {most(k, 'b')} >= 0 by {_why(k)}" for k in INNER))  # fmt: skip
    lets = (*STEPS, *matrix, f"apply most: majorised({_given('b')})", *_ergotropy())
    yield _seventeen(SORTED + region, lets)
    yield _sixteen(SORTED + region, lets)
    yield _nineteen()
    yield tried_in("IV_work", "extracted work", "16")
    for number, what in (("IV_gibbs", "Gibbs state"), ("IV_free_energy", "free energy"), ("IV_entropy", "entropy")):
        yield tried_in(number, what, "19")
    yield from _passive_state()


def tried_in(number: str, what: str, *others: str) -> Claim:
    """The claim about a definition that the claims about other equations put in as printed."""
    equations, verb = " and ".join(f"({other})" for other in others), "holds" if len(others) == 1 else "hold"
    words = f"{equations} {verb} with the printed definition of the {what} put in."
    return Claim(number, words, NOTHING, (), source="text", method="cases", rests_on=others)


def _passive_state() -> Iterator[Claim]:
    """U_min rho U_min^dagger = rho_p where the r_k are the unit vectors and the e_i any vectors."""
    vectors = [sp.Matrix([real(f"v_{i}_{k}") for i in LEVELS]) for k in LEVELS]
    units = [sp.eye(4)[:, k] for k in range(4)]
    populations = [*map(positive, R)]
    U = printed.optimal_unitary(vectors, units)
    after, passive = U * sp.diag(*populations) * U.H, printed.passive_state(populations, vectors)
    context = Context(Domain.of(*map(str, sorted((x for v in vectors for x in v), key=str)), *(f"0 < {r}" for r in R)))
    relations = [sp.Eq(x, y, evaluate=False) for x, y in zip(after, passive, strict=True)]
    words = (
        "The printed U_min takes any state of four levels, written in its eigenvectors r_k, to the printed passive "
        "state."
    )
    yield from together([NUMBERED["IV_U_min"], NUMBERED["IV_passive"]], context, words, relations)


def _why(k: int) -> str:
    """sum_j<=k (1 - c_j)(r_j - r_k) + sum_j>k c_j (r_k - r_j) with c_j = b_1j + .. + b_kj, each term >= 0."""
    above = (f"({total(f'b_{i}{j}' for i in LEVELS[k:])})*({total(f'd_{m}' for m in range(j, k))})" for j in LEVELS[:k])
    below = (f"({total(f'b_{i}{j}' for i in LEVELS[:k])})*({total(f'd_{m}' for m in range(k, j))})" for j in LEVELS[k:])
    return total((*above, *below))


def _given(letter: str) -> str:
    """The lemma's variables as they stand, its matrix being that of ``letter``."""
    names = (*SORTED.names, *overlaps("b")[0].names)
    return ", ".join(f"{name}={re.sub('^b_', f'{letter}_', name)}" for name in names)


def _ergotropy() -> Iterator[str]:
    """The program's ergotropy of the populations q = b r; the cut-offs do nothing, because of the lemma."""
    yield from (f"let q_{i} = {mixed('b', i)}" for i in LEVELS)
    for line in chain(("ergotropy",), free=(*E, *Q, *R)):
        cut = re.fullmatch(r"let W_(\d) = positive_part\((.*)\)", line)
        if cut:
            yield f"have not_cut_{cut[1]}: {cut[2]} >= 0 by g_{cut[1]}*most_{cut[1]}"
        yield line


def _seventeen(region: Domain, lets: tuple[str, ...]) -> Claim:
    amplitudes = sp.Matrix(4, 4, lambda j, i: sp.Symbol(f"o_{i + 1}{j + 1}"))
    squares = {sp.Abs(amplitudes[j, i]): sp.sqrt(positive(f"b_{i + 1}{j + 1}")) for i in range(4) for j in range(4)}
    double_sum = printed.ergotropy_17([*map(positive, R)], [*map(real, E)], amplitudes).xreplace(squares)
    show = f"ergotropy - ({sp.expand(double_sum)}) = 0"
    words = (
        "The double sum in (17) is the derived ergotropy, whatever the populations and overlaps of a state of four "
        "levels."
    )
    return Claim("17", words, region, (show,), lets, source="(17)")


def _sixteen(region: Domain, lets: tuple[str, ...]) -> Claim:
    other, matrix = overlaps("c")
    U = sp.Matrix(4, 4, lambda i, j: sp.Symbol(f"u_{i + 1}{j + 1}"))
    H, rho = (sp.diag(*map(kind, names)) for kind, names in ((real, E), (positive, R)))
    after = sp.expand((rho * H).trace() - printed.extracted(rho, H, U))
    squares = {sp.conjugate(u): real(f"c_{str(u)[2:]}") / u for u in U}
    energy_after = sp.expand(after.xreplace(squares))
    before = total(f"{e}*{q}" for e, q in zip(E, Q, strict=True))
    relation = f"ergotropy - ({before} - ({energy_after}))"
    why = total(f"g_{k}*also_{k}" for k in INNER)
    proof = (f"apply also: majorised({_given('c')})", f"have bound: {relation} >= 0 by {why}")
    words = "No unitary extracts more than the derived ergotropy, whatever the state of four levels."
    return Claim("16", words, region + other, (f"{relation} >= 0",), (*lets, *matrix), proof, "(16)")


def _nineteen() -> Claim:
    populations, energies = [*map(positive, R)], [*map(real, E)]
    beta = 1 / positive("T_eq")
    difference = sp.expand_log(printed.exergy_19(populations, energies, beta), force=True)
    show = f"exergy - ({difference}) = 0"
    partition = total(f"exp(-{e}/T_eq)" for e in E)
    region = Domain.of(*E, *(f"0 < {r}" for r in R), "0 < T_eq")
    lets = (f"assume one: {total(R)} - 1 = 0", *chain(("exergy",), free=(*E, *Q, *R)))
    proof = (f"have difference: {show} by T_eq*log({partition})*one",)
    return Claim(
        "19",
        "The derived exergy of four levels, none of them empty, is (19): free energy above that of the Gibbs state.",
        region,
        (show,),
        lets,
        proof,
        "(19)",
    )
