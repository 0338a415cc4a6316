(** * What fails: the printed (A14), and passivity at negative bias

    At temperatures 1/ln r with rational r, and integer frequencies, exponentials are rational numbers. *)

From Symqb Require Import Primitives Bose Chains.
From Symqb Require TwoQubits.
From Symqb Require xxz2.
From Coq Require Import Lra Psatz.
Import xxz2.

Lemma exp_power r m : 1 < r -> exp (INR m / (/ ln r)) = r ^ m.
Proof.
  intro; assert (0 < ln r) by (rewrite <- ln_1; apply ln_increasing; lra).
  replace (INR m / (/ ln r)) with (INR m * ln r) by (field; lra).
  change (exp (INR m * ln r)) with (Rpower r (INR m)). apply Rpower_pow; lra.
Qed.

Lemma temperature_positive r : 1 < r -> 0 < / ln r.
Proof. intro; apply Rinv_0_lt_compat; rewrite <- ln_1; apply ln_increasing; lra. Qed.

Lemma phi_power r m : 1 < r -> (0 < m)%nat -> phi (INR m) (/ ln r) = INR m / (r ^ m - 1).
Proof.
  intros above some; assert (0 < INR m) by now apply lt_0_INR.
  rewrite absorption by (try apply temperature_positive; easy).
  unfold n; rewrite exp_power by easy; unfold Rdiv; ring.
Qed.

Lemma phi_power_down r m : 1 < r -> (0 < m)%nat -> phi (- INR m) (/ ln r) = INR m * r ^ m / (r ^ m - 1).
Proof.
  intros above some; assert (0 < INR m) by now apply lt_0_INR.
  rewrite emission by (try apply temperature_positive; easy).
  unfold n; rewrite exp_power by easy.
  assert (1 < r ^ m) by (apply Rlt_pow_R1; easy). field; lra.
Qed.

(** ** (A14) as printed, at J = Delta = 1/2, B0 = 2, T_M = 1/ln(5/4): there e^(omega_24/T_M) = 25/16 *)
Theorem A14_fails : exists b T_M, 0 < J b /\ 0 < Delta b /\ J b + Delta b < B0 b /\ 0 < T_M /\
  (exp (omega_24 b / T_M) - 1) * (exp (omega_41 b / T_M) - 1)
  + (exp (omega_24 b / (2 * T_M)) - 1) + (exp (omega_41 b / (2 * T_M)) - 1) < exp (omega_23 b / T_M) - 1.
Proof.
  exists (Battery 2 (1/2) (1/2) 0 1 1 1 1), (/ ln (5/4)).
  assert (temperature := temperature_positive (5/4) ltac:(lra)). repeat split; try (cbn; lra).
  assert (logarithm : ln (5/4) <> 0) by (intro zero; rewrite zero in temperature; rewrite Rinv_0 in temperature; lra).
  set (b := Battery 2 (1/2) (1/2) 0 1 1 1 1).
  replace (omega_24 b) with (INR 2) by (cbn; lra). replace (omega_41 b) with (INR 2) by (cbn; lra).
  replace (omega_23 b) with (INR 3) by (cbn; lra).
  replace (INR 2 / (2 * / ln (5/4))) with (INR 1 / (/ ln (5/4))) by (cbn; field; easy).
  rewrite !exp_power by lra. lra.
Qed.

(** ** At epsilon = 1 and negative bias levels 4 and 2 may be inverted *)
Definition inverted : battery := Battery 5 (7/2) (1/2) 1 (/ ln 3) (/ ln (11/10)) 1 1.

Lemma inverted_omegas : omega_31 inverted = INR 1 /\ omega_41 inverted = INR 8 /\
  omega_23 inverted = INR 9 /\ omega_24 inverted = INR 2.
Proof. repeat split; cbn; lra. Qed.

Lemma inverted_rates :
  (A_31 (totals inverted) = 5 /\ E_31 (totals inverted) = 11/2) /\
  (A_41 (totals inverted) = 4002789241/1143588810 /\ E_41 (totals inverted) = 26874565441/1143588810) /\
  (A_23 (totals inverted) = 4500000000/1357947691 /\ E_23 (totals inverted) = 21221529219/2715895382) /\
  (A_24 (totals inverted) = 221/42 /\ E_24 (totals inverted) = 431/42).
Proof.
  destruct inverted_omegas as (w31 & w41 & w23 & w24).
  unfold totals; cbn [A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24].
  unfold a_31_L, a_31_R, e_31_L, e_31_R, a_41_L, a_41_R, e_41_L, e_41_R, a_23_L, a_23_R, e_23_L, e_23_R,
    a_24_L, a_24_R, e_24_L, e_24_R, w_31_L, w_31_R, w_41_L, w_41_R, w_23_L, w_23_R, w_24_L, w_24_R,
    phi_up_31_L, phi_up_31_R, phi_down_31_L, phi_down_31_R, phi_up_41_L, phi_up_41_R,
    phi_down_41_L, phi_down_41_R, phi_up_23_L, phi_up_23_R, phi_down_23_L, phi_down_23_R, phi_up_24_L, phi_up_24_R,
    phi_down_24_L, phi_down_24_R.
  rewrite w31, w41, w23, w24.
  change (T_L inverted) with (/ ln 3). change (T_R inverted) with (/ ln (11/10)).
  rewrite !phi_power, !phi_power_down by (lra || auto with arith).
  change (kappa_L inverted) with 1. change (kappa_R inverted) with 1. change (epsilon inverted) with 1.
  repeat split; cbn; field; lra.
Qed.

Lemma inverted_populations : population inverted level_4 < population inverted level_2.
Proof.
  destruct (TwoQubits.steady_battery inverted) as (positive & _ & flow & _);
    try (cbn; try apply temperature_positive; lra).
  destruct inverted_rates as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]).
  cbn [totals A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24] in A31, E31, A41, E41, A23, E23, A24, E24.
  assert (into_1 := flow level_1). assert (into_2 := flow level_2). assert (into_3 := flow level_3).
  assert (some := positive level_3).
  cbn [sum fold_right levels rate] in into_1, into_2, into_3.
  rewrite ?A31, ?E31, ?A41, ?E41, ?A23, ?E23, ?A24, ?E24 in into_1.
  rewrite ?A31, ?E31, ?A41, ?E41, ?A23, ?E23, ?A24, ?E24 in into_2.
  rewrite ?A31, ?E31, ?A41, ?E41, ?A23, ?E23, ?A24, ?E24 in into_3.
  lra.
Qed.

Theorem negative_bias_inverts : exists b,
  0 < J b /\ 0 < Delta b /\ J b + Delta b < B0 b /\ kappa_L b = 1 /\ kappa_R b = 1 /\ epsilon b = 1 /\
  0 < T_L b /\ T_L b < T_R b /\
  energy b level_4 < energy b level_2 /\ population b level_4 < population b level_2.
Proof.
  exists inverted; repeat split; try (cbn; lra).
  - apply temperature_positive; lra.
  - cbn; apply Rinv_lt_contravar.
    + assert (0 < ln (11/10)) by (rewrite <- ln_1; apply ln_increasing; lra).
      assert (0 < ln 3) by (rewrite <- ln_1; apply ln_increasing; lra). nra.
    + apply ln_increasing; lra.
  - exact inverted_populations.
Qed.
