"""What a fault is, and the list of all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable

if TYPE_CHECKING:
    from bed import Bed

PLATFORMS = ("docker", "podman", "swarm", "kubernetes")


@dataclass(frozen=True)
class Fault:
    name: str
    platform: str
    done: str
    holds: str
    # Makes the fault, checks what must hold, and returns what was seen. Empty if a live test does this.
    work: Callable[["Bed"], str] | None = None
    # CLASS#method of that live test.
    test: str = ""
    # Whether every run of continuous integration includes it.
    ci: bool = False

    @property
    def command(self) -> str:
        return f"testbed/faults {self.platform} {self.name}"


@dataclass
class Catalogue:
    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)

    def add(self, fault: Fault) -> None:
        key = (fault.platform, fault.name)
        if key in self.faults:
            raise ValueError(f"two faults of {fault.platform} are called {fault.name}")
        if fault.platform not in PLATFORMS:
            raise ValueError(f"{fault.name} is of an unknown platform: {fault.platform}")
        self.faults[key] = fault

    def of(self, platform: str) -> list[Fault]:
        return [fault for fault in self.faults.values() if fault.platform == platform]

    def all(self) -> list[Fault]:
        return [fault for platform in PLATFORMS for fault in self.of(platform)]


CATALOGUE = Catalogue()


def fault(name: str, platform: str, done: str, holds: str, ci: bool = False) -> Callable[[Callable[["Bed"], str]], Callable[["Bed"], str]]:
    def register(work: Callable[["Bed"], str]) -> Callable[["Bed"], str]:
        CATALOGUE.add(Fault(name, platform, done, holds, work=work, ci=ci))
        return work

    return register
