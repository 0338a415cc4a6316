"""What is asserted, where, and how it is to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from proofs.checker import Evidence, Statement, applied
from proofs.domain import Domain


@dataclass(frozen=True)
class Claim:
    """``show`` holds at every point of ``domain``, for the quantities that ``lets`` define.

    name: an identifier; source: the paper's equation number or a reference, empty for what is ours. lets: ``let``
    lines. show: relations to 0, all claimed. proof: ``have``, ``exp``, ``apply`` and ``either`` lines that derive them.
    method: how the claim is decided: "certificate" (by ``proof``), "enclosure" (boxes of the domain), "refutation" (a
    point where it fails), "sampling", "cases" (by the claims that it rests on, which together are the claim).
    rests_on: claims that it needs besides those that the proof applies. correction: the claim that holds instead.
    note: what else there is to say. near: where the search for a counterexample starts, if it is hard to find. goal:
    the share of the volume at which a cover is complete enough.
    """

    name: str
    words: str
    domain: Domain
    show: tuple[str, ...]
    lets: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    source: str = ""
    method: str = "certificate"
    rests_on: tuple[str, ...] = ()
    correction: str = ""
    note: str = ""
    near: Domain | None = None
    goal: float = 1.0

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The statement, with its proof before what is shown."""
        return (*self.domain.lines(), *self.lets, *self.proof, *(f"show {relation}" for relation in self.show))

    @cached_property
    def statement(self) -> Statement:
        """Variables, definitions and what is shown."""
        return Statement(self.lines)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The claims without which this one is not shown, in alphabetical order."""
        return tuple(sorted({*self.rests_on, *applied(self.lines)}))

    def fails_at(self, point: Mapping[str, Fraction]) -> Evidence:
        """The evidence against the claim that a point gives, whether or not it holds."""
        written = {name: str(value) for name, value in point.items()}
        return Evidence.of({"claim": self.name, "kind": "witness", "lines": list(self.lines), "point": written})


class Claims(Mapping[str, Claim]):
    """Claims by name, each after those that it needs."""

    def __init__(self, claims: Iterable[Claim]):
        given: dict[str, Claim] = {}
        for claim in claims:
            if claim.name in given:
                raise ValueError(f"two claims are named {claim.name}")
            given[claim.name] = claim
        self._claims: dict[str, Claim] = {}
        for name in given:
            self._add(name, given, ())

    def _add(self, name: str, given: Mapping[str, Claim], above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"claims that rest on each other: {', '.join(above)}")
        if name not in given:
            raise ValueError(f"{above[-1]} rests on {name}, which nobody claims")
        if name not in self._claims:
            claim = given[name]
            for other in (*claim.needs, *filter(None, [claim.correction])):
                self._add(other, given, (*above, name))
            self._claims[name] = claim

    def __getitem__(self, name: str) -> Claim:
        return self._claims[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._claims)

    def __len__(self) -> int:
        return len(self._claims)
