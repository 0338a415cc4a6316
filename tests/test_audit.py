"""The audit: complete, computed, and sensitive to what is printed."""

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from commands import run

from proofs import appendix, definitions, energetics, main_text, replaced, three_qubits
from proofs.audit import AUDIT, PAPER, printed
from proofs.checker import Evidence, Rejected, check_certificate
from proofs.claim import Claim
from proofs.consequences import FIGURE_12, flows_26, flows_c, printed_state
from proofs.notation import text
from proofs.paper import appendix_b, energy, model, rates, section_5
from proofs.prove import VERDICTS, catalogue
from proofs.symbols import contradictions
from proofs.verdict import Status
from symqb.symbols import positive

ROOT = Path(__file__).parents[1]
DATA = json.loads((ROOT / "generated" / AUDIT).read_text())
STORED = DATA["equations"]
TEXT = sorted((ROOT.parent / "shared" / "paper").glob("*.txt"))
PARTS = {"2": "abcd", "8": "ab", "10": "abc", "12": "ab", "13": "abcd", "21": "abcdefgh"}
NUMBERS = [f"{n}{part}" for n in range(1, 28) for part in PARTS.get(str(n), [""])]
NUMBERS += [f"{letter}{n}" for letter, last in (("A", 18), ("B", 12), ("C", 8)) for n in range(1, last + 1)]
EVERY = {**main_text.NUMBERED, **three_qubits.NUMBERED}
#: What is not tried through its relations, and has mutations of its own below; x and y through vectors.
BY_FUNCTIONS = ("19", "IV_free_energy", "IV_entropy", "x", "y")
#: Equations whose printed relations themselves are what is tried.
DIRECT = [
    entry["number"]
    for entry in STORED
    if entry["status"] == "proved" and entry["number"] not in BY_FUNCTIONS and entry["number"] in EVERY
    and EVERY[entry["number"]].relations
]  # fmt: skip
#: How many mutated transcriptions there are of each kind.
MUTATED = {
    "sign": 47,
    "factor": 47,
    "square": 47,
    "extra term": 47,
    "dropped term": 24,
    "index": 24,
    "emission for absorption": 9,
}


def test_every_numbered_equation_has_an_entry():
    """(1) to (27) with their parts, (A1) to (A18), (B1) to (B12), (C1) to (C8), each once."""
    assert [p.number for p in printed()][: len(NUMBERS)] == NUMBERS
    assert len({p.number for p in printed()}) == len(printed())


@pytest.mark.skipif(not TEXT, reason="the paper's text is not part of the project")
def test_the_numbers_are_those_of_the_text():
    """No tag of the text is missing from the list, none of the list from the text."""
    tags = re.findall(
        r"(?:\\quad |\\tag\{)\((?:\\text\{)?([ABC]?\d+[a-h]?)\}?\)|\\tag\{([ABC]?\d+[a-h]?)\}", TEXT[0].read_text()
    )
    assert {first or second for first, second in tags} == set(NUMBERS)


def test_the_pages_count_what_the_audit_counts():
    """The numbers of equations in the README and on the page about claims are those of the committed audit."""
    numbered = Counter(entry["status"] for entry in STORED if entry["number"] in NUMBERS)
    pages = [" ".join((ROOT / page).read_text().split()) for page in ("README.md", "docs/check.md")]
    assert set(numbered) == {"proved", "corrected"}
    said = (
        f"Of the paper's {len(NUMBERS)} numbered equations {numbered['proved']} hold as printed, "
        f"and {numbered['corrected']} need a correction, which is proved"
    )
    assert all(said in page for page in pages)
    errors = sum(MUTATED.values()) + len(NORMS) + 2 * len(HELD) + len(PATCHES) + len(WRONG_ENERGIES)
    assert f"of {errors} transcriptions with an error put in" in pages[1]


def test_every_equation_stands_beside_what_was_derived():
    """Nothing printed is undecided; each entry that is not refuted has a derived form."""
    shown = [entry for entry in STORED if entry["latex"]]
    assert {entry["status"] for entry in shown} == {"proved", "corrected"}
    assert all(entry["derived"] for entry in shown)


@pytest.mark.parametrize(("parent", "letters", "ket"), [("2", "abcd", r"\Phi"), ("21", "abcdefgh", r"\Psi")])
def test_a_printed_level_stands_beside_the_derived_vector_and_energy(parent, letters, ket):
    """Not beside the rows of H v = E v, in which its evidence has it."""
    entries = {entry["number"]: entry for entry in STORED}
    for k, letter in enumerate(letters, start=1):
        vector, energy = entries[f"{parent}{letter}"]["derived"]
        assert vector.startswith(rf"|{ket}_{{{k}}}\rangle = ")
        assert energy.startswith(f"E_{{{k}}} = ")


def test_uses_that_contradict_definitions_are_found():
    """gamma_41 is used but gamma_14 defined; the right bath has no gamma_48; 48 is in (C4), (C8) and not in (26)."""
    found = contradictions()
    assert {line.split(" ")[0] for line in found["used and nowhere defined"]} == {
        f"{kind}_{pair}" for kind in "ea" for pair in ("41_L", "41_R", "48_R")
    }
    assert found["in rate equations, not in the generator (26)"] == ["48 in (C4), (C8)"]
    assert any(line.startswith("omega_14 ") for line in found["in both orders of the indices"])
    statuses = {entry["number"]: entry["status"] for entry in STORED}
    assert [statuses[number] for number in ("index_14", "reduced_18", "weights_27")] == [
        "refuted",
        "corrected",
        "refuted",
    ]


def test_transcriptions_contain_no_verdicts():
    """What is printed is data; nobody writes a verdict beside it."""
    for module in PAPER:
        source = Path(module.__file__).read_text()
        for status in Status:
            assert not re.search(rf"\b{status}\b", source), module.__name__


def test_what_is_known_to_be_wrong_in_print_is_found():
    """The index of (12), the weights of (27), the missing transitions of (26), a factor 2 in (18), and others."""
    by_number = {entry["number"]: entry for entry in STORED}
    wrong = {entry["number"] for entry in STORED if entry["status"] in ("corrected", "refuted")}
    assert {number for number in wrong if by_number[number]["latex"]} - {"A_excess"} == {
        "12a",
        "12b",
        "18",
        "26",
        "27",
        "A13",
        "A14",
        "A17",
        "B3",
        "B9",
        "C3",
        "C5",
        "C7",
        "II_field",
        "II_spectral",
    }
    said = {"ferromagnet_stores_more", "ergotropy_needs_positive_bias", "three_qubits_passive", "A16_inference"}
    assert said <= wrong
    assert all(entry["holds"] for entry in STORED if entry["status"] == "corrected")


def test_the_printed_three_qubit_system_is_another_one():
    """As printed, the battery stays empty at epsilon = 1 and T_R = 0, and is active at epsilon = 0, where it is not."""
    for c in DATA["consequences"]:
        empty, active = c["epsilon"] == 1, c["epsilon"] == 0
        assert (c["stored_energy_printed"] == 0, c["stored_energy"] > 5) == (empty, True)
        assert (c["ergotropy_printed"] > 0.05, c["ergotropy"] == 0) == (active, active)


def test_a_consequence_is_a_difference():
    """Each names a quantity that changes, none that does not; (B3), without weight at epsilon = 1, is put in at 0."""
    said = {entry["number"]: entry["consequence"] for entry in STORED if entry["consequence"]}
    assert {"12a", "12b", "18", "26", "27", "B3", "B9", "C3", "C5", "C7"} == set(said)
    for words in said.values():
        pairs = re.findall(r"([\d.]+) in place of ([\d.]+),", words)
        assert pairs
        assert all(printed != derived for printed, derived in pairs)
    assert {number for number, words in said.items() if "epsilon = 0" in words} == {"B3"}


def test_a_consequence_that_shows_nowhere_is_not_mentioned(monkeypatch):
    """Where nothing derived is replaced there is nothing to say."""
    others = tuple(replace(p, relations=()) if p.number == "B3" else p for p in appendix_b.EQUATIONS)
    monkeypatch.setattr(appendix_b, "EQUATIONS", others)
    monkeypatch.setattr(replaced, "THREE_QUBITS", ("B3",))
    assert "B3" not in replaced.changes.__wrapped__()


def test_corrections_that_may_be_of_the_reading_are_named():
    """In the data, the errata and the report: those that do not hold and whose transcription has a doubt."""
    doubtful = {p.number for p in printed() if p.reading}
    wrong = {entry["number"] for entry in STORED if entry["status"] in ("corrected", "refuted")}
    named = set(re.findall(r"\((\w+)\)|(\w+_\w+)", DATA["reading"]))
    assert {a or b for a, b in named} == doubtful & wrong == {"12a", "12b", "26", "B3", "B9", "II_field"}
    assert text(DATA["reading"]) in (ROOT / "generated" / "audit.tex").read_text()


def test_words_of_the_errata_are_typeset():
    """Symbols within a word, exponents and minus signs are mathematics, hyphens are not."""
    assert text("(epsilon - 1)^2/2, kappa omega/2.") == r"($\epsilon$ $-$ 1)$^{2}$/2, $\kappa$ $\omega$/2."
    assert text("(-1)^j of tau_56 in (C1)-(C8), |Delta| < 1_a") == (
        r"($-$1)$^{j}$ of $\tau_{56}$ in (C1)-(C8), $|\Delta|$ $<$ 1\_a"
    )
    assert text(r"over \frac{a + b}{c}: A3_x") == r"over $\frac{a + b}{c}$: A3\_x"


@pytest.mark.parametrize("epsilon", [0.0, 1.0])
def test_the_printed_system_is_solved_right(epsilon):
    """With detailed balance at one temperature any connected set of transitions leads to the Gibbs state."""
    point = {**FIGURE_12, "T_L": 2.0, "T_R": 2.0, "epsilon": epsilon}
    for flows in (flows_26(), flows_c()):
        energies, populations = printed_state(point, flows)
        gibbs = np.exp(-(energies - energies.min()) / 2)
        assert np.allclose(populations, gibbs / gibbs.sum(), atol=0.02)


def another_index(right: sp.Expr) -> sp.Expr:
    """The first symbol with indices has others."""
    indexed = sorted((x for x in right.free_symbols if re.search(r"_[1-8]", x.name)), key=str)
    turned = {x: x.func(x.name.translate(str.maketrans("1234", "2341")), **x.assumptions0) for x in indexed[:1]}
    return right.xreplace(turned)


def other_kind(right: sp.Expr) -> sp.Expr:
    """Emission where absorption stands, and the reverse."""
    rates = [x for x in right.free_symbols if re.fullmatch(r"[AEae]_\d\d.*", x.name)]
    return right.xreplace({x: positive(x.name.translate(str.maketrans("AEae", "EAea"))) for x in rates})


MUTATIONS = {
    "sign": lambda right: -right,
    "factor": lambda right: 2 * right,
    "square": lambda right: right**2,
    "extra term": lambda right: right + 1,
    "dropped term": lambda right: right - right.args[0] if right.is_Add else right,
    "index": another_index,
    "emission for absorption": other_kind,
}


def mutated(relation: sp.Rel, how: str) -> sp.Rel:
    """A printed relation with an error in its right side."""
    return sp.Eq(relation.lhs, MUTATIONS[how](sp.sympify(relation.rhs)), evaluate=False)


@pytest.mark.parametrize("how", MUTATED)
def test_an_error_in_a_printed_equation_costs_its_verdict(how, monkeypatch):
    """Every mutated transcription of an equation that holds as printed is no longer derived; none survives."""
    changed = set()
    for module in (main_text, three_qubits):
        for number, p in dict(module.NUMBERED).items():
            relations = tuple(mutated(r, how) for r in p.relations) if number in DIRECT else p.relations
            differ = (sp.sympify(a.rhs) - sp.sympify(b.rhs) for a, b in zip(relations, p.relations, strict=True))
            if any(difference != 0 for difference in differ):
                changed.add(number)
                monkeypatch.setitem(module.NUMBERED, number, replace(p, relations=relations))
    modules = (main_text, three_qubits, definitions)
    found: dict[str, Claim] = {c.name: c for module in modules for c in module.claims()}
    survivors = {number for number in changed if found[number].method == "certificate"}
    assert survivors == ({"alpha"} if how == "sign" else set())  # -alpha has the same square, which is what is tried
    assert len(changed) == MUTATED[how]


NORMS = [(name, how) for name in "xy" for how in ("factor", "square", "extra term")]


@pytest.mark.parametrize(("name", "how"), NORMS)
def test_an_error_in_a_printed_norm_costs_the_vectors_their_verdict(name, how, monkeypatch):
    """With another x or y the vectors that use it are not normalised."""
    p = three_qubits.NUMBERED[name]
    wrong = replace(p, relations=(mutated(p.relations[0], how),))
    monkeypatch.setitem(three_qubits.NUMBERED, name, wrong)
    vector = {"x": "21e", "y": "21g"}[name]
    assert next(claim for claim in three_qubits.claims() if claim.name == vector).method == "refutation"


def doubled(function):
    return lambda *arguments: 2 * function(*arguments)


TURNED = (("a_31", (1, 3)), *rates.TERMS_11[1:])
PATCHES = {
    "6": (main_text, model, "dissipator", doubled(model.dissipator)),
    "8a": (main_text, model, "operator_8a", doubled(model.operator_8a)),
    "8b": (main_text, model, "operator_8b", model.operator_8a),
    "9": (main_text, model, "dissipator_10b", lambda V1, V2, n, spectral, rho: sp.zeros(4)),
    "11": (main_text, rates, "TERMS_11", TURNED),
    "24": (three_qubits, section_5, "dissipator_24", doubled(section_5.dissipator_24)),
    "25": (three_qubits, section_5, "dissipator_25", lambda V1, V3, rho, n, density: sp.zeros(8)),
}


@pytest.mark.parametrize("number", PATCHES)
def test_an_error_in_a_printed_generator_costs_its_verdict(number, monkeypatch):
    """A factor 2, one bath's operator for the other's, no collective term, an emission where an absorption stands."""
    claimed, module, name, wrong = PATCHES[number]
    monkeypatch.setattr(module, name, wrong)
    found = next(claim for claim in claimed.claims() if claim.name == number)
    assert found.method == "refutation"


def holds(claim: Claim) -> bool:
    """Whether the claim's own derivation passes the checker, with those of the others to rest on."""
    library = {c.name: Evidence(c.name, "certificate", c.lines, {}) for c in catalogue().values()}
    try:
        check_certificate(Evidence(claim.name, "certificate", claim.lines, {}), library)
    except Rejected:
        return False
    return claim.method == "certificate"


HELD = [p for p in appendix.EQUATIONS if next(e for e in STORED if e["number"] == p.number)["status"] == "proved"]


@pytest.mark.parametrize("how", ["turned round", "factor on the smaller side"])
@pytest.mark.parametrize("printed", HELD, ids=lambda p: p.number)
def test_an_error_in_a_printed_inequality_costs_its_verdict(printed, how, monkeypatch):
    """Inequalities of Appendix A that hold as printed: another sign or twice the smaller side is not derived."""
    wrong = tuple(
        r.func(r.rhs, r.lhs, evaluate=False) if how == "turned round" else r.func(r.lhs, 2 * r.rhs, evaluate=False)
        for r in printed.relations
    )
    others = tuple(replace(p, relations=wrong) if p == printed else p for p in appendix.EQUATIONS)
    monkeypatch.setattr(appendix, "EQUATIONS", others)
    assert not holds(next(claim for claim in appendix.claims() if claim.name == printed.number))


WRONG_ENERGIES = {
    "16": ("extracted", lambda rho, hamiltonian, U: -energy_extracted(rho, hamiltonian, U)),
    "17": ("ergotropy_17", lambda r, e, overlaps: energy_17(r, e, overlaps.T)),
    "19": ("free_energy", lambda r, e, beta: energy_free(r, e, 2 * beta)),
}
energy_extracted, energy_17, energy_free = energy.extracted, energy.ergotropy_17, energy.free_energy


@pytest.mark.parametrize("number", WRONG_ENERGIES)
def test_an_error_in_a_printed_energy_costs_its_verdict(number, monkeypatch):
    """Work of the other sign, overlaps the wrong way round, half the temperature in front of the entropy."""
    name, wrong = WRONG_ENERGIES[number]
    assert holds(catalogue()[number])
    monkeypatch.setattr(energy, name, wrong)
    assert not holds(next(claim for claim in energetics.claims() if claim.name == number))


@pytest.mark.skipif(
    not shutil.which("pdflatex"), reason="pdflatex is not installed (Debian: texlive-latex-recommended)"
)
def test_the_errata_compile(tmp_path):
    """generated/audit.tex goes through pdflatex without an error."""
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", str(ROOT / "generated" / "audit.tex")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]


def test_audit_from_the_command_line(tmp_path, monkeypatch):
    """One equation in full; all of them to files, unless a verdict was another one: status 1; status 2 for none."""
    done = run("audit", "--equation", "B3", "--out", str(tmp_path))
    assert (done.returncode, "corrected" in done.stdout, (tmp_path / AUDIT).exists()) == (0, True, False)
    few = [p for p in printed() if p.number in ("3", "B3")]  # all of them are decided in test_cli.py
    monkeypatch.setattr("proofs.audit.printed", lambda: few)
    monkeypatch.setattr("proofs.audit.claims", lambda: [p.number for p in few])
    done = run("audit", "--out", str(tmp_path))
    assert (done.returncode, (tmp_path / "audit.tex").exists()) == (0, True)
    stored = json.loads((tmp_path / AUDIT).read_text())
    (entry,) = (entry for entry in stored["equations"] if entry["number"] == "B3")
    entry["status"] = "refuted"
    (tmp_path / AUDIT).write_text(json.dumps(stored))
    for arguments in (["--json"], ["--equation", "B3"]):
        done = run("audit", *arguments, "--out", str(tmp_path))
        assert (done.returncode, done.stderr) == (1, "symqb: (B3) was decided otherwise before\n")
    assert json.loads((tmp_path / AUDIT).read_text()) == stored
    assert run("audit", "--equation", "99").returncode == 2
    assert not (tmp_path / VERDICTS).exists()
