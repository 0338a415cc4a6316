"""The theorems that Coq's kernel checks: that it does, from which axioms, and that the marks depend on the sources."""

import json
import re
import shutil
from dataclasses import replace
from functools import reduce
from importlib import import_module
from itertools import product
from pathlib import Path

import oracle
import pytest
from commands import run
from mpmath import mp

from proofs.kernel import (
    DEFINITIONS,
    EVIDENCE,
    HAND_WRITTEN,
    LAST,
    REALS,
    Theorem,
    checked,
    compared,
    compiled,
    definitions,
    in_order,
    pair,
    read,
    sources,
    stated,
)
from proofs.prove import VERDICTS, catalogue, chosen, find_evidence, prove
from proofs.verdict import Disagreement, Status, verdict
from symqb.errors import NoCoq

GENERATED = Path(__file__).parents[1] / "generated"
THEOREM = re.compile(r"^Theorem (\w+)", re.M)
MAIN, CLAIMS = (THEOREM.findall((HAND_WRITTEN / name).read_text()) for name in ("Main.v", "Claims.v"))
needs_coq = pytest.mark.skipif(
    not shutil.which("coqc"), reason="Coq is not installed (Debian: coq, libcoq-stdlib): no theorem is checked here"
)


@pytest.fixture(scope="session")
def stored():
    """The committed evidence, if it is about the sources as they are."""
    found = read(GENERATED / EVIDENCE)
    assert found is not None, "a Coq source has changed since Coq ran: run `symqb prove --kernel`"
    return found


@pytest.fixture(scope="session")
def development(tmp_path_factory):
    """The whole development compiled once, in a folder of its own, and what Coq said of it."""
    folder = tmp_path_factory.mktemp("coq")
    return folder, checked(sources(), catalogue().values(), folder)


@needs_coq
def test_coq_accepts_the_development_and_says_what_the_committed_evidence_says(development, stored):
    """Statements, axioms and the SHA-256 of each source; date and version are those of whoever ran it."""
    _, kernel = development
    assert replace(kernel, coq=stored.coq, date=stored.date) == stored


def test_the_committed_evidence_is_about_the_program_and_the_proofs_as_they_are(stored):
    """Also where Coq is missing: no source has changed since it ran, and it ran on all theorems."""
    assert set(stored.theorems) == {*MAIN, *CLAIMS}


@pytest.mark.parametrize("name", [*MAIN, *CLAIMS])
def test_each_theorem_rests_on_the_axioms_of_the_real_numbers_alone(name, stored):
    """As Print Assumptions says: no axiom of ours, nothing admitted."""
    assert set(stored.theorems[name].axioms) <= set(REALS)
    assert stored.theorems[name].axioms


#: What Coq says of a recursion that it was told to trust.
NOT_CHECKED = "loop is assumed to be guarded."
LEFT_OUT = r"\b(Admitted|admit|Axioms?|Parameters?|Conjectures?|Abort|bypass_check\w*|Unset \w+ Checking)\b"


def test_no_proof_is_left_out():
    """The words that would do so do not occur, nor do axioms of ours: outside sections a hypothesis is one."""
    for path in HAND_WRITTEN.glob("*.v"):
        text = re.sub(r"\(\*.*?\*\)", "", path.read_text(), flags=re.S)
        assert not re.search(LEFT_OUT, text), path.name
        opened: list[tuple[str, str]] = []
        for word, name in re.findall(
            r"^\s*(Section|Module|End|Variables?|Hypothes[ie]s|Context)\b\s*(\w*)", text, re.M
        ):
            if word in ("Section", "Module"):
                opened.append((word, name))
            elif word == "End":
                assert opened.pop()[1] == name, path.name
            else:
                assert "Section" in dict(opened), f"{path.name}: {word} {name}"


@pytest.mark.parametrize(
    ("name", "line"),
    [("hope'", "hope' : False"), ("hope'", "hope'\n  : False"), (NOT_CHECKED, NOT_CHECKED)],
)
def test_whatever_coq_lists_beside_the_axioms_of_the_real_numbers_is_recorded(name, line, tmp_path, monkeypatch):
    """A name that is no word, and what Coq was told not to check: two answers that it gives."""
    listed = f"Axioms:\n{line}\n{REALS[0]}\n  : forall P : Prop,\n    P\n"
    answer = f"A8\n     : forall b : battery,\n       0 < B0 b\n{listed}"
    monkeypatch.setattr("proofs.kernel._run", lambda command, folder: answer)
    theorem = checked({}, [], tmp_path).theorems["A8"]
    assert theorem == Theorem("forall b : battery, 0 < B0 b", tuple(sorted([name, REALS[0]])))


def test_the_axioms_asked_for_are_those_of_the_theorem_shown():
    """Each statement is followed by the assumptions of the same name."""
    asked = re.findall(r"^Check (\w+)\. (.*)$", (HAND_WRITTEN / LAST).read_text(), re.M)
    assert sorted(name for name, _ in asked) == sorted([*MAIN, *CLAIMS])
    assert all(rest == f"Print Assumptions {name}." for name, rest in asked)


def test_a_reader_has_compared_each_claim_with_its_theorem(stored):
    """proofs/coq/compared.json is kept by hand; what is missing there is named, for whoever compares it."""
    claims = catalogue()
    digests = {name: pair(claims[name], stored.theorems[name]) for name in CLAIMS} | {DEFINITIONS: definitions()}
    missing = {name: digest for name, digest in digests.items() if compared().get(name) != digest}
    assert not missing, f"compare the claims and the theorems of these names, then enter the digests: {missing}"
    assert set(compared()) == set(digests)


def test_a_theorem_that_nobody_has_compared_has_no_mark(stored):
    """One more hypothesis, which may never hold, and Coq would still accept it."""
    theorem = stored.theorems["A8"]
    weaker = replace(
        theorem, statement=theorem.statement.replace("forall b : battery,", "forall b : battery, B0 b < 0 ->")
    )
    assert weaker != theorem
    assert replace(stored, theorems={"A8": weaker}).decides(catalogue()["A8"]) is None


def test_a_claim_turned_round_has_no_mark_even_when_coq_ran_again(stored):
    """A new run stores the new claim's digest; the table of what was compared it does not touch."""
    claim = replace(catalogue()["A8"], show=("A_31*E_41 - A_41*E_31 < 0",))
    assert replace(stored, claims={"A8": stated(claim)}).decides(claim) is None


def test_a_changed_definition_drops_all_marks(stored, monkeypatch):
    """A theorem that reads the same says something else."""
    text = sources()["Claims.v"]
    changed = text.replace("0 < J b /\\ epsilon b = 0.", "0 < J b /\\ J b < 0 /\\ epsilon b = 0.")
    assert changed != text
    monkeypatch.setattr("proofs.kernel.sources", lambda: {**sources(), "Claims.v": changed})
    assert stored.decides(catalogue()["A8"]) is None


def test_each_theorem_of_a_claim_bears_its_name(stored):
    """Every theorem of Claims.v decides a claim of the catalogue, and the stored verdicts say so."""
    verdicts = json.loads((GENERATED / VERDICTS).read_text())
    assert set(CLAIMS) <= set(catalogue())
    assert {name for name, found in verdicts.items() if "kernel" in found} == set(CLAIMS)
    for name in CLAIMS:
        assert verdicts[name]["kernel"] == f"{stored.words}: {stored.theorems[name].statement}"


POINT = {"B0": 3, "J": 2, "Delta": -0.75, "epsilon": 0.25, "T_L": 4, "T_R": 0.5, "kappa_L": 2, "kappa_R": 0.75}
#: Coq's notation in Python's: records, powers, lists, and functions of one, two or three arguments.
NOTATION = (
    (r"\b(\w+) [br]\b", r"\1"), (r"\^", "**"), (r"[\[]", "(("), (r"[\]]", ",))"), (r";", ","),
    (r"^phi (\S+) (\S+)$", r"phi(\1, \2)"), (r"^(balance|standard_part) (.*)$", r"(\2)"),
    (r"^shifted_root (\S+) (\S+) .*$", r"\1 + \2"),
)  # fmt: skip
MEANING = {
    "phi": lambda w, T: w / mp.expm1(w / T),
    "exact_sum": mp.fsum,
    "root_of_squares": lambda terms: mp.sqrt(mp.fsum(c * x**2 for c, x in terms)),
}


PROGRAMS = pytest.mark.parametrize("name", ["xxz2", "xxz2_independent", "xxz3", "xxz3_independent"])


def at_the_point(text):
    """The values of all definitions in Coq's text, read as mathematics; in the precision of the caller."""
    left = dict(re.findall(r"Definition (\w+) : R := (.*)\.", text))
    left |= dict(re.findall(r"([AE]_\w+) := (.*?)(?:;| \|\})", text))
    values, names = {key: mp.mpf(value) for key, value in POINT.items()}, tuple(left)
    while left:  # total rates stand at the end of the file, and populations are functions of them
        for step, written in list(left.items()):
            read_as = reduce(lambda text, notation: re.sub(*notation, text), NOTATION, written)
            if {*re.findall(r"[A-Za-z]\w*", read_as)} <= {*values, *MEANING}:
                values[step] = eval(read_as, dict(MEANING), values)
                del left[step]
    return {step: values[step] for step in names}


def by_level(text, function, values):
    """One of the tables "by level", by the numbers of its levels; those that it does not name have 0."""
    (written,) = re.findall(rf"Definition {function} \(.*\n  match .* with\n((?:  \|.*\n)*)", text)
    cases = re.findall(r"\| (level_.*) => (.*)", written)
    return {tuple(map(int, re.findall(r"\d+", levels))): eval(value, {}, values) for levels, value in cases}


@PROGRAMS
def test_the_definitions_mean_what_the_evaluators_compute(name):
    """Coq's text, read as mathematics at one point in 40 digits, has the values of the mpmath module step by step."""
    with mp.workdps(60):
        values = at_the_point((GENERATED / "coq" / f"{name}.v").read_text())
        found = import_module(f"generated.{name}_mpmath").lookup(POINT, tuple(values))
        assert {"E_1", "w_13_L" if name[3] == "3" else "w_31_L", "p_1"} <= set(values)
        for step, value in found.items():
            assert abs(values[step] / value - 1) < mp.mpf(10) ** -40, step


@PROGRAMS
def test_the_tables_by_level_are_those_of_the_matrices(name):
    """Energies and rates as Coq has them are kappa |<j|S|i>|^2 phi(E_j - E_i) from H and S, and populations stay."""
    text = (GENERATED / "coq" / f"{name}.v").read_text()
    with mp.workdps(60):
        values, tiny = at_the_point(text), mp.mpf(10) ** -40
        energies = {level: E for (level,), E in by_level(text, "energy", values).items()}
        populations = {level: p for (level,), p in by_level(text, "population_at", values).items()}
        written = by_level(text, "rate", values)
        H, baths = oracle.xxz(int(name[3]), POINT, collective="independent" not in name)
        found, vectors = mp.eigsy(H)
        state = dict(zip(sorted(energies, key=energies.get), range(H.rows), strict=True))
        assert min(found[i + 1] - found[i] for i in range(H.rows - 1)) > 0.01
        rates = dict.fromkeys(product(energies, repeat=2), mp.mpf(0))
        for (i, j), (couplings, T, kappa) in product(rates, baths):
            elements = [(vectors[:, state[j]].T * S * vectors[:, state[i]])[0] for S in couplings]
            if i != j:
                rates[i, j] += kappa * mp.fsum(x**2 for x in elements) * oracle.phi(energies[j] - energies[i], T)
        assert all(abs(E - found[state[level]]) < tiny for level, E in energies.items())
        assert set(written) <= set(rates)
        assert all(abs(written.get(pair, 0) - rate) < tiny for pair, rate in rates.items())
        for j in energies:
            assert abs(mp.fsum(populations[i] * rates[i, j] - populations[j] * rates[j, i] for i in energies)) < tiny


@pytest.mark.parametrize("file", ["Main.v", "xxz2.v"])
def test_a_changed_source_drops_the_marks(file, tmp_path, monkeypatch):
    """A proof or a program that Coq has not seen has no kernel evidence, whatever is stored."""
    changed = {**sources(), file: sources()[file] + "\n"}
    monkeypatch.setattr("proofs.kernel.sources", lambda: changed)
    assert read(GENERATED / EVIDENCE) is None
    found = prove(chosen(["A8"]), tmp_path)["A8"]
    assert (found.status, found.kernel) == (Status.PROVED, "")


def test_a_changed_claim_drops_its_mark_and_no_other(stored):
    """The theorem of its name may no longer be about it."""
    claim = catalogue()["A8"]
    assert stored.decides(claim) is stored.theorems["A8"]
    assert stored.decides(replace(claim, show=("A_31*E_41 - A_41*E_31 - 1 > 0",))) is None
    assert stored.decides(replace(claim, proof=())) is stored.theorems["A8"]


def test_a_theorem_with_another_axiom_decides_nothing(stored):
    """An admitted theorem is an axiom to Coq."""
    theorem = Theorem(stored.theorems["A8"].statement, (*REALS, "Claims.hope"))
    assert replace(stored, theorems={"A8": theorem}).decides(catalogue()["A8"]) is None


def test_the_kernel_decides_where_nothing_else_does_and_is_not_overruled(stored, monkeypatch):
    """It is the strongest evidence; evidence for the opposite is an error, never a vote."""
    claim = catalogue()["bose_decreasing"]
    alone = verdict(claim, None, {}, {}, stored)
    assert (alone.status, alone.reason) == (Status.PROVED, stored.words)
    assert verdict(claim, None, {}, {}).status is Status.UNDECIDED
    negation = Theorem("~ (forall a : R, 0 < a)", REALS)
    denied = replace(stored, theorems={claim.name: negation})
    monkeypatch.setattr("proofs.kernel.compared", lambda: {**compared(), claim.name: pair(claim, negation)})
    assert verdict(claim, None, {}, {}, denied).status is Status.REFUTED
    with pytest.raises(Disagreement, match="bose_decreasing is proved, but Coq has checked ~"):
        verdict(claim, find_evidence(claim), {}, {}, denied)


def test_prove_shows_when_coq_checked_a_claim_and_what(tmp_path, stored):
    """The date of the committed run, never more; the theorem as Coq prints it."""
    done = run("prove", "A8", "--out", str(tmp_path))
    assert done.returncode == 0
    assert done.stdout.count(f"checked on {stored.date} with Coq {stored.coq}") >= 2
    assert f"A8, {stored.words}: {stored.theorems['A8'].statement}" in done.stdout
    assert (tmp_path / EVIDENCE).read_text() == (GENERATED / EVIDENCE).read_text()


def test_without_coq_the_kernel_is_asked_in_vain(tmp_path, monkeypatch):
    """Status 2 and the packages to install; plain ``symqb prove`` needs no Coq."""
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("prove", "A8", "--kernel", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "coqc is not on the PATH: install coq and libcoq-stdlib" in done.stderr
    assert run("prove", "A8", "--out", str(tmp_path)).returncode == 0


#: (file, the file that Coq refuses once the error is planted, error by text)
MUTATIONS = {
    "a sign in a frequency": ("xxz2.v", "TwoQubits.v", {
        "omega_24 : R := exact_sum [B0 b; Delta b; -J b]":
            "omega_24 : R := exact_sum [B0 b; Delta b; J b]",
    }),
    "emission for absorption": ("xxz2.v", "TwoQubits.v", {
        "phi_up_31_L : R := phi omega_31":
            "phi_up_31_L : R := phi (-omega_31)",
    }),
    "a rate that is subtracted": ("xxz2.v", "TwoQubits.v", {
        "E_23 := e_23_L + e_23_R":
            "E_23 := e_23_L - e_23_R",
    }),
    "a weight": ("xxz2_independent.v", "Independent.v", {
        "w_41_L : R := (epsilon b)^2/2 + 1/2":
            "w_41_L : R := (epsilon b + 1)^2/2",
    }),
    "an index in a population": ("xxz2.v", "TwoQubits.v", {
        "p_3 : R := standard_part (u_3/norm)":
            "p_3 : R := standard_part (u_4/norm)",
    }),
    "an index in the elimination": ("xxz2.v", "TwoQubits.v", {
        "f_1_2 : R := k_1_2_3/Gamma_2":
            "f_1_2 : R := k_2_1_3/Gamma_2",
    }),
    "a term that is lost": ("xxz3.v", "ThreeQubits.v", {
        "Gamma_2 : R := Eb_27 + k_2_3_5 + k_2_6_5 + k_2_8_5":
            "Gamma_2 : R := Eb_27 + k_2_3_5 + k_2_6_5",
    }),
    "phi without its pole": ("Primitives.v", "Bose.v", {
        "(exp (omega / T) - 1)":
            "(exp (omega / T) + 1)",
    }),
    "a hypothesis dropped": ("Main.v", "Main.v", {
        "J b <> 0 -> epsilon b = 0 ->":
            "J b <> 0 ->",
        "strong exchange symmetric p.":
            "strong exchange p.",
    }),
    "a weaker field": ("Main.v", "Main.v", {
        "Rabs (J b) + Rabs (Delta b) < B0 b":
            "Rabs (J b + Delta b) < B0 b",
    }),
    "an inequality turned round": ("Claims.v", "Claims.v", {
        "A_23 r * E_24 r < A_24 r * E_23 r":
            "A_24 r * E_23 r < A_23 r * E_24 r",
    }),
    "the inversion turned round": ("Refutations.v", "Refutations.v", {
        "population inverted level_4 < population inverted level_2":
            "population inverted level_2 < population inverted level_4",
    }),
    "a weight that is right at epsilon = 0": ("xxz2.v", "Main.v", {
        "w_31_L : R := (epsilon b - 1)^2/2":
            "w_31_L : R := (epsilon b^2 - 1)^2/2",
    }),
}  # fmt: skip


@needs_coq
@pytest.mark.parametrize("error", MUTATIONS)
def test_coq_refuses_a_planted_error(error, development, tmp_path):
    """The file with the error compiles or not; the first theorem about it does not."""
    name, refused, changes = MUTATIONS[error]
    text = sources()[name]
    for right, wrong in changes.items():
        assert right in text
        text = text.replace(right, wrong)
    shutil.copytree(development[0], tmp_path, dirs_exist_ok=True)
    (tmp_path / name).write_text(text)
    with pytest.raises(NoCoq) as failure:
        compile_again(name, refused, tmp_path)
    assert failure.value.file == refused
    assert "inconsistent assumptions" not in failure.value.reason


def compile_again(name: str, last: str, folder: Path) -> None:
    """A changed file, and what needs it up to the last."""
    order = in_order(sources(), folder)
    touched = {name.removesuffix(".v")}
    for file in order[order.index(name) : order.index(last) + 1]:
        required = " ".join(re.findall(r"^From Symqb Require (.*)\.$", sources()[file], re.M)).split()
        if file == name or touched.intersection(required):
            compiled(file, folder)
            touched.add(file.removesuffix(".v"))
