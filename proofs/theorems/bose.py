"""What the proofs need of the Bose occupation n(omega) = 1/(e^(omega/T) - 1), and of weighted means of two baths'.

With u = e^(a/T) - 1 and v = e^(b/T) - 1, the ratio (N + K)/N of emission to absorption of two baths is
submultiplicative in omega: its defect factors into positive factors and two brackets, each of which has the sign of
T_L - T_R by e^z >= 1 + z alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.claim import Claim
from proofs.domain import Domain
from proofs.regions import WARM

FREQUENCIES = Domain.of("0 < a", "0 < b")
WEIGHTS = Domain.of("0 < k_L", "0 < k_R")
#: Where 0 < T_R <= T_L is what is known of T_L.
LEFT_IS_WARM = "have T_L_warm: T_L > 0 by T_R + T_L_1"
ORDERED = Domain.of("0 < T_R", "T_R <= T_L")
POWERS = (
    "let u_L = exp(a/T_L) - 1",
    "let u_R = exp(a/T_R) - 1",
    "let v_L = exp(b/T_L) - 1",
    "let v_R = exp(b/T_R) - 1",
)
MEANS = (
    "let K = k_L + k_R",
    "let N_a = k_L/(exp(a/T_L) - 1) + k_R/(exp(a/T_R) - 1)",
    "let N_b = k_L/(exp(b/T_L) - 1) + k_R/(exp(b/T_R) - 1)",
    "let N_ab = k_L/(exp((a + b)/T_L) - 1) + k_R/(exp((a + b)/T_R) - 1)",
)
DEFECT = "(N_a + K)*(N_b + K)*N_ab - N_a*N_b*(N_ab + K) >= 0"
RATIO = "At frequencies a, b > 0, r(a + b) <= r(a) r(b) for the ratio r of emission to absorption"
BRACKET = "(v_R - v_L)*u_L*(1 + u_R) - (u_R - u_L)*v_L"


def claims() -> Iterator[Claim]:
    """The lemmas, in order."""
    yield Claim(
        "bose_decreasing",
        "At every T > 0 the occupation 1/(exp(omega/T) - 1) of a mode decreases with its frequency omega > 0.",
        Domain.of("0 < a", "0 < d", "0 < T"),
        ("1/(exp(a/T) - 1) - 1/(exp((a + d)/T) - 1) > 0",),
        proof=(
            "have growth: exp(d/T) - 1 > 0",
            "have r: 1/(exp(a/T) - 1) - 1/(exp((a + d)/T) - 1) > 0"
            " by exp(a/T)*growth/((exp(a/T) - 1)*(exp((a + d)/T) - 1))",
        ),
    )
    yield Claim(
        "bracket",
        "With u = exp(a/T) - 1 and v = exp(b/T) - 1 at temperatures T_L >= T_R > 0 and a, b > 0, (v_R - v_L) u_L (1 "
        "+ u_R) is at least (u_R - u_L) v_L.",
        FREQUENCIES + ORDERED,
        (f"{BRACKET} >= 0",),
        lets=(LEFT_IS_WARM, *POWERS),
        proof=(
            "set d = T_L_1/(T_L*T_R)",
            "exp F1: b/T_R - b/T_L",
            "exp F2: -b/T_L",
            "exp F3: a/T_L - a/T_R",
            "exp F4: a/T_L",
            f"have r: {BRACKET} >= 0 by exp(a/T_R)*(exp(b/T_L)*(F1*u_L + b*d*F4 + a*d*F2) + F3*v_L)",
        ),
    )
    yield Claim(
        "ratio_submultiplicative_ordered",
        f"{RATIO} of two warm baths, of which the left one is not the colder.",
        FREQUENCIES + WEIGHTS + ORDERED,
        (DEFECT,),
        lets=(LEFT_IS_WARM, *MEANS),
        proof=(
            *(line.replace("let", "set") for line in POWERS),
            "apply first: bracket(a=a, b=b, T_L=T_L, T_R=T_R)",
            "apply second: bracket(a=b, b=a, T_L=T_L, T_R=T_R)",
            f"have r: {DEFECT} by k_L*k_R*K*first*second"
            "/(u_L*u_R*v_L*v_R*(exp((a + b)/T_L) - 1)*(exp((a + b)/T_R) - 1))",
        ),
    )
    given = "a=a, b=b, T_L=T_L, T_R=T_R, k_L=k_L, k_R=k_R"
    turned = "a=a, b=b, T_L=T_R, T_R=T_L, k_L=k_R, k_R=k_L"
    yield Claim(
        "ratio_submultiplicative",
        f"{RATIO} of two warm baths.",
        FREQUENCIES + WEIGHTS + WARM,
        (DEFECT,),
        lets=MEANS,
        proof=("either r: " + " or ".join(f"ratio_submultiplicative_ordered({those})" for those in (given, turned)),),
    )
    yield Claim(
        "ratio_submultiplicative_cold",
        f"{RATIO} of a warm bath and one at T = 0.",
        FREQUENCIES + Domain.of("0 < k", "0 < c", "0 < T"),
        (DEFECT,),
        lets=(
            "let K = k + c",
            *(f"let N_{f} = k/(exp(({w})/T) - 1)" for f, w in (("a", "a"), ("b", "b"), ("ab", "a + b"))),
        ),
        proof=(f"have r: {DEFECT} by k*c*K/(exp((a + b)/T) - 1)",),
    )
