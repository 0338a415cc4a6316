(** * Sums over levels, and elimination without a subtraction *)

From Symqb Require Import Primitives.
From Coq Require Import Lra Bool Permutation.

Definition sum {level : Type} (among : list level) (f : level -> R) : R :=
  fold_right (fun i total => f i + total) 0 among.

(** ** Sums *)
Section Sums.
Context {level : Type}.
Implicit Types (among : list level) (f g : level -> R).

Lemma sum_ext among f g : (forall i, In i among -> f i = g i) -> sum among f = sum among g.
Proof. induction among as [|i rest IH]; simpl; intro same; [easy|]. rewrite same, IH; auto. Qed.

Lemma sum_plus among f g : sum among (fun i => f i + g i) = sum among f + sum among g.
Proof. induction among as [|i rest IH]; simpl; lra. Qed.

Lemma sum_minus among f g : sum among (fun i => f i - g i) = sum among f - sum among g.
Proof. induction among as [|i rest IH]; simpl; lra. Qed.

Lemma sum_scal among f c : sum among (fun i => f i * c) = sum among f * c.
Proof. induction among as [|i rest IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma sum_permutation among others f : Permutation among others -> sum among f = sum others f.
Proof. induction 1; simpl; lra. Qed.

Lemma sum_nonnegative among f : (forall i, In i among -> 0 <= f i) -> 0 <= sum among f.
Proof.
  induction among as [|i rest IH]; simpl; intro all; [lra|].
  assert (0 <= f i) by auto. assert (0 <= sum rest f) by auto. lra.
Qed.

Lemma sum_positive among f (l : level -> bool) :
  (forall i, In i among -> if l i then 0 < f i else 0 <= f i) -> existsb l among = true -> 0 < sum among f.
Proof.
  induction among as [|i rest IH]; simpl; intros all some; [easy|].
  assert (here := all i (or_introl eq_refl)).
  assert (nonnegative : 0 <= sum rest f).
  { apply sum_nonnegative; intros k inside; generalize (all k (or_intror inside)); destruct (l k); lra. }
  revert here some; destruct (l i); simpl; intros here some; [lra|].
  enough (0 < sum rest f) by lra. exact (IH (fun k inside => all k (or_intror inside)) some).
Qed.

(** Where no permutation extracts work, the least upper bound of what they extract is 0. *)
Lemma no_work_no_ergotropy among (energy p : level -> R) :
  (forall s, (forall i j, s i = s j -> i = j) -> sum among (fun i => energy i * p i - energy i * p (s i)) <= 0) ->
  is_lub (fun w => exists s, (forall i j, s i = s j -> i = j) /\
    w = sum among (fun i => energy i * p i - energy i * p (s i))) 0.
Proof.
  intro none; split.
  - intros w [s [one_to_one ->]]; auto.
  - intros bound above; apply above; exists (fun i => i); split; [easy|]. rewrite sum_minus; ring.
Qed.
End Sums.

(** The listed pairs of levels (from, to) are linked. *)
Definition linked {level : Type} (same : forall i j : level, {i = j} + {i <> j}) (pairs : list (level * level))
    (i j : level) : bool :=
  let is a b := if same a b then true else false in
  existsb (fun '(k, l) => is i k && is j l) pairs.

Definition reversed {level : Type} (pairs : list (level * level)) : list (level * level) :=
  map (fun '(i, j) => (j, i)) pairs.

(** ** Elimination (Grassmann, Taksar, Heyman 1985)

    Stage m holds the rates after m eliminations. Eliminating k, with exit rate G = sum_j k_kj, leaves
    k_ij + f_ik k_kj with f_ik = k_ik/G; then u_k = sum_i u_i f_ik. *)
Section Elimination.
Context {level : Type} (same : forall i j : level, {i = j} + {i <> j}).
Variables (stage : nat -> level -> level -> R) (branch : level -> level -> R) (exit_rate u : level -> R).

(** The net flow into level j vanishes, for each of these levels. *)
Definition balanced (v : level -> R) (among : list level) (rate : level -> level -> R) : Prop :=
  forall j, In j among -> sum among (fun i => v i * rate i j - v j * rate j i) = 0.

(** The program does what the method says, from stage m on. *)
Fixpoint eliminates (m : nat) (order : list level) : Prop :=
  match order with
  | [] => False
  | [root] => u root = 1
  | k :: rest =>
      exit_rate k = sum rest (stage m k) /\
      (forall i, In i rest -> branch i k = stage m i k / exit_rate k) /\
      (forall i j, In i rest -> In j rest -> i <> j -> stage (S m) i j = stage m i j + branch i k * stage m k j) /\
      u k = sum rest (fun i => u i * branch i k) /\
      eliminates (S m) rest
  end.

(** Which rates are known to be positive; all are at least 0. *)
Definition signs (order : list level) (linked : level -> level -> bool) (rate : level -> level -> R) : Prop :=
  forall i j, In i order -> In j order -> i <> j -> if linked i j then 0 < rate i j else 0 <= rate i j.

(** When a level is eliminated, it can be left; where [both], it can also be reached from what remains. *)
Fixpoint connected (both : bool) (order : list level) (linked : level -> level -> bool) : bool :=
  match order with
  | [] => false
  | [root] => true
  | k :: rest =>
      existsb (linked k) rest && (negb both || existsb (fun i => linked i k) rest) &&
      connected both rest (fun i j => linked i j || linked i k && linked k j)
  end.

(** Whatever is balanced before k is eliminated is balanced afterwards, and the other way round. *)
Section Step.
Variables (k : level) (rest : list level) (rate next : level -> level -> R) (v : level -> R).
Hypotheses (exit : exit_rate k = sum rest (rate k)) (nonzero : exit_rate k <> 0)
  (shares : forall i, In i rest -> branch i k = rate i k / exit_rate k)
  (effective : forall i j, In i rest -> In j rest -> i <> j -> next i j = rate i j + branch i k * rate k j).

Let share i : In i rest -> rate i k = branch i k * exit_rate k.
Proof. intro at_rest; rewrite (shares i at_rest); field; exact nonzero. Qed.

Lemma flow_at_eliminated : sum (k :: rest) (fun i => v i * rate i k - v k * rate k i) =
  (sum rest (fun i => v i * branch i k) - v k) * exit_rate k.
Proof.
  simpl; rewrite sum_minus.
  rewrite (sum_ext rest (fun i => v i * rate i k) (fun i => v i * branch i k * exit_rate k))
    by (intros i at_rest; rewrite (share i at_rest); ring).
  rewrite (sum_ext rest (fun i => v k * rate k i) (fun i => rate k i * v k)) by (intros; ring).
  rewrite !sum_scal, <- exit; ring.
Qed.

Lemma flow_elsewhere j : In j rest -> v k = sum rest (fun i => v i * branch i k) ->
  sum (k :: rest) (fun i => v i * rate i j - v j * rate j i) = sum rest (fun i => v i * next i j - v j * next j i).
Proof.
  intros at_rest inflow.
  rewrite (sum_ext rest (fun i => v i * next i j - v j * next j i) (fun i => (v i * rate i j - v j * rate j i) +
    (v i * branch i k * rate k j - rate k i * (v j * branch j k)))).
  - rewrite sum_plus, (sum_minus rest (fun i => v i * branch i k * rate k j)), !sum_scal, <- exit, <- inflow.
    simpl. rewrite (share j at_rest). ring.
  - intros i at_i. destruct (same i j) as [-> | differ]; [ring|].
    rewrite (effective i j), (effective j i) by auto. ring.
Qed.

Lemma balanced_before :
  v k = sum rest (fun i => v i * branch i k) -> balanced v rest next -> balanced v (k :: rest) rate.
Proof.
  intros inflow late j [<- | at_rest].
  - rewrite flow_at_eliminated, inflow; ring.
  - rewrite flow_elsewhere by easy; now apply late.
Qed.

Lemma balanced_after :
  balanced v (k :: rest) rate -> v k = sum rest (fun i => v i * branch i k) /\ balanced v rest next.
Proof.
  intro early. assert (inflow : v k = sum rest (fun i => v i * branch i k)).
  { assert (here := early k (or_introl eq_refl)). rewrite flow_at_eliminated in here.
    apply Rmult_integral in here; destruct here; [lra | easy]. }
  split; [exact inflow|]. intros j at_rest. rewrite <- flow_elsewhere by easy. apply early; now right.
Qed.
End Step.

Theorem elimination_correct order :
  forall m both linked, NoDup order -> eliminates m order -> signs order linked (stage m) ->
  connected both order linked = true ->
  (forall i, In i order -> if both then 0 < u i else 0 <= u i) /\ balanced u order (stage m) /\
  forall v, balanced v order (stage m) -> exists c, forall i, In i order -> v i = c * u i.
Proof.
  induction order as [|k rest IH]; intros m both linked distinct program positive joined; [easy|].
  inversion distinct as [|? ? fresh distinct_rest]; subst.
  destruct rest as [|next others].
  - simpl in program; split; [|split].
    + intros i [<- | []]; destruct both; lra.
    + intros j [<- | []]; simpl; ring.
    + intros v _; exists (v k); intros i [<- | []]; rewrite program; ring.
  - set (rest := next :: others) in *.
    destruct program as (exit & shares & effective & inflow & later).
    change (existsb (linked k) rest && (negb both || existsb (fun i => linked i k) rest) &&
      connected both rest (fun i j => linked i j || linked i k && linked k j) = true) in joined.
    apply andb_prop in joined as [ends joined]; apply andb_prop in ends as [leaves enters].
    assert (away : forall i, In i rest -> k <> i /\ i <> k) by (split; congruence).
    assert (exit_positive : 0 < exit_rate k).
    { rewrite exit; apply sum_positive with (l := linked k); [|exact leaves].
      intros i inside; apply positive; simpl; auto; now apply away. }
    assert (branch_sign : forall i, In i rest -> if linked i k then 0 < branch i k else 0 <= branch i k).
    { intros i inside; rewrite (shares i inside).
      assert (sign := positive i k (or_intror inside) (or_introl eq_refl) (proj2 (away i inside))).
      assert (0 < / exit_rate k) by now apply Rinv_0_lt_compat.
      revert sign; unfold Rdiv; destruct (linked i k); intro sign;
        [apply Rmult_lt_0_compat | apply Rmult_le_pos]; lra. }
    assert (positive_rest : signs rest (fun i j => linked i j || linked i k && linked k j) (stage (S m))).
    { intros i j at_i at_j differ; rewrite (effective i j at_i at_j differ).
      assert (first := positive i j (or_intror at_i) (or_intror at_j) differ).
      assert (second := branch_sign i at_i).
      assert (third := positive k j (or_introl eq_refl) (or_intror at_j) (proj1 (away j at_j))).
      revert first second third.
      destruct (linked i j), (linked i k), (linked k j); simpl; intros first second third;
        try (assert (0 < branch i k * stage m k j) by now apply Rmult_lt_0_compat);
        try (assert (0 <= branch i k * stage m k j) by (apply Rmult_le_pos; lra)); lra. }
    destruct (IH (S m) both _ distinct_rest later positive_rest joined) as (weights & rest_balanced & alone).
    split; [|split].
    + intros i [<- | inside]; [|exact (weights i inside)]. rewrite inflow.
      destruct both; simpl in enters.
      * apply sum_positive with (l := fun i => linked i k); [|exact enters].
        intros i inside; assert (share := branch_sign i inside); assert (0 < u i) by exact (weights i inside).
        revert share; destruct (linked i k); intro share; [apply Rmult_lt_0_compat | apply Rmult_le_pos]; lra.
      * apply sum_nonnegative; intros i inside; assert (0 <= u i) by exact (weights i inside).
        generalize (branch_sign i inside); destruct (linked i k); intro; apply Rmult_le_pos; lra.
    + apply balanced_before with (next := stage (S m)); auto; lra.
    + intros v early. destruct (balanced_after k rest (stage m) (stage (S m)) v) as [into late]; auto; [lra|].
      destruct (alone v late) as [c scaled]; exists c; intros i [<- | inside]; [|auto].
      rewrite into, inflow, Rmult_comm, <- sum_scal; apply sum_ext; intros i inside; rewrite scaled by easy; ring.
Qed.

(** Populations are the weights over their sum. *)
Theorem steady_state both (levels order : list level) (linked : level -> level -> bool) (rate : level -> level -> R)
    (p : level -> R) :
  NoDup order -> Permutation order levels -> (forall i, In i levels) ->
  eliminates 0 order -> (forall i j, rate i j = stage 0 i j) ->
  (forall i j, if linked i j then 0 < rate i j else 0 <= rate i j) -> connected both order linked = true ->
  (forall i, p i = u i / sum levels u) ->
  (forall i, if both then 0 < p i else 0 <= p i) /\ sum levels p = 1 /\
  (forall j, sum levels (fun i => p i * rate i j - p j * rate j i) = 0) /\
  forall q, sum levels q = 1 -> (forall j, sum levels (fun i => q i * rate i j - q j * rate j i) = 0) ->
  forall i, q i = p i.
Proof.
  intros distinct reordered all program start sign joined population.
  destruct (elimination_correct order 0 both linked distinct program) as (weights & balance & alone); [|exact joined|].
  { intros i j _ _ _; rewrite <- start; apply sign. }
  assert (inside : forall i, In i order) by (intro i; apply Permutation_in with levels; auto using Permutation_sym).
  assert (norm_positive : 0 < sum levels u).
  { rewrite <- (sum_permutation _ _ _ reordered). clear - same program weights.
    assert (at_root : exists i, In i order /\ u i = 1).
    { revert program; generalize 0%nat; clear weights. induction order as [|k rest IH]; intros m program; [easy|].
      destruct rest as [|next others]; [now exists k; split; [left|]|].
      destruct program as (_ & _ & _ & _ & later). destruct (IH (S m) later) as [i [inside root]].
      exists i; split; [now right | easy]. }
    destruct at_root as [root [at_root one]].
    apply sum_positive with (l := fun i => if same i root then true else false).
    - intros i inside. assert (0 <= u i) by (generalize (weights i inside); destruct both; lra).
      destruct (same i root) as [-> | ]; lra.
    - apply existsb_exists; exists root; split; [easy | now destruct (same root root)]. }
  assert (scaled : forall i, p i = u i * / sum levels u) by (intro i; apply population).
  split; [|split; [|split]].
  - intro i; rewrite scaled; assert (0 < / sum levels u) by now apply Rinv_0_lt_compat.
    generalize (weights i (inside i)); destruct both; intro; [apply Rmult_lt_0_compat | apply Rmult_le_pos]; lra.
  - rewrite (sum_ext levels p _ (fun i _ => scaled i)), sum_scal; apply Rinv_r; lra.
  - intro j. assert (flow := balance j (inside j)). rewrite (sum_permutation _ _ _ reordered) in flow.
    rewrite (sum_ext levels _ (fun i => (u i * stage 0 i j - u j * stage 0 j i) * / sum levels u)).
    + rewrite sum_scal, flow; ring.
    + intros i _; rewrite !scaled, !start; ring.
  - intros q normal stationary. destruct (alone q) as [c multiple].
    { intros j at_j. rewrite (sum_permutation _ _ _ reordered), <- (stationary j).
      apply sum_ext; intros i _; now rewrite !start. }
    assert (unit : c * sum levels u = 1).
    { rewrite <- normal, Rmult_comm, <- sum_scal; apply sum_ext; intros i _; rewrite multiple by auto; ring. }
    intro i; rewrite scaled, multiple by auto. rewrite <- (Rmult_1_r (u i)) at 2. rewrite <- unit; field; lra.
Qed.
End Elimination.
