(** XXZ battery of 2 qubits: energies, rates, populations.

    Printed from symqb's program by [symqb generate]; do not edit.
    Expressions (SHA-256): b9c92e7a6878293fe68d0e7c086301c4b78e6749a8f317754cb0011f58f2b222 *)

From Symqb Require Import Primitives.

(** Phi_1, Phi_2, Phi_3, Phi_4. *)
Inductive level : Set := level_1 | level_2 | level_3 | level_4.
Definition levels : list level := [level_1; level_2; level_3; level_4].

(** Total rates, up (A) and down (E). *)
Record rates := Rates
  { A_31 : R; E_31 : R; A_41 : R; E_41 : R; A_23 : R; E_23 : R; A_24 : R; E_24 : R }.
Definition positive_rates (r : rates) : Prop :=
  0 < A_31 r /\ 0 < E_31 r /\ 0 < A_41 r /\ 0 < E_41 r /\ 0 < A_23 r /\ 0 < E_23 r /\ 0 < A_24 r /\ 0 < E_24 r.
(** A bath at T = 0 absorbs nothing. *)
Definition downward_rates (r : rates) : Prop :=
  0 <= A_31 r /\ 0 < E_31 r /\ 0 <= A_41 r /\ 0 < E_41 r /\ 0 <= A_23 r /\ 0 < E_23 r /\ 0 <= A_24 r /\ 0 < E_24 r.

(** * From total rates to populations *)
Section Elimination.
Variable r : rates.

(** ** elimination *)
Definition Ab_31 : R := balance (A_31 r).
Definition Eb_31 : R := balance (E_31 r).
Definition Ab_41 : R := balance (A_41 r).
Definition Eb_41 : R := balance (E_41 r).
Definition Ab_23 : R := balance (A_23 r).
Definition Eb_23 : R := balance (E_23 r).
Definition Ab_24 : R := balance (A_24 r).
Definition Eb_24 : R := balance (E_24 r).
Definition Gamma_3 : R := Ab_23 + Eb_31.
Definition f_2_3 : R := Eb_23/Gamma_3.
Definition f_1_3 : R := Ab_31/Gamma_3.
Definition k_2_1_3 : R := Eb_31*f_2_3.
Definition k_1_2_3 : R := Ab_23*f_1_3.
Definition Gamma_2 : R := Eb_24 + k_2_1_3.
Definition f_4_2 : R := Ab_24/Gamma_2.
Definition f_1_2 : R := k_1_2_3/Gamma_2.
Definition k_4_1_2 : R := Eb_41 + f_4_2*k_2_1_3.
Definition k_1_4_2 : R := Ab_41 + Eb_24*f_1_2.
Definition f_1_4 : R := k_1_4_2/k_4_1_2.
Definition u_4 : R := f_1_4.
Definition u_2 : R := f_1_2 + f_4_2*u_4.
Definition u_3 : R := f_1_3 + f_2_3*u_2.
Definition norm : R := u_2 + u_3 + u_4 + 1.

(** ** populations *)
Definition p_1 : R := standard_part (1/norm).
Definition p_2 : R := standard_part (u_2/norm).
Definition p_3 : R := standard_part (u_3/norm).
Definition p_4 : R := standard_part (u_4/norm).

(** ** by level *)
Definition population_at (i : level) : R :=
  match i with
  | level_1 => p_1
  | level_2 => p_2
  | level_3 => p_3
  | level_4 => p_4
  end.

(** From level i to level j. *)
Definition rate_at (i j : level) : R :=
  match i, j with
  | level_1, level_3 => A_31 r
  | level_1, level_4 => A_41 r
  | level_2, level_3 => E_23 r
  | level_2, level_4 => E_24 r
  | level_3, level_1 => E_31 r
  | level_3, level_2 => A_23 r
  | level_4, level_1 => E_41 r
  | level_4, level_2 => A_24 r
  | _, _ => 0
  end.

(** ** how levels are eliminated: the last of [order] stays, [stage m] holds after m eliminations *)

Definition order : list level := [level_3; level_2; level_4; level_1].

Definition stage_0 (i j : level) : R :=
  match i, j with
  | level_1, level_3 => Ab_31
  | level_1, level_4 => Ab_41
  | level_2, level_3 => Eb_23
  | level_2, level_4 => Eb_24
  | level_3, level_1 => Eb_31
  | level_3, level_2 => Ab_23
  | level_4, level_1 => Eb_41
  | level_4, level_2 => Ab_24
  | _, _ => 0
  end.

Definition stage_1 (i j : level) : R :=
  match i, j with
  | level_1, level_2 => k_1_2_3
  | level_1, level_4 => Ab_41
  | level_2, level_1 => k_2_1_3
  | level_2, level_4 => Eb_24
  | level_4, level_1 => Eb_41
  | level_4, level_2 => Ab_24
  | _, _ => 0
  end.

Definition stage_2 (i j : level) : R :=
  match i, j with
  | level_1, level_4 => k_1_4_2
  | level_4, level_1 => k_4_1_2
  | _, _ => 0
  end.

Definition stage_3 (i j : level) : R :=
  match i, j with
  | _, _ => 0
  end.

Definition stage (m : nat) : level -> level -> R :=
  match m with | 0%nat => stage_0 | 1%nat => stage_1 | 2%nat => stage_2 | _ => stage_3 end.

Definition exit_rate (k : level) : R :=
  match k with
  | level_2 => Gamma_2
  | level_3 => Gamma_3
  | level_4 => k_4_1_2
  | _ => 0
  end.

Definition branch (i k : level) : R :=
  match i, k with
  | level_1, level_2 => f_1_2
  | level_1, level_3 => f_1_3
  | level_1, level_4 => f_1_4
  | level_2, level_3 => f_2_3
  | level_4, level_2 => f_4_2
  | _, _ => 0
  end.

Definition weight (i : level) : R :=
  match i with
  | level_1 => 1
  | level_2 => u_2
  | level_3 => u_3
  | level_4 => u_4
  end.

End Elimination.

(** * From parameters to total rates *)
Section Program.
Variable b : battery.

(** ** energies *)
Definition E_1 : R := exact_sum [Delta b/2; -B0 b].
Definition E_2 : R := exact_sum [B0 b; Delta b/2].
Definition E_3 : R := exact_sum [-J b; -Delta b/2].
Definition E_4 : R := exact_sum [J b; -Delta b/2].

(** ** frequencies *)
Definition omega_31 : R := exact_sum [B0 b; -Delta b; -J b].
Definition omega_41 : R := exact_sum [B0 b; J b; -Delta b].
Definition omega_23 : R := exact_sum [B0 b; Delta b; J b].
Definition omega_24 : R := exact_sum [B0 b; Delta b; -J b].

(** ** weights *)
Definition w_31_L : R := (epsilon b - 1)^2/2.
Definition w_31_R : R := 1/2.
Definition w_41_L : R := (epsilon b + 1)^2/2.
Definition w_41_R : R := 1/2.
Definition w_23_L : R := (epsilon b - 1)^2/2.
Definition w_23_R : R := 1/2.
Definition w_24_L : R := (epsilon b + 1)^2/2.
Definition w_24_R : R := 1/2.

(** ** bose *)
Definition phi_up_31_L : R := phi omega_31 (T_L b).
Definition phi_down_31_L : R := phi (-omega_31) (T_L b).
Definition phi_up_31_R : R := phi omega_31 (T_R b).
Definition phi_down_31_R : R := phi (-omega_31) (T_R b).
Definition phi_up_41_L : R := phi omega_41 (T_L b).
Definition phi_down_41_L : R := phi (-omega_41) (T_L b).
Definition phi_up_41_R : R := phi omega_41 (T_R b).
Definition phi_down_41_R : R := phi (-omega_41) (T_R b).
Definition phi_up_23_L : R := phi omega_23 (T_L b).
Definition phi_down_23_L : R := phi (-omega_23) (T_L b).
Definition phi_up_23_R : R := phi omega_23 (T_R b).
Definition phi_down_23_R : R := phi (-omega_23) (T_R b).
Definition phi_up_24_L : R := phi omega_24 (T_L b).
Definition phi_down_24_L : R := phi (-omega_24) (T_L b).
Definition phi_up_24_R : R := phi omega_24 (T_R b).
Definition phi_down_24_R : R := phi (-omega_24) (T_R b).

(** ** rates *)
Definition a_31_L : R := kappa_L b*phi_up_31_L*w_31_L.
Definition e_31_L : R := kappa_L b*phi_down_31_L*w_31_L.
Definition a_31_R : R := kappa_R b*phi_up_31_R*w_31_R.
Definition e_31_R : R := kappa_R b*phi_down_31_R*w_31_R.
Definition a_41_L : R := kappa_L b*phi_up_41_L*w_41_L.
Definition e_41_L : R := kappa_L b*phi_down_41_L*w_41_L.
Definition a_41_R : R := kappa_R b*phi_up_41_R*w_41_R.
Definition e_41_R : R := kappa_R b*phi_down_41_R*w_41_R.
Definition a_23_L : R := kappa_L b*phi_up_23_L*w_23_L.
Definition e_23_L : R := kappa_L b*phi_down_23_L*w_23_L.
Definition a_23_R : R := kappa_R b*phi_up_23_R*w_23_R.
Definition e_23_R : R := kappa_R b*phi_down_23_R*w_23_R.
Definition a_24_L : R := kappa_L b*phi_up_24_L*w_24_L.
Definition e_24_L : R := kappa_L b*phi_down_24_L*w_24_L.
Definition a_24_R : R := kappa_R b*phi_up_24_R*w_24_R.
Definition e_24_R : R := kappa_R b*phi_down_24_R*w_24_R.

(** ** totals *)
Definition totals : rates :=
  {| A_31 := a_31_L + a_31_R;
     E_31 := e_31_L + e_31_R;
     A_41 := a_41_L + a_41_R;
     E_41 := e_41_L + e_41_R;
     A_23 := a_23_L + a_23_R;
     E_23 := e_23_L + e_23_R;
     A_24 := a_24_L + a_24_R;
     E_24 := e_24_L + e_24_R |}.

(** ** by level *)
Definition energy (i : level) : R :=
  match i with
  | level_1 => E_1
  | level_2 => E_2
  | level_3 => E_3
  | level_4 => E_4
  end.

Definition population (i : level) : R := population_at totals i.

(** From level i to level j, the sum over the baths. *)
Definition rate (i j : level) : R :=
  match i, j with
  | level_1, level_3 => a_31_L + a_31_R
  | level_1, level_4 => a_41_L + a_41_R
  | level_2, level_3 => e_23_L + e_23_R
  | level_2, level_4 => e_24_L + e_24_R
  | level_3, level_1 => e_31_L + e_31_R
  | level_3, level_2 => a_23_L + a_23_R
  | level_4, level_1 => e_41_L + e_41_R
  | level_4, level_2 => a_24_L + a_24_R
  | _, _ => 0
  end.

End Program.
