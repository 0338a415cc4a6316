(** * Permutations of four levels extract no work where populations fall as energies rise *)

From Symqb Require Import Primitives.
From Coq Require Import Lra.

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
