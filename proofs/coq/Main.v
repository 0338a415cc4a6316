(** * The battery's steady state, stated

    [xxz2.energy b], [xxz2.rate b] and [xxz2.population b] are printed from the program that every evaluator of symqb
    comes from (generated/coq/xxz2.v), hbar = k_B = 1; [energies_and_rates] below says what the first two are. *)

From Symqb Require Import Primitives Chains.
From Symqb Require xxz2 xxz2_independent xxz3 xxz3_independent TwoQubits Independent ThreeQubits.
From Symqb Require Inequalities Refutations.
From Coq Require Import Lra.

Section Definitions.
Context {level : Type} (levels : list level) (energy p : level -> R) (rate : level -> level -> R).

(** dq_j/dt = 0: what flows into level j from every level i flows out; [rate i j] leads from i to j. *)
Definition stationary (q : level -> R) : Prop := forall j, sum levels (fun i => q i * rate i j - q j * rate j i) = 0.

(** The populations p are positive, sum to 1, are stationary, and no others are. *)
Definition steady_state : Prop :=
  (forall i, 0 < p i) /\ sum levels p = 1 /\ stationary p /\
  forall q, sum levels q = 1 -> stationary q -> forall i, q i = p i.

Definition decreasing : Prop := forall i j, energy i < energy j -> p j < p i.

(** The work extracted by giving level i the population of level s(i). *)
Definition work (s : level -> level) : R := sum levels (fun i => energy i * p i - energy i * p (s i)).

Definition permutation (s : level -> level) : Prop := forall i j, s i = s j -> i = j.

(** The largest such work. No unitary extracts more from a diagonal state than some permutation of its levels. *)
Definition ergotropy (W : R) : Prop := is_lub (fun w => exists s, permutation s /\ w = work s) W.
End Definitions.

Definition positive_parameters (b : battery) : Prop := 0 < T_L b /\ 0 < T_R b /\ 0 < kappa_L b /\ 0 < kappa_R b.

Definition strong_field (b : battery) : Prop := Rabs (J b) + Rabs (Delta b) < B0 b.

(** ** Two qubits: the steady state is passive *)
Theorem two_qubits (b : battery) :
  positive_parameters b -> strong_field b -> J b <> 0 -> epsilon b = 0 ->
  let p := xxz2.population b in
  steady_state xxz2.levels p (xxz2.rate b) /\
  decreasing (xxz2.energy b) p /\
  ergotropy xxz2.levels (xxz2.energy b) p 0.
Proof.
  intros (warm_L & warm_R & strength_L & strength_R) strong exchange symmetric p.
  assert (steady := TwoQubits.steady_battery b warm_L warm_R strength_L strength_R).
  split; [exact steady | destruct steady as (positive & _ & flow & _); split].
  - intros i j lower; now apply (TwoQubits.decreasing b).
  - apply no_work_no_ergotropy; intros s one_to_one; now apply TwoQubits.no_work.
Qed.

(** ** What energies and rates are: Phi_1 and Phi_2 are linked with Phi_3 and Phi_4 *)
Definition linked (i j : xxz2.level) : bool :=
  match i, j with
  | xxz2.level_1, xxz2.level_3 | xxz2.level_1, xxz2.level_4 | xxz2.level_2, xxz2.level_3 | xxz2.level_2, xxz2.level_4
  | xxz2.level_3, xxz2.level_1 | xxz2.level_4, xxz2.level_1 | xxz2.level_3, xxz2.level_2 | xxz2.level_4, xxz2.level_2
    => true
  | _, _ => false
  end.

Theorem energies_and_rates (b : battery) : epsilon b = 0 ->
  let E := xxz2.energy b in
  E xxz2.level_1 = Delta b / 2 - B0 b /\ E xxz2.level_2 = Delta b / 2 + B0 b /\
  E xxz2.level_3 = - J b - Delta b / 2 /\ E xxz2.level_4 = J b - Delta b / 2 /\
  forall i j, xxz2.rate b i j =
    if linked i j then (kappa_L b * phi (E j - E i) (T_L b) + kappa_R b * phi (E j - E i) (T_R b)) / 2 else 0.
Proof.
  intros symmetric E. do 4 (split; [cbn; field|]). intros i j.
  destruct (TwoQubits.total_rates b symmetric) as ([A31 E31] & [A41 E41] & [A23 E23] & [A24 E24]).
  unfold Inequalities.absorbed, Inequalities.emitted in *.
  destruct i, j; cbn [linked]; try reflexivity;
    match goal with |- xxz2.rate _ ?i ?j = _ => change (xxz2.rate b i j) with (xxz2.rate_at (xxz2.totals b) i j) end;
    cbn [xxz2.rate_at]; rewrite ?A31, ?E31, ?A41, ?E41, ?A23, ?E23, ?A24, ?E24; do 3 f_equal; f_equal; cbn; field.
Qed.

(** ** The same without collective dissipation, at any epsilon *)
Theorem two_qubits_independent (b : battery) :
  positive_parameters b -> strong_field b -> J b <> 0 ->
  let p := xxz2_independent.population b in
  steady_state xxz2_independent.levels p (xxz2_independent.rate b) /\
  decreasing (xxz2_independent.energy b) p /\
  ergotropy xxz2_independent.levels (xxz2_independent.energy b) p 0.
Proof.
  intros (warm_L & warm_R & strength_L & strength_R) strong exchange p.
  assert (steady := Independent.steady_battery b warm_L warm_R strength_L strength_R).
  split; [exact steady | destruct steady as (positive & _ & flow & _); split].
  - intros i j lower; now apply (Independent.decreasing b).
  - apply no_work_no_ergotropy; intros s one_to_one; now apply Independent.no_work.
Qed.

(** ** Three qubits: the populations from the elimination are the steady state *)
Theorem three_qubits (b : battery) :
  positive_parameters b -> J b <> 0 -> steady_state xxz3.levels (xxz3.population b) (xxz3.rate b).
Proof. intros (warm_L & warm_R & strength_L & strength_R); now apply ThreeQubits.Collective.steady_battery. Qed.

Theorem three_qubits_independent (b : battery) :
  positive_parameters b -> J b <> 0 ->
  steady_state xxz3_independent.levels (xxz3_independent.population b) (xxz3_independent.rate b).
Proof. intros (warm_L & warm_R & strength_L & strength_R); now apply ThreeQubits.Independent.steady_battery. Qed.

(** ** At epsilon = 1 work can be extracted although the left bath is the colder one *)
Theorem negative_bias : exists b : battery,
  positive_parameters b /\ strong_field b /\ 0 < J b /\ 0 < Delta b /\ kappa_L b = kappa_R b /\ epsilon b = 1 /\
  T_L b < T_R b /\
  forall W, ergotropy xxz2.levels (xxz2.energy b) (xxz2.population b) W -> 0 < W.
Proof.
  destruct Refutations.negative_bias_inverts as (b & plus_J & plus_Delta & strong & one_L & one_R & asymmetric &
    warm & bias & higher & inverted).
  exists b; unfold positive_parameters, strong_field; rewrite !Rabs_pos_eq by lra.
  repeat split; try lra. intros W [above _].
  set (swap := fun i => match i with xxz2.level_2 => xxz2.level_4 | xxz2.level_4 => xxz2.level_2 | _ => i end).
  apply Rlt_le_trans with (work xxz2.levels (xxz2.energy b) (xxz2.population b) swap).
  - assert (0 < (xxz2.energy b xxz2.level_2 - xxz2.energy b xxz2.level_4)
      * (xxz2.population b xxz2.level_2 - xxz2.population b xxz2.level_4)) by (apply Rmult_lt_0_compat; lra).
    unfold work, sum; cbn [fold_right xxz2.levels swap]; lra.
  - apply above; exists swap; split; [|reflexivity]. intros [] []; cbn; easy.
Qed.
