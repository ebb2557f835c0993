"""The hint at a worker that was killed for memory."""

import sys
import tempfile
import unittest
from pathlib import Path

from tools import load

memory = load("jupyterlab/opt/sparkcluster/python/sparkcluster_memory.py")


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
