(** * From ratios of rates to the order of populations

    Four levels, 1 below 3 and 4 below 2, linked 1-3, 1-4, 3-2, 4-2. Any stationary distribution is ordered by four
    inequalities between total rates, (A7), (A8), (A11), (A18), and by E > A. *)

From Symqb Require Import Primitives.
From Coq Require Import Lra Psatz.

Section Order.
Variables A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24 : R.
Hypotheses (A_31_positive : 0 < A_31) (E_31_positive : 0 < E_31) (A_41_positive : 0 < A_41)
  (E_41_positive : 0 < E_41) (A_23_positive : 0 < A_23) (E_23_positive : 0 < E_23)
  (A_24_positive : 0 < A_24) (E_24_positive : 0 < E_24).

Variables p_1 p_2 p_3 p_4 : R.
Hypotheses (p_3_positive : 0 < p_3)
  (into_1 : p_1 * (A_31 + A_41) = E_31 * p_3 + E_41 * p_4)
  (into_2 : p_2 * (E_23 + E_24) = A_23 * p_3 + A_24 * p_4)
  (into_3 : p_3 * (E_31 + A_23) = A_31 * p_1 + E_23 * p_2).

(** eta_1 and eta_2 of (14), as printed. *)
Definition eta_1 : R := A_31 * E_41 / ((A_23 + E_31) * (A_31 + A_41)) + E_23 * A_24 / ((A_23 + E_31) * (E_23 + E_24)).
Definition eta_2 : R :=
  1 - A_31 * E_31 / ((A_23 + E_31) * (A_31 + A_41)) - E_23 * A_23 / ((A_23 + E_31) * (E_23 + E_24)).

(** The same without their common denominator, and without a subtraction. *)
Let out_1 : R := A_31 + A_41.
Let out_2 : R := E_23 + E_24.
Let t_3 : R := A_31 * E_41 * out_2 + E_23 * A_24 * out_1.
Let t_4 : R := E_31 * A_41 * out_2 + A_23 * E_24 * out_1.

Local Ltac positive :=
  repeat match goal with
  | |- 0 < _ / _ => apply Rdiv_lt_0_compat
  | |- 0 < _ + _ => apply Rplus_lt_0_compat
  | |- 0 < _ * _ => apply Rmult_lt_0_compat
  end; assumption.

Lemma t_3_positive : 0 < t_3. Proof. unfold t_3, out_1, out_2; positive. Qed.
Lemma t_4_positive : 0 < t_4. Proof. unfold t_4, out_1, out_2; positive. Qed.

Lemma eta_1_is : eta_1 = t_3 / ((A_23 + E_31) * out_1 * out_2).
Proof. unfold eta_1, t_3, out_1, out_2; field; lra. Qed.

Lemma eta_2_is : eta_2 = t_4 / ((A_23 + E_31) * out_1 * out_2).
Proof. unfold eta_2, t_4, out_1, out_2; field; lra. Qed.

(** (13d) *)
Lemma p_4_is : p_4 * t_3 = p_3 * t_4.
Proof.
  assert (out_1_positive : 0 < out_1) by (unfold out_1; lra). assert (0 < out_2) by (unfold out_2; lra).
  assert (one : p_1 = (E_31 * p_3 + E_41 * p_4) / out_1).
  { apply Rmult_eq_reg_r with out_1; [|lra]. unfold out_1 at 1. rewrite into_1; field; lra. }
  assert (two : p_2 = (A_23 * p_3 + A_24 * p_4) / out_2).
  { apply Rmult_eq_reg_r with out_2; [|lra]. unfold out_2 at 1. rewrite into_2; field; lra. }
  assert (three := into_3). rewrite one, two in three.
  apply Rmult_eq_compat_r with (r := out_1 * out_2) in three.
  replace ((A_31 * ((E_31 * p_3 + E_41 * p_4) / out_1) + E_23 * ((A_23 * p_3 + A_24 * p_4) / out_2)) * (out_1 * out_2))
    with (A_31 * (E_31 * p_3 + E_41 * p_4) * out_2 + E_23 * (A_23 * p_3 + A_24 * p_4) * out_1) in three by (field; lra).
  unfold t_3, t_4, out_1, out_2 in *; lra.
Qed.

(** In units of p_3/t_3, populations 3 and 4 are t_3 and t_4. *)
Let unit : R := p_3 / t_3.
Lemma unit_positive : 0 < unit.
Proof. apply Rdiv_lt_0_compat; [assumption | exact t_3_positive]. Qed.
Lemma p_3_in_units : p_3 = unit * t_3.
Proof. unfold unit; field; apply Rgt_not_eq, t_3_positive. Qed.
Lemma p_4_in_units : p_4 = unit * t_4.
Proof.
  apply Rmult_eq_reg_r with t_3; [|apply Rgt_not_eq, t_3_positive].
  rewrite p_4_is; unfold unit; field; apply Rgt_not_eq, t_3_positive.
Qed.

Hypotheses (A7 : A_23 * E_24 < A_24 * E_23) (A8 : A_41 * E_31 < A_31 * E_41)
  (A11 : A_31 * E_41 * A_23 < E_23 * A_41 * E_31) (A18 : A_41 * A_24 * E_23 < E_41 * E_24 * A_23)
  (more_31 : A_31 < E_31) (more_24 : A_24 < E_24).

Lemma scaled x y : x < y -> unit * x < unit * y.
Proof. exact (Rmult_lt_compat_l unit x y unit_positive). Qed.

Lemma p_3_above_p_4 : p_4 < p_3.
Proof.
  rewrite p_3_in_units, p_4_in_units; apply scaled; unfold t_3, t_4, out_1, out_2.
  assert (0 < (A_31 * E_41 - A_41 * E_31) * (E_23 + E_24)) by (apply Rmult_lt_0_compat; lra).
  assert (0 < (A_24 * E_23 - A_23 * E_24) * (A_31 + A_41)) by (apply Rmult_lt_0_compat; lra).
  lra.
Qed.

Lemma p_4_above_p_2_in_units : A_23 * t_3 + A_24 * t_4 < t_4 * out_2.
Proof.
  assert (0 < (E_24 - A_24) * t_4) by (apply Rmult_lt_0_compat; [lra | exact t_4_positive]).
  assert (0 < (E_23 * A_41 * E_31 - A_31 * E_41 * A_23) * out_2) by (unfold out_2; apply Rmult_lt_0_compat; lra).
  assert (0 < A_23 * E_23 * out_1 * (E_24 - A_24)).
  { unfold out_1; apply Rmult_lt_0_compat; [positive | lra]. }
  unfold t_3, t_4, out_1, out_2 in *; lra.
Qed.

Lemma p_4_above_p_2 : p_2 < p_4.
Proof.
  assert (0 < out_2) by (unfold out_2; positive).
  apply Rmult_lt_reg_r with out_2; [assumption|].
  unfold out_2 at 1; rewrite into_2, p_3_in_units, p_4_in_units.
  assert (ordered := scaled _ _ p_4_above_p_2_in_units). lra.
Qed.

Lemma p_1_above_p_3 : p_3 < p_1.
Proof.
  assert (0 < out_1) by (unfold out_1; positive).
  apply Rmult_lt_reg_r with out_1; [assumption|].
  unfold out_1 at 2; rewrite into_1, p_3_in_units, p_4_in_units.
  assert (ordered : t_3 * out_1 < E_31 * t_3 + E_41 * t_4).
  { assert (0 < (E_31 - A_31) * t_3) by (apply Rmult_lt_0_compat; [lra | exact t_3_positive]).
    assert (0 < A_41 * E_41 * out_2 * (E_31 - A_31)).
    { unfold out_2; apply Rmult_lt_0_compat; [positive | lra]. }
    assert (0 < (E_41 * E_24 * A_23 - A_41 * A_24 * E_23) * out_1) by (apply Rmult_lt_0_compat; lra).
    unfold t_3, t_4, out_1, out_2 in *; lra. }
  apply scaled in ordered. lra.
Qed.

(** (A12) as printed: the ratio of populations 4 and 2 in the etas, and that it exceeds 1. *)
Lemma A12_printed : 0 < p_2 ->
  p_4 / p_2 = eta_2 * (E_23 + E_24) / (eta_1 * A_23 + eta_2 * A_24) /\
  1 < eta_2 * (E_23 + E_24) / (eta_1 * A_23 + eta_2 * A_24).
Proof.
  intro p_2_positive. assert (t3 := t_3_positive). assert (t4 := t_4_positive).
  assert (0 < out_1) by (unfold out_1; positive). assert (0 < out_2) by (unfold out_2; positive).
  assert (p_2_is : p_2 = unit * (A_23 * t_3 + A_24 * t_4) / out_2).
  { apply Rmult_eq_reg_r with out_2; [|lra]. unfold out_2 at 1.
    rewrite into_2, p_3_in_units, p_4_in_units; field; lra. }
  assert (below : 0 < A_23 * t_3 + A_24 * t_4) by positive.
  assert (0 < A_23 + E_31) by positive.
  assert (unit_positive := unit_positive).
  assert (ratio : eta_2 * (E_23 + E_24) / (eta_1 * A_23 + eta_2 * A_24) = t_4 * out_2 / (A_23 * t_3 + A_24 * t_4)).
  { rewrite eta_1_is, eta_2_is; fold out_2; field; repeat split; lra. }
  rewrite ratio; split.
  - rewrite p_4_in_units, p_2_is; field; repeat split; lra.
  - apply Rmult_lt_reg_r with (A_23 * t_3 + A_24 * t_4); [assumption|].
    replace (t_4 * out_2 / (A_23 * t_3 + A_24 * t_4) * (A_23 * t_3 + A_24 * t_4)) with (t_4 * out_2) by (field; lra).
    assert (ordered := p_4_above_p_2_in_units). lra.
Qed.
End Order.
