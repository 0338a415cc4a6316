(** * The program's populations are positive, sum to 1, and are stationary

    The method is proved in Chains.v for any chain; what remains is that the program follows it, name by name. *)

From Symqb Require Import Primitives Chains.
From Symqb Require xxz2 xxz2_independent xxz3 xxz3_independent.
From Coq Require Import Lra Bool.

(** One equation between a name of the program and what the method asks for. *)
Ltac by_definition :=
  cbn; try ring; match goal with |- ?name _ = _ => unfold name end; first [reflexivity | ring].

(** The same for every case of levels i and j. *)
Ltac by_cases :=
  intros; repeat match goal with i : ?level |- _ => match type of level with Set => destruct i end end;
  cbn in *; solve [exfalso; intuition congruence | cbn; unfold Rdiv; ring | by_definition].

Ltac follows_the_method := cbn [eliminates]; repeat apply conj; first [reflexivity | by_cases | by_definition].

Lemma two_qubits b : eliminates (xxz2.stage b) (xxz2.branch b) (xxz2.exit_rate b) (xxz2.weight b) 0 xxz2.order.
Proof. 
cbn [eliminates xxz2.order].  repeat apply conj.
Show. all:try (intros; by_cases); try by_definition.
Show.
Abort.
