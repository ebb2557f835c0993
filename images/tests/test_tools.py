"""Unit tests of those parts of the images' Python tools that need neither Docker nor Spark."""

import hashlib
import http.server
import importlib.machinery
import importlib.util
import io
import sys
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path

IMAGES = Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True


def load(path: str):
    loader = importlib.machinery.SourceFileLoader(Path(path).name.replace("-", "_"), str(IMAGES / path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


smoke = load("jupyterlab/opt/sparkcluster/bin/smoke-test")
cores = load("jupyterlab/opt/sparkcluster/bin/application-cores")
prune = load("spark-base/build/prune-jars")
fetch = load("spark-base/build/fetch-spark")
newest = load("tests/newest")
memory = load("jupyterlab/opt/sparkcluster/python/sparkcluster_memory.py")


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


class ApplicationCores(unittest.TestCase):
    def test_every_application_gets_an_equal_part(self):
        self.assertEqual(cores.share({"cores": 12}, 3), 4)
        self.assertEqual(cores.share({"cores": 5}, 2), 2)

    def test_an_application_gets_a_core_even_of_a_small_cluster(self):
        self.assertEqual(cores.share({"cores": 1}, 2), 1)
        self.assertEqual(cores.share({"cores": 0}, 2), 1)

    def test_says_nothing_where_no_master_is_named(self):
        with unittest.mock.patch.dict("os.environ", clear=True):
            self.assertEqual(cores.main(), 1)

    @staticmethod
    def wait(*answers):
        """The master's last answer is its answer from then on. Returns what is found, after how many seconds, and what was said."""
        now, asked = [0.0], iter(answers)
        last = [None]

        def fetch():
            last[0] = next(asked, last[0])
            if isinstance(last[0], Exception):
                raise last[0]
            return last[0]

        def pause(seconds):
            now[0] += seconds

        with unittest.mock.patch("sys.stderr", new_callable=io.StringIO) as said:
            found = cores.await_master(fetch, lambda: now[0], pause)
        return found, now[0], said.getvalue()

    def test_a_master_at_work_is_not_waited_for(self):
        self.assertEqual(({"status": "ALIVE", "cores": 4}, 0.0, ""), self.wait({"status": "ALIVE", "cores": 4}))

    def test_a_driver_waits_until_the_master_has_taken_up_what_ran(self):
        states = [ConnectionRefusedError(), {"status": "STANDBY", "cores": 0}, {"status": "RECOVERING", "cores": 0}, {"status": "COMPLETING_RECOVERY", "cores": 2}]
        found, seconds, said = self.wait(*states, {"status": "ALIVE", "cores": 4})
        self.assertEqual(4, found["cores"])
        self.assertAlmostEqual(4 * cores.POLL_SECONDS, seconds)
        self.assertEqual("The master was started anew and is not at work yet (STANDBY). Waiting for it, at most 11 minutes.\n", said)

    def test_the_wait_has_a_limit(self):
        found, seconds, said = self.wait(ConnectionRefusedError())
        self.assertEqual((None, "The master has not answered for 20 seconds. Spark tries to reach it for another minute.\n"), (found, said))
        self.assertAlmostEqual(cores.ANSWER_SECONDS, seconds, delta=2 * cores.POLL_SECONDS)
        found, seconds, said = self.wait({"status": "RECOVERING", "cores": 0})
        self.assertIsNone(found)
        self.assertIn("The master is still not at work (RECOVERING) after 11 minutes", said)
        self.assertAlmostEqual(cores.RECOVERY_SECONDS, seconds, delta=2 * cores.POLL_SECONDS)

    def test_a_master_that_falls_silent_again_is_given_its_time_again(self):
        recovering = [{"status": "RECOVERING", "cores": 0}] * 200
        found, seconds, _ = self.wait(*recovering, ConnectionRefusedError())
        self.assertIsNone(found)
        self.assertAlmostEqual(200 * cores.POLL_SECONDS + cores.ANSWER_SECONDS, seconds, delta=3 * cores.POLL_SECONDS)

    def test_an_answer_that_is_no_page_of_a_master_counts_as_none(self):
        for answer in (b"{}", b"[]", b"null", b"<html>"):
            with unittest.mock.patch("urllib.request.urlopen", return_value=io.BytesIO(answer)), self.assertRaises(ValueError):
                cores.ask("http://master:8080")

    def test_another_page_is_no_reason_to_wait(self):
        self.assertEqual(({"cores": 4}, 0.0, ""), self.wait({"cores": 4}))


class Newest(unittest.TestCase):
    @staticmethod
    def page(*links):
        return newest.published("".join(f'<a {attributes} href="../../p/{name}#sha256={digest}">x</a>\n' for name, digest, attributes in links))

    def test_reads_the_releases_that_are_offered(self):
        table = newest.offered(newest.MATRIX.read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(table), 5)
        self.assertTrue(all(len(release) == 3 for release in table))

    def test_reads_final_releases_that_were_not_withdrawn(self):
        page = self.page(("pyspark-4.2.1.tar.gz", "1", ""), ("pyspark-4.3.0.dev1.tar.gz", "2", ""), ("pyspark-4.2.2.tar.gz", "3", 'data-yanked=""'), ("pyspark_client-4.3.0.tar.gz", "4", ""))
        self.assertEqual({(4, 2, 1): "1"}, page)

    def test_the_newest_of_each_line_is_right(self):
        index = self.page(("pyspark-4.2.1.tar.gz", "1", ""), ("pyspark-4.2.0.tar.gz", "0", ""), ("pyspark-3.5.9.tar.gz", "9", ""))
        self.assertEqual([], newest.outdated({(3, 5, 9): "9", (4, 2, 1): "1"}, index))

    def test_a_newer_release_of_a_line_is_told(self):
        index = self.page(("pyspark-4.2.9.tar.gz", "9", ""), ("pyspark-4.2.10.tar.gz", "10", ""))
        self.assertEqual(["Spark 4.2.9 is offered, and 4.2.10 is the newest release of its line (SHA-256 10): raise it in CompatibilityMatrix.java"], newest.outdated({(4, 2, 9): "9"}, index))

    def test_a_new_line_is_told(self):
        index = self.page(("pyspark-4.2.1.tar.gz", "1", ""), ("pyspark-4.10.0.tar.gz", "2", ""))
        self.assertEqual(["Spark 4.10.0 is of a line that is not offered: add it to CompatibilityMatrix.java"], newest.outdated({(4, 2, 1): "1"}, index))

    def test_another_hash_is_told(self):
        index = self.page(("pyspark-4.2.1.tar.gz", "2", ""))
        self.assertEqual(["Spark 4.2.1 is offered with the SHA-256 1, and the index has 2: find out who changed the archive"], newest.outdated({(4, 2, 1): "1"}, index))

    def test_a_release_that_is_gone_is_told(self):
        for index in ({}, {(4, 2, 0): "0"}):
            self.assertEqual(["Spark 4.2.1 is offered, and the index does not have it, or it was withdrawn: find out why before anybody builds it"], newest.outdated({(4, 2, 1): "1"}, index))

    def test_an_index_without_hashes_is_enough(self):
        page = newest.published('<a href="pyspark-4.2.1.tar.gz#md5=5">x</a>')
        self.assertEqual([], newest.outdated({(4, 2, 1): "1"}, page))

    def test_a_password_is_not_printed(self):
        for address in ("http://user:s3cret@127.0.0.1:1/simple", "http://user:s3cret@127.0.0.1:x/simple", "ftps://user:s3cret@host/simple"):
            with unittest.mock.patch.dict("os.environ", PIP_INDEX_URL=address), unittest.mock.patch("sys.stdout", new_callable=io.StringIO) as said:
                self.assertEqual(0, newest.main([]))
            self.assertIn("SKIPPED", said.getvalue())
            self.assertNotIn("s3cret", said.getvalue())


class PruneJars(unittest.TestCase):
    def test_natives_of_other_platforms_go(self):
        for name in ("win/amd64/z.dll", "org/x/Mac/aarch64/s.dylib", "linux/aarch64/z.so", "librocksdbjni-linux64-musl.so", "linux/i386/z.so"):
            self.assertTrue(prune.foreign_native(name, "x86_64"), name)

    def test_own_natives_and_classes_stay(self):
        for name in ("linux/amd64/z.so", "librocksdbjni-linux64.so", "org/x/Linux/x86_64/s.so", "org/x/Windows.class"):
            self.assertFalse(prune.foreign_native(name, "x86_64"), name)
        self.assertFalse(prune.foreign_native("linux/aarch64/z.so", "aarch64"))
        self.assertTrue(prune.foreign_native("linux/amd64/z.so", "aarch64"))

    def test_netty_jars(self):
        self.assertFalse(prune.foreign_jar("netty-transport-native-epoll-4.2-linux-x86_64.jar", "x86_64"))
        self.assertTrue(prune.foreign_jar("netty-transport-native-epoll-4.2-linux-aarch_64.jar", "x86_64"))
        self.assertFalse(prune.foreign_jar("netty-transport-native-epoll-4.2-linux-aarch_64.jar", "aarch64"))


class FetchSpark(unittest.TestCase):
    def test_finds_the_archive_and_only_it(self):
        page = '<a href="../../p/pyspark-4.2.10.tar.gz#sha256=0">x</a><a href="../../p/pyspark-4.2.1.tar.gz#sha256=1">y</a>'
        self.assertEqual("https://i/p/pyspark-4.2.1.tar.gz", fetch.archive_link(page, "https://i/simple/pyspark/", "4.2.1"))
        with self.assertRaisesRegex(SystemExit, "offers no pyspark-9.9.9"):
            fetch.archive_link(page, "https://i/simple/pyspark/", "9.9.9")

    def test_a_connection_that_ends_early_is_tried_again_and_is_no_other_archive(self):
        whole = b"spark" * 1000
        answers = [whole[:700], whole]

        class Site(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = answers.pop(0)
                self.send_response(200)
                self.send_header("Content-Length", str(len(whole)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        site = http.server.HTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        self.addCleanup(site.server_close)
        self.addCleanup(site.shutdown)
        url = f"http://127.0.0.1:{site.server_address[1]}/pyspark.tar.gz"
        with tempfile.TemporaryDirectory() as folder, unittest.mock.patch("time.sleep"), unittest.mock.patch("sys.stderr") as said:
            found = fetch.retrying(url, lambda: fetch.fetch(url, Path(folder, "archive")))
        self.assertEqual(hashlib.sha256(whole).hexdigest(), found)
        self.assertIn("the connection ended after 700 of 5000 bytes", "".join(str(call) for call in said.mock_calls))


# The error of Spark 4.2 in a notebook, without the stack traces.
WORKER_GONE = "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task 0.3 in stage 1.0 (TID 8) (spark-worker-1 executor 0): org.apache.spark.SparkException: Python worker exited unexpectedly (crashed). Consider setting 'spark.python.worker.faulthandler.enabled'"
EXECUTOR_GONE = "ExecutorLostFailure (executor 0 exited caused by one of the running tasks) Reason: Command exited with code 137"
POD_GONE = "The executor with id 1 exited with exit code 137(SIGKILL, possible container OOM)."
HEAP_FULL = "Lost task 0.3 in stage 1.0 (TID 8) (10.0.0.7 executor 1): java.lang.OutOfMemoryError: Java heap space"


class KilledForMemory(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def note(self, node, text):
        Path(self.folder.name, node).write_text(text, encoding="ascii")

    def hint(self, text, now=1000):
        return memory.hint(text, self.folder.name, now)

    def test_the_key_to_raise_is_named_and_that_it_is_a_guess(self):
        for said in (WORKER_GONE, EXECUTOR_GONE, POD_GONE):
            self.assertRegex(self.hint(said), "probably.*raise workers.memory", said)

    def test_what_a_node_wrote_down_makes_it_certain(self):
        self.note("spark-worker-1", "990 2147483648\n")
        self.note("spark-worker-2", "995 1572864000\n")
        self.assertIn("worker spark-worker-2 was killed for memory 5 s ago: the worker has 1500m (workers.memory)", self.hint(WORKER_GONE))
        Path(self.folder.name, "spark-worker-2").unlink()
        self.assertIn("worker spark-worker-1 was killed for memory 10 s ago: the worker has 2g (workers.memory)", self.hint(WORKER_GONE))

    def test_what_was_written_long_ago_or_cannot_be_read_does_not_count(self):
        self.note("old", "100 2147483648\n")
        self.note("half", "99")
        self.note("empty", "")
        self.note("text", "now 1\n")
        Path(self.folder.name, "folder").mkdir()
        self.assertIn("probably", self.hint(WORKER_GONE))
        self.assertEqual([], memory.recent(self.folder.name + "/missing", 1000))

    def test_a_limit_that_is_not_known_is_not_made_up(self):
        self.note("spark-worker-1", "990 0\n")
        self.assertIn("the worker had none left", self.hint(WORKER_GONE))

    def test_a_full_heap_is_told_from_a_killed_process(self):
        self.assertIn("heap of an executor was full", self.hint(HEAP_FULL))

    def test_other_errors_are_left_alone(self):
        for said in ("division by zero", "exit code 1370", "java.lang.OutOfMemoryError of the driver", "Path does not exist: file:/workspace/137"):
            self.assertEqual("", self.hint(said), said)

    def test_the_hint_is_added_to_errors_of_spark_only_and_once(self):
        class SparkError(Exception):
            pass

        SparkError.__module__ = "pyspark.errors"
        error, other = SparkError(WORKER_GONE), ValueError(WORKER_GONE)
        for _ in range(2):
            memory.annotate(error)
        memory.annotate(other)
        self.assertEqual(1, len(error.__notes__))
        self.assertFalse(hasattr(other, "__notes__"))

    def test_a_notebook_shows_every_error_and_the_hint_with_those_of_spark(self):
        class SparkError(Exception):
            pass

        class Shell:
            def __init__(self):
                self.shown = []

            def showtraceback(self, exc_tuple=None, **options):
                self.shown.append(((exc_tuple or sys.exc_info())[1], options))

        SparkError.__module__ = "pyspark.errors"
        shell = Shell()
        memory.load_ipython_extension(shell)
        error = SparkError(WORKER_GONE)
        shell.showtraceback((SparkError, error, None), tb_offset=2)
        try:
            raise KeyError("x")
        except KeyError as other:
            shell.showtraceback()
            self.assertEqual([(error, {"tb_offset": 2}), (other, {})], shell.shown)
        self.assertIn("workers.memory", error.__notes__[0])

    def test_an_error_that_cannot_be_read_stays_as_it_is(self):
        class SparkError(Exception):
            def __str__(self):
                raise OSError("the JVM is gone")

        SparkError.__module__ = "py4j.protocol"
        memory.annotate(SparkError())


if __name__ == "__main__":
    unittest.main()
