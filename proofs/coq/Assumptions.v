(** * Every theorem's statement, and the axioms beneath it

    Allowed are those of Coq's own real numbers alone. *)

From Symqb Require Import Primitives Chains Main Claims.
Set Printing Width 1000.

(** ** Main.v *)
Check energies_and_rates. Print Assumptions energies_and_rates.
Check two_qubits. Print Assumptions two_qubits.
Check energies_and_rates_independent. Print Assumptions energies_and_rates_independent.
Check two_qubits_independent. Print Assumptions two_qubits_independent.
Check three_qubits. Print Assumptions three_qubits.
Check three_qubits_independent. Print Assumptions three_qubits_independent.
Check negative_bias. Print Assumptions negative_bias.

(** ** Claims.v *)
Check bose_decreasing. Print Assumptions bose_decreasing.
Check bracket. Print Assumptions bracket.
Check ratio_submultiplicative. Print Assumptions ratio_submultiplicative.
Check A7. Print Assumptions A7.
Check A8. Print Assumptions A8.
Check A11. Print Assumptions A11.
Check A18. Print Assumptions A18.
Check A12. Print Assumptions A12.
Check A5. Print Assumptions A5.
Check A6. Print Assumptions A6.
Check A9. Print Assumptions A9.
Check A10. Print Assumptions A10.
Check A_excess_corrected. Print Assumptions A_excess_corrected.
Check A16. Print Assumptions A16.
Check A_passive_AFM. Print Assumptions A_passive_AFM.
Check A_passive_FM. Print Assumptions A_passive_FM.
Check A_levels. Print Assumptions A_levels.
Check A13_corrected. Print Assumptions A13_corrected.
Check A14_corrected. Print Assumptions A14_corrected.
Check A14. Print Assumptions A14.
Check ergotropy_needs_positive_bias. Print Assumptions ergotropy_needs_positive_bias.
Check passive_positive_J_warm. Print Assumptions passive_positive_J_warm.
Check passive_negative_J_warm. Print Assumptions passive_negative_J_warm.
Check passive_independent_positive_J_warm. Print Assumptions passive_independent_positive_J_warm.
Check passive_independent_negative_J_warm. Print Assumptions passive_independent_negative_J_warm.
Check passive_positive_J_warm_ohmic. Print Assumptions passive_positive_J_warm_ohmic.
Check passive_negative_J_warm_ohmic. Print Assumptions passive_negative_J_warm_ohmic.
Check positive_2_qubits. Print Assumptions positive_2_qubits.
Check stationary_2_qubits. Print Assumptions stationary_2_qubits.
Check unique_2_qubits. Print Assumptions unique_2_qubits.
Check positive_3_qubits. Print Assumptions positive_3_qubits.
Check stationary_3_qubits. Print Assumptions stationary_3_qubits.
Check unique_3_qubits. Print Assumptions unique_3_qubits.
