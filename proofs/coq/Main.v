(** * The battery's steady state, stated

    [xxz2.energy b], [xxz2.rate b] and [xxz2.population b] are printed from the program that every evaluator of symqb
    comes from (generated/coq/xxz2.v); the steady state is the paper's, hbar = k_B = 1. *)

From Symqb Require Import Primitives Chains.
From Symqb Require xxz2 xxz2_independent xxz3 xxz3_independent TwoQubits Independent ThreeQubits Refutations.
From Coq Require Import Lra.

Section Definitions.
Context {level : Type} (levels : list level) (energy p : level -> R) (rate : level -> level -> R).

Definition distribution : Prop := (forall i, 0 < p i) /\ sum levels p = 1.

(** dp_j/dt = 0: what flows into level j from every level i flows out. *)
Definition stationary : Prop := forall j, sum levels (fun i => p i * rate i j - p j * rate j i) = 0.

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
  distribution xxz2.levels p /\
  stationary xxz2.levels p (xxz2.rate b) /\
  decreasing (xxz2.energy b) p /\
  ergotropy xxz2.levels (xxz2.energy b) p 0.
Proof.
  intros (warm_L & warm_R & strength_L & strength_R) strong exchange symmetric p.
  destruct (TwoQubits.steady_battery b) as (positive & normal & flow); try assumption.
  split; [|split; [|split]].
  - exact (conj positive normal).
  - exact flow.
  - intros i j lower; now apply (TwoQubits.decreasing b).
  - apply no_work_no_ergotropy; intros s one_to_one; now apply TwoQubits.no_work.
Qed.

(** ** The same without collective dissipation, at any epsilon *)
Theorem two_qubits_independent (b : battery) :
  positive_parameters b -> strong_field b -> J b <> 0 ->
  let p := xxz2_independent.population b in
  distribution xxz2_independent.levels p /\
  stationary xxz2_independent.levels p (xxz2_independent.rate b) /\
  decreasing (xxz2_independent.energy b) p /\
  ergotropy xxz2_independent.levels (xxz2_independent.energy b) p 0.
Proof.
  intros (warm_L & warm_R & strength_L & strength_R) strong exchange p.
  destruct (Independent.steady_battery b) as (positive & normal & flow); try assumption.
  split; [|split; [|split]].
  - exact (conj positive normal).
  - exact flow.
  - intros i j lower; now apply (Independent.decreasing b).
  - apply no_work_no_ergotropy; intros s one_to_one; now apply Independent.no_work.
Qed.

(** ** Three qubits: the populations from the elimination are the steady state *)
Theorem three_qubits (b : battery) :
  positive_parameters b -> J b <> 0 ->
  let p := xxz3.population b in
  distribution xxz3.levels p /\ stationary xxz3.levels p (xxz3.rate b).
Proof.
  intros (warm_L & warm_R & strength_L & strength_R) exchange p.
  destruct (ThreeQubits.Collective.steady_battery b) as (positive & normal & flow); try assumption.
  exact (conj (conj positive normal) flow).
Qed.

(** ** The same without collective dissipation *)
Theorem three_qubits_independent (b : battery) :
  positive_parameters b -> J b <> 0 ->
  let p := xxz3_independent.population b in
  distribution xxz3_independent.levels p /\ stationary xxz3_independent.levels p (xxz3_independent.rate b).
Proof.
  intros (warm_L & warm_R & strength_L & strength_R) exchange p.
  destruct (ThreeQubits.Independent.steady_battery b) as (positive & normal & flow); try assumption.
  exact (conj (conj positive normal) flow).
Qed.

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
