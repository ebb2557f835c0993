"""The smoke test."""

import tempfile
import unittest
import unittest.mock
from pathlib import Path

from tools import load

smoke = load("jupyterlab/opt/sparkcluster/bin/smoke-test")


class SmokeTest(unittest.TestCase):
    def test_versions_match_by_their_first_parts(self):
        self.assertTrue(smoke.version_matches("17", "17.0.21"))
        self.assertTrue(smoke.version_matches("2.13", "2.13.18"))
        self.assertFalse(smoke.version_matches("2.1", "2.13.18"))
        self.assertFalse(smoke.version_matches("4.2.1", "4.2.10"))

    def test_unknown_expectation_is_refused(self):
        for value in ("ruby=3", "spark", "spark=", "spark=latest"):
            with self.assertRaises(smoke.Failure):
                smoke.parse_expectations([value])

    def test_waits_for_alive_workers_only(self):
        dead, one = {"host": "b", "state": "DEAD"}, {"host": "a", "state": "ALIVE"}
        answers = [OSError("refused"), {"workers": [dead]}, {"workers": [dead, one]}]

        def fetch_state(_):
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        found = smoke.await_workers("http://m", 1, smoke.Deadline(5), fetch_state, lambda _: None)
        self.assertEqual([one], found)

    def test_waiting_is_bounded_and_says_what_was_seen(self):
        clock = iter(range(100))
        with self.assertRaisesRegex(smoke.Failure, "1 of 2 workers"):
            smoke.await_workers("http://m", 2, smoke.Deadline(3, lambda: next(clock)), lambda _: {"workers": [{"host": "a", "state": "ALIVE"}]}, lambda _: None)

    def test_waits_until_the_history_shows_that_the_job_ended(self):
        answers = [OSError("not found"), False, True]
        asked = []

        def ended(url, application):
            asked.append((url, application))
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        smoke.await_history("http://h", "app-1", smoke.Deadline(5), ended, lambda _: None)
        self.assertEqual([("http://h", "app-1")] * 3, asked)

    def test_a_job_that_the_history_never_shows_is_a_failure(self):
        clock = iter(range(100))
        with self.assertRaisesRegex(smoke.Failure, "http://h does not show yet that app-1 ended"):
            smoke.await_history("http://h", "app-1", smoke.Deadline(3, lambda: next(clock)), lambda *_: False, lambda _: None)

    def test_shared_folder_leaves_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            parent = Path(folder, "made")
            with smoke.shared_folder(parent) as own:
                (own / "part-0").write_text("0")
            self.assertFalse(parent.exists())

    def test_versions_are_those_of_the_jar(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "spark-core_2.13-4.2.1.jar").touch()
            Path(folder, "spark-sql_2.13-4.2.1.jar").touch()
            self.assertEqual({"spark": "4.2.1", "scala": "2.13"}, smoke.jar_versions(Path(folder)))
            Path(folder, "spark-core_2.12-3.5.9.jar").touch()
            with self.assertRaisesRegex(smoke.Failure, "it holds 2"):
                smoke.jar_versions(Path(folder))

    def test_java_is_that_of_the_process_above(self):
        with tempfile.TemporaryDirectory() as folder:
            proc, java = Path(folder, "proc"), Path(folder, "jre", "bin", "java")
            java.parent.mkdir(parents=True)
            java.touch()
            (java.parent.parent / "release").write_text('IMPLEMENTOR="x"\nJAVA_VERSION="17.0.21"\n')
            # The name of a process may have blanks and parentheses.
            for process, parent, executable in ((30, 20, "python3"), (20, 10, "python3"), (10, 1, java), (40, 1, "python3"), (1, 0, "tini")):
                Path(proc, str(process)).mkdir(parents=True)
                Path(proc, str(process), "exe").symlink_to(executable)
                Path(proc, str(process), "stat").write_text(f"{process} (a (b) c) S {parent} 0 0")
            self.assertEqual("17.0.21", smoke.java_version(30, proc))
            with self.assertRaisesRegex(smoke.Failure, "no Java process"):
                smoke.java_version(40, proc)

    def test_every_version_that_differs_is_named_with_its_node(self):
        wrong = smoke.mismatches({"spark": "4.2.1", "java": "17", "python": "3.11"}, {"spark": "4.1.4", "java": "17.0.1", "python": "3.12.1"}, "worker-1")
        self.assertEqual(["spark on worker-1 is 4.1.4, expected 4.2.1", "python on worker-1 is 3.12.1, expected 3.11"], wrong)

    def test_when_the_time_is_over_that_is_the_reason(self):
        error, clock = KeyError("x"), iter((0, 1, 0, 3))
        self.assertEqual("KeyError: 'x'", smoke.reason(error, smoke.Deadline(2, lambda: next(clock))))
        self.assertIn("not within 2 s: the job did not finish", smoke.reason(error, smoke.Deadline(2, lambda: next(clock))))

    def test_an_error_of_a_task_is_found_in_what_spark_says(self):
        said = 'An error occurred while calling z:x.\n: org.apache.spark.SparkException: Job aborted: Traceback (most recent call last):\n  File "worker.py", line 1\n    x()\na.b.SomeError: [REASON] why\n\n\tat org.apache.x\n'
        self.assertEqual("a.b.SomeError: [REASON] why", smoke.cause(said))
        self.assertEqual("AError: why", smoke.cause("Job aborted:\nError from python worker:\n  Traceback (most recent call last):\n    File x\n  AError: why\nPYTHONPATH was:\n  /x\n"))
        self.assertEqual("one", smoke.cause("one\ntwo"))


class Pools(unittest.TestCase):
    def test_every_worker_must_run_a_task(self):
        pool = smoke.Workers([{"host": "a", "cores": 2, "memory": 512}, {"host": "b", "cores": 2, "memory": 512}])
        self.assertEqual("2", pool.settings["spark.cores.max"])
        self.assertEqual("no task ran on b", pool.missing({"a"}))
        self.assertEqual("", pool.missing({"a", "b"}))
        self.assertEqual(["a", "b"], [worker["name"] for worker in pool.describe({"a"})["workers"]])

    def test_as_many_executors_must_run_a_task_as_were_asked_for(self):
        pool = smoke.Executors(2)
        self.assertEqual("2", pool.settings["spark.executor.instances"])
        self.assertEqual("tasks ran on 1 of 2 executors", pool.missing({"job-exec-1"}))
        self.assertEqual("", pool.missing({"job-exec-1", "job-exec-2"}))
        self.assertEqual({"executors": ["job-exec-1", "job-exec-2"]}, pool.describe({"job-exec-2", "job-exec-1"}))

    def test_one_kind_must_be_named_and_only_one(self):
        for arguments in ([], ["--workers", "1", "--executors", "1"]):
            with unittest.mock.patch("sys.stderr"), self.assertRaises(SystemExit):
                smoke.arguments(arguments)
