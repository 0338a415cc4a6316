(** XXZ battery of 3 qubits: energies, rates, populations.

    Printed from symqb's program by [symqb generate]; do not edit.
    Expressions (SHA-256): c61ad8dd86229b046dbf16d411778cf7f484b0806378d4130a968a3030458644 *)

From Symqb Require Import Primitives.

(** Psi_1, Psi_2, Psi_3, Psi_4, Psi_5, Psi_6, Psi_7, Psi_8. *)
Inductive level : Set := level_1 | level_2 | level_3 | level_4 | level_5 | level_6 | level_7 | level_8.
Definition levels : list level := [level_1; level_2; level_3; level_4; level_5; level_6; level_7; level_8].

(** Total rates, up (A) and down (E). *)
Record rates := Rates
  { A_61 : R; E_61 : R; A_81 : R; E_81 : R; A_42 : R; E_42 : R; A_13 : R; E_13 : R; A_53 : R; E_53 : R; A_73 : R; E_73 : R; A_25 : R; E_25 : R; A_65 : R; E_65 : R; A_85 : R; E_85 : R; A_46 : R; E_46 : R; A_27 : R; E_27 : R; A_67 : R; E_67 : R; A_87 : R; E_87 : R; A_48 : R; E_48 : R }.
Definition positive_rates (r : rates) : Prop :=
  0 < A_61 r /\ 0 < E_61 r /\ 0 < A_81 r /\ 0 < E_81 r /\ 0 < A_42 r /\ 0 < E_42 r /\ 0 < A_13 r /\ 0 < E_13 r /\ 0 < A_53 r /\ 0 < E_53 r /\ 0 < A_73 r /\ 0 < E_73 r /\ 0 < A_25 r /\ 0 < E_25 r /\ 0 < A_65 r /\ 0 < E_65 r /\ 0 < A_85 r /\ 0 < E_85 r /\ 0 < A_46 r /\ 0 < E_46 r /\ 0 < A_27 r /\ 0 < E_27 r /\ 0 < A_67 r /\ 0 < E_67 r /\ 0 < A_87 r /\ 0 < E_87 r /\ 0 < A_48 r /\ 0 < E_48 r.
(** A bath at T = 0 absorbs nothing. *)
Definition downward_rates (r : rates) : Prop :=
  0 <= A_61 r /\ 0 < E_61 r /\ 0 <= A_81 r /\ 0 < E_81 r /\ 0 <= A_42 r /\ 0 < E_42 r /\ 0 <= A_13 r /\ 0 < E_13 r /\ 0 <= A_53 r /\ 0 < E_53 r /\ 0 <= A_73 r /\ 0 < E_73 r /\ 0 <= A_25 r /\ 0 < E_25 r /\ 0 <= A_65 r /\ 0 < E_65 r /\ 0 <= A_85 r /\ 0 < E_85 r /\ 0 <= A_46 r /\ 0 < E_46 r /\ 0 <= A_27 r /\ 0 < E_27 r /\ 0 <= A_67 r /\ 0 < E_67 r /\ 0 <= A_87 r /\ 0 < E_87 r /\ 0 <= A_48 r /\ 0 < E_48 r.

(** * From total rates to populations *)
Section Elimination.
Variable r : rates.

(** ** elimination *)
Definition Ab_61 : R := balance (A_61 r).
Definition Eb_61 : R := balance (E_61 r).
Definition Ab_81 : R := balance (A_81 r).
Definition Eb_81 : R := balance (E_81 r).
Definition Ab_42 : R := balance (A_42 r).
Definition Eb_42 : R := balance (E_42 r).
Definition Ab_13 : R := balance (A_13 r).
Definition Eb_13 : R := balance (E_13 r).
Definition Ab_53 : R := balance (A_53 r).
Definition Eb_53 : R := balance (E_53 r).
Definition Ab_73 : R := balance (A_73 r).
Definition Eb_73 : R := balance (E_73 r).
Definition Ab_25 : R := balance (A_25 r).
Definition Eb_25 : R := balance (E_25 r).
Definition Ab_65 : R := balance (A_65 r).
Definition Eb_65 : R := balance (E_65 r).
Definition Ab_85 : R := balance (A_85 r).
Definition Eb_85 : R := balance (E_85 r).
Definition Ab_46 : R := balance (A_46 r).
Definition Eb_46 : R := balance (E_46 r).
Definition Ab_27 : R := balance (A_27 r).
Definition Eb_27 : R := balance (E_27 r).
Definition Ab_67 : R := balance (A_67 r).
Definition Eb_67 : R := balance (E_67 r).
Definition Ab_87 : R := balance (A_87 r).
Definition Eb_87 : R := balance (E_87 r).
Definition Ab_48 : R := balance (A_48 r).
Definition Eb_48 : R := balance (E_48 r).
Definition Gamma_1 : R := Ab_61 + Ab_81 + Eb_13.
Definition f_6_1 : R := Eb_61/Gamma_1.
Definition f_8_1 : R := Eb_81/Gamma_1.
Definition f_3_1 : R := Ab_13/Gamma_1.
Definition k_6_8_1 : R := Ab_81*f_6_1.
Definition k_6_3_1 : R := Eb_13*f_6_1.
Definition k_8_6_1 : R := Ab_61*f_8_1.
Definition k_8_3_1 : R := Eb_13*f_8_1.
Definition k_3_6_1 : R := Ab_61*f_3_1.
Definition k_3_8_1 : R := Ab_81*f_3_1.
Definition Gamma_4 : R := Eb_42 + Eb_46 + Eb_48.
Definition f_2_4 : R := Ab_42/Gamma_4.
Definition f_6_4 : R := Ab_46/Gamma_4.
Definition f_8_4 : R := Ab_48/Gamma_4.
Definition k_2_6_4 : R := Eb_46*f_2_4.
Definition k_2_8_4 : R := Eb_48*f_2_4.
Definition k_6_2_4 : R := Eb_42*f_6_4.
Definition k_6_8_4 : R := Eb_48*f_6_4 + k_6_8_1.
Definition k_8_2_4 : R := Eb_42*f_8_4.
Definition k_8_6_4 : R := Eb_46*f_8_4 + k_8_6_1.
Definition Gamma_5 : R := Ab_25 + Ab_65 + Ab_85 + Eb_53.
Definition f_2_5 : R := Eb_25/Gamma_5.
Definition f_6_5 : R := Eb_65/Gamma_5.
Definition f_8_5 : R := Eb_85/Gamma_5.
Definition f_3_5 : R := Ab_53/Gamma_5.
Definition k_2_6_5 : R := Ab_65*f_2_5 + k_2_6_4.
Definition k_2_8_5 : R := Ab_85*f_2_5 + k_2_8_4.
Definition k_2_3_5 : R := Eb_53*f_2_5.
Definition k_6_2_5 : R := Ab_25*f_6_5 + k_6_2_4.
Definition k_6_8_5 : R := Ab_85*f_6_5 + k_6_8_4.
Definition k_6_3_5 : R := Eb_53*f_6_5 + k_6_3_1.
Definition k_8_2_5 : R := Ab_25*f_8_5 + k_8_2_4.
Definition k_8_6_5 : R := Ab_65*f_8_5 + k_8_6_4.
Definition k_8_3_5 : R := Eb_53*f_8_5 + k_8_3_1.
Definition k_3_2_5 : R := Ab_25*f_3_5.
Definition k_3_6_5 : R := Ab_65*f_3_5 + k_3_6_1.
Definition k_3_8_5 : R := Ab_85*f_3_5 + k_3_8_1.
Definition Gamma_2 : R := Eb_27 + k_2_3_5 + k_2_6_5 + k_2_8_5.
Definition f_6_2 : R := k_6_2_5/Gamma_2.
Definition f_7_2 : R := Ab_27/Gamma_2.
Definition f_8_2 : R := k_8_2_5/Gamma_2.
Definition f_3_2 : R := k_3_2_5/Gamma_2.
Definition k_6_7_2 : R := Eb_27*f_6_2 + Eb_67.
Definition k_6_8_2 : R := f_6_2*k_2_8_5 + k_6_8_5.
Definition k_6_3_2 : R := f_6_2*k_2_3_5 + k_6_3_5.
Definition k_7_6_2 : R := Ab_67 + f_7_2*k_2_6_5.
Definition k_7_8_2 : R := Ab_87 + f_7_2*k_2_8_5.
Definition k_7_3_2 : R := Eb_73 + f_7_2*k_2_3_5.
Definition k_8_6_2 : R := f_8_2*k_2_6_5 + k_8_6_5.
Definition k_8_7_2 : R := Eb_27*f_8_2 + Eb_87.
Definition k_8_3_2 : R := f_8_2*k_2_3_5 + k_8_3_5.
Definition k_3_6_2 : R := f_3_2*k_2_6_5 + k_3_6_5.
Definition k_3_7_2 : R := Ab_73 + Eb_27*f_3_2.
Definition k_3_8_2 : R := f_3_2*k_2_8_5 + k_3_8_5.
Definition Gamma_6 : R := k_6_3_2 + k_6_7_2 + k_6_8_2.
Definition f_7_6 : R := k_7_6_2/Gamma_6.
Definition f_8_6 : R := k_8_6_2/Gamma_6.
Definition f_3_6 : R := k_3_6_2/Gamma_6.
Definition k_7_8_6 : R := f_7_6*k_6_8_2 + k_7_8_2.
Definition k_7_3_6 : R := f_7_6*k_6_3_2 + k_7_3_2.
Definition k_8_7_6 : R := f_8_6*k_6_7_2 + k_8_7_2.
Definition k_8_3_6 : R := f_8_6*k_6_3_2 + k_8_3_2.
Definition k_3_7_6 : R := f_3_6*k_6_7_2 + k_3_7_2.
Definition k_3_8_6 : R := f_3_6*k_6_8_2 + k_3_8_2.
Definition Gamma_7 : R := k_7_3_6 + k_7_8_6.
Definition f_8_7 : R := k_8_7_6/Gamma_7.
Definition f_3_7 : R := k_3_7_6/Gamma_7.
Definition k_8_3_7 : R := f_8_7*k_7_3_6 + k_8_3_6.
Definition k_3_8_7 : R := f_3_7*k_7_8_6 + k_3_8_6.
Definition f_3_8 : R := k_3_8_7/k_8_3_7.
Definition u_8 : R := f_3_8.
Definition u_7 : R := f_3_7 + f_8_7*u_8.
Definition u_6 : R := f_3_6 + f_7_6*u_7 + f_8_6*u_8.
Definition u_2 : R := f_3_2 + f_6_2*u_6 + f_7_2*u_7 + f_8_2*u_8.
Definition u_5 : R := f_2_5*u_2 + f_3_5 + f_6_5*u_6 + f_8_5*u_8.
Definition u_4 : R := f_2_4*u_2 + f_6_4*u_6 + f_8_4*u_8.
Definition u_1 : R := f_3_1 + f_6_1*u_6 + f_8_1*u_8.
Definition norm : R := u_1 + u_2 + u_4 + u_5 + u_6 + u_7 + u_8 + 1.

(** ** populations *)
Definition p_1 : R := standard_part (u_1/norm).
Definition p_2 : R := standard_part (u_2/norm).
Definition p_3 : R := standard_part (1/norm).
Definition p_4 : R := standard_part (u_4/norm).
Definition p_5 : R := standard_part (u_5/norm).
Definition p_6 : R := standard_part (u_6/norm).
Definition p_7 : R := standard_part (u_7/norm).
Definition p_8 : R := standard_part (u_8/norm).

(** ** by level *)
Definition population_at (i : level) : R :=
  match i with
  | level_1 => p_1
  | level_2 => p_2
  | level_3 => p_3
  | level_4 => p_4
  | level_5 => p_5
  | level_6 => p_6
  | level_7 => p_7
  | level_8 => p_8
  end.

(** From level i to level j. *)
Definition rate_at (i j : level) : R :=
  match i, j with
  | level_1, level_3 => E_13 r
  | level_1, level_6 => A_61 r
  | level_1, level_8 => A_81 r
  | level_2, level_4 => A_42 r
  | level_2, level_5 => E_25 r
  | level_2, level_7 => E_27 r
  | level_3, level_1 => A_13 r
  | level_3, level_5 => A_53 r
  | level_3, level_7 => A_73 r
  | level_4, level_2 => E_42 r
  | level_4, level_6 => E_46 r
  | level_4, level_8 => E_48 r
  | level_5, level_2 => A_25 r
  | level_5, level_3 => E_53 r
  | level_5, level_6 => A_65 r
  | level_5, level_8 => A_85 r
  | level_6, level_1 => E_61 r
  | level_6, level_4 => A_46 r
  | level_6, level_5 => E_65 r
  | level_6, level_7 => E_67 r
  | level_7, level_2 => A_27 r
  | level_7, level_3 => E_73 r
  | level_7, level_6 => A_67 r
  | level_7, level_8 => A_87 r
  | level_8, level_1 => E_81 r
  | level_8, level_4 => A_48 r
  | level_8, level_5 => E_85 r
  | level_8, level_7 => E_87 r
  | _, _ => 0
  end.

(** ** how levels are eliminated: the last of [order] stays, [stage m] holds after m eliminations *)

Definition order : list level := [level_1; level_4; level_5; level_2; level_6; level_7; level_8; level_3].

Definition stage_0 (i j : level) : R :=
  match i, j with
  | level_1, level_3 => Eb_13
  | level_1, level_6 => Ab_61
  | level_1, level_8 => Ab_81
  | level_2, level_4 => Ab_42
  | level_2, level_5 => Eb_25
  | level_2, level_7 => Eb_27
  | level_3, level_1 => Ab_13
  | level_3, level_5 => Ab_53
  | level_3, level_7 => Ab_73
  | level_4, level_2 => Eb_42
  | level_4, level_6 => Eb_46
  | level_4, level_8 => Eb_48
  | level_5, level_2 => Ab_25
  | level_5, level_3 => Eb_53
  | level_5, level_6 => Ab_65
  | level_5, level_8 => Ab_85
  | level_6, level_1 => Eb_61
  | level_6, level_4 => Ab_46
  | level_6, level_5 => Eb_65
  | level_6, level_7 => Eb_67
  | level_7, level_2 => Ab_27
  | level_7, level_3 => Eb_73
  | level_7, level_6 => Ab_67
  | level_7, level_8 => Ab_87
  | level_8, level_1 => Eb_81
  | level_8, level_4 => Ab_48
  | level_8, level_5 => Eb_85
  | level_8, level_7 => Eb_87
  | _, _ => 0
  end.

Definition stage_1 (i j : level) : R :=
  match i, j with
  | level_2, level_4 => Ab_42
  | level_2, level_5 => Eb_25
  | level_2, level_7 => Eb_27
  | level_3, level_5 => Ab_53
  | level_3, level_6 => k_3_6_1
  | level_3, level_7 => Ab_73
  | level_3, level_8 => k_3_8_1
  | level_4, level_2 => Eb_42
  | level_4, level_6 => Eb_46
  | level_4, level_8 => Eb_48
  | level_5, level_2 => Ab_25
  | level_5, level_3 => Eb_53
  | level_5, level_6 => Ab_65
  | level_5, level_8 => Ab_85
  | level_6, level_3 => k_6_3_1
  | level_6, level_4 => Ab_46
  | level_6, level_5 => Eb_65
  | level_6, level_7 => Eb_67
  | level_6, level_8 => k_6_8_1
  | level_7, level_2 => Ab_27
  | level_7, level_3 => Eb_73
  | level_7, level_6 => Ab_67
  | level_7, level_8 => Ab_87
  | level_8, level_3 => k_8_3_1
  | level_8, level_4 => Ab_48
  | level_8, level_5 => Eb_85
  | level_8, level_6 => k_8_6_1
  | level_8, level_7 => Eb_87
  | _, _ => 0
  end.

Definition stage_2 (i j : level) : R :=
  match i, j with
  | level_2, level_5 => Eb_25
  | level_2, level_6 => k_2_6_4
  | level_2, level_7 => Eb_27
  | level_2, level_8 => k_2_8_4
  | level_3, level_5 => Ab_53
  | level_3, level_6 => k_3_6_1
  | level_3, level_7 => Ab_73
  | level_3, level_8 => k_3_8_1
  | level_5, level_2 => Ab_25
  | level_5, level_3 => Eb_53
  | level_5, level_6 => Ab_65
  | level_5, level_8 => Ab_85
  | level_6, level_2 => k_6_2_4
  | level_6, level_3 => k_6_3_1
  | level_6, level_5 => Eb_65
  | level_6, level_7 => Eb_67
  | level_6, level_8 => k_6_8_4
  | level_7, level_2 => Ab_27
  | level_7, level_3 => Eb_73
  | level_7, level_6 => Ab_67
  | level_7, level_8 => Ab_87
  | level_8, level_2 => k_8_2_4
  | level_8, level_3 => k_8_3_1
  | level_8, level_5 => Eb_85
  | level_8, level_6 => k_8_6_4
  | level_8, level_7 => Eb_87
  | _, _ => 0
  end.

Definition stage_3 (i j : level) : R :=
  match i, j with
  | level_2, level_3 => k_2_3_5
  | level_2, level_6 => k_2_6_5
  | level_2, level_7 => Eb_27
  | level_2, level_8 => k_2_8_5
  | level_3, level_2 => k_3_2_5
  | level_3, level_6 => k_3_6_5
  | level_3, level_7 => Ab_73
  | level_3, level_8 => k_3_8_5
  | level_6, level_2 => k_6_2_5
  | level_6, level_3 => k_6_3_5
  | level_6, level_7 => Eb_67
  | level_6, level_8 => k_6_8_5
  | level_7, level_2 => Ab_27
  | level_7, level_3 => Eb_73
  | level_7, level_6 => Ab_67
  | level_7, level_8 => Ab_87
  | level_8, level_2 => k_8_2_5
  | level_8, level_3 => k_8_3_5
  | level_8, level_6 => k_8_6_5
  | level_8, level_7 => Eb_87
  | _, _ => 0
  end.

Definition stage_4 (i j : level) : R :=
  match i, j with
  | level_3, level_6 => k_3_6_2
  | level_3, level_7 => k_3_7_2
  | level_3, level_8 => k_3_8_2
  | level_6, level_3 => k_6_3_2
  | level_6, level_7 => k_6_7_2
  | level_6, level_8 => k_6_8_2
  | level_7, level_3 => k_7_3_2
  | level_7, level_6 => k_7_6_2
  | level_7, level_8 => k_7_8_2
  | level_8, level_3 => k_8_3_2
  | level_8, level_6 => k_8_6_2
  | level_8, level_7 => k_8_7_2
  | _, _ => 0
  end.

Definition stage_5 (i j : level) : R :=
  match i, j with
  | level_3, level_7 => k_3_7_6
  | level_3, level_8 => k_3_8_6
  | level_7, level_3 => k_7_3_6
  | level_7, level_8 => k_7_8_6
  | level_8, level_3 => k_8_3_6
  | level_8, level_7 => k_8_7_6
  | _, _ => 0
  end.

Definition stage_6 (i j : level) : R :=
  match i, j with
  | level_3, level_8 => k_3_8_7
  | level_8, level_3 => k_8_3_7
  | _, _ => 0
  end.

Definition stage_7 (i j : level) : R :=
  match i, j with
  | _, _ => 0
  end.

Definition stage (m : nat) : level -> level -> R :=
  match m with | 0%nat => stage_0 | 1%nat => stage_1 | 2%nat => stage_2 | 3%nat => stage_3 | 4%nat => stage_4 | 5%nat => stage_5 | 6%nat => stage_6 | _ => stage_7 end.

Definition exit_rate (k : level) : R :=
  match k with
  | level_1 => Gamma_1
  | level_2 => Gamma_2
  | level_4 => Gamma_4
  | level_5 => Gamma_5
  | level_6 => Gamma_6
  | level_7 => Gamma_7
  | level_8 => k_8_3_7
  | _ => 0
  end.

Definition branch (i k : level) : R :=
  match i, k with
  | level_2, level_4 => f_2_4
  | level_2, level_5 => f_2_5
  | level_3, level_1 => f_3_1
  | level_3, level_2 => f_3_2
  | level_3, level_5 => f_3_5
  | level_3, level_6 => f_3_6
  | level_3, level_7 => f_3_7
  | level_3, level_8 => f_3_8
  | level_6, level_1 => f_6_1
  | level_6, level_2 => f_6_2
  | level_6, level_4 => f_6_4
  | level_6, level_5 => f_6_5
  | level_7, level_2 => f_7_2
  | level_7, level_6 => f_7_6
  | level_8, level_1 => f_8_1
  | level_8, level_2 => f_8_2
  | level_8, level_4 => f_8_4
  | level_8, level_5 => f_8_5
  | level_8, level_6 => f_8_6
  | level_8, level_7 => f_8_7
  | _, _ => 0
  end.

Definition weight (i : level) : R :=
  match i with
  | level_1 => u_1
  | level_2 => u_2
  | level_3 => 1
  | level_4 => u_4
  | level_5 => u_5
  | level_6 => u_6
  | level_7 => u_7
  | level_8 => u_8
  end.

End Elimination.

(** * From parameters to total rates *)
Section Program.
Variable b : battery.

(** ** roots *)
Definition alpha : R := root_of_squares [(1, Delta b); (8, J b)].

(** ** energies *)
Definition E_1 : R := exact_sum [-B0 b/2].
Definition E_2 : R := exact_sum [B0 b/2].
Definition E_3 : R := exact_sum [Delta b; -B0 b; -B0 b/2].
Definition E_4 : R := exact_sum [Delta b; B0 b; B0 b/2].
Definition E_5 : R := exact_sum [-B0 b/2; -Delta b/2; -alpha/2].
Definition E_6 : R := exact_sum [B0 b/2; -Delta b/2; -alpha/2].
Definition E_7 : R := exact_sum [alpha/2; -B0 b/2; -Delta b/2].
Definition E_8 : R := exact_sum [B0 b/2; alpha/2; -Delta b/2].

(** ** shifted_roots *)
Definition alpha_shift_1 : R := shifted_root alpha (Delta b) (8*(J b)^2).
Definition alpha_shift_2 : R := shifted_root alpha (-Delta b) (8*(J b)^2).

(** ** frequencies *)
Definition omega_61 : R := exact_sum [B0 b; -Delta b/2; -alpha/2].
Definition omega_81 : R := exact_sum [B0 b; alpha/2; -Delta b/2].
Definition omega_42 : R := exact_sum [B0 b; Delta b].
Definition omega_13 : R := exact_sum [B0 b; -Delta b].
Definition omega_53 : R := exact_sum [B0 b; -Delta b; -Delta b/2; -alpha/2].
Definition omega_73 : R := exact_sum [B0 b; alpha/2; -Delta b; -Delta b/2].
Definition omega_25 : R := exact_sum [B0 b; Delta b/2; alpha/2].
Definition omega_65 : R := exact_sum [B0 b].
Definition omega_85 : R := exact_sum [B0 b; alpha].
Definition omega_46 : R := exact_sum [B0 b; alpha/2; Delta b; Delta b/2].
Definition omega_27 : R := exact_sum [B0 b; Delta b/2; -alpha/2].
Definition omega_67 : R := exact_sum [B0 b; -alpha].
Definition omega_87 : R := exact_sum [B0 b].
Definition omega_48 : R := exact_sum [B0 b; -alpha/2; Delta b; Delta b/2].

(** ** weights *)
Definition w_61_L : R := alpha_shift_1*(epsilon b - 1)^2/(4*alpha).
Definition w_61_R : R := alpha_shift_1/(4*alpha).
Definition w_81_L : R := alpha_shift_2*(epsilon b - 1)^2/(4*alpha).
Definition w_81_R : R := alpha_shift_2/(4*alpha).
Definition w_42_L : R := (epsilon b - 1)^2/2.
Definition w_42_R : R := 1/2.
Definition w_13_L : R := (epsilon b - 1)^2/2.
Definition w_13_R : R := 1/2.
Definition w_53_L : R := alpha_shift_2*(epsilon b + 1)^2/(4*alpha).
Definition w_53_R : R := alpha_shift_2/(4*alpha).
Definition w_73_L : R := alpha_shift_1*(epsilon b + 1)^2/(4*alpha).
Definition w_73_R : R := alpha_shift_1/(4*alpha).
Definition w_25_L : R := alpha_shift_1*(epsilon b - 1)^2/(4*alpha).
Definition w_25_R : R := alpha_shift_1/(4*alpha).
Definition w_65_L : R := 4*(J b)^2*(epsilon b + 1)^2/alpha^2.
Definition w_65_R : R := 4*(J b)^2/alpha^2.
Definition w_85_L : R := (Delta b)^2*(epsilon b + 1)^2/(2*alpha^2).
Definition w_85_R : R := (Delta b)^2/(2*alpha^2).
Definition w_46_L : R := alpha_shift_2*(epsilon b + 1)^2/(4*alpha).
Definition w_46_R : R := alpha_shift_2/(4*alpha).
Definition w_27_L : R := alpha_shift_2*(epsilon b - 1)^2/(4*alpha).
Definition w_27_R : R := alpha_shift_2/(4*alpha).
Definition w_67_L : R := (Delta b)^2*(epsilon b + 1)^2/(2*alpha^2).
Definition w_67_R : R := (Delta b)^2/(2*alpha^2).
Definition w_87_L : R := 4*(J b)^2*(epsilon b + 1)^2/alpha^2.
Definition w_87_R : R := 4*(J b)^2/alpha^2.
Definition w_48_L : R := alpha_shift_1*(epsilon b + 1)^2/(4*alpha).
Definition w_48_R : R := alpha_shift_1/(4*alpha).

(** ** bose *)
Definition phi_up_61_L : R := phi omega_61 (T_L b).
Definition phi_down_61_L : R := phi (-omega_61) (T_L b).
Definition phi_up_61_R : R := phi omega_61 (T_R b).
Definition phi_down_61_R : R := phi (-omega_61) (T_R b).
Definition phi_up_81_L : R := phi omega_81 (T_L b).
Definition phi_down_81_L : R := phi (-omega_81) (T_L b).
Definition phi_up_81_R : R := phi omega_81 (T_R b).
Definition phi_down_81_R : R := phi (-omega_81) (T_R b).
Definition phi_up_42_L : R := phi omega_42 (T_L b).
Definition phi_down_42_L : R := phi (-omega_42) (T_L b).
Definition phi_up_42_R : R := phi omega_42 (T_R b).
Definition phi_down_42_R : R := phi (-omega_42) (T_R b).
Definition phi_up_13_L : R := phi omega_13 (T_L b).
Definition phi_down_13_L : R := phi (-omega_13) (T_L b).
Definition phi_up_13_R : R := phi omega_13 (T_R b).
Definition phi_down_13_R : R := phi (-omega_13) (T_R b).
Definition phi_up_53_L : R := phi omega_53 (T_L b).
Definition phi_down_53_L : R := phi (-omega_53) (T_L b).
Definition phi_up_53_R : R := phi omega_53 (T_R b).
Definition phi_down_53_R : R := phi (-omega_53) (T_R b).
Definition phi_up_73_L : R := phi omega_73 (T_L b).
Definition phi_down_73_L : R := phi (-omega_73) (T_L b).
Definition phi_up_73_R : R := phi omega_73 (T_R b).
Definition phi_down_73_R : R := phi (-omega_73) (T_R b).
Definition phi_up_25_L : R := phi omega_25 (T_L b).
Definition phi_down_25_L : R := phi (-omega_25) (T_L b).
Definition phi_up_25_R : R := phi omega_25 (T_R b).
Definition phi_down_25_R : R := phi (-omega_25) (T_R b).
Definition phi_up_65_L : R := phi omega_65 (T_L b).
Definition phi_down_65_L : R := phi (-omega_65) (T_L b).
Definition phi_up_65_R : R := phi omega_65 (T_R b).
Definition phi_down_65_R : R := phi (-omega_65) (T_R b).
Definition phi_up_85_L : R := phi omega_85 (T_L b).
Definition phi_down_85_L : R := phi (-omega_85) (T_L b).
Definition phi_up_85_R : R := phi omega_85 (T_R b).
Definition phi_down_85_R : R := phi (-omega_85) (T_R b).
Definition phi_up_46_L : R := phi omega_46 (T_L b).
Definition phi_down_46_L : R := phi (-omega_46) (T_L b).
Definition phi_up_46_R : R := phi omega_46 (T_R b).
Definition phi_down_46_R : R := phi (-omega_46) (T_R b).
Definition phi_up_27_L : R := phi omega_27 (T_L b).
Definition phi_down_27_L : R := phi (-omega_27) (T_L b).
Definition phi_up_27_R : R := phi omega_27 (T_R b).
Definition phi_down_27_R : R := phi (-omega_27) (T_R b).
Definition phi_up_67_L : R := phi omega_67 (T_L b).
Definition phi_down_67_L : R := phi (-omega_67) (T_L b).
Definition phi_up_67_R : R := phi omega_67 (T_R b).
Definition phi_down_67_R : R := phi (-omega_67) (T_R b).
Definition phi_up_87_L : R := phi omega_87 (T_L b).
Definition phi_down_87_L : R := phi (-omega_87) (T_L b).
Definition phi_up_87_R : R := phi omega_87 (T_R b).
Definition phi_down_87_R : R := phi (-omega_87) (T_R b).
Definition phi_up_48_L : R := phi omega_48 (T_L b).
Definition phi_down_48_L : R := phi (-omega_48) (T_L b).
Definition phi_up_48_R : R := phi omega_48 (T_R b).
Definition phi_down_48_R : R := phi (-omega_48) (T_R b).

(** ** rates *)
Definition a_61_L : R := kappa_L b*phi_up_61_L*w_61_L.
Definition e_61_L : R := kappa_L b*phi_down_61_L*w_61_L.
Definition a_61_R : R := kappa_R b*phi_up_61_R*w_61_R.
Definition e_61_R : R := kappa_R b*phi_down_61_R*w_61_R.
Definition a_81_L : R := kappa_L b*phi_up_81_L*w_81_L.
Definition e_81_L : R := kappa_L b*phi_down_81_L*w_81_L.
Definition a_81_R : R := kappa_R b*phi_up_81_R*w_81_R.
Definition e_81_R : R := kappa_R b*phi_down_81_R*w_81_R.
Definition a_42_L : R := kappa_L b*phi_up_42_L*w_42_L.
Definition e_42_L : R := kappa_L b*phi_down_42_L*w_42_L.
Definition a_42_R : R := kappa_R b*phi_up_42_R*w_42_R.
Definition e_42_R : R := kappa_R b*phi_down_42_R*w_42_R.
Definition a_13_L : R := kappa_L b*phi_up_13_L*w_13_L.
Definition e_13_L : R := kappa_L b*phi_down_13_L*w_13_L.
Definition a_13_R : R := kappa_R b*phi_up_13_R*w_13_R.
Definition e_13_R : R := kappa_R b*phi_down_13_R*w_13_R.
Definition a_53_L : R := kappa_L b*phi_up_53_L*w_53_L.
Definition e_53_L : R := kappa_L b*phi_down_53_L*w_53_L.
Definition a_53_R : R := kappa_R b*phi_up_53_R*w_53_R.
Definition e_53_R : R := kappa_R b*phi_down_53_R*w_53_R.
Definition a_73_L : R := kappa_L b*phi_up_73_L*w_73_L.
Definition e_73_L : R := kappa_L b*phi_down_73_L*w_73_L.
Definition a_73_R : R := kappa_R b*phi_up_73_R*w_73_R.
Definition e_73_R : R := kappa_R b*phi_down_73_R*w_73_R.
Definition a_25_L : R := kappa_L b*phi_up_25_L*w_25_L.
Definition e_25_L : R := kappa_L b*phi_down_25_L*w_25_L.
Definition a_25_R : R := kappa_R b*phi_up_25_R*w_25_R.
Definition e_25_R : R := kappa_R b*phi_down_25_R*w_25_R.
Definition a_65_L : R := kappa_L b*phi_up_65_L*w_65_L.
Definition e_65_L : R := kappa_L b*phi_down_65_L*w_65_L.
Definition a_65_R : R := kappa_R b*phi_up_65_R*w_65_R.
Definition e_65_R : R := kappa_R b*phi_down_65_R*w_65_R.
Definition a_85_L : R := kappa_L b*phi_up_85_L*w_85_L.
Definition e_85_L : R := kappa_L b*phi_down_85_L*w_85_L.
Definition a_85_R : R := kappa_R b*phi_up_85_R*w_85_R.
Definition e_85_R : R := kappa_R b*phi_down_85_R*w_85_R.
Definition a_46_L : R := kappa_L b*phi_up_46_L*w_46_L.
Definition e_46_L : R := kappa_L b*phi_down_46_L*w_46_L.
Definition a_46_R : R := kappa_R b*phi_up_46_R*w_46_R.
Definition e_46_R : R := kappa_R b*phi_down_46_R*w_46_R.
Definition a_27_L : R := kappa_L b*phi_up_27_L*w_27_L.
Definition e_27_L : R := kappa_L b*phi_down_27_L*w_27_L.
Definition a_27_R : R := kappa_R b*phi_up_27_R*w_27_R.
Definition e_27_R : R := kappa_R b*phi_down_27_R*w_27_R.
Definition a_67_L : R := kappa_L b*phi_up_67_L*w_67_L.
Definition e_67_L : R := kappa_L b*phi_down_67_L*w_67_L.
Definition a_67_R : R := kappa_R b*phi_up_67_R*w_67_R.
Definition e_67_R : R := kappa_R b*phi_down_67_R*w_67_R.
Definition a_87_L : R := kappa_L b*phi_up_87_L*w_87_L.
Definition e_87_L : R := kappa_L b*phi_down_87_L*w_87_L.
Definition a_87_R : R := kappa_R b*phi_up_87_R*w_87_R.
Definition e_87_R : R := kappa_R b*phi_down_87_R*w_87_R.
Definition a_48_L : R := kappa_L b*phi_up_48_L*w_48_L.
Definition e_48_L : R := kappa_L b*phi_down_48_L*w_48_L.
Definition a_48_R : R := kappa_R b*phi_up_48_R*w_48_R.
Definition e_48_R : R := kappa_R b*phi_down_48_R*w_48_R.

(** ** totals *)
Definition totals : rates :=
  {| A_61 := a_61_L + a_61_R;
     E_61 := e_61_L + e_61_R;
     A_81 := a_81_L + a_81_R;
     E_81 := e_81_L + e_81_R;
     A_42 := a_42_L + a_42_R;
     E_42 := e_42_L + e_42_R;
     A_13 := a_13_L + a_13_R;
     E_13 := e_13_L + e_13_R;
     A_53 := a_53_L + a_53_R;
     E_53 := e_53_L + e_53_R;
     A_73 := a_73_L + a_73_R;
     E_73 := e_73_L + e_73_R;
     A_25 := a_25_L + a_25_R;
     E_25 := e_25_L + e_25_R;
     A_65 := a_65_L + a_65_R;
     E_65 := e_65_L + e_65_R;
     A_85 := a_85_L + a_85_R;
     E_85 := e_85_L + e_85_R;
     A_46 := a_46_L + a_46_R;
     E_46 := e_46_L + e_46_R;
     A_27 := a_27_L + a_27_R;
     E_27 := e_27_L + e_27_R;
     A_67 := a_67_L + a_67_R;
     E_67 := e_67_L + e_67_R;
     A_87 := a_87_L + a_87_R;
     E_87 := e_87_L + e_87_R;
     A_48 := a_48_L + a_48_R;
     E_48 := e_48_L + e_48_R |}.

(** ** by level *)
Definition energy (i : level) : R :=
  match i with
  | level_1 => E_1
  | level_2 => E_2
  | level_3 => E_3
  | level_4 => E_4
  | level_5 => E_5
  | level_6 => E_6
  | level_7 => E_7
  | level_8 => E_8
  end.

Definition population (i : level) : R := population_at totals i.

(** From level i to level j, the sum over the baths. *)
Definition rate (i j : level) : R :=
  match i, j with
  | level_1, level_3 => e_13_L + e_13_R
  | level_1, level_6 => a_61_L + a_61_R
  | level_1, level_8 => a_81_L + a_81_R
  | level_2, level_4 => a_42_L + a_42_R
  | level_2, level_5 => e_25_L + e_25_R
  | level_2, level_7 => e_27_L + e_27_R
  | level_3, level_1 => a_13_L + a_13_R
  | level_3, level_5 => a_53_L + a_53_R
  | level_3, level_7 => a_73_L + a_73_R
  | level_4, level_2 => e_42_L + e_42_R
  | level_4, level_6 => e_46_L + e_46_R
  | level_4, level_8 => e_48_L + e_48_R
  | level_5, level_2 => a_25_L + a_25_R
  | level_5, level_3 => e_53_L + e_53_R
  | level_5, level_6 => a_65_L + a_65_R
  | level_5, level_8 => a_85_L + a_85_R
  | level_6, level_1 => e_61_L + e_61_R
  | level_6, level_4 => a_46_L + a_46_R
  | level_6, level_5 => e_65_L + e_65_R
  | level_6, level_7 => e_67_L + e_67_R
  | level_7, level_2 => a_27_L + a_27_R
  | level_7, level_3 => e_73_L + e_73_R
  | level_7, level_6 => a_67_L + a_67_R
  | level_7, level_8 => a_87_L + a_87_R
  | level_8, level_1 => e_81_L + e_81_R
  | level_8, level_4 => a_48_L + a_48_R
  | level_8, level_5 => e_85_L + e_85_R
  | level_8, level_7 => e_87_L + e_87_R
  | _, _ => 0
  end.

End Program.
