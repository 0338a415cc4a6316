(** * Three qubits: the populations from the elimination are the steady state

    At Delta = 0 the transitions 85 and 67 have no rate: the others suffice. *)

From Symqb Require Import Primitives Bose Chains Elimination.
From Symqb Require xxz3 xxz3_independent.
From Coq Require Import Lra.

(** ** With collective dissipation *)
Module Collective.
Import xxz3.

Definition same (i j : level) : {i = j} + {i <> j}. Proof. decide equality. Defined.
Definition upward :=
  [(level_1, level_6); (level_1, level_8); (level_2, level_4); (level_3, level_1);
   (level_3, level_5); (level_3, level_7); (level_5, level_2); (level_5, level_6);
   (level_6, level_4); (level_7, level_2); (level_7, level_8); (level_8, level_4)].

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

Theorem steady_battery b : 0 < T_L b -> 0 < T_R b -> 0 < kappa_L b -> 0 < kappa_R b -> J b <> 0 ->
  (forall i, 0 < population b i) /\ sum levels (population b) = 1 /\
  (forall j, sum levels (fun i => population b i * rate b i j - population b j * rate b j i) = 0) /\
  forall q, sum levels q = 1 -> (forall j, sum levels (fun i => q i * rate b i j - q j * rate b j i) = 0) ->
  forall i, q i = population b i.
Proof.
  intros warm_L warm_R strength_L strength_R exchange.
  assert (square : 0 < J b ^ 2) by (rewrite <- Rsqr_pow2; now apply Rsqr_pos_lt).
  assert (Delta_square : 0 <= Delta b ^ 2) by apply pow2_ge_0.
  assert (alpha_above : Rabs (Delta b) < alpha b).
  { rewrite <- sqrt_Rsqr_abs, Rsqr_pow2; apply sqrt_lt_1; cbn in *; lra. }
  assert (0 < alpha b) by (apply Rle_lt_trans with (Rabs (Delta b)); [apply Rabs_pos | easy]).
  assert (0 < alpha_shift_1 b /\ 0 < alpha_shift_2 b) as [? ?].
  { unfold alpha_shift_1, alpha_shift_2, shifted_root; apply Rabs_def2 in alpha_above; lra. }
  destruct (steady true (totals b)) as (positive & normal & flow & unique).
  - intros [] []; cbn; rates_sign b.
  - assert (same_rates : forall i j, rate_at (totals b) i j = rate b i j) by (intros [] []; reflexivity).
    split; [exact positive | split; [exact normal | split]].
    + intro j; rewrite <- (flow j); apply sum_ext; intros i _; now rewrite !same_rates.
    + intros q one still; apply unique; [exact one|].
      intro j; rewrite <- (still j); apply sum_ext; intros i _; now rewrite !same_rates.
Qed.
End Collective.

(** ** Without *)
Module Independent.
Import xxz3_independent.

Definition same (i j : level) : {i = j} + {i <> j}. Proof. decide equality. Defined.
Definition upward :=
  [(level_1, level_6); (level_1, level_8); (level_2, level_4); (level_3, level_1);
   (level_3, level_5); (level_3, level_7); (level_5, level_2); (level_5, level_6);
   (level_6, level_4); (level_7, level_2); (level_7, level_8); (level_8, level_4)].

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

Theorem steady_battery b : 0 < T_L b -> 0 < T_R b -> 0 < kappa_L b -> 0 < kappa_R b -> J b <> 0 ->
  (forall i, 0 < population b i) /\ sum levels (population b) = 1 /\
  (forall j, sum levels (fun i => population b i * rate b i j - population b j * rate b j i) = 0) /\
  forall q, sum levels q = 1 -> (forall j, sum levels (fun i => q i * rate b i j - q j * rate b j i) = 0) ->
  forall i, q i = population b i.
Proof.
  intros warm_L warm_R strength_L strength_R exchange.
  assert (square : 0 < J b ^ 2) by (rewrite <- Rsqr_pow2; now apply Rsqr_pos_lt).
  assert (Delta_square : 0 <= Delta b ^ 2) by apply pow2_ge_0.
  assert (alpha_above : Rabs (Delta b) < alpha b).
  { rewrite <- sqrt_Rsqr_abs, Rsqr_pow2; apply sqrt_lt_1; cbn in *; lra. }
  assert (0 < alpha b) by (apply Rle_lt_trans with (Rabs (Delta b)); [apply Rabs_pos | easy]).
  assert (0 < alpha_shift_1 b /\ 0 < alpha_shift_2 b) as [? ?].
  { unfold alpha_shift_1, alpha_shift_2, shifted_root; apply Rabs_def2 in alpha_above; lra. }
  destruct (steady true (totals b)) as (positive & normal & flow & unique).
  - intros [] []; cbn; rates_sign b.
  - assert (same_rates : forall i j, rate_at (totals b) i j = rate b i j) by (intros [] []; reflexivity).
    split; [exact positive | split; [exact normal | split]].
    + intro j; rewrite <- (flow j); apply sum_ext; intros i _; now rewrite !same_rates.
    + intros q one still; apply unique; [exact one|].
      intro j; rewrite <- (still j); apply sum_ext; intros i _; now rewrite !same_rates.
Qed.
End Independent.
