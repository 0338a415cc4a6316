"""The four inequalities between total rates that everything reduces to: (A7), (A8), (A11), (A18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from proofs.theorems.names import PAIRS


def occupations(pair: str, weights: Mapping[str, str], warm: Sequence[str]) -> str:
    """N_ij = sum over warm baths of k_v n_v(omega_ij)."""
    return " + ".join(f"({weights[v]})/(exp(omega_{pair}/T_{v}) - 1)" for v in warm)


def four_inequalities(turn: Mapping[str, str], gap: str, weights: Mapping[str, str], warm: Sequence[str]) -> list[str]:
    """Lines that derive (A7), (A8), (A11), (A18) and E > A for A_ij = omega_ij N_ij/2, E_ij = omega_ij (N_ij + K)/2.

    turn: which transition plays the part of which; gap: omega_41 - omega_31 = omega_23 - omega_24 in these parts.
    weights: k_v by bath, as expressions; warm: the baths that are not at T = 0.
    """
    w = {pair: f"omega_{turn[pair]}" for pair in PAIRS}
    A, E, N = ({pair: f"{letter}_{turn[pair]}" for pair in PAIRS} for letter in "AEN")
    lines = [f"set K = {weights['L']} + {weights['R']}"]
    lines += [f"set N_{pair} = {occupations(pair, weights, warm)}" for pair in PAIRS]
    lines += [f"set N_sum = {' + '.join(f'({weights[v]})/(exp((omega_31 + omega_23)/T_{v}) - 1)' for v in warm)}"]

    def decreasing(name: str, low: str, step: str, high: str) -> list[str]:
        """``name``: N at ``low`` minus N at ``low`` + ``step``, which is ``high``."""
        applied = [f"apply {name}_{v}: bose_decreasing(a={low}, d={step}, T=T_{v})" for v in warm]
        total = " + ".join(f"({weights[v]})*{name}_{v}" for v in warm)
        return [*applied, f"have {name}: {high} > 0 by {total}"]

    def submultiplicative(name: str, first: str, second: str) -> str:
        if len(warm) == 2:
            rest = f"T_L=T_L, T_R=T_R, k_L={weights['L']}, k_R={weights['R']}"
            return f"apply {name}: ratio_submultiplicative(a={w[first]}, b={w[second]}, {rest})"
        (v,), (cold,) = warm, set("LR") - set(warm)
        rest = f"T=T_{v}, k={weights[v]}, c={weights[cold]}"
        return f"apply {name}: ratio_submultiplicative_cold(a={w[first]}, b={w[second]}, {rest})"

    def triple(name: str, a: str, b: str, c: str) -> list[str]:
        """(N_a + K)(N_b + K) N_c - N_a N_b (N_c + K) > 0, from its value at a + b, where it is >= 0."""
        at_sum, here = (f"({N[a]} + K)*({N[b]} + K)*{x} - {N[a]}*{N[b]}*({x} + K)" for x in ("N_sum", N[c]))
        positive = f"{w[a]}*{w[b]}*{w[c]}/8*{name}_N"
        return [
            f"have {name}_0: {at_sum} >= 0 by {name}_sum",
            f"have {name}_N: {here} > 0 by {name}_0 + {name}_rest*K*({N[a]} + {N[b]} + K)",
            difference(name, (E[a], E[b], A[c]), (A[a], A[b], E[c]), positive),
        ]

    equal = {
        name: f"{w[pair]}*({N[pair]}{more})/2" for pair in PAIRS for name, more in ((A[pair], ""), (E[pair], " + K"))
    }

    def telescope(names: Sequence[str]) -> str:
        """The product of the rates minus that of their expressions in N: a sum of terms that are 0."""
        terms = []
        for k, name in enumerate(names):
            terms.append("*".join([*(f"{equal[n]}" for n in names[:k]), f"is_{name}", *names[k + 1 :]]))
        return " + ".join(terms)

    def difference(name: str, first: Sequence[str], second: Sequence[str], positive: str) -> str:
        """The product of some rates exceeds that of others."""
        why = f"{positive} + ({telescope(first)}) - ({telescope(second)})"
        return f"have {name}: {'*'.join(first)} - {'*'.join(second)} > 0 by {why}"

    return [
        *lines,
        *(f"have is_{name}: {name} - {value} = 0" for name, value in equal.items()),
        *decreasing("n31", w["31"], gap, f"{N['31']} - {N['41']}"),
        *decreasing("n24", w["24"], gap, f"{N['24']} - {N['23']}"),
        difference("A7", (A["24"], E["23"]), (A["23"], E["24"]), f"{w['23']}*{w['24']}*K/4*n24"),
        difference("A8", (A["31"], E["41"]), (A["41"], E["31"]), f"{w['31']}*{w['41']}*K/4*n31"),
        *decreasing("A18_rest", w["23"], w["31"], f"{N['23']} - N_sum"),
        submultiplicative("A18_sum", "41", "24"),
        *triple("A18", "41", "24", "23"),
        *decreasing("A11_rest", w["41"], w["24"], f"{N['41']} - N_sum"),
        submultiplicative("A11_sum", "23", "31"),
        *triple("A11", "23", "31", "41"),
        f"have E31: {E['31']} - {A['31']} > 0 by K*{w['31']}/2 + is_{E['31']} - is_{A['31']}",
        f"have E24: {E['24']} - {A['24']} > 0 by K*{w['24']}/2 + is_{E['24']} - is_{A['24']}",
    ]
