"""Every error that symqb raises on purpose: one class a cause, one sentence each, fields for programs."""

from __future__ import annotations

import copyreg
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

LISTED = 60  # as many names an error lists


class SymqbError(Exception):
    """Base of all errors below; the command line turns each into one line and ``exit_status``."""

    exit_status = 2  # unusable input

    def __reduce__(self) -> tuple[Any, ...]:
        """Fields and sentence as they are: an error crosses from one process to another."""
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]


class InvalidParameter(SymqbError, ValueError):
    """A parameter value outside its domain.

    Fields: ``parameter``, ``value``, ``allowed`` (words), ``index`` (first offending place in the
    broadcast arrays, or None for a scalar).
    """

    def __init__(self, parameter: str, value: object, allowed: str, index: tuple[int, ...] | None = None):
        self.parameter, self.value, self.allowed, self.index = parameter, value, allowed, index
        super().__init__(f"{parameter}{_place(index)} = {value}: allowed is {allowed}")


class AllBathsAtZero(SymqbError, ValueError):
    """Every bath is at T = 0: the steady state need not be unique (two local minima at weak field)."""

    def __init__(self, temperatures: Iterable[str], index: tuple[int, ...] | None = None):
        self.temperatures, self.index = tuple(temperatures), index
        names = " = ".join(name + _place(index) for name in self.temperatures)
        super().__init__(
            f"{names} = 0: at least one bath must have a temperature above 0, else the steady state need not be unique"
        )


class DegenerateLevels(SymqbError, ValueError):
    """Two degenerate levels with a common neighbour: their coherence drives the populations.

    Fields: ``levels`` (two labels), ``neighbour``, ``bath``, ``index``.
    """

    def __init__(self, levels: tuple[str, str], neighbour: str, bath: str, index: tuple[int, ...] | None = None):
        self.levels, self.neighbour, self.bath, self.index = levels, neighbour, bath, index
        at = f" at index {index}" if index else ""
        super().__init__(
            f"levels {levels[0]} and {levels[1]} are degenerate{at} and bath {bath} couples both to {neighbour} "
            "at one frequency: the populations do not obey a closed rate equation; "
            "allowed are parameters that split the two levels"
        )


class NotUnique(SymqbError, ValueError):
    """More than one set of levels keeps what it has: the steady state depends on the start.

    Fields: ``classes`` (labels of the levels of each closed communicating class), ``index``.
    """

    def __init__(self, classes: Iterable[Iterable[str]], index: tuple[int, ...] | None = None):
        self.classes, self.index = tuple(tuple(group) for group in classes), index
        at = f" at index {index}" if index else ""
        shown = "; ".join(", ".join(group[:4]) + (", ..." if len(group) > 4 else "") for group in self.classes)
        super().__init__(
            f"the steady state is not unique{at}: no rate leads out of any of these sets of levels: {shown}; "
            "allowed are parameters at which one set can be reached from every level"
        )


class ZeroFrequency(SymqbError, ValueError):
    """Two levels cross where a bath's spectral density leaves no finite rate, or none at all.

    Fields: ``levels`` (two labels), ``bath``, ``index``.
    """

    def __init__(self, levels: tuple[str, str], bath: str, index: tuple[int, ...] | None = None):
        self.levels, self.bath, self.index = levels, bath, index
        at = f" at index {index}" if index else ""
        super().__init__(
            f"levels {levels[0]} and {levels[1]} have equal energies{at}, and the spectral density of bath {bath} has "
            "no finite, positive rate at omega = 0: allowed are parameters that split the two levels"
        )


class NegativeDensity(SymqbError, ValueError):
    """A spectral density that is negative, or as ``found``, at a frequency. Fields: ``bath``, ``levels``, ``index``."""

    def __init__(self, bath: str, levels: tuple[str, str], index: tuple[int, ...] | None, found: str = "negative"):
        self.bath, self.levels, self.index = bath, levels, index
        at = f" at index {index}" if index else ""
        super().__init__(
            f"the spectral density of bath {bath} is {found} at the frequency of {levels[0]} and {levels[1]}{at}: "
            "allowed is a finite J(omega) >= 0 for omega > 0"
        )


#: What an evaluator says of single points whose parameters are each fine.
REFUSALS = (AllBathsAtZero, DegenerateLevels, NegativeDensity, NotUnique, ZeroFrequency)


class RefusedPoint(SymqbError, ValueError):
    """A point of a sweep that the evaluator refuses.

    Fields: ``point`` (the parameters that vary, by name), ``reason`` (an error).
    """

    def __init__(self, point: Mapping[str, float], reason: SymqbError):
        self.point, self.reason = dict(point), reason
        at = ", ".join(f"{name} = {value}" for name, value in self.point.items())
        super().__init__(f'at {at}: {reason}; refused="nan" (--refused nan) leaves NaN at such points')


class DifferentSweep(SymqbError, ValueError):
    """A file holds another sweep than the one asked for. Fields: ``path``, ``differences`` (names of what differs)."""

    def __init__(self, path: object, differences: Iterable[str]):
        self.path, self.differences = path, tuple(differences)
        super().__init__(
            f"{path} holds another sweep, which differs in {', '.join(self.differences)}: "
            "delete it, or write to another place"
        )


class NoCluster(SymqbError, OSError):
    """No dask.distributed scheduler answers. Fields: ``address``, ``reason`` (what dask said)."""

    def __init__(self, address: str, reason: str):
        self.address, self.reason = address, reason
        super().__init__(f"cluster = {address}: no scheduler could be reached: {reason}")


class UnknownParameter(SymqbError, TypeError):
    """A parameter name that the model does not have. Fields: ``parameter``, ``allowed``."""

    def __init__(self, parameter: str, allowed: Iterable[str]):
        self.parameter, self.allowed = parameter, tuple(allowed)
        super().__init__(f"{parameter} is not a parameter: allowed are {_listed(parameter, self.allowed)}")


class MissingParameter(SymqbError, TypeError):
    """A parameter without a default was not given. Field: ``parameter``."""

    def __init__(self, parameter: str):
        self.parameter = parameter
        super().__init__(f"{parameter} is missing: it has no default")


class UnknownChoice(SymqbError, ValueError):
    """An option (back end, output, format, ...) outside its list.

    Fields: ``option``, ``value``, ``allowed``. ``reason``: why the list is what it is, where that is not plain.
    """

    def __init__(self, option: str, value: object, allowed: Iterable[str], reason: str = ""):
        self.option, self.value, self.allowed = option, value, tuple(allowed)
        why = f", because {reason}" if reason else ""
        super().__init__(f"{option} = {value}: allowed are {_listed(str(value), self.allowed)}{why}")


class InvalidModel(SymqbError, ValueError):
    """A Hamiltonian, coupling or symmetry that cannot be derived from; the message says which and why."""


class CheckFailed(SymqbError):
    """An exact check of a derivation does not hold. Fields: ``model``, ``claim``."""

    exit_status = 1  # the answer is bad news

    def __init__(self, model: str, claim: str):
        self.model, self.claim = model, claim
        super().__init__(f"{model}: {claim} does not hold")


class NotGenerated(SymqbError, RuntimeError):
    """The generated evaluator is not in this installation. Field: ``module``."""

    def __init__(self, module: str):
        self.module = module
        super().__init__(f"{module} is missing from this installation: run `symqb generate` in a checkout")


class NotReached(SymqbError, ValueError):
    """The stored energy never takes the value asked for. Fields: ``target``, ``initial``, ``steady`` (energies)."""

    def __init__(self, target: float, initial: float, steady: float):
        self.target, self.initial, self.steady = target, initial, steady
        super().__init__(
            f"the stored energy does not reach {target} on its way from {initial} to its steady value {steady}: "
            "allowed is a fraction of the steady value that lies between the two, or that the curve overshoots"
        )


class MissingPackage(SymqbError, ImportError):
    """An optional package is not installed. Fields: ``package``, ``extra`` (of symqb, that installs it)."""

    def __init__(self, package: str, extra: str):
        self.package, self.extra = package, extra
        super().__init__(f"{package} is not installed: run `pip install 'symqb[{extra}]'`")


class NoCompiler(SymqbError, RuntimeError):
    """The "c" back end found no C compiler, or one that failed.

    Fields: ``command``, ``reason`` (what the system or the compiler said).
    """

    def __init__(self, command: str, reason: str):
        self.command, self.reason = command, reason
        super().__init__(
            f"the C compiler {command} failed: {reason or 'no message'}; install one (a package called gcc or clang), "
            "or name it in the environment variable CC, or choose a back end that needs none"
        )


class NoCoq(SymqbError, RuntimeError):
    """Coq is not installed, or refuses a proof. Fields: ``file`` (empty where there is no Coq), ``reason``."""

    def __init__(self, file: str, reason: str):
        self.file, self.reason = file, reason
        self.exit_status = 1 if file else 2
        super().__init__(f"Coq refuses {file}: {reason}" if file else f"{reason}: install coq and libcoq-stdlib")


class NeedsCheckout(SymqbError, RuntimeError):
    """A command that works on symqb's own sources was run elsewhere. Field: ``command``."""

    def __init__(self, command: str):
        self.command = command
        super().__init__(f"{command} works in a checkout of symqb, and there is none at or above this folder")


def _place(index: tuple[int, ...] | None) -> str:
    return f"[{', '.join(map(str, index))}]" if index else ""


def _listed(word: str, allowed: tuple[str, ...]) -> str:
    """What is allowed, or of very many names how many there are; then what was meant, where that is close."""
    many = len(allowed) > LISTED
    listed = f"{len(allowed)} names, {allowed[0]} to {allowed[-1]}" if many else ", ".join(allowed)
    close = [x for x in allowed if x.lower() == word.lower()] or get_close_matches(word, allowed, n=3 if many else 1)
    guess = close and word not in close and word[:1].isalpha()
    return f"{listed}; did you mean {' or '.join(close)}?" if guess else listed
