(** * Two qubits in a strong field: populations decrease with energy

    Shown for any positive stationary distribution of the program's rates, hence for the program's populations. *)

From Symqb Require Import Primitives Bose Chains Inequalities Elimination.
From Symqb Require xxz2 xxz2_independent.
From Coq Require Import Lra Psatz.

Lemma strong_field_bounds B0 J Delta : Rabs J + Rabs Delta < B0 ->
  J < B0 - Delta /\ J < B0 + Delta /\ - J < B0 - Delta /\ - J < B0 + Delta.
Proof.
  intro strong. assert (J <= Rabs J /\ - J <= Rabs J /\ Delta <= Rabs Delta /\ - Delta <= Rabs Delta) as (? & ? & ? & ?).
  { repeat split; try apply Rle_abs; rewrite <- Rabs_Ropp; apply Rle_abs. }
  lra.
Qed.

(** The product of two gaps, of energies and of populations in the other order. *)
Lemma gaps e f p q : e < f -> q < p -> 0 < (f - e) * (p - q).
Proof. intros; apply Rmult_lt_0_compat; lra. Qed.

(** Levels i, j, k, l by energy: each of the 24 permutations s costs a sum of products of gaps. *)
Ltac every_permutation energy p s one_to_one i j k l :=
  assert (s i <> s j /\ s i <> s k /\ s i <> s l /\ s j <> s k /\ s j <> s l /\ s k <> s l) as (?&?&?&?&?&?)
    by (repeat split; intros equal; apply one_to_one in equal; discriminate equal);
  assert (energy i < energy j) by (cbn; lra); assert (energy j < energy k) by (cbn; lra);
  assert (energy k < energy l) by (cbn; lra);
  repeat match goal with below : p ?a < p ?b |- _ =>
    assert (0 < (energy j - energy i) * (p b - p a)) by (apply gaps; assumption);
    assert (0 < (energy k - energy j) * (p b - p a)) by (apply gaps; assumption);
    assert (0 < (energy l - energy k) * (p b - p a)) by (apply gaps; assumption);
    clear below
  end;
  cbn in *; destruct (s i) eqn:?; destruct (s j) eqn:?; try congruence; destruct (s k) eqn:?; try congruence;
  destruct (s l) eqn:?; try congruence; lra.

(** ** At epsilon = 0 *)
Module Two.
Import xxz2.

Section Battery.
Variable b : battery.
Hypotheses (warm_L : 0 < T_L b) (warm_R : 0 < T_R b) (strength_L : 0 < kappa_L b) (strength_R : 0 < kappa_R b)
  (strong : Rabs (J b) + Rabs (Delta b) < B0 b) (exchange : J b <> 0)
  (symmetric : epsilon b = 0).

Notation k_L := (kappa_L b).
Notation absorbed := (absorbed k_L (kappa_R b) (T_L b) (T_R b)).
Notation emitted := (emitted k_L (kappa_R b) (T_L b) (T_R b)).

Lemma total_rates :
  (A_31 (totals b) = absorbed (omega_31 b) /\ E_31 (totals b) = emitted (omega_31 b)) /\
  (A_41 (totals b) = absorbed (omega_41 b) /\ E_41 (totals b) = emitted (omega_41 b)) /\
  (A_23 (totals b) = absorbed (omega_23 b) /\ E_23 (totals b) = emitted (omega_23 b)) /\
  (A_24 (totals b) = absorbed (omega_24 b) /\ E_24 (totals b) = emitted (omega_24 b)).
Proof.
  unfold totals, Inequalities.absorbed, Inequalities.emitted; cbn [A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24].
  unfold a_31_L, a_31_R, e_31_L, e_31_R, a_41_L, a_41_R, e_41_L, e_41_R, a_23_L, a_23_R, e_23_L, e_23_R,
    a_24_L, a_24_R, e_24_L, e_24_R.
  unfold w_31_L, w_31_R, w_41_L, w_41_R, w_23_L, w_23_R, w_24_L, w_24_R; rewrite symmetric.
  repeat split; unfold phi_up_31_L, phi_up_31_R, phi_down_31_L, phi_down_31_R, phi_up_41_L, phi_up_41_R,
    phi_down_41_L, phi_down_41_R, phi_up_23_L, phi_up_23_R, phi_down_23_L, phi_down_23_R, phi_up_24_L, phi_up_24_R,
    phi_down_24_L, phi_down_24_R; field.
Qed.

Lemma omegas : omega_31 b = B0 b - Delta b - J b /\ omega_41 b = B0 b - Delta b + J b /\
  omega_23 b = B0 b + Delta b + J b /\ omega_24 b = B0 b + Delta b - J b.
Proof. repeat split; cbn; ring. Qed.

Section Stationary.
Variable p : level -> R.
Hypotheses (positive : forall i, 0 < p i)
  (flow : forall j, sum levels (fun i => p i * rate b i j - p j * rate b j i) = 0).

Theorem order :
  0 < J b /\ p level_3 < p level_1 /\ p level_4 < p level_3 /\ p level_2 < p level_4 \/
  J b < 0 /\ p level_4 < p level_1 /\ p level_3 < p level_4 /\ p level_2 < p level_3.
Proof.
  destruct total_rates as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]).
  destruct omegas as (w31 & w41 & w23 & w24).
  rewrite w31 in A31, E31; rewrite w41 in A41, E41; rewrite w23 in A23, E23; rewrite w24 in A24, E24.
  cbn [totals A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24] in A31, E31, A41, E41, A23, E23, A24, E24.
  assert (into_1 := flow level_1). assert (into_2 := flow level_2).
  assert (into_3 := flow level_3). assert (into_4 := flow level_4).
  cbn in into_1, into_2, into_3, into_4.
  apply (order_in_strong_field k_L (kappa_R b) (T_L b) (T_R b) strength_L strength_R warm_L warm_R
    (B0 b) (J b) (Delta b)); auto;
    rewrite <- ?A31, <- ?E31, <- ?A41, <- ?E41, <- ?A23, <- ?E23, <- ?A24, <- ?E24; lra.
Qed.

Theorem decreasing : forall i j, energy b i < energy b j -> p j < p i.
Proof.
  assert (bounds := strong_field_bounds _ _ _ strong).
  destruct order as [(? & ? & ? & ?) | (? & ? & ? & ?)]; intros [] []; cbn; intro lower; lra.
Qed.

Theorem no_work (s : level -> level) : (forall i j, s i = s j -> i = j) ->
  sum levels (fun i => energy b i * p i - energy b i * p (s i)) <= 0.
Proof.
  intro one_to_one. assert (bounds := strong_field_bounds _ _ _ strong). destruct order as [(? & ? & ? & ?) | (? & ? & ? & ?)].
  - every_permutation (energy b) p s one_to_one level_1 level_3 level_4 level_2.
  - every_permutation (energy b) p s one_to_one level_1 level_4 level_3 level_2.
Qed.
End Stationary.
End Battery.
End Two.

(** ** Without collective dissipation, at any epsilon *)
Module Independent.
Import xxz2_independent.

Section Battery.
Variable b : battery.
Hypotheses (warm_L : 0 < T_L b) (warm_R : 0 < T_R b) (strength_L : 0 < kappa_L b) (strength_R : 0 < kappa_R b)
  (strong : Rabs (J b) + Rabs (Delta b) < B0 b) (exchange : J b <> 0).

Notation k_L := (kappa_L b * (1 + epsilon b ^ 2)).
Notation absorbed := (absorbed k_L (kappa_R b) (T_L b) (T_R b)).
Notation emitted := (emitted k_L (kappa_R b) (T_L b) (T_R b)).

Lemma weight_L : 0 < k_L.
Proof. assert (square := pow2_ge_0 (epsilon b)). apply Rmult_lt_0_compat; lra. Qed.

Lemma total_rates :
  (A_31 (totals b) = absorbed (omega_31 b) /\ E_31 (totals b) = emitted (omega_31 b)) /\
  (A_41 (totals b) = absorbed (omega_41 b) /\ E_41 (totals b) = emitted (omega_41 b)) /\
  (A_23 (totals b) = absorbed (omega_23 b) /\ E_23 (totals b) = emitted (omega_23 b)) /\
  (A_24 (totals b) = absorbed (omega_24 b) /\ E_24 (totals b) = emitted (omega_24 b)).
Proof.
  unfold totals, Inequalities.absorbed, Inequalities.emitted; cbn [A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24].
  unfold a_31_L, a_31_R, e_31_L, e_31_R, a_41_L, a_41_R, e_41_L, e_41_R, a_23_L, a_23_R, e_23_L, e_23_R,
    a_24_L, a_24_R, e_24_L, e_24_R.
  unfold w_31_L, w_31_R, w_41_L, w_41_R, w_23_L, w_23_R, w_24_L, w_24_R.
  repeat split; unfold phi_up_31_L, phi_up_31_R, phi_down_31_L, phi_down_31_R, phi_up_41_L, phi_up_41_R,
    phi_down_41_L, phi_down_41_R, phi_up_23_L, phi_up_23_R, phi_down_23_L, phi_down_23_R, phi_up_24_L, phi_up_24_R,
    phi_down_24_L, phi_down_24_R; field.
Qed.

Lemma omegas : omega_31 b = B0 b - Delta b - J b /\ omega_41 b = B0 b - Delta b + J b /\
  omega_23 b = B0 b + Delta b + J b /\ omega_24 b = B0 b + Delta b - J b.
Proof. repeat split; cbn; ring. Qed.

Section Stationary.
Variable p : level -> R.
Hypotheses (positive : forall i, 0 < p i)
  (flow : forall j, sum levels (fun i => p i * rate b i j - p j * rate b j i) = 0).

Theorem order :
  0 < J b /\ p level_3 < p level_1 /\ p level_4 < p level_3 /\ p level_2 < p level_4 \/
  J b < 0 /\ p level_4 < p level_1 /\ p level_3 < p level_4 /\ p level_2 < p level_3.
Proof.
  destruct total_rates as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]).
  destruct omegas as (w31 & w41 & w23 & w24).
  rewrite w31 in A31, E31; rewrite w41 in A41, E41; rewrite w23 in A23, E23; rewrite w24 in A24, E24.
  cbn [totals A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24] in A31, E31, A41, E41, A23, E23, A24, E24.
  assert (into_1 := flow level_1). assert (into_2 := flow level_2).
  assert (into_3 := flow level_3). assert (into_4 := flow level_4).
  cbn in into_1, into_2, into_3, into_4.
  apply (order_in_strong_field k_L (kappa_R b) (T_L b) (T_R b) weight_L strength_R warm_L warm_R
    (B0 b) (J b) (Delta b)); auto;
    rewrite <- ?A31, <- ?E31, <- ?A41, <- ?E41, <- ?A23, <- ?E23, <- ?A24, <- ?E24; lra.
Qed.

Theorem decreasing : forall i j, energy b i < energy b j -> p j < p i.
Proof.
  assert (bounds := strong_field_bounds _ _ _ strong).
  destruct order as [(? & ? & ? & ?) | (? & ? & ? & ?)]; intros [] []; cbn; intro lower; lra.
Qed.

Theorem no_work (s : level -> level) : (forall i j, s i = s j -> i = j) ->
  sum levels (fun i => energy b i * p i - energy b i * p (s i)) <= 0.
Proof.
  intro one_to_one. assert (bounds := strong_field_bounds _ _ _ strong). destruct order as [(? & ? & ? & ?) | (? & ? & ? & ?)].
  - every_permutation (energy b) p s one_to_one level_1 level_3 level_4 level_2.
  - every_permutation (energy b) p s one_to_one level_1 level_4 level_3 level_2.
Qed.
End Stationary.
End Battery.
End Independent.
