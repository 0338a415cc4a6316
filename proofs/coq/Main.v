(** * The battery's steady state, stated

    [xxz2.energy b], [xxz2.rate b] and [xxz2.population b] are printed from the program that every evaluator of symqb
    comes from (generated/coq/xxz2.v), hbar = k_B = 1; [energies_and_rates], the first theorem, says what the first two
    are. Levels: 1 is |00>, 2 is |11>, 3 is the singlet, 4 is the triplet. In other files stand

    - Primitives.v: [battery], and [phi omega T] = omega/(e^(omega/T) - 1), T where omega = 0;
    - Chains.v: [sum levels f] = the sum of f i over the levels i. *)

From Symqb Require Import Primitives Chains.
From Symqb Require xxz2 xxz2_independent xxz3 xxz3_independent TwoQubits Independent ThreeQubits.
From Symqb Require Refutations.
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

(** ** What energies and rates are, at any epsilon *)

(** How strongly a bath drives the transition between two levels, [overlap epsilon] for the left bath, [overlap 0] for
    the right one: |00> and |11> are linked with the singlet and with the triplet, nothing else is. *)
Definition overlap (e : R) (i j : xxz2.level) : R :=
  match i, j with
  | xxz2.level_1, xxz2.level_3 | xxz2.level_3, xxz2.level_1 | xxz2.level_2, xxz2.level_3 | xxz2.level_3, xxz2.level_2
    => (1 - e) ^ 2 / 2
  | xxz2.level_1, xxz2.level_4 | xxz2.level_4, xxz2.level_1 | xxz2.level_2, xxz2.level_4 | xxz2.level_4, xxz2.level_2
    => (1 + e) ^ 2 / 2
  | _, _ => 0
  end.

Theorem energies_and_rates (b : battery) :
  let E := xxz2.energy b in
  E xxz2.level_1 = Delta b / 2 - B0 b /\ E xxz2.level_2 = Delta b / 2 + B0 b /\
  E xxz2.level_3 = - J b - Delta b / 2 /\ E xxz2.level_4 = J b - Delta b / 2 /\
  forall i j, xxz2.rate b i j =
    kappa_L b * overlap (epsilon b) i j * phi (E j - E i) (T_L b) +
    kappa_R b * overlap 0 i j * phi (E j - E i) (T_R b).
Proof.
  intro E; do 4 (split; [cbn; field|]).
  intros [] []; cbn [overlap]; try (cbn; ring);
    match goal with |- context [phi (E ?j - E ?i) _] => first
      [ replace (E j - E i) with (xxz2.omega_31 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2.omega_31 b) by (cbn; field)
      | replace (E j - E i) with (xxz2.omega_41 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2.omega_41 b) by (cbn; field)
      | replace (E j - E i) with (xxz2.omega_23 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2.omega_23 b) by (cbn; field)
      | replace (E j - E i) with (xxz2.omega_24 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2.omega_24 b) by (cbn; field) ]
    end;
    cbn [xxz2.rate];
    unfold xxz2.a_31_L, xxz2.a_31_R, xxz2.a_41_L, xxz2.a_41_R, xxz2.a_23_L, xxz2.a_23_R, xxz2.a_24_L, xxz2.a_24_R,
      xxz2.e_31_L, xxz2.e_31_R, xxz2.e_41_L, xxz2.e_41_R, xxz2.e_23_L, xxz2.e_23_R, xxz2.e_24_L, xxz2.e_24_R,
      xxz2.w_31_L, xxz2.w_31_R, xxz2.w_41_L, xxz2.w_41_R, xxz2.w_23_L, xxz2.w_23_R, xxz2.w_24_L, xxz2.w_24_R,
      xxz2.phi_up_31_L, xxz2.phi_up_31_R, xxz2.phi_up_41_L, xxz2.phi_up_41_R, xxz2.phi_up_23_L, xxz2.phi_up_23_R,
      xxz2.phi_up_24_L, xxz2.phi_up_24_R, xxz2.phi_down_31_L, xxz2.phi_down_31_R, xxz2.phi_down_41_L,
      xxz2.phi_down_41_R, xxz2.phi_down_23_L, xxz2.phi_down_23_R, xxz2.phi_down_24_L, xxz2.phi_down_24_R;
    field.
Qed.

(** ** The same without collective dissipation *)
Definition overlap_independent (e : R) (i j : xxz2_independent.level) : R :=
  match i, j with
  | xxz2_independent.level_1, (xxz2_independent.level_3 | xxz2_independent.level_4)
  | xxz2_independent.level_2, (xxz2_independent.level_3 | xxz2_independent.level_4)
  | xxz2_independent.level_3, (xxz2_independent.level_1 | xxz2_independent.level_2)
  | xxz2_independent.level_4, (xxz2_independent.level_1 | xxz2_independent.level_2) => (1 + e ^ 2) / 2
  | _, _ => 0
  end.

Theorem energies_and_rates_independent (b : battery) :
  let E := xxz2_independent.energy b in
  E xxz2_independent.level_1 = Delta b / 2 - B0 b /\ E xxz2_independent.level_2 = Delta b / 2 + B0 b /\
  E xxz2_independent.level_3 = - J b - Delta b / 2 /\ E xxz2_independent.level_4 = J b - Delta b / 2 /\
  forall i j, xxz2_independent.rate b i j =
    kappa_L b * overlap_independent (epsilon b) i j * phi (E j - E i) (T_L b) +
    kappa_R b * overlap_independent 0 i j * phi (E j - E i) (T_R b).
Proof.
  intro E; do 4 (split; [cbn; field|]).
  intros [] []; cbn [overlap_independent]; try (cbn; ring);
    match goal with |- context [phi (E ?j - E ?i) _] => first
      [ replace (E j - E i) with (xxz2_independent.omega_31 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2_independent.omega_31 b) by (cbn; field)
      | replace (E j - E i) with (xxz2_independent.omega_41 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2_independent.omega_41 b) by (cbn; field)
      | replace (E j - E i) with (xxz2_independent.omega_23 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2_independent.omega_23 b) by (cbn; field)
      | replace (E j - E i) with (xxz2_independent.omega_24 b) by (cbn; field)
      | replace (E j - E i) with (- xxz2_independent.omega_24 b) by (cbn; field) ]
    end;
    cbn [xxz2_independent.rate];
    unfold xxz2_independent.a_31_L, xxz2_independent.a_31_R, xxz2_independent.a_41_L, xxz2_independent.a_41_R,
      xxz2_independent.a_23_L, xxz2_independent.a_23_R, xxz2_independent.a_24_L, xxz2_independent.a_24_R,
      xxz2_independent.e_31_L, xxz2_independent.e_31_R, xxz2_independent.e_41_L, xxz2_independent.e_41_R,
      xxz2_independent.e_23_L, xxz2_independent.e_23_R, xxz2_independent.e_24_L, xxz2_independent.e_24_R,
      xxz2_independent.w_31_L, xxz2_independent.w_31_R, xxz2_independent.w_41_L, xxz2_independent.w_41_R,
      xxz2_independent.w_23_L, xxz2_independent.w_23_R, xxz2_independent.w_24_L, xxz2_independent.w_24_R,
      xxz2_independent.phi_up_31_L, xxz2_independent.phi_up_31_R, xxz2_independent.phi_up_41_L,
      xxz2_independent.phi_up_41_R, xxz2_independent.phi_up_23_L, xxz2_independent.phi_up_23_R,
      xxz2_independent.phi_up_24_L, xxz2_independent.phi_up_24_R, xxz2_independent.phi_down_31_L,
      xxz2_independent.phi_down_31_R, xxz2_independent.phi_down_41_L, xxz2_independent.phi_down_41_R,
      xxz2_independent.phi_down_23_L, xxz2_independent.phi_down_23_R, xxz2_independent.phi_down_24_L,
      xxz2_independent.phi_down_24_R;
    field.
Qed.

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

(** ** Three qubits: the populations from the elimination are the steady state, for the rates of xxz3.v

    That these rates are the battery's is tested, not proved here. *)
Theorem three_qubits (b : battery) :
  positive_parameters b -> J b <> 0 -> steady_state xxz3.levels (xxz3.population b) (xxz3.rate b).
Proof. intros (warm_L & warm_R & strength_L & strength_R); now apply ThreeQubits.Collective.steady_battery. Qed.

Theorem three_qubits_independent (b : battery) :
  positive_parameters b -> J b <> 0 ->
  steady_state xxz3_independent.levels (xxz3_independent.population b) (xxz3_independent.rate b).
Proof. intros (warm_L & warm_R & strength_L & strength_R); now apply ThreeQubits.Independent.steady_battery. Qed.

(** ** At epsilon = 1 work can be extracted although the left bath is the colder one *)
Lemma ergotropy_exists (E p : xxz2.level -> R) : exists W, ergotropy xxz2.levels E p W.
Proof.
  destruct (completeness (fun w => exists s, permutation s /\ w = work xxz2.levels E p s)) as [W least].
  - set (size i := Rabs (E i) *
      (Rabs (p xxz2.level_1) + Rabs (p xxz2.level_2) + Rabs (p xxz2.level_3) + Rabs (p xxz2.level_4))).
    exists (2 * sum xxz2.levels size); intros x (s & _ & ->); unfold work.
    assert (each : forall i j, Rabs (E i * p j) <= size i).
    { intros i j; rewrite Rabs_mult; unfold size; apply Rmult_le_compat_l; [apply Rabs_pos|].
      assert (Q := fun k => Rabs_pos (p k)).
      assert (Q1 := Q xxz2.level_1); assert (Q2 := Q xxz2.level_2).
      assert (Q3 := Q xxz2.level_3); assert (Q4 := Q xxz2.level_4). destruct j; lra. }
    assert (term : forall i, E i * p i - E i * p (s i) <= 2 * size i).
    { intro i. assert (stay := each i i). assert (go := each i (s i)).
      assert (above := Rle_abs (E i * p i)). assert (below := Rle_abs (- (E i * p (s i)))).
      rewrite Rabs_Ropp in below. lra. }
    assert (B1 := term xxz2.level_1); assert (B2 := term xxz2.level_2).
    assert (B3 := term xxz2.level_3); assert (B4 := term xxz2.level_4).
    unfold sum; cbn [fold_right xxz2.levels]; lra.
  - exists (work xxz2.levels E p (fun i => i)), (fun i => i); split; [now intros i j | reflexivity].
  - now exists W.
Qed.

Theorem negative_bias : exists b : battery,
  positive_parameters b /\ strong_field b /\ 0 < J b /\ 0 < Delta b /\ kappa_L b = kappa_R b /\ epsilon b = 1 /\
  T_L b < T_R b /\
  exists W, 0 < W /\ ergotropy xxz2.levels (xxz2.energy b) (xxz2.population b) W.
Proof.
  destruct Refutations.negative_bias_inverts as (b & plus_J & plus_Delta & strong & one_L & one_R & asymmetric &
    warm & bias & higher & inverted).
  exists b; unfold positive_parameters, strong_field; rewrite !Rabs_pos_eq by lra.
  destruct (ergotropy_exists (xxz2.energy b) (xxz2.population b)) as [W least].
  do 7 (split; [lra|]). exists W; split; [|exact least]. destruct least as [above _].
  set (swap := fun i => match i with xxz2.level_2 => xxz2.level_4 | xxz2.level_4 => xxz2.level_2 | _ => i end).
  apply Rlt_le_trans with (work xxz2.levels (xxz2.energy b) (xxz2.population b) swap).
  - assert (0 < (xxz2.energy b xxz2.level_2 - xxz2.energy b xxz2.level_4)
      * (xxz2.population b xxz2.level_2 - xxz2.population b xxz2.level_4)) by (apply Rmult_lt_0_compat; lra).
    unfold work, sum; cbn [fold_right xxz2.levels swap]; lra.
  - apply above; exists swap; split; [|reflexivity]. intros [] []; cbn; easy.
Qed.
