"""LaTeX: people's notation, lines that fit, documents that compile without a warning."""

import re
import shutil
import subprocess

import pytest
import sympy as sp

import symqb
from symqb.document import PARTS, parts
from symqb.formats import document, fragment, render
from symqb.formulas import Formula, ket
from symqb.latex import align, latex, width
from symqb.symbols import positive, real

needs_pdflatex = pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="pdflatex is not installed (Debian: texlive-latex-base, -recommended)"
)
COMPLAINT = re.compile(r"Warning|Overfull|Underfull|^!|Missing|Undefined", re.MULTILINE)


@pytest.fixture(scope="module", params=[True, False], ids=["collective", "independent"])
def model(request):
    return symqb.xxz_chain(2, collective=request.param)


def compiled(folder, text):
    """The log of the second run of pdflatex."""
    (folder / "x.tex").write_text(text)
    for _ in range(2):
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "x.tex"],
                              cwd=folder, capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:]
    return (folder / "x.log").read_text()


@needs_pdflatex
def test_the_document_compiles_without_a_warning(model, tmp_path):
    """No warning, no overfull or underfull box."""
    log = compiled(tmp_path, render(model, "latex"))
    assert COMPLAINT.search(log) is None, COMPLAINT.search(log)


@needs_pdflatex
def test_a_fragment_can_be_included(model, tmp_path):
    r"""The fragment compiles through \input in a plain article with amsmath; it has no preamble, no numbers."""
    text = render(model, "fragment")
    assert "documentclass" not in text
    assert r"\tag" not in text
    (tmp_path / "part.tex").write_text(text)
    wrapper = r"\documentclass{article}\usepackage{amsmath}"
    log = compiled(tmp_path, wrapper + r"\allowdisplaybreaks\begin{document}\input{part}\end{document}")
    assert COMPLAINT.search(log) is None, COMPLAINT.search(log)


@needs_pdflatex
@pytest.mark.parametrize("name", PARTS)
def test_each_part_compiles_alone(name, tmp_path):
    """--show NAME gives a document of its own."""
    log = compiled(tmp_path, render(symqb.xxz_chain(2), "latex", [name]))
    assert COMPLAINT.search(log) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a_31_L", r"\gamma_{31}^{(L,a)}"),
        ("e_24_R", r"\gamma_{24}^{(R,e)}"),
        ("S_31_L", r"A_{L}(\omega_{31})"),
        ("S_31_L2", r"A_{L,2}(\omega_{31})"),
        ("w_31_R", r"w_{31}^{(R)}"),
        ("heat_current_L", "Q_{L}"),
        ("p_3", r"\rho_{33}"),
        ("p_12", r"\rho_{12,12}"),
        ("e_4", r"\varepsilon_{4}"),
        ("E_41", "E_{41}"),
        ("kappa_L", r"\kappa_{L}"),
        ("B0", "B_{0}"),
        ("exergy", r"\Sigma_{\mathrm{ex}}"),
    ],
)
def test_names_are_the_papers(name, expected):
    """Program names become the paper's symbols."""
    assert latex(sp.Symbol(name)) == expected


def test_sums_read_as_people_write_them():
    """Positive summands first, numbers last, ln without brackets around a symbol."""
    E1, E2, x = real("E_1"), real("E_2"), positive("x")
    assert latex(E2 - E1) == "E_{2} - E_{1}"
    assert latex(x + 1) == "x + 1"
    assert latex(sp.log(x)) == r"\ln x"


def test_long_sums_are_broken_at_their_summands():
    """No line of an align environment is wider than the text; no term is lost."""
    terms = [positive(f"A_{i}{j}") * positive(f"E_{j}{i}") for i in range(1, 8) for j in range(1, 8) if i != j]
    text = align([Formula(positive("norm"), sp.Add(*terms))])
    lines = text.splitlines()[1:-1]
    assert len(lines) > 5
    assert max(map(width, lines)) <= 52
    assert all(latex(term) in text for term in terms)


def test_tags_appear_only_where_the_numbers_are_the_papers():
    """A user's model gets no equation numbers."""
    chosen = list(parts(symqb.xxz_chain(2)))
    assert r"\tag" not in fragment(chosen)
    assert r"\tag{17}" in document("t", chosen, {"ergotropy": "17"})


def test_vectors_are_shown_as_they_are():
    """Each printed expansion has the vector's components as coefficients."""
    for model in map(symqb.xxz_chain, (2, 3)):
        for level, formula in zip(model.levels, model.levels.vectors(model.basis), strict=True):
            expansion = sp.expand(formula.right * sp.sqrt(level.norm2))
            for state, component in zip(model.basis, level.direction, strict=True):
                assert sp.expand(expansion.coeff(ket(state)) - component) == 0


def test_stages_show_as_mathematics_in_a_notebook():
    """Each stage has _repr_latex_, and prints; without mathematics its formulas are shown, not its fields."""
    model = symqb.xxz_chain(2)
    stages = [model, model.levels, model.levels[0], model.transitions, model.transitions[0], model.rates]
    stages += [model.eigenoperators, model.eigenoperators[0], model.generator, model.steady_state]
    stages += [model.steady_state.eta_form, model.energetics, model.program, *model.baths]
    for stage in [*stages, model.hamiltonian, model.rate_matrix]:
        assert stage._repr_latex_().startswith(("\\begin{align*}", "$"))
        assert str(stage)
    assert repr(model.levels) == str(model.levels)
    assert repr(model.program) == str(model.program)
