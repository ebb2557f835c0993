"""Unit tests of the images' Python tools: those parts that need neither Docker nor Spark."""

import importlib.machinery
import importlib.util
import sys
import tempfile
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

    def test_shared_folder_leaves_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            parent = Path(folder, "made")
            with smoke.shared_folder(parent) as own:
                (own / "part-0").write_text("0")
            self.assertFalse(parent.exists())


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


if __name__ == "__main__":
    unittest.main()
