(** * Claims of symqb's catalogue, under the names that they have there

    Where a claim restricts itself to the paper's antiferromagnet or to one strength, the theorem may assume less. *)

From Symqb Require Import Primitives Bose Chains Order Inequalities Refutations Main.
From Symqb Require xxz2_independent xxz3 TwoQubits Independent ThreeQubits.
From Coq Require Import Lra Psatz.
Import xxz2.

(** ** Occupations *)
Theorem bose_decreasing a d T : 0 < a -> 0 < d -> 0 < T -> n (a + d) T < n a T.
Proof. intros; apply Bose.bose_decreasing; lra. Qed.

Theorem bracket a b T_L T_R : 0 < a -> 0 < b -> 0 < T_R -> T_R <= T_L ->
  let u_L := exp (a / T_L) - 1 in let u_R := exp (a / T_R) - 1 in
  let v_L := exp (b / T_L) - 1 in let v_R := exp (b / T_R) - 1 in
  0 <= (v_R - v_L) * u_L * (1 + u_R) - (u_R - u_L) * v_L.
Proof. exact (bracket_sign a b T_L T_R). Qed.

Theorem ratio_submultiplicative a b k_L k_R T_L T_R :
  0 < a -> 0 < b -> 0 < k_L -> 0 < k_R -> 0 < T_L -> 0 < T_R ->
  let K := k_L + k_R in
  let N omega := k_L * n omega T_L + k_R * n omega T_R in
  N a * N b * (N (a + b) + K) <= (N a + K) * (N b + K) * N (a + b).
Proof. intros; now apply Bose.ratio_submultiplicative. Qed.

Lemma quotients a b c d : 0 < b -> 0 < d -> a * d < c * b -> a / b < c / d.
Proof.
  intros; apply Rmult_lt_reg_r with (b * d); [now apply Rmult_lt_0_compat|].
  replace (a / b * (b * d)) with (a * d) by (field; lra).
  replace (c / d * (b * d)) with (c * b) by (field; lra). easy.
Qed.

(** ** Appendix A: antiferromagnet at epsilon = 0 *)
Definition antiferromagnet (b : battery) : Prop :=
  positive_parameters b /\ strong_field b /\ 0 < J b /\ epsilon b = 0.

Section Appendix.
Variable b : battery.
Hypothesis region : antiferromagnet b.

Let warm_L : 0 < T_L b. Proof. apply region. Qed.
Let warm_R : 0 < T_R b. Proof. apply region. Qed.
Let strength_L : 0 < kappa_L b. Proof. apply region. Qed.
Let strength_R : 0 < kappa_R b. Proof. apply region. Qed.
Let strong : strong_field b. Proof. apply region. Qed.
Let exchange : 0 < J b. Proof. apply region. Qed.
Let symmetric : epsilon b = 0. Proof. apply region. Qed.

(** Rates as those of [Inequalities], at frequencies over the parameters. *)
Local Ltac by_rates :=
  cbv zeta; destruct (TwoQubits.total_rates b symmetric) as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]);
  rewrite ?A31, ?E31, ?A41, ?E41, ?A23, ?E23, ?A24, ?E24; clear A31 E31 A41 E41 A23 E23 A24 E24;
  destruct (TwoQubits.omegas b) as (w31 & w41 & w23 & w24); rewrite ?w31, ?w41, ?w23, ?w24; clear w31 w41 w23 w24;
  destruct (strong_field_bounds _ _ _ strong) as (? & ? & ? & ?).

Theorem A7 : let r := totals b in A_23 r * E_24 r < A_24 r * E_23 r.
Proof. by_rates; apply two_rates; auto; lra. Qed.

Theorem A8 : let r := totals b in A_41 r * E_31 r < A_31 r * E_41 r.
Proof. by_rates; apply two_rates; auto; lra. Qed.

Theorem A11 : let r := totals b in A_31 r * E_41 r * A_23 r < E_23 r * A_41 r * E_31 r.
Proof.
  by_rates. assert (three := three_rates _ _ _ _ strength_L strength_R warm_L warm_R
    (B0 b + Delta b + J b) (B0 b - Delta b - J b) (B0 b - Delta b + J b)
    ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  lra.
Qed.

Theorem A18 : let r := totals b in E_23 r / A_23 r < E_41 r * E_24 r / (A_41 r * A_24 r).
Proof.
  by_rates. assert (three := three_rates _ _ _ _ strength_L strength_R warm_L warm_R
    (B0 b - Delta b + J b) (B0 b + Delta b - J b) (B0 b + Delta b + J b) ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  assert (positive := absorbed_positive _ _ _ _ strength_L strength_R warm_L warm_R).
  apply quotients; [auto | apply Rmult_lt_0_compat; auto | lra].
Qed.

(** eta_1 and eta_2 as printed, (14) *)
Definition eta_1 (r : rates) : R :=
  A_31 r * E_41 r / ((A_23 r + E_31 r) * (A_31 r + A_41 r))
  + E_23 r * A_24 r / ((A_23 r + E_31 r) * (E_23 r + E_24 r)).
Definition eta_2 (r : rates) : R :=
  1 - A_31 r * E_31 r / ((A_23 r + E_31 r) * (A_31 r + A_41 r))
  - E_23 r * A_23 r / ((A_23 r + E_31 r) * (E_23 r + E_24 r)).

Theorem A12 : let r := totals b in
  let ratio := eta_2 r * (E_23 r + E_24 r) / (eta_1 r * A_23 r + eta_2 r * A_24 r) in
  population b level_4 / population b level_2 = ratio /\ 1 < ratio.
Proof.
  intros r ratio.
  destruct (TwoQubits.steady_battery b) as (positive & _ & flow & _); auto.
  assert (into_1 := flow level_1). assert (into_2 := flow level_2). assert (into_3 := flow level_3).
  destruct (strong_field_bounds _ _ _ strong) as (? & ? & ? & ?).
  assert (a11 := A11).
  assert (A := absorbed_positive _ _ _ _ strength_L strength_R warm_L warm_R).
  assert (E := emitted_positive _ _ _ _ strength_L strength_R warm_L warm_R).
  assert (more := emission_exceeds _ _ _ _ strength_L strength_R warm_L warm_R).
  destruct (TwoQubits.total_rates b symmetric) as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]).
  destruct (TwoQubits.omegas b) as (w31 & w41 & w23 & w24).
  assert (positive_1 := positive level_1). assert (positive_2 := positive level_2).
  assert (positive_3 := positive level_3). assert (positive_4 := positive level_4).
  apply (A12_printed (A_31 r) (E_31 r) (A_41 r) (E_41 r) (A_23 r) (E_23 r) (A_24 r) (E_24 r)) with
    (p_1 := population b level_1) (p_3 := population b level_3).
  all: unfold r; try assumption.
  all: try (rewrite ?A31, ?E31, ?A41, ?E41, ?A23, ?E23, ?A24, ?E24; auto; rewrite ?w24; apply more; lra).
  all: cbn [sum fold_right levels rate totals A_31 E_31 A_41 E_41 A_23 E_23 A_24 E_24] in *; lra.
Qed.

(** Of two frequencies the lower one is absorbed more, relative to itself. *)
Lemma more_absorbed v w : 0 < v -> v < w ->
  v * absorbed (kappa_L b) (kappa_R b) (T_L b) (T_R b) w < w * absorbed (kappa_L b) (kappa_R b) (T_L b) (T_R b) v.
Proof.
  intros low high. rewrite !absorbed_is by (auto; lra).
  assert (fewer := N_decreasing _ _ _ _ strength_L strength_R warm_L warm_R v w low high).
  assert (0 < v * w) by (apply Rmult_lt_0_compat; lra). nra.
Qed.

Theorem A5 : let r := totals b in
  2 * omega_24 b * (a_23_L b + a_23_R b) < 2 * omega_23 b * (a_24_L b + a_24_R b).
Proof.
  intro r. change (a_23_L b + a_23_R b) with (A_23 r). change (a_24_L b + a_24_R b) with (A_24 r). unfold r. by_rates.
  assert (more := more_absorbed (B0 b + Delta b - J b) (B0 b + Delta b + J b) ltac:(lra) ltac:(lra)). lra.
Qed.

Theorem A6 : let r := totals b in
  2 * omega_31 b * (a_41_L b + a_41_R b) < 2 * omega_41 b * (a_31_L b + a_31_R b).
Proof.
  intro r. change (a_41_L b + a_41_R b) with (A_41 r). change (a_31_L b + a_31_R b) with (A_31 r). unfold r. by_rates.
  assert (more := more_absorbed (B0 b - Delta b - J b) (B0 b - Delta b + J b) ltac:(lra) ltac:(lra)). lra.
Qed.

(** Where Delta > 0, omega_41 < omega_23. *)
Theorem A9 : 0 < Delta b ->
  n (omega_23 b) (T_L b) + n (omega_23 b) (T_R b) < n (omega_41 b) (T_L b) + n (omega_41 b) (T_R b).
Proof. intro; by_rates; apply Rplus_lt_compat; apply Bose.bose_decreasing; auto; lra. Qed.

Theorem A10 : 0 < Delta b -> let r := totals b in omega_41 b / A_41 r < omega_23 b / A_23 r.
Proof.
  intro; by_rates. assert (positive := absorbed_positive _ _ _ _ strength_L strength_R warm_L warm_R).
  assert (more := more_absorbed (B0 b - Delta b + J b) (B0 b + Delta b + J b) ltac:(lra) ltac:(lra)).
  apply quotients; auto.
Qed.

Theorem A_excess_corrected : kappa_L b = kappa_R b -> let r := totals b in
  E_31 r - A_31 r - kappa_L b * omega_31 b = 0 /\ E_41 r - A_41 r - kappa_L b * omega_41 b = 0 /\
  E_23 r - A_23 r - kappa_L b * omega_23 b = 0 /\ E_24 r - A_24 r - kappa_L b * omega_24 b = 0.
Proof.
  intro same; by_rates. rewrite !absorbed_is, !emitted_is by (auto; lra).
  unfold K; rewrite same; repeat split; field.
Qed.

(** Occupations of both baths together, at T_L and T_R. *)
Theorem A16 :
  let both omega := n omega (T_L b) + n omega (T_R b) in
  1 / both (omega_23 b) < 2 / (both (omega_41 b) * both (omega_24 b)) + 1 / both (omega_41 b) + 1 / both (omega_24 b).
Proof.
  intro both. destruct (TwoQubits.omegas b) as (_ & -> & -> & ->).
  destruct (strong_field_bounds _ _ _ strong) as (? & ? & ? & ?).
  assert (three := ratio_below_sum 1 1 (T_L b) (T_R b) ltac:(lra) ltac:(lra) warm_L warm_R
    (B0 b - Delta b + J b) (B0 b + Delta b - J b) (B0 b + Delta b + J b)
    ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  assert (is_N : forall omega, N 1 1 (T_L b) (T_R b) omega = both omega) by (intro; unfold N, both; ring).
  assert (positive : forall omega, 0 < omega -> 0 < both omega).
  { intros; rewrite <- is_N; apply N_positive; lra. }
  rewrite !is_N in three; unfold K in three. clearbody both.
  assert (P := positive (B0 b + Delta b + J b) ltac:(lra)).
  assert (Q := positive (B0 b - Delta b + J b) ltac:(lra)). assert (S := positive (B0 b + Delta b - J b) ltac:(lra)).
  set (x := both (B0 b - Delta b + J b)) in *. set (y := both (B0 b + Delta b - J b)) in *.
  replace (2 / (x * y) + 1 / x + 1 / y) with ((2 + x + y) / (x * y)) by (field; lra).
  apply quotients; [easy | now apply Rmult_lt_0_compat | lra].
Qed.

Theorem A_passive_AFM : population b level_3 < population b level_1 /\
  population b level_4 < population b level_3 /\ population b level_2 < population b level_4.
Proof.
  destruct (TwoQubits.steady_battery b) as (positive & _ & flow & _); auto.
  assert (distinct : J b <> 0) by (clear - exchange; lra).
  destruct (TwoQubits.order_of_populations b warm_L warm_R strength_L strength_R strong distinct symmetric
    _ positive flow) as [o | o]; lra.
Qed.
End Appendix.

Theorem A_passive_FM b : positive_parameters b -> strong_field b -> J b < 0 -> epsilon b = 0 ->
  forall i j, 0 <= (energy b i - energy b j) * (population b j - population b i).
Proof.
  intros (warm_L & warm_R & strength_L & strength_R) strong sign symmetric i j.
  destruct (TwoQubits.steady_battery b warm_L warm_R strength_L strength_R) as (positive & _ & flow & _).
  assert (exchange : J b <> 0) by lra.
  assert (falls := TwoQubits.decreasing b warm_L warm_R strength_L strength_R strong exchange symmetric
    _ positive flow).
  assert (level : energy b i = energy b j -> i = j).
  { destruct (strong_field_bounds _ _ _ strong) as (? & ? & ? & ?). destruct i, j; cbn; intro; easy || lra. }
  destruct (Rtotal_order (energy b i) (energy b j)) as [lower | [equal | higher]].
  - assert (0 < (energy b j - energy b i) * (population b i - population b j))
      by (apply Rmult_lt_0_compat; [|specialize (falls i j lower)]; lra). lra.
  - rewrite (level equal); lra.
  - apply Rmult_le_pos; [|specialize (falls j i higher)]; lra.
Qed.

Theorem A_levels b : 0 < J b -> strong_field b ->
  energy b level_1 < energy b level_3 /\ energy b level_3 < energy b level_4 /\ energy b level_4 < energy b level_2.
Proof. intros sign strong; destruct (strong_field_bounds _ _ _ strong) as (? & ? & ? & ?); cbn; lra. Qed.

(** e^(omega_23/T) < e^((omega_24 + omega_41)/T), since omega_24 + omega_41 - omega_23 = omega_31 > 0 *)
Lemma growth b T : strong_field b -> 0 < T -> exp (omega_23 b / T) < exp ((omega_24 b + omega_41 b) / T).
Proof.
  intros strong warm; destruct (strong_field_bounds _ _ _ strong) as (? & ? & ? & ?).
  apply exp_increasing, Rmult_lt_compat_r; [now apply Rinv_0_lt_compat | cbn; lra].
Qed.

Theorem A13_corrected b T : 0 < J b -> strong_field b -> 0 < T ->
  1 < (exp ((omega_24 b + omega_41 b) / T) - 1) / (exp (omega_23 b / T) - 1).
Proof.
  intros sign strong warm; destruct (strong_field_bounds _ _ _ strong) as (? & ? & ? & ?).
  assert (grows := growth b T strong warm).
  assert (0 < exp (omega_23 b / T) - 1) by (apply growth_positive; cbn; lra).
  rewrite <- (Rinv_r (exp (omega_23 b / T) - 1)) at 1 by lra.
  apply Rmult_lt_compat_r; [now apply Rinv_0_lt_compat | lra].
Qed.

Theorem A14_corrected b T_M : 0 < J b -> strong_field b -> 0 < T_M ->
  exp (omega_23 b / T_M) - 1 < (exp (omega_24 b / T_M) - 1) * (exp (omega_41 b / T_M) - 1)
    + (exp (omega_24 b / T_M) - 1) + (exp (omega_41 b / T_M) - 1).
Proof.
  intros sign strong warm. assert (grows := growth b T_M strong warm).
  replace ((omega_24 b + omega_41 b) / T_M) with (omega_24 b / T_M + omega_41 b / T_M) in grows by (field; lra).
  rewrite exp_plus in grows; lra.
Qed.

(** ** What fails *)
Theorem A14 : ~ forall b T_M, 0 < J b -> 0 < Delta b -> strong_field b -> 0 < T_M ->
  exp (omega_23 b / T_M) - 1 < (exp (omega_24 b / T_M) - 1) * (exp (omega_41 b / T_M) - 1)
    + (exp (omega_24 b / (2 * T_M)) - 1) + (exp (omega_41 b / (2 * T_M)) - 1).
Proof.
  intro holds. destruct A14_fails as (b & T_M & plus_J & plus_Delta & strong & warm & fails).
  specialize (holds b T_M plus_J plus_Delta). unfold strong_field in holds; rewrite !Rabs_pos_eq in holds by lra.
  specialize (holds strong warm). lra.
Qed.

Theorem ergotropy_needs_positive_bias : ~ forall b, positive_parameters b -> strong_field b -> 0 < J b -> 0 < Delta b ->
  kappa_L b = 1 -> kappa_R b = 1 -> epsilon b = 1 -> T_L b <= T_R b ->
  forall i j, 0 <= (energy b j - energy b i) * (population b i - population b j).
Proof.
  intro passive. destruct negative_bias_inverts as
    (b & plus_J & plus_Delta & strong & one_L & one_R & asymmetric & warm & bias & higher & inverted).
  assert (pair := passive b). unfold positive_parameters, strong_field in pair; rewrite !Rabs_pos_eq in pair by lra.
  specialize (pair ltac:(repeat split; lra) strong plus_J plus_Delta one_L one_R asymmetric ltac:(lra) level_4 level_2).
  assert (0 < (energy b level_2 - energy b level_4) * (population b level_2 - population b level_4))
    by (apply Rmult_lt_0_compat; lra).
  lra.
Qed.

(** ** Passivity for any spectral density common to both baths, c_ij times the Ohmic one; the Ohmic one has c_ij = 1 *)
Definition warm_strong_field (b : battery) : Prop := positive_parameters b /\ strong_field b.

Theorem passive_positive_J_warm b c_31 c_41 c_23 c_24 :
  warm_strong_field b -> 0 < J b -> epsilon b = 0 -> 0 < c_31 -> 0 < c_41 -> 0 < c_23 -> 0 < c_24 ->
  let p := population_at (TwoQubits.scaled c_31 c_41 c_23 c_24 (totals b)) in
  p level_3 < p level_1 /\ p level_4 < p level_3 /\ p level_2 < p level_4.
Proof.
  intros [(warm_L & warm_R & strength_L & strength_R) strong] sign symmetric d_31 d_41 d_23 d_24.
  destruct (fun exchange => TwoQubits.populations_any_density b warm_L warm_R strength_L strength_R strong
    exchange symmetric c_31 c_41 c_23 c_24 d_31 d_41 d_23 d_24) as [o | o]; cbv zeta; lra.
Qed.

Theorem passive_negative_J_warm b c_31 c_41 c_23 c_24 :
  warm_strong_field b -> J b < 0 -> epsilon b = 0 -> 0 < c_31 -> 0 < c_41 -> 0 < c_23 -> 0 < c_24 ->
  let p := population_at (TwoQubits.scaled c_31 c_41 c_23 c_24 (totals b)) in
  p level_4 < p level_1 /\ p level_3 < p level_4 /\ p level_2 < p level_3.
Proof.
  intros [(warm_L & warm_R & strength_L & strength_R) strong] sign symmetric d_31 d_41 d_23 d_24.
  destruct (fun exchange => TwoQubits.populations_any_density b warm_L warm_R strength_L strength_R strong
    exchange symmetric c_31 c_41 c_23 c_24 d_31 d_41 d_23 d_24) as [o | o]; cbv zeta; lra.
Qed.

Theorem passive_independent_positive_J_warm b c_31 c_41 c_23 c_24 :
  warm_strong_field b -> 0 < J b -> 0 < c_31 -> 0 < c_41 -> 0 < c_23 -> 0 < c_24 ->
  let p := xxz2_independent.population_at (Independent.scaled c_31 c_41 c_23 c_24 (xxz2_independent.totals b)) in
  p xxz2_independent.level_3 < p xxz2_independent.level_1 /\
  p xxz2_independent.level_4 < p xxz2_independent.level_3 /\
  p xxz2_independent.level_2 < p xxz2_independent.level_4.
Proof.
  intros [(warm_L & warm_R & strength_L & strength_R) strong] sign d_31 d_41 d_23 d_24.
  destruct (fun exchange => Independent.populations_any_density b warm_L warm_R strength_L strength_R strong exchange
    c_31 c_41 c_23 c_24 d_31 d_41 d_23 d_24) as [o | o]; cbv zeta; lra.
Qed.

Theorem passive_independent_negative_J_warm b c_31 c_41 c_23 c_24 :
  warm_strong_field b -> J b < 0 -> 0 < c_31 -> 0 < c_41 -> 0 < c_23 -> 0 < c_24 ->
  let p := xxz2_independent.population_at (Independent.scaled c_31 c_41 c_23 c_24 (xxz2_independent.totals b)) in
  p xxz2_independent.level_4 < p xxz2_independent.level_1 /\
  p xxz2_independent.level_3 < p xxz2_independent.level_4 /\
  p xxz2_independent.level_2 < p xxz2_independent.level_3.
Proof.
  intros [(warm_L & warm_R & strength_L & strength_R) strong] sign d_31 d_41 d_23 d_24.
  destruct (fun exchange => Independent.populations_any_density b warm_L warm_R strength_L strength_R strong exchange
    c_31 c_41 c_23 c_24 d_31 d_41 d_23 d_24) as [o | o]; cbv zeta; lra.
Qed.

Theorem passive_positive_J_warm_ohmic b : warm_strong_field b -> 0 < J b -> epsilon b = 0 ->
  let p := population b in p level_3 < p level_1 /\ p level_4 < p level_3 /\ p level_2 < p level_4.
Proof.
  intros [(warm_L & warm_R & strength_L & strength_R) strong] sign symmetric.
  destruct (TwoQubits.steady_battery b warm_L warm_R strength_L strength_R) as (positive & _ & flow & _).
  destruct (fun exchange => TwoQubits.order_of_populations b warm_L warm_R strength_L strength_R strong exchange
    symmetric _ positive flow) as [o | o]; cbv zeta; lra.
Qed.

Theorem passive_negative_J_warm_ohmic b : warm_strong_field b -> J b < 0 -> epsilon b = 0 ->
  let p := population b in p level_4 < p level_1 /\ p level_3 < p level_4 /\ p level_2 < p level_3.
Proof.
  intros [(warm_L & warm_R & strength_L & strength_R) strong] sign symmetric.
  destruct (TwoQubits.steady_battery b warm_L warm_R strength_L strength_R) as (positive & _ & flow & _).
  destruct (fun exchange => TwoQubits.order_of_populations b warm_L warm_R strength_L strength_R strong exchange
    symmetric _ positive flow) as [o | o]; cbv zeta; lra.
Qed.

(** ** Any rates; where a bath is at T = 0 it absorbs nothing *)
Theorem positive_2_qubits r : positive_rates r -> forall i, 0 < population_at r i.
Proof. intro positive; apply (TwoQubits.steady true); unfold positive_rates in positive; intros [] []; cbn; lra. Qed.

Theorem stationary_2_qubits r : downward_rates r ->
  sum levels (population_at r) = 1 /\ stationary levels (rate_at r) (population_at r).
Proof.
  intro down; destruct (TwoQubits.steady false r) as (_ & normal & flow & _); [|easy].
  unfold downward_rates in down; intros [] []; cbn; lra.
Qed.

Theorem unique_2_qubits r q : downward_rates r ->
  sum levels q = 1 -> stationary levels (rate_at r) q -> forall i, q i = population_at r i.
Proof.
  intro down; destruct (TwoQubits.steady false r) as (_ & _ & _ & unique); [|apply unique].
  unfold downward_rates in down; intros [] []; cbn; lra.
Qed.

Theorem positive_3_qubits r : xxz3.positive_rates r -> forall i, 0 < xxz3.population_at r i.
Proof.
  intro positive; apply (ThreeQubits.Collective.steady true); unfold xxz3.positive_rates in positive;
    intros [] []; cbn; lra.
Qed.

Theorem stationary_3_qubits r : xxz3.downward_rates r ->
  sum xxz3.levels (xxz3.population_at r) = 1 /\ stationary xxz3.levels (xxz3.rate_at r) (xxz3.population_at r).
Proof.
  intro down; destruct (ThreeQubits.Collective.steady false r) as (_ & normal & flow & _); [|easy].
  unfold xxz3.downward_rates in down; intros [] []; cbn; lra.
Qed.

Theorem unique_3_qubits r q : xxz3.downward_rates r ->
  sum xxz3.levels q = 1 -> stationary xxz3.levels (xxz3.rate_at r) q -> forall i, q i = xxz3.population_at r i.
Proof.
  intro down; destruct (ThreeQubits.Collective.steady false r) as (_ & _ & _ & unique); [|apply unique].
  unfold xxz3.downward_rates in down; intros [] []; cbn; lra.
Qed.
