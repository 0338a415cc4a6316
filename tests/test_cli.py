"""The command line, as a user sees it: output, JSON, exit status."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from commands import run

import symqb
from symqb import artifacts
from symqb.checks import CHECKS
from symqb.cli.app import app

ROOT = Path(__file__).parents[1]
GENERATED = ROOT / "generated"
POINT = ["--B0", "2", "--J", "-1", "--Delta", "-0.5", "--T_L", "30", "--T_R", "10", "--epsilon", "1"]


def in_a_process(*arguments, cwd=None):
    """A real process: slow, so for a few tests only."""
    command = [sys.executable, "-m", "symqb", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_evaluate_prints_levels_and_observables():
    """Negative values are values, not options; the numbers are the evaluator's."""
    done = run("evaluate", *POINT)
    assert done.returncode == 0, done.stderr
    expected = symqb.evaluator(2, "numpy")(B0=2, J=-1, Delta=-0.5, T_L=30, T_R=10, epsilon=1)
    lines = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert float(lines["Phi_3"][1]) == expected.populations[2]
    assert float(lines["ergotropy"][0]) == expected.ergotropy


def test_evaluate_json_and_digits():
    """--json is JSON also where a number is infinite; --digits gives that many."""
    content = json.loads(run("evaluate", *POINT, "--json").stdout)
    assert content["levels"] == ["Phi_1", "Phi_2", "Phi_3", "Phi_4"]
    assert sum(content["populations"]) == pytest.approx(1)
    cold = json.loads(run("evaluate", *POINT[:-3], "0", *POINT[-2:], "--json").stdout)
    assert cold["entropy_production"] == "inf"
    precise = json.loads(run("evaluate", *POINT, "--backend", "mpmath", "--digits", "50", "--json").stdout)
    assert (
        precise["exergy"]
        != json.loads(run("evaluate", *POINT, "--T_eq", "3", "--backend", "mpmath", "--json").stdout)["exergy"]
    )
    assert len(precise["populations"][0].replace("0.", "")) >= 48
    assert float(precise["ergotropy"]) == pytest.approx(content["ergotropy"], rel=1e-13)


def test_options_of_evaluate_reach_the_evaluator():
    """--T_eq, --no-collective and the strengths change what they should."""
    point = {"B0": 2, "J": -1, "Delta": -0.5, "T_L": 30, "T_R": 10, "epsilon": 1}
    options = ["--T_eq", "3", "--kappa_L", "2", "--kappa_R", "0.5"]
    for flag, collective in (("--collective", True), ("--no-collective", False)):
        found = json.loads(run("evaluate", *POINT, *options, flag, "--json").stdout)
        expected = symqb.evaluator(2, "numpy", collective=collective)(**point, T_eq=3, kappa_L=2, kappa_R=0.5)
        assert found["exergy"] == expected.exergy
        assert found["populations"] == expected.populations.tolist()


def test_derive_without_collective_dissipation():
    """The weights of bath L lose their interference term."""
    assert "w_31_L = epsilon**2/2 + 1/2" in run("derive", "--show", "transitions", "--no-collective").stdout
    assert "w_31_L = (epsilon - 1)**2/2" in run("derive", "--show", "transitions").stdout


RIGHT = "p_1 = ar.standard_part(1/norm)"


def test_reproduce_notices_wrong_numbers_in_what_it_wrote(tmp_path, monkeypatch):
    """A generated evaluator that is wrong, or NaN, is bad news: status 1."""
    monkeypatch.setattr("symqb.reproduce.CHECKS", {})
    for wrong in ("p_1 = ar.standard_part(u_2/norm)", "p_1 = ar.standard_part(1/norm)*float('nan')"):
        with monkeypatch.context() as patch:
            right = artifacts.evaluators
            patch.setattr(artifacts, "evaluators", lambda models, right=right, wrong=wrong: {
                name: text.replace(RIGHT, wrong) for name, text in right(models).items()})  # fmt: skip
            done = run("reproduce", "--out", str(tmp_path))
            assert done.returncode == 1
            assert "agreement with the reference values" in done.stderr


def test_reproduce_stops_at_a_check_that_fails(tmp_path, monkeypatch):
    """Bad news has status 1 and names the check; nothing is generated after it."""
    monkeypatch.setattr("symqb.reproduce.CHECKS", {"two is three": lambda model: False})
    done = run("reproduce", "--out", str(tmp_path))
    assert done.returncode == 1
    assert "two is three does not hold" in done.stderr
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--T_L", "-1"], "symqb: T_L = -1.0: allowed is exactly 0, or a number from 1e-30"),
        (["--T_L", "0", "--T_R", "0"], "symqb: T_L = T_R = 0: at least one bath"),
        (["--J", "0"], "symqb: levels Phi_3 and Phi_4 are degenerate"),
        (["--Delta", "x"], "symqb: Delta = 'x': allowed is a real number"),
        (["--qubits", "1"], "symqb: qubits = 1: allowed are 2"),
        (["--digits", "40"], "symqb: --digits with --backend = numpy: allowed are mpmath, arb"),
        (["--backend", "numpi"], "did you mean numpy?"),
        (["--Dleta", "1"], "No such option: --Dleta"),
    ],
)
def test_unusable_input_is_one_clear_sentence_and_status_2(change, message):
    """No traceback, nothing on standard output; the unchanged point succeeds (above)."""
    done = run("evaluate", *POINT, *change)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in re.sub(r"\s+", " ", done.stderr)
    assert "Traceback" not in done.stderr


def test_derive_prints_each_format_and_writes_with_out(tmp_path):
    """Standard output by default, a file in --out DIR on request, the same text."""
    for form, start in [("text", "XXZ battery"), ("latex", r"\documentclass"), ("wolfram", "(*"), ("json", "{")]:
        done = run("derive", "--qubits", "2", "--format", form, "--show", "populations")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(start)
    done = run("derive", "--format", "latex", "--out", str(tmp_path))
    assert Path(done.stdout.strip()).read_text() == run("derive", "--format", "latex").stdout
    assert json.loads(run("derive", "--json", "--show", "levels").stdout)["parts"][0]["name"] == "levels"


@pytest.mark.parametrize("arguments", [["--format", "word"], ["--show", "popul"], ["--qubits", "1"]])
def test_derive_refuses_unknown_choices(arguments):
    """Status 2 and the list of what is allowed."""
    done = run("derive", *arguments)
    assert done.returncode == 2
    assert "allowed are" in done.stderr


def test_generate_check_notices_a_stale_file(tmp_path, monkeypatch):
    """Status 0 when current; after an edit 1 and the diff; after a deletion 1; generate mends both."""
    for printed in ("evaluators", "formulas", "definitions"):  # the same texts each time, made once
        texts = getattr(artifacts, printed)(artifacts.models())
        monkeypatch.setattr(artifacts, printed, lambda models, texts=texts: texts)
    assert run("generate", "--out", str(tmp_path)).returncode == 0
    assert run("generate", "--check", "--out", str(tmp_path)).returncode == 0
    module = tmp_path / "xxz2_numpy.py"
    module.write_text(module.read_text().replace("p_1 = ar.standard_part(1/norm)", "p_1 = ar.standard_part(u_2/norm)"))
    (tmp_path / "xxz2_mpmath.py").unlink()
    (tmp_path / "xxz9_numpy.py").write_text("left over\n")
    done = run("generate", "--check", "--out", str(tmp_path))
    assert done.returncode == 1
    assert "-    p_1 = ar.standard_part(u_2/norm)" in done.stdout
    assert "+    p_1 = ar.standard_part(1/norm)" in done.stdout
    stale = json.loads(run("generate", "--check", "--json", "--out", str(tmp_path)).stdout)["stale"]
    assert list(stale) == ["xxz2_numpy.py", "xxz2_mpmath.py", "xxz9_numpy.py"]
    (tmp_path / "xxz9_numpy.py").unlink()
    assert run("generate", "--out", str(tmp_path)).returncode == 0
    assert run("generate", "--check", "--out", str(tmp_path)).returncode == 0


def test_reproduce_gives_what_is_committed(tmp_path):
    """Every claim and equation is decided anew, from the derived program and stored witnesses and covers, every file
    written anew: nothing differs. Plain lines where there is no terminal, a summary table at the end."""
    done = run("reproduce", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    for what in (
        "derive:",
        "check:",
        "generate:",
        "export:",
        "compare:",
        "20 exact identities hold",
        "24 reference states",
        "prove: A16: proved",
        "draw: figure 8",
        "proved, ",
    ):
        assert what in done.stdout
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    committed = [path.relative_to(GENERATED) for path in GENERATED.rglob("*.*") if "__pycache__" not in path.parts]
    timings = Path("benchmarks.md")  # of one machine on one day, by `symqb bench`
    assert set(written) == set(committed) - {timings}
    # Pictures are matplotlib's, and the page names versions: what both say is compared in tests of their own.
    differ = [name for name, content in written.items() if content != (GENERATED / name).read_bytes()]
    assert [name for name in differ if name.suffix not in (".svg", ".pdf", ".html")] == []


def test_a_process_ends_with_the_status_of_the_command():
    """0 and output, or 2 and one line on standard error, also from the shell."""
    done = in_a_process("evaluate", *POINT)
    assert (done.returncode, done.stdout, done.stderr) == (0, run("evaluate", *POINT).stdout, "")
    done = in_a_process("evaluate", *POINT, "--T_L", "-1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_reproduce_json_and_default_folder(tmp_path, monkeypatch):
    """Outside a checkout files go to ./symqb-out; --json is one object."""
    for step in ("_prove", "_publish"):  # slow, and tried above, as the checks are
        monkeypatch.setattr(f"symqb.cli.reproduce.{step}", lambda *given: None)
    monkeypatch.setattr("proofs.prove.chosen", lambda names: [])
    monkeypatch.setattr("symqb.reproduce.CHECKS", dict.fromkeys(CHECKS, lambda model: True))
    report = json.loads(run("reproduce", "--json", cwd=tmp_path).stdout)
    assert Path(report["folder"]) == tmp_path / "symqb-out"
    assert len(report["checks"]) == 20
    compared = {(d["qubits"], d["backend"]): d["rows"] for d in report["deviations"]}
    assert compared == {(n, backend): 24 for n in (2, 3) for backend in ("numpy", "mpmath", "arb")} | {(4, "numpy"): 3}
    assert (tmp_path / "symqb-out" / "formulas" / "xxz2.tex").is_file()


def test_files_that_cannot_be_written_leave_nothing_behind(tmp_path):
    """An output folder that is a file: status 2, one line, the file untouched."""
    blocked = tmp_path / "file"
    blocked.write_text("mine")
    done = run("generate", "--out", str(blocked))
    assert done.returncode == 2
    assert done.stderr.startswith("symqb: ")
    assert blocked.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def examples():
    """What the help of each command, and the table of commands, say that one can type."""
    commands = set(re.findall(r"^\| `symqb (.*?)`", (ROOT / "docs" / "commands.md").read_text(), re.MULTILINE))
    for command in typer.main.get_command(app).commands:
        text = re.sub(r"\s+", " ", re.sub(r"[│╭╮╰╯─]", " ", run(command, "--help").stdout))
        example = re.search(rf"Example: symqb ({command} .*?) (Options|Arguments|$)", text)
        assert example, text
        commands.add(example.group(1))
    return sorted(commands)


ELSEWHERE = ("reproduce", "audit", "bench")  # all of it takes a minute: tested above, in test_audit.py, by hand


@pytest.mark.parametrize("example", [e for e in examples() if not (e.startswith(ELSEWHERE) and "--equation" not in e)])
def test_what_help_and_table_say_that_one_can_type_works(example, tmp_path):
    """Status 0; a counterexample that falsify finds is status 1."""
    if example.startswith("sweep "):
        pytest.importorskip("xarray", reason="sweeps need the extra symqb[sweep], which is not installed")
    shutil.copytree(ROOT / "generated", tmp_path / "symqb-out")
    assert run(*example.split(), cwd=tmp_path).returncode == example.startswith("falsify")


def test_the_parameters_are_the_same_options_in_every_command_that_has_them():
    """All of the chain's, under their own names; help says how a command that varies some wants a range."""
    names = [*symqb.evaluator(2).parameters, "T_eq"]
    commands = typer.main.get_command(app).commands
    options = [
        {o.opts[0]: (o.help, o.required, o.default) for o in commands[name].params if o.opts[0].strip("-") in names}
        for name in ("evaluate", "optimize", "sweep")
    ]
    assert set(options[0]) == {f"--{name}" for name in names}
    assert options[0] == options[1] == options[2]
    assert "LOW:HIGH " in commands["optimize"].help
    assert "LOW:HIGH:POINTS " in commands["sweep"].help


def test_version():
    """One line, the package's."""
    assert run("--version").stdout == f"symqb {symqb.__version__}\n"
