"""What each statement of Appendix A says, as one sentence with its assumptions."""

from __future__ import annotations

FIELD = "For two antiferromagnetic qubits in a strong field"
PAPER = "qubits in a strong field at epsilon = 0, with equal strengths and warm baths,"
AT = f"For two antiferromagnetic {PAPER}"
AS_READ = f"{FIELD} exp(1 - omega/T), summed over two warm baths, is larger at omega_{{}} than at omega_{{}}."
OCCUPIED = f"{FIELD} the occupations of two warm baths add up to more at omega_{{}} than at omega_{{}}."
EQUAL = "what (A16) becomes at T_L = T_R = T_M holds with"

#: By claim.
SAID = {
    "A1": "In a strong field with 0 < J < Delta two qubits have omega_23 > omega_24 > omega_41 > omega_31.",
    "A2": "In a strong field with 0 < Delta < J two qubits have omega_23 > omega_41 > omega_24 > omega_31.",
    "A3": AS_READ.format("24", "23"),
    "A3_occupations": OCCUPIED.format("24", "23"),
    "A4": AS_READ.format("31", "41"),
    "A4_occupations": OCCUPIED.format("31", "41"),
    "A5": f"{AT} the total absorption over the frequency is larger at 24 than at 23.",
    "A6": f"{AT} the total absorption over the frequency is larger at 31 than at 41.",
    "A7": f"{AT} A_24 E_23 exceeds A_23 E_24.",
    "A8": f"{AT} A_31 E_41 exceeds A_41 E_31.",
    "A9": OCCUPIED.format("41", "23"),
    "A10": f"{AT} omega_23/A_23 exceeds omega_41/A_41.",
    "A11": f"{AT} E_23 A_41 E_31 exceeds A_31 E_41 A_23.",
    "A12": f"{AT} p_4/p_2 is eta_2 (E_23 + E_24)/(eta_1 A_23 + eta_2 A_24) and exceeds 1.",
    "A13": f"{FIELD} exp((omega_24 + omega_14)/T) exceeds exp(omega_23/T), with omega_14 = E_1 - E_4.",
    "A13_corrected": f"{FIELD} exp((omega_24 + omega_41)/T) exceeds exp(omega_23/T).",
    "A14": f"{FIELD} {EQUAL} 2 T_M in two exponents, as printed.",
    "A14_corrected": f"{FIELD} {EQUAL} T_M in every exponent.",
    "A15": f"{FIELD} what (A16) becomes at T_L = 2 T_M and T_R = 0 holds with T_M in two exponents, as printed.",
    "A16": f"{FIELD} 2/(n_41 n_24) + 1/n_41 + 1/n_24 exceeds 1/n_23, where n_ij is the sum of the occupations of two "
    "warm baths.",
    "A16_inference": "Of two increasing functions the one that is larger at both ends of an interval is larger inside.",
    "A17": f"{AT} 2 omega_41 omega_24/(A_41 A_24) + omega_41/A_24 + omega_24/A_24 exceeds omega_23/A_23.",
    "A17_corrected": f"{AT} kappa omega_41 omega_24/(A_41 A_24) + omega_41/A_41 + omega_24/A_24 exceeds omega_23/A_23.",
    "A18": f"{AT} E_41 E_24/(A_41 A_24) exceeds E_23/A_23.",
    "A_levels": f"{FIELD} E_2 > E_4 > E_3 > E_1.",
    "A_excess_left": f"{AT} each emission into the left bath exceeds the absorption by kappa omega_ij/2.",
    "A_excess": f"{AT} each total emission E_ij exceeds the absorption A_ij by omega_ij.",
    "A_excess_corrected": f"{AT} each total emission E_ij exceeds the absorption A_ij by kappa omega_ij.",
    "A_eta_34": f"{AT} eta_1 exceeds eta_2, as defined in (14).",
    "A_eta_42": f"{AT} eta_2 (E_23 + E_24) exceeds eta_1 A_23 + eta_2 A_24.",
    "A_eta_13": f"{AT} eta_2 E_41 + eta_1 E_31 exceeds eta_1 (A_31 + A_41).",
    "A_passive_AFM": f"{AT} populations decrease with energy, p_1 > p_3 > p_4 > p_2.",
    "A_passive_FM": f"For two ferromagnetic {PAPER} populations do not increase with energy.",
}
