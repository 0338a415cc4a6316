(** * Two qubits without collective dissipation: the steady state, and its order in a strong field

    The order is shown for any positive stationary distribution of the program's rates, hence for its populations. *)

From Symqb Require Import Primitives Bose Chains Inequalities Elimination Permutations xxz2_independent.
From Coq Require Import Lra Psatz.

Definition same (i j : level) : {i = j} + {i <> j}. Proof. decide equality. Defined.
Definition upward := [(level_1, level_3); (level_1, level_4); (level_3, level_2); (level_4, level_2)].

Lemma follows r : eliminates (stage r) (branch r) (exit_rate r) (weight r) 0 order.
Proof. unfold order; follows_the_method. Qed.

(** Each transition is driven in both directions, or at least downwards. *)
Theorem steady both r :
  let driven := linked same (if both : bool then upward ++ reversed upward else reversed upward) in
  (forall i j, if driven i j then 0 < rate_at r i j else 0 <= rate_at r i j) ->
  (forall i, if both then 0 < population_at r i else 0 <= population_at r i) /\ sum levels (population_at r) = 1 /\
  (forall j, sum levels (fun i => population_at r i * rate_at r i j - population_at r j * rate_at r j i) = 0) /\
  forall q, sum levels q = 1 -> (forall j, sum levels (fun i => q i * rate_at r i j - q j * rate_at r j i) = 0) ->
  forall i, q i = population_at r i.
Proof.
  intros driven sign.
  steady (steady_state same (stage r) (branch r) (exit_rate r) (weight r) both levels order driven) (follows r) sign.
Qed.

Theorem steady_battery b : 0 < T_L b -> 0 < T_R b -> 0 < kappa_L b -> 0 < kappa_R b ->
  (forall i, 0 < population b i) /\ sum levels (population b) = 1 /\
  (forall j, sum levels (fun i => population b i * rate b i j - population b j * rate b j i) = 0) /\
  forall q, sum levels q = 1 -> (forall j, sum levels (fun i => q i * rate b i j - q j * rate b j i) = 0) ->
  forall i, q i = population b i.
Proof.
  intros warm_L warm_R strength_L strength_R.
  destruct (steady true (totals b)) as (positive & normal & flow & unique).
  - intros [] []; cbn; rates_sign b.
  - assert (same_rates : forall i j, rate_at (totals b) i j = rate b i j) by (intros [] []; reflexivity).
    split; [exact positive | split; [exact normal | split]].
    + intro j; rewrite <- (flow j); apply sum_ext; intros i _; now rewrite !same_rates.
    + intros q one still; apply unique; [exact one|].
      intro j; rewrite <- (still j); apply sum_ext; intros i _; now rewrite !same_rates.
Qed.

(** Rates times factors c_ij, one for each transition. *)
Definition scaled (c_31 c_41 c_23 c_24 : R) (r : rates) : rates :=
  Rates (c_31 * A_31 r) (c_31 * E_31 r) (c_41 * A_41 r) (c_41 * E_41 r)
        (c_23 * A_23 r) (c_23 * E_23 r) (c_24 * A_24 r) (c_24 * E_24 r).

(** ** In a strong field, at any epsilon *)
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

(** For any spectral density common to both baths. *)
Theorem order_any_density c_31 c_41 c_23 c_24 (p : level -> R) :
  let r := scaled c_31 c_41 c_23 c_24 (totals b) in
  0 < c_31 -> 0 < c_41 -> 0 < c_23 -> 0 < c_24 -> (forall i, 0 < p i) ->
  (forall j, sum levels (fun i => p i * rate_at r i j - p j * rate_at r j i) = 0) ->
  0 < J b /\ p level_3 < p level_1 /\ p level_4 < p level_3 /\ p level_2 < p level_4 \/
  J b < 0 /\ p level_4 < p level_1 /\ p level_3 < p level_4 /\ p level_2 < p level_3.
Proof.
  intros r density_31 density_41 density_23 density_24 positive flow.
  assert (into_1 := flow level_1). assert (into_2 := flow level_2).
  assert (into_3 := flow level_3). assert (into_4 := flow level_4).
  unfold r in *; cbn [sum fold_right levels rate_at scaled A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24] in *.
  destruct total_rates as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]).
  destruct omegas as (w31 & w41 & w23 & w24).
  rewrite w31 in A31, E31; rewrite w41 in A41, E41; rewrite w23 in A23, E23; rewrite w24 in A24, E24.
  apply (order_in_strong_field k_L (kappa_R b) (T_L b) (T_R b) weight_L strength_R warm_L warm_R
    c_31 c_41 c_23 c_24 (B0 b) (J b) (Delta b)); auto;
    rewrite <- ?A31, <- ?E31, <- ?A41, <- ?E41, <- ?A23, <- ?E23, <- ?A24, <- ?E24; lra.
Qed.

Section Stationary.
Variable p : level -> R.
Hypotheses (positive : forall i, 0 < p i)
  (flow : forall j, sum levels (fun i => p i * rate b i j - p j * rate b j i) = 0).

Theorem order_of_populations :
  0 < J b /\ p level_3 < p level_1 /\ p level_4 < p level_3 /\ p level_2 < p level_4 \/
  J b < 0 /\ p level_4 < p level_1 /\ p level_3 < p level_4 /\ p level_2 < p level_3.
Proof.
  apply (order_any_density 1 1 1 1); try lra; [exact positive|]. intro j; rewrite <- (flow j).
  destruct j; cbn [sum fold_right levels rate_at scaled rate totals A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24]; ring.
Qed.

Theorem decreasing : forall i j, energy b i < energy b j -> p j < p i.
Proof.
  assert (bounds := strong_field_bounds _ _ _ strong).
  destruct order_of_populations as [(? & ? & ? & ?) | (? & ? & ? & ?)]; intros [] []; cbn; intro lower; lra.
Qed.

Theorem no_work (s : level -> level) : (forall i j, s i = s j -> i = j) ->
  sum levels (fun i => energy b i * p i - energy b i * p (s i)) <= 0.
Proof.
  intro one_to_one. assert (bounds := strong_field_bounds _ _ _ strong).
  destruct order_of_populations as [(? & ? & ? & ?) | (? & ? & ? & ?)].
  - every_permutation (energy b) p s one_to_one level_1 level_3 level_4 level_2.
  - every_permutation (energy b) p s one_to_one level_1 level_4 level_3 level_2.
Qed.
End Stationary.

(** Populations of the program, for any spectral density common to both baths. *)
Theorem populations_any_density c_31 c_41 c_23 c_24 :
  let p := population_at (scaled c_31 c_41 c_23 c_24 (totals b)) in
  0 < c_31 -> 0 < c_41 -> 0 < c_23 -> 0 < c_24 ->
  0 < J b /\ p level_3 < p level_1 /\ p level_4 < p level_3 /\ p level_2 < p level_4 \/
  J b < 0 /\ p level_4 < p level_1 /\ p level_3 < p level_4 /\ p level_2 < p level_3.
Proof.
  intros p density_31 density_41 density_23 density_24.
  assert (A := absorbed_positive k_L (kappa_R b) (T_L b) (T_R b) weight_L strength_R warm_L warm_R).
  assert (E := emitted_positive k_L (kappa_R b) (T_L b) (T_R b) weight_L strength_R warm_L warm_R).
  destruct total_rates as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]).
  destruct (steady true (scaled c_31 c_41 c_23 c_24 (totals b))) as (positive & _ & flow & _).
  - intros [] []; cbn [rate_at scaled A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24]; cbn [linked same upward reversed];
      rewrite ?A31, ?E31, ?A41, ?E41, ?A23, ?E23, ?A24, ?E24; cbn; try lra; apply Rmult_lt_0_compat; auto.
  - exact (order_any_density c_31 c_41 c_23 c_24 p density_31 density_41 density_23 density_24 positive flow).
Qed.
End Battery.
