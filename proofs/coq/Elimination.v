(** * That a program follows the method of elimination, name by name

    The method is proved in Chains.v for any chain; these tactics compare a program's definitions with it. *)

From Symqb Require Import Primitives Bose Chains.
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
                | match goal with |- connected ?both _ _ = true => destruct both; reflexivity end | normalised ].

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
