"""The paper's definitions without a number as claims: each against what it stands for in the derived model."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.energetics import tried_in
from proofs.figures import BIAS, TEMPERATURES
from proofs.main_text import ENERGIES, NUMBERED, OMEGAS, ONE
from proofs.methods.identity import Context, equation
from proofs.paper.energy import spectral_density
from proofs.paper.model import PHI, sigma
from proofs.printed import KAPPA, PARAMETERS, printed_claim
from proofs.program_text import battery, chain
from proofs.regions import ONE_STRENGTH, STRONG_FIELD, WARM
from proofs.theorems.names import PAIRS, POPULATIONS
from symqb.symbols import positive, real

REGION = Domain.of("J", "Delta") + STRONG_FIELD + ONE_STRENGTH + WARM


def claims() -> Iterator[Claim]:
    """Baths, then figures, then the norms of (21)."""
    yield _occupation()
    yield _ohmic()
    yield _collective()
    yield from _spectral()
    lets = tuple(f"let {name} = {value}" for name, value in TEMPERATURES.items())
    context = Context(BIAS, (*lets, "let Delta_T = 2*T_M*bias"))
    for number, words in (("III_bias", "differ by Delta T"), ("III_mean", "have the mean T_M")):
        yield printed_claim(
            NUMBERED[number], context, f"As printed, the temperatures T_L and T_R of the figures {words}."
        )
    yield _share()
    lets = ("let T_eq = T_R", "let beta_eq = 1/T_eq")
    words = "The printed reference temperature is the one at which the exergy is derived where none is given, T_R."
    yield printed_claim(NUMBERED["IV_beta"], Context(Domain.of("0 < T_R"), lets), words)
    yield tried_in("x", "norm x", "21e", "21f")
    yield tried_in("y", "norm y", "21g", "21h")


def _occupation() -> Claim:
    """n = phi(omega)/omega in the derived rates."""
    lets = [f"let n_{v}_{pair} = phi_up_{pair}_{v}/omega_{pair}" for pair in PAIRS for v in "LR"]
    phis = [f"phi_up_{pair}_{v}" for pair in PAIRS for v in "LR"]
    context = Context(REGION, (*chain((*OMEGAS, *phis)), *lets))
    words = (
        "The printed n is two qubits' derived absorption over strength, weight and frequency, at positive frequencies."
    )
    return printed_claim(NUMBERED["II_occupation"], context, words, _positive("II_occupation"))


def _positive(number: str) -> list[sp.Rel]:
    """The relations at positive frequencies: (11) and (12) write 14 too."""
    return [r for r in NUMBERED[number].relations if "_14" not in str(r)]


def _ohmic() -> Claim:
    """J = (emission - absorption)/weight, at the positive frequencies."""
    pairs = [(pair, v) for pair in PAIRS for v in "LR"]
    weights = [f"w_{pair}_{v}" for pair, v in pairs]
    rates = [f"{kind}_{pair}_{v}" for pair, v in pairs for kind in "ea"]
    lets = [f"let J_{v}_{pair} = (e_{pair}_{v} - a_{pair}_{v})/w_{pair}_{v}" for pair, v in pairs]
    context = Context(REGION + Domain.of(*(f"0 < {w}" for w in weights)), (*chain(rates, KAPPA, free=weights), *lets))
    words = "The printed density is the excess of emission over absorption, over weight, in two qubits' derived rates."
    return printed_claim(NUMBERED["II_ohmic"], context, words, _positive("II_ohmic"))


def _collective() -> Claim:
    """J^(1,2) from what the weight has beyond those of two independent baths, which is 2 epsilon <j|S_1|i><i|S_2|j>."""
    names = [f"w_{pair}_L" for pair in PAIRS]
    alone = chain(names, model=battery(2, collective=False), suffix="_alone")
    lets = [*chain((*OMEGAS, *names)), *(line for line in alone if "epsilon_alone" not in line.split("=")[0])]
    lets = [line.replace("epsilon_alone", "epsilon") for line in lets]
    for pair in PAIRS:
        up, low = (PHI[int(k)] for k in pair)
        both = 1 / (2 * (low.H * sigma("x", 1) * up)[0, 0] * (up.H * sigma("x", 2) * low)[0, 0])
        lets.append(f"let J_L12_{pair} = {both}*kappa*omega_{pair}*(w_{pair}_L - w_{pair}_L_alone)/epsilon")
        lets.append(f"let J_L_{pair} = kappa*omega_{pair}")
    one = {positive(f"J_L{k}_{pair}"): positive(f"J_L_{pair}") for k in "12" for pair in PAIRS}
    sides = ((r.lhs.xreplace(one), r.rhs.xreplace(one)) for r in _positive("II_collective"))
    relations = [sp.Eq(left, right, evaluate=False) for left, right in sides]
    region = REGION + Domain.of("0 < epsilon")
    words = (
        "The printed density of cross terms is that of the left bath's derived weights, both qubits having one density."
    )
    return printed_claim(NUMBERED["II_collective"], Context(region, tuple(lets)), words, relations)


def _spectral() -> Iterator[Claim]:
    """Eq. (7) with this density against the golden rule: one mode, spread over frequencies with density 1."""
    u = sp.Symbol("u", real=True)
    kernel = 2 * sp.integrate(sp.sin(u) ** 2 / u**2, (u, -sp.oo, sp.oo))  # long times: 4 sin^2(w t/2)/w^2 over t
    coupling, mode, n = positive("lambda_1"), real("omega_1"), positive("n")
    density = spectral_density(real("omega"), [coupling], [mode]).replace(sp.DiracDelta, lambda _: sp.S.One)
    golden = (kernel * coupling**2 * (1 + n)).xreplace({sp.pi: positive("pi")})
    rate = (density * (1 + n)).xreplace({sp.pi: positive("pi")})
    near = Domain.of("333/106 <= pi <= 355/113", "1 <= lambda_1 <= 1", "1 <= n <= 1")
    context = Context(Domain.of("333/106 <= pi <= 355/113", "0 < lambda_1", "0 < n"), near=near)
    wrong = "Half of what makes J (1 + n) of (7) the emission rate of (5); the strengths differ by 2, no steady state."
    printed, words = (
        NUMBERED["II_spectral"],
        "With the printed spectral density J, J (1 + n) is the emission rate of the golden rule.",
    )
    relation = sp.Eq(golden, rate, evaluate=False)
    yield printed_claim(printed, context, words, [relation], "II_spectral_corrected", wrong)
    doubled = sp.Eq(golden, 2 * rate, evaluate=False)
    yield equation(
        "II_spectral_corrected",
        "With 2 pi in place of pi in the spectral density J, J (1 + n) is the emission rate of the golden rule.",
        [doubled],
        context,
    )


def _share() -> Claim:
    mean = " + ".join(f"{E}*{p}" for E, p in zip(ENERGIES, POPULATIONS, strict=True))
    lets = ("let e_4 = e_1 + width", "have wide: -e_1 + e_4 > 0 by width",
            *chain(("stored_energy_fraction", *ENERGIES), free=(*POPULATIONS, "e_1", "e_4")),
            "let E_gs = E_1",
            f"let E_B = {mean}", "let stored_energy_max = e_4 - e_1",
            "let stored_energy_share = stored_energy_fraction")  # fmt: skip
    region = PARAMETERS + Domain.of(*(f"0 < {p}" for p in POPULATIONS[1:]), "e_1", "0 < width")
    words = "The printed share of stored energy is the derived one of two qubits, which the figures plot."
    return printed_claim(NUMBERED["III_share"], Context(region, lets, (ONE,)), words)
