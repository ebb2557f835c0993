"""Tests of the harness itself: python3 -m unittest discover -s testbed/faults.d"""

from __future__ import annotations

import contextlib
import importlib.machinery
import importlib.util
import io
import random
import re
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

import faults_all  # noqa: F401
import results
from catalogue import CATALOGUE, Fault
from kills import matches, strike
from shell import ROOT, Broken, Running, processes, run, wait_until

LIVE = ROOT / "src" / "test" / "java" / "io" / "sparkcluster" / "live"


class CatalogueTest(unittest.TestCase):
    def test_live_tests_that_rows_name_exist(self) -> None:
        for fault in CATALOGUE.all():
            if fault.test:
                name, _, method = fault.test.partition("#")
                source = (LIVE / f"{name}.java").read_text(encoding="utf-8")
                self.assertRegex(source, rf"@Test\s+(@\w+(\([^)]*\))?\s+)*void {method}\(", fault.test)
                self.assertIn(f'@Tag("{fault.platform}")', source)

    def test_every_fault_is_made_by_somebody(self) -> None:
        for fault in CATALOGUE.all():
            self.assertNotEqual(fault.work is None, fault.test == "", fault.name)

    def test_there_are_enough_on_every_platform(self) -> None:
        self.assertGreaterEqual(len(CATALOGUE.all()), 35)
        for platform in results.TITLES:
            self.assertGreaterEqual(len(CATALOGUE.of(platform)), 3, platform)

    def test_continuous_integration_makes_five_kills_and_six_faults(self) -> None:
        own = {fault.name for fault in CATALOGUE.of("docker") if fault.ci and fault.work is not None}
        self.assertEqual(sum(faults_all.CI_KILLS.values()), 5)
        self.assertEqual(len(own - set(faults_all.CI_KILLS)), 6)
        self.assertLessEqual(set(faults_all.CI_KILLS), own)


class PageTest(unittest.TestCase):
    def test_the_page_is_what_the_results_make_of_it(self) -> None:
        self.assertEqual(results.PAGE.read_text(encoding="utf-8"), results.page(), "testbed/faults --report")

    def test_every_result_is_of_a_commit_and_a_day(self) -> None:
        for outcome in results.read().values():
            self.assertRegex(outcome.commit, r"^[0-9a-f]{7,}$")
            self.assertRegex(outcome.date, r"^\d{4}-\d\d-\d\d$")
            self.assertIn(outcome.result, results.RESULT_WORDS)

    def test_a_long_text_becomes_one_line(self) -> None:
        self.assertNotRegex(results.plain("a\n" * 2000), r"[\n\t]")
        self.assertLessEqual(len(results.plain("a\n" * 2000)), results.SEEN_LETTERS)


class MakeTest(unittest.TestCase):
    def test_the_bed_in_which_a_fault_did_not_end_well_is_mended(self) -> None:
        sys.dont_write_bytecode = True
        loader = importlib.machinery.SourceFileLoader("faults", str(ROOT / "testbed" / "faults"))
        spec = importlib.util.spec_from_loader("faults", loader)
        assert spec is not None
        faults = importlib.util.module_from_spec(spec)
        loader.exec_module(faults)
        bed = unittest.mock.Mock()

        def on_the_other(bed: unittest.mock.Mock) -> str:
            bed.struck = bed.other
            raise Broken("it did not hold")

        def on_the_first(bed: unittest.mock.Mock) -> str:
            raise Broken("it did not hold")

        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(faults.make(Fault("one", "docker", "", "", work=on_the_other), bed, "0").result, "broken")
            bed.other.mend.assert_called_once_with()
            bed.mend.assert_not_called()
            faults.make(Fault("two", "docker", "", "", work=on_the_first), bed, "0")
        bed.mend.assert_called_once_with()
        bed.other.mend.assert_called_once_with()


class KillsTest(unittest.TestCase):
    def start(self, line: str) -> Running:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        running = Running(Path(folder.name) / "log", "bash", "-c", line)
        self.addCleanup(running.end)
        return running

    def test_victims_are_told_apart_by_their_program(self) -> None:
        self.assertTrue(matches("plugin", "/some/where/pulumi-resource-docker 127.0.0.1:1234"))
        self.assertTrue(matches("pulumi", "pulumi up --yes"))
        self.assertFalse(matches("pulumi", "bash pulumi"))
        self.assertFalse(matches("make", "/bin/makeinfo"))

    def test_everything_of_a_run_is_killed_and_nothing_else(self) -> None:
        mine, other = self.start("sleep 300 & sleep 300"), self.start("sleep 300")
        wait_until("both run", 10, lambda: len(mine.processes()) == 3 and len(other.processes()) >= 1)
        self.assertEqual(strike("everything", mine, random.Random(1)), "all 3 processes")
        wait_until("it is gone", 10, lambda: not mine.processes())
        self.assertFalse(other.ended())

    def test_a_run_without_the_victim_is_left_alone(self) -> None:
        running = self.start("sleep 1")
        self.assertEqual(strike("pulumi", running, random.Random(1)), "")
        self.assertEqual(running.code(10, "the run"), 0)

    def test_a_command_that_does_not_end_is_ended_with_its_children(self) -> None:
        with self.assertRaisesRegex(Broken, "did not end within 1 s"):
            run("bash", "-c", "sleep 298.5 & wait", limit=1)
        self.assertFalse([line for line in processes().values() if re.fullmatch(r"sleep 298\.5", line)])


if __name__ == "__main__":
    unittest.main()
