(** * The four inequalities between total rates: (A7), (A8), (A11), (A18)

    Two baths of weights k_L and k_R at temperatures T_L and T_R drive every transition alike. Which frequencies are
    which is left open: where J < 0, levels 3 and 4 change parts. *)

From Symqb Require Import Primitives Bose Order.
From Coq Require Import Lra Psatz.

Section Rates.
Variables k_L k_R T_L T_R : R.
Hypotheses (left : 0 < k_L) (right : 0 < k_R) (warm_L : 0 < T_L) (warm_R : 0 < T_R).

(** A_ij and E_ij at frequency omega_ij. *)
Definition absorbed (omega : R) : R := (k_L * phi omega T_L + k_R * phi omega T_R) / 2.
Definition emitted (omega : R) : R := (k_L * phi (- omega) T_L + k_R * phi (- omega) T_R) / 2.

Notation N := (N k_L k_R T_L T_R).
Notation K := (K k_L k_R).

Lemma absorbed_is omega : 0 < omega -> absorbed omega = omega * N omega / 2.
Proof. intro; unfold absorbed, Bose.N. rewrite !absorption by easy. field. Qed.

Lemma emitted_is omega : 0 < omega -> emitted omega = omega * (N omega + K) / 2.
Proof. intro; unfold emitted, Bose.N, Bose.K. rewrite !emission by easy. field. Qed.

Lemma absorbed_positive omega : 0 < absorbed omega.
Proof. unfold absorbed. assert (0 < phi omega T_L) by now apply phi_positive.
  assert (0 < phi omega T_R) by now apply phi_positive. nra. Qed.

Lemma emitted_positive omega : 0 < emitted omega.
Proof. unfold emitted. assert (0 < phi (- omega) T_L) by now apply phi_positive.
  assert (0 < phi (- omega) T_R) by now apply phi_positive. nra. Qed.

(** E > A *)
Lemma emission_exceeds omega : 0 < omega -> absorbed omega < emitted omega.
Proof. intro; rewrite absorbed_is, emitted_is by easy. assert (0 < K) by (unfold Bose.K; lra). nra. Qed.

(** (A7) with a, b = omega_24, omega_23; (A8) with a, b = omega_31, omega_41. *)
Lemma two_rates a b : 0 < a -> a < b -> absorbed b * emitted a < absorbed a * emitted b.
Proof.
  intros. rewrite !absorbed_is, !emitted_is by lra.
  assert (ratio := ratio_decreasing k_L k_R T_L T_R left right warm_L warm_R a b ltac:(easy) ltac:(easy)).
  assert (0 < a * b) by nra. nra.
Qed.

(** (A18) with a, b, c = omega_41, omega_24, omega_23; (A11) with a, b, c = omega_23, omega_31, omega_41. *)
Lemma three_rates a b c : 0 < a -> 0 < b -> 0 < c -> c < a + b ->
  absorbed a * absorbed b * emitted c < emitted a * emitted b * absorbed c.
Proof.
  intros. rewrite !absorbed_is, !emitted_is by easy.
  assert (ratio := ratio_below_sum k_L k_R T_L T_R left right warm_L warm_R a b c
    ltac:(easy) ltac:(easy) ltac:(easy) ltac:(easy)).
  apply Rmult_lt_compat_l with (r := a * b * c / 8) in ratio; [lra|].
  assert (0 < a * b * c) by (repeat apply Rmult_lt_0_compat; easy). lra.
Qed.

(** Populations in a strong field; the frequencies are those of J > 0. Factors c_ij > 0 scale both rates of a
    transition: the spectral density at omega_ij over that of an Ohmic bath. *)
Section Densities.
Variables c_31 c_41 c_23 c_24 : R.
Hypotheses (density_31 : 0 < c_31) (density_41 : 0 < c_41) (density_23 : 0 < c_23) (density_24 : 0 < c_24).

Theorem order w_31 w_41 w_23 w_24 p_1 p_2 p_3 p_4 :
  let '(A_31, E_31) := (c_31 * absorbed w_31, c_31 * emitted w_31) in
  let '(A_41, E_41) := (c_41 * absorbed w_41, c_41 * emitted w_41) in
  let '(A_23, E_23) := (c_23 * absorbed w_23, c_23 * emitted w_23) in
  let '(A_24, E_24) := (c_24 * absorbed w_24, c_24 * emitted w_24) in
  0 < w_31 -> w_31 < w_41 -> 0 < w_24 -> w_24 < w_23 -> w_23 < w_41 + w_24 -> w_41 < w_23 + w_31 -> 0 < p_3 ->
  p_1 * (A_31 + A_41) = E_31 * p_3 + E_41 * p_4 ->
  p_2 * (E_23 + E_24) = A_23 * p_3 + A_24 * p_4 ->
  p_3 * (E_31 + A_23) = A_31 * p_1 + E_23 * p_2 ->
  p_3 < p_1 /\ p_4 < p_3 /\ p_2 < p_4.
Proof.
  intros positive_31 above_31 positive_24 above_24 below_sum_23 below_sum_41 positive_3 into_1 into_2 into_3.
  assert (A := absorbed_positive). assert (E := emitted_positive).
  assert (A7 := two_rates w_24 w_23 ltac:(lra) ltac:(lra)). assert (A8 := two_rates w_31 w_41 ltac:(lra) ltac:(lra)).
  assert (A18 := three_rates w_41 w_24 w_23 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  assert (A11 := three_rates w_23 w_31 w_41 ltac:(lra) ltac:(lra) ltac:(lra) ltac:(lra)).
  apply Rmult_lt_compat_l with (r := c_23 * c_24) in A7; [|now apply Rmult_lt_0_compat].
  apply Rmult_lt_compat_l with (r := c_31 * c_41) in A8; [|now apply Rmult_lt_0_compat].
  apply Rmult_lt_compat_l with (r := c_41 * c_24 * c_23) in A18; [|repeat apply Rmult_lt_0_compat; easy].
  apply Rmult_lt_compat_l with (r := c_23 * c_31 * c_41) in A11; [|repeat apply Rmult_lt_0_compat; easy].
  assert (more_31 : c_31 * absorbed w_31 < c_31 * emitted w_31)
    by (apply Rmult_lt_compat_l; [easy | apply emission_exceeds; lra]).
  assert (more_24 : c_24 * absorbed w_24 < c_24 * emitted w_24)
    by (apply Rmult_lt_compat_l; [easy | apply emission_exceeds; lra]).
  assert (scaled : forall c x, 0 < c -> 0 < x -> 0 < c * x) by (intros; now apply Rmult_lt_0_compat).
  repeat split;
    [ apply (p_1_above_p_3 (c_31 * absorbed w_31) (c_31 * emitted w_31) (c_41 * absorbed w_41) (c_41 * emitted w_41)
        (c_23 * absorbed w_23) (c_23 * emitted w_23) (c_24 * absorbed w_24) (c_24 * emitted w_24)) with p_2 p_4
    | apply (p_3_above_p_4 (c_31 * absorbed w_31) (c_31 * emitted w_31) (c_41 * absorbed w_41) (c_41 * emitted w_41)
        (c_23 * absorbed w_23) (c_23 * emitted w_23) (c_24 * absorbed w_24) (c_24 * emitted w_24)) with p_1 p_2
    | apply (p_4_above_p_2 (c_31 * absorbed w_31) (c_31 * emitted w_31) (c_41 * absorbed w_41) (c_41 * emitted w_41)
        (c_23 * absorbed w_23) (c_23 * emitted w_23) (c_24 * absorbed w_24) (c_24 * emitted w_24)) with p_1 p_3 ];
    auto; lra.
Qed.
End Densities.

Lemma strong_field_bounds B0 J Delta : Rabs J + Rabs Delta < B0 ->
  J < B0 - Delta /\ J < B0 + Delta /\ - J < B0 - Delta /\ - J < B0 + Delta.
Proof.
  intro strong.
  assert (J <= Rabs J /\ - J <= Rabs J /\ Delta <= Rabs Delta /\ - Delta <= Rabs Delta) as (? & ? & ? & ?).
  { repeat split; try apply Rle_abs; rewrite <- Rabs_Ropp; apply Rle_abs. }
  lra.
Qed.

(** Both signs of J, over the parameters. *)
Theorem order_in_strong_field c_31 c_41 c_23 c_24 B0 J Delta p_1 p_2 p_3 p_4 :
  let w_31 := B0 - Delta - J in let w_41 := B0 - Delta + J in
  let w_23 := B0 + Delta + J in let w_24 := B0 + Delta - J in
  0 < c_31 -> 0 < c_41 -> 0 < c_23 -> 0 < c_24 -> Rabs J + Rabs Delta < B0 -> J <> 0 -> 0 < p_3 -> 0 < p_4 ->
  p_1 * (c_31 * absorbed w_31 + c_41 * absorbed w_41) = c_31 * emitted w_31 * p_3 + c_41 * emitted w_41 * p_4 ->
  p_2 * (c_23 * emitted w_23 + c_24 * emitted w_24) = c_23 * absorbed w_23 * p_3 + c_24 * absorbed w_24 * p_4 ->
  p_3 * (c_31 * emitted w_31 + c_23 * absorbed w_23) = c_31 * absorbed w_31 * p_1 + c_23 * emitted w_23 * p_2 ->
  p_4 * (c_41 * emitted w_41 + c_24 * absorbed w_24) = c_41 * absorbed w_41 * p_1 + c_24 * emitted w_24 * p_2 ->
  0 < J /\ p_3 < p_1 /\ p_4 < p_3 /\ p_2 < p_4 \/ J < 0 /\ p_4 < p_1 /\ p_3 < p_4 /\ p_2 < p_3.
Proof.
  intros w_31 w_41 w_23 w_24 density_31 density_41 density_23 density_24 strong exchange positive_3 positive_4
    into_1 into_2 into_3 into_4.
  destruct (strong_field_bounds B0 J Delta strong) as (? & ? & ? & ?).
  destruct (Rdichotomy J 0 exchange) as [sign | sign]; [right | left]; (split; [easy |]).
  - apply (order c_41 c_31 c_24 c_23) with w_41 w_31 w_24 w_23; try lra; unfold w_31, w_41, w_23, w_24; lra.
  - apply (order c_31 c_41 c_23 c_24) with w_31 w_41 w_23 w_24; try lra; unfold w_31, w_41, w_23, w_24; lra.
Qed.
End Rates.
