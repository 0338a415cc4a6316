"""The theorems that Coq's kernel checks: that it does, from which axioms, and that the marks depend on the sources."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from commands import run

from proofs.kernel import EVIDENCE, HAND_WRITTEN, REALS, Kernel, Theorem, checked, compiled, in_order, read, sources
from proofs.prove import VERDICTS, catalogue, chosen, find_evidence, prove
from proofs.verdict import Disagreement, Status, verdict
from symqb import artifacts
from symqb.errors import NoCoq

GENERATED = Path(__file__).parents[1] / "generated"
STORED = read(GENERATED / EVIDENCE)
THEOREM = re.compile(r"^Theorem (\w+)", re.M)
STATED = [name for file in ("Main.v", "Claims.v") for name in THEOREM.findall(sources()[file])]
needs_coq = pytest.mark.skipif(
    not shutil.which("coqc"), reason="Coq is not installed (Debian: coq, libcoq-stdlib): no theorem is checked here"
)


@pytest.fixture(scope="session")
def development(tmp_path_factory):
    """The whole development compiled once, in a folder of its own, and what Coq said of it."""
    folder = tmp_path_factory.mktemp("coq")
    return folder, checked(sources(), catalogue().values(), folder)


@needs_coq
def test_coq_accepts_the_development_and_says_what_the_committed_evidence_says(development):
    """Statements, axioms and the SHA-256 of each source; date and version are those of whoever ran it."""
    _, kernel = development
    assert STORED is not None
    assert replace(kernel, coq=STORED.coq, date=STORED.date) == STORED


def test_the_committed_evidence_is_about_the_program_and_the_proofs_as_they_are():
    """Also where Coq is missing: no source has changed since it ran, and it ran on all theorems."""
    assert STORED is not None, "run `symqb prove --kernel`"
    assert set(STORED.theorems) == set(STATED)


@pytest.mark.parametrize("name", STATED)
def test_each_theorem_rests_on_the_axioms_of_the_real_numbers_alone(name):
    """As Print Assumptions says: no axiom of ours, nothing admitted."""
    assert set(STORED.theorems[name].axioms) <= set(REALS)
    assert STORED.theorems[name].axioms


def test_no_proof_is_left_out():
    """The words that would do so do not occur, nor do axioms of ours."""
    for path in HAND_WRITTEN.glob("*.v"):
        text = re.sub(r"\(\*.*?\*\)", "", path.read_text(), flags=re.S)
        assert not re.search(r"\b(Admitted|admit|Axiom|Axioms|Parameter|Parameters|Conjecture|Abort)\b", text), (
            path.name
        )


def test_each_theorem_of_a_claim_bears_its_name():
    """Every theorem of Claims.v decides a claim of the catalogue, and the stored verdicts say so."""
    verdicts = json.loads((GENERATED / VERDICTS).read_text())
    named = set(THEOREM.findall(sources()["Claims.v"]))
    assert named <= set(catalogue())
    assert {name for name, found in verdicts.items() if "kernel" in found} == named
    for name in named:
        assert verdicts[name]["kernel"] == f"{STORED.words}: {STORED.theorems[name].statement}"


def test_the_definitions_are_printed_from_the_program():
    """Every step of the program up to populations has a definition of its name, but total rates, which have a field."""
    for model in artifacts.models():
        text = sources()[f"{model.name}.v"]
        for section in model.program.sections:
            if section.name in ("frequencies", "weights", "bose", "rates", "elimination", "populations"):
                for target in section.targets:
                    assert f"Definition {target.name} : R :=" in text
            if section.name == "totals":
                for target in section.targets:
                    assert f"{target.name} : R" in text
        assert model.program.digest() in text


@pytest.mark.parametrize("file", ["Main.v", "xxz2.v"])
def test_a_changed_source_drops_the_marks(file, tmp_path, monkeypatch):
    """A proof or a program that Coq has not seen has no kernel evidence, whatever is stored."""
    changed = {**sources(), file: sources()[file] + "\n"}
    monkeypatch.setattr("proofs.kernel.sources", lambda: changed)
    assert read(GENERATED / EVIDENCE) is None
    found = prove(chosen(["A8"]), tmp_path)["A8"]
    assert (found.status, found.kernel) == (Status.PROVED, "")


def test_a_changed_claim_drops_its_mark_and_no_other():
    """The theorem of its name may no longer be about it."""
    claim = catalogue()["A8"]
    assert STORED.decides(claim) is STORED.theorems["A8"]
    assert STORED.decides(replace(claim, show=("A_31*E_41 - A_41*E_31 - 1 > 0",))) is None
    assert STORED.decides(replace(claim, proof=())) is STORED.theorems["A8"]


def test_a_theorem_with_another_axiom_decides_nothing():
    """An admitted theorem is an axiom to Coq."""
    theorem = Theorem(STORED.theorems["A8"].statement, (*REALS, "Claims.hope"))
    assert replace(STORED, theorems={"A8": theorem}).decides(catalogue()["A8"]) is None


def with_theorem(name: str, statement: str) -> Kernel:
    return replace(STORED, theorems={**STORED.theorems, name: Theorem(statement, REALS)})


def test_the_kernel_decides_where_nothing_else_does_and_is_not_overruled():
    """It is the strongest evidence; evidence for the opposite is an error, never a vote."""
    claim = catalogue()["bose_decreasing"]
    alone = verdict(claim, None, {}, {}, STORED)
    assert (alone.status, alone.reason) == (Status.PROVED, STORED.words)
    assert verdict(claim, None, {}, {}).status is Status.UNDECIDED
    denied = with_theorem("bose_decreasing", "~ (forall a : R, 0 < a)")
    assert verdict(claim, None, {}, {}, denied).status is Status.REFUTED
    with pytest.raises(Disagreement, match="bose_decreasing is proved, but Coq has checked ~"):
        verdict(claim, find_evidence(claim), {}, {}, denied)


def test_prove_shows_when_coq_checked_a_claim_and_what(tmp_path):
    """The date of the committed run, never more; the theorem as Coq prints it."""
    done = run("prove", "A8", "--out", str(tmp_path))
    assert done.returncode == 0
    assert done.stdout.count(f"checked on {STORED.date} with Coq {STORED.coq}") >= 2
    assert f"A8, {STORED.words}: {STORED.theorems['A8'].statement}" in done.stdout
    assert (tmp_path / EVIDENCE).read_text() == (GENERATED / EVIDENCE).read_text()


def test_without_coq_the_kernel_is_asked_in_vain(tmp_path, monkeypatch):
    """Status 2 and the packages to install; plain ``symqb prove`` needs no Coq."""
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("prove", "A8", "--kernel", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "coqc is not on the PATH: install coq and libcoq-stdlib" in done.stderr
    assert run("prove", "A8", "--out", str(tmp_path)).returncode == 0


#: (file, text, error planted, the file that Coq then refuses)
MUTATIONS = {
    "a sign in a frequency": ("xxz2.v", "omega_24 : R := exact_sum [B0 b; Delta b; -J b]",
                              "omega_24 : R := exact_sum [B0 b; Delta b; J b]", "TwoQubits.v"),
    "emission for absorption": ("xxz2.v", "phi_up_31_L : R := phi omega_31", "phi_up_31_L : R := phi (-omega_31)",
                                "TwoQubits.v"),
    "a rate that is subtracted": ("xxz2.v", "E_23 := e_23_L + e_23_R", "E_23 := e_23_L - e_23_R", "TwoQubits.v"),
    "a weight": ("xxz2_independent.v", "w_41_L : R := (epsilon b)^2/2 + 1/2", "w_41_L : R := (epsilon b + 1)^2/2",
                 "Independent.v"),
    "an index in a population": ("xxz2.v", "p_3 : R := standard_part (u_3/norm)", "p_3 : R := standard_part (u_4/norm)",
                                 "TwoQubits.v"),
    "an index in the elimination": ("xxz2.v", "f_1_2 : R := k_1_2_3/Gamma_2", "f_1_2 : R := k_2_1_3/Gamma_2",
                                    "TwoQubits.v"),
    "a term that is lost": ("xxz3.v", "Gamma_2 : R := Eb_27 + k_2_3_5 + k_2_6_5 + k_2_8_5",
                            "Gamma_2 : R := Eb_27 + k_2_3_5 + k_2_6_5", "ThreeQubits.v"),
    "phi without its pole": ("Primitives.v", "(exp (omega / T) - 1)", "(exp (omega / T) + 1)", "Bose.v"),
    "a hypothesis dropped": ("Main.v", "J b <> 0 -> epsilon b = 0 ->", "J b <> 0 ->", "Main.v"),
    "a weaker field": ("Main.v", "Rabs (J b) + Rabs (Delta b) < B0 b", "Rabs (J b + Delta b) < B0 b", "Main.v"),
    "an inequality turned round": ("Claims.v", "A_23 r * E_24 r < A_24 r * E_23 r", "A_24 r * E_23 r < A_23 r * E_24 r",
                                   "Claims.v"),
    "a witness elsewhere": ("Refutations.v", "Battery 5 (7/2) (1/2) 1 (/ ln 3) (/ ln (11/10)) 1 1",
                            "Battery 5 (7/2) (1/2) 0 (/ ln 3) (/ ln (11/10)) 1 1", "Refutations.v"),
}  # fmt: skip


@needs_coq
@pytest.mark.parametrize("error", MUTATIONS)
def test_coq_refuses_a_planted_error(error, development, tmp_path):
    """The file with the error compiles or not; the first theorem about it does not."""
    name, right, wrong, refused = MUTATIONS[error]
    text = sources()[name]
    assert text.count(right) >= 1
    shutil.copytree(development[0], tmp_path, dirs_exist_ok=True)
    (tmp_path / name).write_text(text.replace(right, wrong))
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
