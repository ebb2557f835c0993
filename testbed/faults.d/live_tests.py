"""Faults that the project's live tests make: rows of the catalogue that name the test, run by Maven."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as tree
from pathlib import Path

from catalogue import CATALOGUE, Fault
from results import Outcome
from shell import ROOT, Broken, run, tail

REPORTS = ROOT / "target" / "surefire-reports"
LIMIT_SECONDS = 3600
PACKAGE = "io.sparkcluster.live"


def of_test(platform: str, test: str, done: str, holds: str, ci: bool = False) -> None:
    CATALOGUE.add(Fault(test.rpartition("#")[2], platform, done, holds, test=test, ci=ci))


def run_tests(faults: list[Fault], at: str) -> list[Outcome]:
    """Tests of a class build on each other: whole classes are run, each once."""
    outcomes = []
    classes = sorted({(fault.platform, fault.test.partition("#")[0]) for fault in faults})
    for platform, name in classes:
        mine = [fault for fault in faults if fault.platform == platform and fault.test.startswith(name + "#")]
        report = REPORTS / f"TEST-{PACKAGE}.{name}.xml"
        report.unlink(missing_ok=True)
        print(f"=== {platform} {name}", flush=True)
        try:
            said = run(
                *("./mvnw", "--batch-mode", "--no-transfer-progress", "test", "-Dtests.without=", f"-Dtests.only={platform}", f"-Dtest={name}"),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                limit=LIMIT_SECONDS,
            ).text
        except Broken as problem:
            said = str(problem)
        outcomes += [of_report(fault, report, at, said) for fault in mine]
    return outcomes


def of_report(fault: Fault, report: Path, at: str, said: str) -> Outcome:
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    method = fault.test.partition("#")[2]
    result, seconds, seen = "broken", 0, f"the test did not run: {tail(said, 5)}"
    if report.exists():
        for case in tree.parse(report).getroot().iter("testcase"):
            if case.get("name", "").partition("(")[0] != method:
                continue
            seconds = round(float(case.get("time", "0").replace(",", "")))
            failure = case.find("failure")
            failure = failure if failure is not None else case.find("error")
            skipped = case.find("skipped")
            if failure is not None:
                seen = failure.get("message", "failed")
            elif skipped is not None:
                result, seen = "unable", skipped.get("message", "skipped")
            else:
                result, seen = "held", "the test passed"
            break
    return Outcome(fault.platform, fault.name, today, at, result, seconds, seen)
