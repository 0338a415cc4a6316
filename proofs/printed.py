"""What printed equations are held against: derived Hamiltonian, levels and rate equations, as lines of a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations, product

import sympy as sp

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.methods.identity import Context, Relation, equation
from proofs.paper.printed import Printed
from proofs.program_text import battery, chain
from symqb.model import Model
from symqb.symbols import positive, real

PARAMETERS = Domain.of("B0", "J", "Delta")
#: The paper has one strength.
KAPPA = {"kappa_L": "kappa", "kappa_R": "kappa"}
ROOT_2 = positive("root_2")
HALF = Relation("root_squared", ROOT_2**2 - 2, ROOT_2, ("assume root_squared: root_2**2 - 2 = 0",))
IMAGINARY = positive("i")
#: epsilon is a switch in the paper, 0 or 1.
SWITCH = Relation("switch", real("epsilon") ** 2 - real("epsilon"), real("epsilon"),
                  ("assume switch: epsilon**2 - epsilon = 0",))  # fmt: skip


def printed_claim(
    printed: Printed, context: Context, words: str, relations: Sequence[sp.Rel] = (), correction: str = "",
    wrong: str = "",
) -> Claim:  # fmt: skip
    """The claim that a printed equation holds; ``relations`` where others than the printed ones say what it means.

    wrong: what is wrong with it in one sentence, should it turn out not to hold.
    """
    source = f"({printed.number})" if printed.number[-1].isdigit() or printed.number[0].isdigit() else "text"
    return equation(
        printed.number, words, relations or printed.relations, context,
        source=source, note=" ".join(filter(None, (wrong, printed.reading))), correction=correction,
    )  # fmt: skip


def together(printed: Sequence[Printed], context: Context, words: str, relations: Sequence[sp.Rel]) -> Iterator[Claim]:
    """Claims for several equations that are tried as one: a derivation is stored once, and the others rest on it."""
    first = printed_claim(printed[0], context, words, relations)
    yield first
    rest = replace(first, show=(), lets=(), proof=(), method="cases", rests_on=(first.name,))
    for p in printed[1:]:
        other = rest if first.method == "certificate" else first
        yield replace(other, name=p.number, source=f"({p.number})", note=p.reading)


def hamiltonian(qubits: int) -> tuple[str, ...]:
    """``let`` lines of the derived Hamiltonian's elements in the bare basis."""
    H = battery(qubits).hamiltonian
    return tuple(f"let H_{i + 1}_{j + 1} = {H[i, j]}" for i in range(H.rows) for j in range(H.cols))


def spectrum(qubits: int, relations: tuple[Relation, ...]) -> Context:
    """The derived Hamiltonian and energies."""
    energies = chain([f"E_{k}" for k in range(1, 2**qubits + 1)], model=battery(qubits), free=["alpha"])
    return Context(PARAMETERS, (*hamiltonian(qubits), *energies), relations)


def eigenpair(printed: Printed, qubits: int, roots: Mapping[sp.Expr, sp.Expr]) -> list[sp.Rel]:
    """What makes a printed vector and energy right: H v = E v, v v = 1, and the energy is the derived one.

    roots: what stands for the square roots in the components.
    """
    values = {r.lhs.name: sp.sympify(r.rhs).xreplace(roots) for r in printed.relations}
    (energy,) = (name for name in values if name.startswith("E_"))
    size = range(1, 2**qubits + 1)
    v = [values[f"v_{energy[2:]}_{i}"] for i in size]
    rows = [sp.Add(*(real(f"H_{i}_{j}") * x for j, x in zip(size, v, strict=True))) for i in size]
    zero = [sp.Eq(row - values[energy] * x, 0, evaluate=False) for row, x in zip(rows, v, strict=True)]
    norm = sp.Eq(sp.Add(*(x * x for x in v)), 1, evaluate=False)
    return [*zero, norm, sp.Eq(positive(energy), values[energy], evaluate=False)]


def derived_flows(qubits: int) -> tuple[str, ...]:
    """``let`` lines of dp_i/dt over the total rates, as derived."""
    flows = battery(qubits).steady_state.rate_equations()
    return tuple(f"let pdot_{i} = {flow.right}" for i, flow in enumerate(flows, start=1))


def couplings(printed: Printed, qubits: int, operators: Mapping[str, sp.Matrix]) -> Claim:
    """The claim that the printed spin operators are those through which the derived model's baths couple."""
    relations, lets = [], []
    for bath in battery(qubits).baths:
        (S,) = bath.couplings
        for i, j in product(range(S.rows), range(S.cols)):
            name = f"S_{bath.name}_{i + 1}_{j + 1}"
            lets.append(f"let {name} = {S[i, j]}")
            relations.append(sp.Eq(real(name), operators[bath.name][i, j], evaluate=False))
    words = f"The printed spin operators through which the baths couple to {qubits} qubits are the derived ones."
    return printed_claim(printed, Context(Domain.of("epsilon"), tuple(lets)), words, relations)


def flow_relations(change: sp.Matrix, vectors: Sequence[sp.Matrix]) -> list[sp.Rel]:
    """dp_k/dt = <k| d rho/dt |k> for a printed d rho/dt."""
    pairs = enumerate(vectors, start=1)
    return [sp.Eq(real(f"pdot_{k}"), sp.expand((v.H * change * v)[0, 0]), evaluate=False) for k, v in pairs]


def coherence_relations(change: sp.Matrix, vectors: Sequence[sp.Matrix]) -> list[sp.Rel]:
    """dc_kl/dt = <k| d rho/dt |l> for k != l; both sides are linear in i, which any number may stand for."""
    pairs = permutations(enumerate(vectors, start=1), 2)
    elements = ((f"cdot_{k}{m}", (v.H * change * w)[0, 0]) for (k, v), (m, w) in pairs)
    return [sp.Eq(real(name), sp.expand(x).xreplace({sp.I: IMAGINARY}), evaluate=False) for name, x in elements]


def every_element(change: sp.Matrix, vectors: Sequence[sp.Matrix]) -> list[sp.Rel]:
    """The printed equation of every population and coherence."""
    return [*flow_relations(change, vectors), *coherence_relations(change, vectors)]


def mixture(vectors: Sequence[sp.Matrix]) -> sp.Matrix:
    """The state sum_k p_k |k><k|."""
    terms = (positive(f"p_{k}") * v * v.H for k, v in enumerate(vectors, start=1))
    return sum(terms, sp.zeros(len(vectors)))


def any_state(vectors: Sequence[sp.Matrix]) -> sp.Matrix:
    """The state sum_k p_k |k><k| + sum_(k != l) c_kl |k><l|."""
    pairs = permutations(enumerate(vectors, start=1), 2)
    terms = (positive(f"c_{k}{m}") * v * w.H for (k, v), (m, w) in pairs)
    return sum(terms, mixture(vectors))


def derived_coherences(qubits: int) -> tuple[str, ...]:
    """``let`` lines of dc_kl/dt over energies and rates by bath, from the derived eigenoperators.

    An operator's transitions have one frequency and equal weights, so that its first transition's rates are all.
    """
    model, units = battery(qubits), [sp.eye(2**qubits)[:, k] for k in range(2**qubits)]
    rho, H = any_state(units), sp.diag(*(real(f"E_{k}") for k in range(1, 2**qubits + 1)))
    change = -sp.I * (H * rho - rho * H)
    for a in model.generator.eigenoperators:
        first = a.expansion.coeff(jumps(a.expansion)[0])
        X = sp.zeros(2**qubits)
        for tau in jumps(a.expansion):
            i, j = (int(k) - 1 for k in tau.name[4:])
            X[i, j] = sp.cancel(a.expansion.coeff(tau) / first)
        name = f"{a.omega.name[6:]}_{a.bath.name}"
        for kind, K in (("e", X), ("a", X.H)):
            change += positive(f"{kind}_{name}") * (K * rho * K.H - (K.H * K * rho + rho * K.H * K) / 2)
    return tuple(f"let {r.lhs} = {r.rhs}" for r in coherence_relations(change, units))


def jumps(expansion: sp.Expr) -> list[sp.Symbol]:
    """The tau_ij of an eigenoperator, in order."""
    return sorted((s for s in expansion.free_symbols if not s.is_commutative), key=str)


def coherences(qubits: int) -> list[str]:
    """The names of the coherences."""
    return [f"c_{k}{m}" for k, m in permutations(range(1, 2**qubits + 1), 2)]


def closed_forms(name: str, words: str, model: Model, put: Mapping[str, str], context: Context) -> Claim:
    """The derived rates as the paper would write them: kappa m omega (1 + n) and kappa m omega n, m a derived weight.

    put: values of the program's parameters; context: the rest of the statement, without the program's lines.
    """
    values = {real("epsilon"): sp.sympify(put["epsilon"])} if "epsilon" in put else {}
    relations, occupations, names = [], [], []
    for t in model.transitions:
        for bath in model.baths:
            n = positive(f"n_{bath.name}_{t.name}")
            scale = positive("kappa") * t.weights[bath.name].xreplace(values) * t.omega
            relations += [sp.Eq(t.emission(bath), scale * (1 + n)), sp.Eq(t.absorption(bath), scale * n)]
            occupations.append(f"let {n} = 1/(exp({t.omega}/T_{bath.name}) - 1)")
            names += [t.emission(bath).name, t.absorption(bath).name]
    free = (*context.free.names, *(r.variable.name for r in context.relations))
    lets = (*chain(names, put, model=model, free=free), *occupations)
    return equation(name, words, relations, replace(context, lets=(*context.lets, *lets)))
