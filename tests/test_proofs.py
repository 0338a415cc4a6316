import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from commands import run
from hypothesis import assume, given, settings

from proofs.checker import Evidence, Rejected, check_certificate, main
from proofs.claim import Claim, Claims
from proofs.domain import Domain
from proofs.methods.enclosure import enclose
from proofs.methods.refutation import refute
from proofs.methods.sampling import sample
from proofs.program_text import battery, steps
from proofs.prove import CERTIFICATES, VERDICTS, catalogue, changed, chosen, load, prove
from proofs.verdict import Status, verdict
from symqb.xxz import xxz_chain

GENERATED = Path(__file__).parents[1] / "generated"
STORED = json.loads((GENERATED / VERDICTS).read_text())
REFUTED = [name for name, claim in catalogue().items() if claim.method == "refutation"]
DRAWN = [name for name, claim in catalogue().items() if claim.method == "certificate"]

CLAIM = Claim("planted", "x^2 + 1 exceeds x.", Domain.of("0 <= x <= 1"), ("x**2 + 1 - x > 0",), method="enclosure")


def test_the_checker_accepts_the_committed_evidence():
    """Certificates and witnesses hold by the standard library alone."""
    command = [sys.executable, "-m", "proofs.checker", str(GENERATED / CERTIFICATES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=GENERATED.parent)
    assert done.returncode == 0, done.stdout
    assert "REJECTED" not in done.stdout


@pytest.mark.parametrize("name", REFUTED)
def test_each_witness_is_confirmed_at_another_precision(name):
    """A stored counterexample fails the claim in 60 digits too, and lies in the claim's domain."""
    claim = catalogue()[name]
    evidence = load(GENERATED / CERTIFICATES / f"{name}.json")
    assert evidence is not None
    assert verdict(replace(claim, correction=""), evidence, {}, {}).status is Status.REFUTED


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_proved_holds_at_drawn_points(name):
    """No point that Hypothesis draws from the domain of a proved claim violates it, in 40 digits."""
    assert sample(catalogue()[name], 12).counterexample is None


@pytest.mark.parametrize("number", [f"A{k}" for k in range(1, 19) if k not in (12, 13, 14, 17)])
def test_three_kinds_of_evidence_stand_side_by_side(number):
    """Each inequality of the appendix that holds has a certificate, drawn points that hold, and boxes around them.

    (A12) contains an equality, which no box decides.
    """
    seen = json.loads((GENERATED / "samples.json").read_text())[number]
    assert STORED[number]["status"] == "proved"
    assert seen["points"] == seen["drawn"]
    assert seen["enclosed"] >= 25
    assert seen["counterexample"] is None


def test_statements_are_about_the_program_that_users_run():
    """By hash: the evaluators in generated/ carry the digest of the program whose lines the certificates state."""
    for qubits, name in ((2, "passive_positive_J_warm_ohmic"), (3, "three_qubits_passive_T2")):
        program = battery(qubits).program
        assert program.digest() == xxz_chain(qubits).program.digest()
        assert program.digest()[:16] in (GENERATED / f"xxz{qubits}_numpy.py").read_text()
        lines = [f"let {line}" for line in steps(battery(qubits)) if line.startswith(("phi_up", "Gamma", "f_", "p_1"))]
        assert set(lines) <= set(load(GENERATED / CERTIFICATES / f"{name}.json").lines)


@pytest.mark.parametrize("name", [name for name, c in catalogue().items() if c.method == "cases" and c.domain.names])
def test_cases_cover_what_they_are_the_cases_of(name):
    """Each drawn point of the whole domain lies in the domain of a case; J = 0 and two baths at T = 0 are excepted."""
    whole, cases = catalogue()[name], [catalogue()[case].domain for case in catalogue()[name].rests_on]

    @settings(max_examples=200)
    @given(whole.domain.strategy())
    def check(point):
        harmful = point.get("J") == 0 or point.get("T_L") == point.get("T_R") == 0
        assume(not harmful)
        cold = {name for name in ("T_L", "T_R") if point.get(name) == 0}  # no variable of the case at T = 0
        assert any({k: v for k, v in point.items() if k not in cold} in case for case in cases)

    check()


#: What points to a neighbour, or asks.
LEANS = re.compile(r"\b(the same|here|this|these|as above|as with|do(es)? so)\b|\?", re.IGNORECASE)


def test_each_statement_is_a_sentence_of_its_own():
    """It can be read alone: it ends, points to no other statement, and says something that no other claim says, unless
    one derivation decides several printed equations at once."""
    said = {}
    for name, claim in catalogue().items():
        assert claim.words.endswith("."), name
        assert len(claim.words.split()) >= 6, name
        assert not LEANS.search(claim.words), name
        said.setdefault(claim.words, []).append(name)
    for first, *others in (names for names in said.values() if len(names) > 1):
        assert all(catalogue()[other].needs == (first,) for other in others), (first, others)


def test_the_theorem_rests_on_both_signs_of_J_and_all_temperatures():
    """The theorem is proved, and is the union of its six cases."""
    assert STORED["passive_two_qubits"]["status"] == "proved"
    assert len(catalogue()["passive_two_qubits"].rests_on) == 6


def test_a_verdict_has_no_truth_value():
    """Unknown is not false: nobody can write ``if verdict``."""
    found = verdict(CLAIM, None, {}, {})
    assert found.status is Status.UNDECIDED
    with pytest.raises(TypeError, match="not true or false"):
        bool(found)


@pytest.mark.parametrize("show", ["x**2 + 1 - x > 0", "(x + 1)*(2 - x) - 1 > 0"])
def test_true_claims_are_proved_by_enclosure(show):
    """What holds on a compact region with a margin is covered."""
    claim = replace(CLAIM, show=(show,))
    assert verdict(claim, enclose(claim, 200), {}, {}).status is Status.PROVED


def test_a_cover_of_almost_everything_proves_nothing():
    """A share that rounds to 1 is not 1: at x = 0 balls do not decide x (x + 1) >= 0."""
    claim = replace(CLAIM, show=("x*(x + 1) >= 0",))
    found = verdict(claim, enclose(claim, 200), {}, {})
    assert (found.status, found.reason[:16]) == (Status.UNDECIDED, "holds on 100.00%")


@pytest.mark.parametrize("show", ["x - x**2 - 1/1000 > 0", "3/4 - x > 0", "x**2 - 101/100*x**2 >= 0"])
def test_false_claims_are_never_proved(show):
    """A bound that is off by little is refuted or undecided by every method."""
    claim = replace(CLAIM, show=(show,))
    assert verdict(claim, enclose(claim, 200), {}, {}).status is not Status.PROVED
    assert sample(claim).counterexample is not None
    found = refute(claim)
    assert found is not None
    assert verdict(claim, found, {}, {}).status is Status.REFUTED
    with pytest.raises(Rejected):
        check_certificate(Evidence("x", "certificate", claim.lines, {}), {})


def test_subdivision_finds_a_pocket_in_a_plain():
    """Where the margin is flat but for an interval of 6/10^6, neither drawn points nor descent see it; boxes do."""
    claim = replace(CLAIM, show=("1/10**15 - positive_part(1/10**11 - (x - 51/10000)**2) >= 0",))
    found = refute(claim)
    assert found is not None
    assert verdict(claim, found, {}, {}).status is Status.REFUTED


def test_sampling_supports_and_no_more():
    """However many points hold, the claim is not proved."""
    assert verdict(replace(CLAIM, method="sampling"), sample(CLAIM), {}, {}).status is Status.SUPPORTED


@pytest.mark.parametrize("name", ["A7", "A16", "A18", "bracket", "order_from_ratios_positive_J"])
def test_a_flipped_sign_is_not_proved(name):
    """The proof of a true claim does not prove its opposite."""
    claim = catalogue()[name]
    expr = claim.show[0].removesuffix(" > 0").removesuffix(" >= 0")
    opposite = replace(claim, show=(f"-({expr}) > 0",))
    library = {n: Evidence(n, "certificate", c.lines, {}) for n, c in catalogue().items()}
    with pytest.raises(Rejected):
        check_certificate(Evidence(name, "certificate", opposite.lines, {}), library)


@pytest.mark.parametrize(
    ("name", "step"),
    [("A8", "have n31:"), ("A16", "apply s:"), ("bracket", "exp F4:"), ("passive_positive_J_warm", "have A11:"),
     ("order_from_ratios_positive_J", "have r34")],
)  # fmt: skip
def test_a_proof_that_breaks_off_is_none(name, step):
    """Without a step and what follows it, what is shown is not derived, and the attempt ends soon."""
    claim = catalogue()[name]
    library = {n: Evidence(n, "certificate", c.lines, {}) for n, c in catalogue().items()}
    place = next(k for k, line in enumerate(claim.proof) if line.startswith(step))
    shorter = replace(claim, proof=claim.proof[:place])
    with pytest.raises(Rejected):
        check_certificate(Evidence(name, "certificate", shorter.lines, {}), library)


def test_a_claim_is_no_stronger_than_what_it_rests_on(tmp_path):
    """A certificate that applies an undecided claim proves nothing."""
    weak = Claim("weak", "x exceeds 1.", Domain.of("0 < x"), ("x - 1 > 0",))
    strong = Claim("strong", "x exceeds 1/2.", Domain.of("0 < x"), ("x - 1/2 > 0",),
                   proof=("apply r: weak(x=x)", "have s: x - 1/2 > 0 by r + 1/2"))  # fmt: skip
    verdicts = prove(Claims([strong, weak]).values(), tmp_path)
    assert verdicts["weak"].status is Status.UNDECIDED
    assert verdicts["strong"].status is Status.UNDECIDED


def test_evidence_about_another_statement_decides_nothing():
    """A cover or witness for a changed claim is not taken for the claim."""
    evidence = enclose(replace(CLAIM, domain=Domain.of("0 <= x <= 1/2")), 50)
    assert verdict(CLAIM, evidence, {}, {}).status is Status.UNDECIDED


def test_claims_that_rest_on_each_other_are_refused():
    """A circle is named."""
    a = Claim("a", "", Domain.of("x"), (), rests_on=("b",), method="cases")
    with pytest.raises(ValueError, match="rest on each other"):
        Claims([a, replace(a, name="b", rests_on=("a",))])


def test_a_changed_verdict_is_noticed(tmp_path):
    """A status that differs from the stored one is reported, and only that."""
    stored = {**STORED, "A8": {**STORED["A8"], "status": "undecided"}}
    (tmp_path / VERDICTS).write_text(json.dumps(stored))
    verdicts = prove(chosen(["A8", "A7"]), tmp_path)
    assert changed(verdicts.values(), tmp_path) == ["A8"]


def test_prove_and_falsify_from_the_command_line(tmp_path):
    """Exit status 0 for what is as it was, 1 for a changed verdict and for a counterexample, 2 for an unknown claim."""
    done = run("prove", "A8", "--out", str(tmp_path))
    assert done.returncode == 0
    assert "proved" in done.stdout
    stored = json.loads((tmp_path / VERDICTS).read_text())
    (tmp_path / VERDICTS).write_text(json.dumps({**stored, "A8": {**stored["A8"], "status": "refuted"}}))
    assert run("prove", "A8", "--out", str(tmp_path)).returncode == 1
    assert run("prove", "A8", "--out", str(tmp_path), "--update", "--json").returncode == 0
    found = run("falsify", "A13", "--json")
    assert found.returncode == 1
    assert json.loads(found.stdout)["counterexample"]
    unknown = run("falsify", "A99")
    assert (unknown.returncode, "A99" in unknown.stderr) == (2, True)


def test_the_list_names_every_claim_that_can_be_asked_for(tmp_path):
    """A line a claim with its status and statement; of a folder's own verdicts; nothing is decided or written."""
    lines = run("prove", "--list", "--out", str(tmp_path)).stdout.splitlines()
    assert {line.split()[0] for line in lines[:-1]} == set(catalogue())
    assert all(STORED[line.split()[0]]["words"] in line for line in lines[:-1])
    assert not any(tmp_path.iterdir())
    (tmp_path / VERDICTS).write_text(json.dumps({"A8": {**STORED["A8"], "status": "undecided"}}))
    done = run("prove", "--list", "A8", "A14", "--out", str(tmp_path), "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)["verdicts"]
    assert {name: verdict["status"] for name, verdict in found.items()} == {"A8": "undecided", "A14": "corrected"}


@pytest.mark.parametrize(
    ("options", "message"), [(["A99"], "claim = A99: allowed are"), (["--update"], "--list: it decides nothing")]
)
def test_a_list_refuses_unknown_names_and_options_that_decide(options, message):
    """Status 2 and the reason."""
    done = run("prove", "--list", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_the_checker_and_domains_share_their_region(tmp_path):
    """A point outside the domain is no witness."""
    claim = catalogue()["three_qubits_passive"]
    content = dict(load(GENERATED / CERTIFICATES / "three_qubits_passive.json").content)
    outside = claim.fails_at({**content["point"], "excess": "-1/100"})
    (tmp_path / "x.json").write_text(json.dumps(dict(outside.content)))
    assert main([str(tmp_path)]) == 1
