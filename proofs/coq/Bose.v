(** * The Bose occupation, and weighted means of two baths'

    With u = e^(a/T) - 1 and v = e^(b/T) - 1 of either bath, the ratio (N + K)/N of emission to absorption of two baths
    is submultiplicative in the frequency: its defect factors into positive factors and two brackets, each of which has
    the sign of T_L - T_R by e^z >= 1 + z alone. *)

From Symqb Require Import Primitives.
From Coq Require Import Lra Psatz.

(** ** One bath *)
Definition n (omega T : R) : R := 1 / (exp (omega / T) - 1).

Lemma quotient_positive x y : 0 < x -> 0 < y -> 0 < x / y.
Proof. exact (Rdiv_lt_0_compat x y). Qed.

Lemma exp_above_1 z : 0 < z -> 1 < exp z.
Proof. intro; rewrite <- exp_0; now apply exp_increasing. Qed.

(** e^z >= 1 + z, for every z. *)
Lemma exp_tangent z : 1 + z <= exp z.
Proof. destruct (Req_dec z 0) as [-> | ?]; [rewrite exp_0; lra | left; now apply exp_ineq1]. Qed.

Lemma growth_positive a T : 0 < a -> 0 < T -> 0 < exp (a / T) - 1.
Proof. intros; enough (1 < exp (a / T)) by lra; apply exp_above_1, quotient_positive; lra. Qed.

Lemma n_positive a T : 0 < a -> 0 < T -> 0 < n a T.
Proof. intros; apply quotient_positive; [lra | now apply growth_positive]. Qed.

Lemma absorption a T : 0 < a -> 0 < T -> phi a T = a * n a T.
Proof.
  intros; unfold phi, n. destruct (Req_EM_T a 0); [lra|].
  assert (0 < exp (a / T) - 1) by now apply growth_positive. field; lra.
Qed.

Lemma emission a T : 0 < a -> 0 < T -> phi (- a) T = a * (n a T + 1).
Proof.
  intros; unfold phi, n. destruct (Req_EM_T (- a) 0); [lra|].
  assert (0 < exp (a / T) - 1) by now apply growth_positive.
  replace (- a / T) with (- (a / T)) by (field; lra). rewrite exp_Ropp.
  assert (/ exp (a / T) < 1) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
  field; repeat split; try lra.
Qed.

(** Rates in both directions are positive, for frequencies of either sign. *)
Lemma phi_positive omega T : 0 < T -> 0 < phi omega T.
Proof.
  intro warm. destruct (Rtotal_order omega 0) as [below | [-> | above]].
  - replace omega with (- - omega) by ring.
    rewrite emission by lra. assert (0 < n (- omega) T) by (apply n_positive; lra). nra.
  - unfold phi; destruct (Req_EM_T 0 0); lra.
  - rewrite absorption by lra. assert (0 < n omega T) by now apply n_positive. nra.
Qed.

(** The occupation of a mode decreases with its frequency. *)
Theorem bose_decreasing a b T : 0 < a -> a < b -> 0 < T -> n b T < n a T.
Proof.
  intros. assert (0 < exp (a / T) - 1) by now apply growth_positive.
  assert (exp (a / T) < exp (b / T)).
  { apply exp_increasing, Rmult_lt_compat_r; [now apply Rinv_0_lt_compat | easy]. }
  unfold n, Rdiv; apply Rmult_lt_compat_l; [lra|]. apply Rinv_lt_contravar; nra.
Qed.

(** ** The bracket *)
Definition growth (a T : R) : R := exp (a / T) - 1.

Definition bracket (a b T_L T_R : R) : R :=
  let '(u_L, u_R) := (growth a T_L, growth a T_R) in
  let '(v_L, v_R) := (growth b T_L, growth b T_R) in
  (v_R - v_L) * u_L * (1 + u_R) - (u_R - u_L) * v_L.

Theorem bracket_sign a b T_L T_R : 0 < a -> 0 < b -> 0 < T_R -> T_R <= T_L -> 0 <= bracket a b T_L T_R.
Proof.
  intros positive_a positive_b cold order. assert (warm : 0 < T_L) by lra.
  (* 1/T_R = 1/T_L + d *)
  set (d := (T_L - T_R) / (T_L * T_R)).
  assert (nonnegative_d : 0 <= d).
  { apply Rmult_le_pos; [lra|]. left; apply Rinv_0_lt_compat; nra. }
  set (x := exp (a / T_L)). set (y := exp (b / T_L)). set (f := exp (a * d)). set (g := exp (b * d)).
  assert (x_R : exp (a / T_R) = x * f) by (subst x f d; rewrite <- exp_plus; f_equal; field; lra).
  assert (y_R : exp (b / T_R) = y * g) by (subst y g d; rewrite <- exp_plus; f_equal; field; lra).
  unfold bracket, growth; rewrite x_R, y_R; fold x y. clearbody d.
  assert (x_above : 1 + a / T_L <= x) by apply exp_tangent.
  assert (y_below : y * (1 - b / T_L) <= 1).
  { assert (tangent := exp_tangent (- (b / T_L))). rewrite exp_Ropp in tangent. fold y in tangent.
    assert (0 < y) by apply exp_pos. apply Rmult_le_compat_l with (r := y) in tangent; [|lra].
    rewrite Rinv_r in tangent by lra. lra. }
  assert (f_below : f * (1 - a * d) <= 1).
  { assert (tangent := exp_tangent (- (a * d))). rewrite exp_Ropp in tangent. fold f in tangent.
    assert (0 < f) by apply exp_pos. apply Rmult_le_compat_l with (r := f) in tangent; [|lra].
    rewrite Rinv_r in tangent by lra. lra. }
  assert (g_above : 1 + b * d <= g) by apply exp_tangent.
  assert (0 < x /\ 0 < y /\ 0 < f /\ 0 < g) as (? & ? & ? & ?) by (repeat split; apply exp_pos).
  assert (0 < a / T_L) by now apply quotient_positive.
  assert (0 < b / T_L) by now apply quotient_positive.
  (* y (g - 1) (x - 1) >= y b d a/T_L >= a d (y - 1), and f - 1 <= a d f *)
  replace ((y * g - 1 - (y - 1)) * (x - 1) * (1 + (x * f - 1)) - (x * f - 1 - (x - 1)) * (y - 1))
    with (x * (f * (y * (g - 1 - b * d) * (x - 1) + y * (b * d) * (x - 1 - a / T_L)
                    + a * d * (1 - y * (1 - b / T_L))) + (1 - f * (1 - a * d)) * (y - 1))) by (field; lra).
  assert (1 + b / T_L <= y) by apply exp_tangent.
  assert (0 <= b * d) by (apply Rmult_le_pos; lra). assert (0 <= a * d) by (apply Rmult_le_pos; lra).
  apply Rmult_le_pos; [lra | apply Rplus_le_le_0_compat; apply Rmult_le_pos; try lra].
  repeat apply Rplus_le_le_0_compat; repeat apply Rmult_le_pos; lra.
Qed.

(** ** Two baths *)
Section TwoBaths.
Variables k_L k_R T_L T_R : R.
Hypotheses (left : 0 < k_L) (right : 0 < k_R) (warm_L : 0 < T_L) (warm_R : 0 < T_R).

Definition K : R := k_L + k_R.
Definition N (omega : R) : R := k_L * n omega T_L + k_R * n omega T_R.

Lemma N_positive a : 0 < a -> 0 < N a.
Proof. intro; unfold N. assert (0 < n a T_L) by now apply n_positive.
  assert (0 < n a T_R) by now apply n_positive. nra. Qed.

Lemma N_decreasing a b : 0 < a -> a < b -> N b < N a.
Proof. intros; unfold N. assert (n b T_L < n a T_L) by now apply bose_decreasing.
  assert (n b T_R < n a T_R) by now apply bose_decreasing. nra. Qed.

(** r(a + b) <= r(a) r(b) for the ratio r of emission to absorption. *)
Theorem ratio_submultiplicative a b : 0 < a -> 0 < b ->
  N a * N b * (N (a + b) + K) <= (N a + K) * (N b + K) * N (a + b).
Proof.
  intros positive_a positive_b.
  assert (sum_L : growth (a + b) T_L = (1 + growth a T_L) * (1 + growth b T_L) - 1).
  { unfold growth. replace ((a + b) / T_L) with (a / T_L + b / T_L) by (field; lra). rewrite exp_plus; ring. }
  assert (sum_R : growth (a + b) T_R = (1 + growth a T_R) * (1 + growth b T_R) - 1).
  { unfold growth. replace ((a + b) / T_R) with (a / T_R + b / T_R) by (field; lra). rewrite exp_plus; ring. }
  assert (brackets : 0 <= bracket a b T_L T_R * bracket b a T_L T_R).
  { destruct (Rle_or_lt T_R T_L) as [order | order].
    - apply Rmult_le_pos; apply bracket_sign; easy.
    - assert (0 <= bracket a b T_R T_L) by (apply bracket_sign; lra).
      assert (0 <= bracket b a T_R T_L) by (apply bracket_sign; lra).
      replace (bracket a b T_L T_R) with (- bracket a b T_R T_L) by (unfold bracket; ring).
      replace (bracket b a T_L T_R) with (- bracket b a T_R T_L) by (unfold bracket; ring). nra. }
  unfold bracket in brackets.
  assert (0 < growth a T_L) by now apply growth_positive. assert (0 < growth a T_R) by now apply growth_positive.
  assert (0 < growth b T_L) by now apply growth_positive. assert (0 < growth b T_R) by now apply growth_positive.
  unfold N, n, K. fold (growth a T_L) (growth a T_R) (growth b T_L) (growth b T_R).
  fold (growth (a + b) T_L) (growth (a + b) T_R). rewrite sum_L, sum_R.
  set (u_L := growth a T_L) in *. set (u_R := growth a T_R) in *.
  set (v_L := growth b T_L) in *. set (v_R := growth b T_R) in *.
  assert (0 < (1 + u_L) * (1 + v_L) - 1) by nra. assert (0 < (1 + u_R) * (1 + v_R) - 1) by nra.
  apply Rminus_le; match goal with |- ?defect <= 0 => replace defect with
    (- (k_L * k_R * (k_L + k_R) * (((v_R - v_L) * u_L * (1 + u_R) - (u_R - u_L) * v_L)
      * ((u_R - u_L) * v_L * (1 + v_R) - (v_R - v_L) * u_L))
      / (u_L * u_R * v_L * v_R * ((1 + u_L) * (1 + v_L) - 1) * ((1 + u_R) * (1 + v_R) - 1))))
  end.
  - apply Ropp_le_cancel; rewrite Ropp_involutive, Ropp_0. apply Rmult_le_pos.
    + apply Rmult_le_pos; [|exact brackets]. apply Rmult_le_pos; [|lra]. nra.
    + left; apply Rinv_0_lt_compat. repeat apply Rmult_lt_0_compat; lra.
  - field; repeat split; lra.
Qed.

Theorem ratio_decreasing a b : 0 < a -> a < b -> N b * (N a + K) < N a * (N b + K).
Proof. intros; assert (N b < N a) by now apply N_decreasing. assert (0 < K) by (unfold K; lra). nra. Qed.

Theorem ratio_below_sum a b c : 0 < a -> 0 < b -> 0 < c -> c < a + b ->
  N a * N b * (N c + K) < (N a + K) * (N b + K) * N c.
Proof.
  intros. assert (at_sum := ratio_submultiplicative a b ltac:(easy) ltac:(easy)).
  assert (N (a + b) < N c) by now apply N_decreasing.
  assert (0 < N a) by now apply N_positive. assert (0 < N b) by now apply N_positive.
  assert (0 < K) by (unfold K; lra).
  assert (0 < (N c - N (a + b)) * (K * (N a + N b + K))) by (apply Rmult_lt_0_compat; nra). nra.
Qed.
End TwoBaths.
