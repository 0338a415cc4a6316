(** * What the primitives of the program mean

    The files of generated/coq are the program that every evaluator of symqb is printed from. Its words that are
    more than +, -, * and / are defined here, for real numbers. *)

From Coq Require Export Reals List.
Export ListNotations.
Global Open Scope R_scope.

(** The parameters: field, exchange, anisotropy, asymmetry of the left bath, temperatures and coupling strengths. *)
Record battery := Battery
  { B0 : R; J : R; Delta : R; epsilon : R; T_L : R; T_R : R; kappa_L : R; kappa_R : R }.

(** The rate function of a bath at temperature T > 0: omega/(e^(omega/T) - 1), and T where omega = 0. *)
Definition phi (omega T : R) : R :=
  if Req_EM_T omega 0 then T else omega / (exp (omega / T) - 1).

Definition exact_sum (terms : list R) : R := fold_right Rplus 0 terms.

(** sqrt(c_1 x_1^2 + ...) *)
Definition root_of_squares (terms : list (R * R)) : R :=
  sqrt (exact_sum (map (fun '(c, x) => c * x ^ 2) terms)).

(** alpha + x; that alpha^2 - x^2 = gap is for evaluators that would lose digits. *)
Definition shifted_root (alpha x gap : R) : R := alpha + x.

(** Evaluators scale all rates by one positive factor, which populations do not see, and may add infinitesimals in
    place of rates that are 0: at positive temperatures none is. *)
Definition balance (rate : R) : R := rate.
Definition standard_part (x : R) : R := x.
