(** * Populations from the program are positive, sum to 1, and are stationary

    The method is proved in Chains.v for any chain; what remains is that the program follows it, name by name. *)

From Symqb Require Import Primitives Bose Chains.
From Symqb Require xxz2 xxz2_independent xxz3.
From Coq Require Import Lra Bool Permutation.

(** One equation between a name of the program and what the method asks for. *)
Ltac by_definition :=
  cbn; try ring; match goal with |- ?name _ = _ => unfold name end; first [reflexivity | ring].

(** The same for every case of levels i and j. *)
Ltac elsewhere at_i := exfalso; repeat (destruct at_i as [at_i | at_i]; [discriminate at_i|]); exact at_i.
Ltac by_cases :=
  first [ intros i j at_i at_j differ; destruct i, j; cbn in at_i, at_j;
          first [ elsewhere at_i | elsewhere at_j | now destruct differ | idtac ]
        | intros i at_i; destruct i; cbn in at_i; first [ elsewhere at_i | idtac ] ];
  first [ cbn; unfold Rdiv; ring | by_definition ].

Ltac follows_the_method := cbn [eliminates]; repeat apply conj; first [ reflexivity | by_definition | by_cases ].

(** Levels in another order; every level is among them. *)
Ltac distinct := repeat constructor; cbn; intuition discriminate.
Ltac reordered := apply NoDup_Permutation; [distinct | distinct | intros []; cbn; tauto].
Ltac every_level := intros []; cbn; tauto.

(** A population is its weight over the norm, and the norm is the sum of the weights. *)
Ltac normalised := intros []; cbn; match goal with |- ?name _ = _ => unfold name, standard_part end; f_equal;
  match goal with |- ?name _ = _ => unfold name end; ring.

Ltac steady method follows sign :=
  apply method; [ distinct | reordered | every_level | apply follows | intros [] []; reflexivity | exact sign
                | reflexivity | normalised ].

(** Products, quotients and squares of what is positive, or at least 0. *)
Ltac sign :=
  repeat first [ assumption | apply phi_positive | apply pow2_ge_0 | apply pow_lt | apply Rinv_0_lt_compat
               | apply Rmult_lt_0_compat | apply Rmult_le_pos | apply Rlt_le; assumption | apply Rlt_le, phi_positive
               | apply Rlt_le, Rinv_0_lt_compat | apply Rplus_le_le_0_compat | lra ].
(** A rate is strength times phi times weight. *)
Ltac rate_sign b :=
  match goal with |- _ (?rate b) => unfold rate end;
  match goal with |- _ (_ * ?up b * _) => unfold up end;
  match goal with |- _ (_ * ?weight b) => unfold weight | |- _ (_ * ?weight) => unfold weight end; solve [ sign ].
Ltac rates_sign b :=
  first [ lra | apply Rplus_le_lt_0_compat; rate_sign b | apply Rplus_le_le_0_compat; rate_sign b ].

(** ** Two qubits *)
Module Two.
Import xxz2.
Definition same (i j : level) : {i = j} + {i <> j}. Proof. decide equality. Defined.
Definition links := linked same
  [(level_1, level_3); (level_1, level_4); (level_2, level_3); (level_2, level_4)].

Lemma follows r : eliminates (stage r) (branch r) (exit_rate r) (weight r) 0 order.
Proof. unfold order; follows_the_method. Qed.

Theorem steady r :
  (forall i j, if links i j then 0 < rate_at r i j else 0 <= rate_at r i j) ->
  (forall i, 0 < population_at r i) /\ sum levels (population_at r) = 1 /\
  forall j, sum levels (fun i => population_at r i * rate_at r i j - population_at r j * rate_at r j i) = 0.
Proof.
  intro sign.
  steady (steady_state same (stage r) (branch r) (exit_rate r) (weight r) levels order links) (follows r) sign.
Qed.

Theorem steady_positive r : positive_rates r ->
  (forall i, 0 < population_at r i) /\ sum levels (population_at r) = 1 /\
  forall j, sum levels (fun i => population_at r i * rate_at r i j - population_at r j * rate_at r j i) = 0.
Proof. intro positive; apply steady; unfold positive_rates in positive; intros [] []; cbn; lra. Qed.

Theorem steady_battery b : 0 < T_L b -> 0 < T_R b -> 0 < kappa_L b -> 0 < kappa_R b ->
  (forall i, 0 < population b i) /\ sum levels (population b) = 1 /\
  forall j, sum levels (fun i => population b i * rate b i j - population b j * rate b j i) = 0.
Proof.
  intros warm_L warm_R strength_L strength_R.
  destruct (steady (totals b)) as (positive & normal & flow).
  - intros [] []; cbn; rates_sign b.
  - split; [exact positive | split; [exact normal |]].
    intros []; [apply (flow level_1) | apply (flow level_2) | apply (flow level_3) | apply (flow level_4)].
Qed.
End Two.

(** ** Two qubits without collective dissipation *)
Module Independent.
Import xxz2_independent.
Definition same (i j : level) : {i = j} + {i <> j}. Proof. decide equality. Defined.
Definition links := linked same
  [(level_1, level_3); (level_1, level_4); (level_2, level_3); (level_2, level_4)].

Lemma follows r : eliminates (stage r) (branch r) (exit_rate r) (weight r) 0 order.
Proof. unfold order; follows_the_method. Qed.

Theorem steady r :
  (forall i j, if links i j then 0 < rate_at r i j else 0 <= rate_at r i j) ->
  (forall i, 0 < population_at r i) /\ sum levels (population_at r) = 1 /\
  forall j, sum levels (fun i => population_at r i * rate_at r i j - population_at r j * rate_at r j i) = 0.
Proof.
  intro sign.
  steady (steady_state same (stage r) (branch r) (exit_rate r) (weight r) levels order links) (follows r) sign.
Qed.

Theorem steady_positive r : positive_rates r ->
  (forall i, 0 < population_at r i) /\ sum levels (population_at r) = 1 /\
  forall j, sum levels (fun i => population_at r i * rate_at r i j - population_at r j * rate_at r j i) = 0.
Proof. intro positive; apply steady; unfold positive_rates in positive; intros [] []; cbn; lra. Qed.

Theorem steady_battery b : 0 < T_L b -> 0 < T_R b -> 0 < kappa_L b -> 0 < kappa_R b ->
  (forall i, 0 < population b i) /\ sum levels (population b) = 1 /\
  forall j, sum levels (fun i => population b i * rate b i j - population b j * rate b j i) = 0.
Proof.
  intros warm_L warm_R strength_L strength_R.
  destruct (steady (totals b)) as (positive & normal & flow).
  - intros [] []; cbn; rates_sign b.
  - split; [exact positive | split; [exact normal |]].
    intros []; [apply (flow level_1) | apply (flow level_2) | apply (flow level_3) | apply (flow level_4)].
Qed.
End Independent.

(** ** Three qubits; at Delta = 0 the transitions 85 and 67 have no rate *)
Module Three.
Import xxz3.
Definition same (i j : level) : {i = j} + {i <> j}. Proof. decide equality. Defined.
Definition links := linked same
  [(level_1, level_3); (level_1, level_6); (level_1, level_8); (level_2, level_4);
   (level_2, level_5); (level_2, level_7); (level_3, level_5); (level_3, level_7);
   (level_4, level_6); (level_4, level_8); (level_5, level_6); (level_7, level_8)].

Lemma follows r : eliminates (stage r) (branch r) (exit_rate r) (weight r) 0 order.
Proof. unfold order; follows_the_method. Qed.

Theorem steady r :
  (forall i j, if links i j then 0 < rate_at r i j else 0 <= rate_at r i j) ->
  (forall i, 0 < population_at r i) /\ sum levels (population_at r) = 1 /\
  forall j, sum levels (fun i => population_at r i * rate_at r i j - population_at r j * rate_at r j i) = 0.
Proof.
  intro sign.
  steady (steady_state same (stage r) (branch r) (exit_rate r) (weight r) levels order links) (follows r) sign.
Qed.

Theorem steady_positive r : positive_rates r ->
  (forall i, 0 < population_at r i) /\ sum levels (population_at r) = 1 /\
  forall j, sum levels (fun i => population_at r i * rate_at r i j - population_at r j * rate_at r j i) = 0.
Proof. intro positive; apply steady; unfold positive_rates in positive; intros [] []; cbn; lra. Qed.

Theorem steady_battery b : 0 < T_L b -> 0 < T_R b -> 0 < kappa_L b -> 0 < kappa_R b -> J b <> 0 ->
  (forall i, 0 < population b i) /\ sum levels (population b) = 1 /\
  forall j, sum levels (fun i => population b i * rate b i j - population b j * rate b j i) = 0.
Proof.
  intros warm_L warm_R strength_L strength_R exchange.
  assert (square : 0 < J b ^ 2) by (rewrite <- Rsqr_pow2; now apply Rsqr_pos_lt).
  assert (Delta_square : 0 <= Delta b ^ 2) by apply pow2_ge_0.
  set (inside := 1 * Delta b ^ 2 + (8 * J b ^ 2 + 0)).
  assert (Delta_below : sqrt (Delta b ^ 2) < sqrt inside) by (apply sqrt_lt_1; unfold inside; lra).
  assert (alpha_is : alpha b = sqrt inside) by reflexivity.
  rewrite <- Rsqr_pow2, sqrt_Rsqr_abs in Delta_below.
  assert (0 < alpha b) by (rewrite alpha_is; apply Rle_lt_trans with (Rabs (Delta b)); [apply Rabs_pos | easy]).
  assert (0 < alpha_shift_1 b /\ 0 < alpha_shift_2 b) as [? ?].
  { unfold alpha_shift_1, alpha_shift_2, shifted_root; rewrite alpha_is; apply Rabs_def2 in Delta_below; lra. }
  destruct (steady (totals b)) as (positive & normal & flow).
  - intros [] []; cbn; rates_sign b.
  - split; [exact positive | split; [exact normal |]].
    intros []; [apply (flow level_1) | apply (flow level_2) | apply (flow level_3) | apply (flow level_4) | apply (flow level_5) | apply (flow level_6) | apply (flow level_7) | apply (flow level_8)].
Qed.
End Three.

