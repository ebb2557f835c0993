"""The results of the last run of each fault, in a committed file, and the page that is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalogue import CATALOGUE, PLATFORMS, Fault
from shell import ROOT

FILE = Path(__file__).resolve().parent / "results.tsv"
PAGE = ROOT / "docs" / "reliability.md"
TITLES = {"docker": "Docker", "podman": "Podman", "swarm": "Docker Swarm", "kubernetes": "Kubernetes"}
SEEN_LETTERS = 500


@dataclass(frozen=True)
class Outcome:
    platform: str
    name: str
    date: str
    commit: str
    # held, broken or unable
    result: str
    seconds: int
    seen: str

    def line(self) -> str:
        return "\t".join([self.platform, self.name, self.date, self.commit, self.result, str(self.seconds), plain(self.seen)])


def plain(text: str) -> str:
    """The text on one line, cut if it is long: the run itself printed all of it."""
    words = " ".join(text.split())
    return words if len(words) <= SEEN_LETTERS else words[: SEEN_LETTERS - 1] + "…"


def read() -> dict[tuple[str, str], Outcome]:
    outcomes = {}
    if FILE.exists():
        for line in FILE.read_text(encoding="utf-8").splitlines():
            platform, name, date, commit, result, seconds, seen = line.split("\t", 6)
            outcomes[platform, name] = Outcome(platform, name, date, commit, result, int(seconds), seen)
    return outcomes


def record(outcome: Outcome) -> None:
    outcomes = read()
    outcomes[outcome.platform, outcome.name] = outcome
    # In the order of the catalogue; results of faults that it no longer has are dropped.
    known = [(fault.platform, fault.name) for fault in CATALOGUE.all()]
    lines = [outcomes[key].line() + "\n" for key in known if key in outcomes]
    new = FILE.with_suffix(".new")
    new.write_text("".join(lines), encoding="utf-8")
    new.replace(FILE)


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def by_whom(fault: Fault) -> str:
    return f"`{fault.test}`" if fault.test else f"`{fault.name}`"


RESULT_WORDS = {"held": "held", "broken": "**did not hold**", "unable": "could not be made"}


def page() -> str:
    outcomes = read()
    faults = CATALOGUE.all()
    run = [fault for fault in faults if (fault.platform, fault.name) in outcomes]
    held = [fault for fault in run if outcomes[fault.platform, fault.name].result == "held"]
    text = [
        "# Reliability",
        "",
        "<!-- Written by testbed/faults --report from testbed/faults.d/results.tsv and the catalogue. -->",
        "",
        "Faults that were made on purpose, what must hold, and what was seen in the last run of each. "
        f"Of {len(faults)} faults, {len(run)} were run; {len(held)} of them ended as they must.",
        "`testbed/faults` lists them, `testbed/faults PLATFORM NAME` makes one, `testbed/faults PLATFORM` makes all of a platform. "
        "Those with `*` are live tests of every run of continuous integration, or in the part `faults-ci` of `make test-nightly`, the others in its other parts. "
        "Names with `#` are live tests of the project.",
    ]
    for platform in PLATFORMS:
        rows = [fault for fault in run if fault.platform == platform]
        if not rows:
            continue
        text += ["", f"## {TITLES[platform]}", "", "| fault | what was done | what must hold | what was seen | | seconds | date, commit |", "|---|---|---|---|---|---|---|"]
        for fault in rows:
            outcome = outcomes[platform, fault.name]
            text.append(
                f"| {by_whom(fault)}{'*' if fault.ci else ''} | {cell(fault.done)} | {cell(fault.holds)} | {cell(outcome.seen)} "
                f"| {RESULT_WORDS[outcome.result]} | {outcome.seconds} | {outcome.date}, {outcome.commit} |"
            )
    missing = [fault for fault in faults if (fault.platform, fault.name) not in outcomes]
    if missing:
        text += ["", "## Not run yet", "", "| platform | what is done | what must hold | command |", "|---|---|---|---|"]
        text += [f"| {TITLES[fault.platform]} | {cell(fault.done)} | {cell(fault.holds)} | `{fault.command}` |" for fault in missing]
    return "\n".join(text) + "\n"


def write_page() -> None:
    PAGE.write_text(page(), encoding="utf-8")
