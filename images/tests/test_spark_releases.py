"""The offered releases, compared with a package index and raised to what it has."""

import contextlib
import hashlib
import http.server
import io
import subprocess
import tarfile
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path

from tools import load

releases = load("spark-releases")
PROJECT = Path(__file__).resolve().parents[2]

TABLE = f"""# Releases.
# Spark  Scala  Hadoop  Java   SHA-256
3.5.9    2.12   3.3.4   8,17   {"9" * 64}
4.2.1    2.13   3.5.0   17,21  {"1" * 64}
"""
LINUX_IMAGES = """# image               Python  Java   Spark
debian:trixie-slim    3.13    21,25  4.2
debian:bookworm-slim  3.11    17     3.5,4.2
"""


def page(*links):
    return "".join(f'<a {attributes} href="../../p/{name}#sha256={digest}">x</a>\n' for name, digest, attributes in links)


def row(version, digest):
    return releases.Release(releases.version(version), "2.13", "3.5.0", "17,21", digest)


class Comparison(unittest.TestCase):
    def outdated(self, table, *links):
        return releases.outdated([row(*release) for release in table], releases.published(page(*links)))

    def test_reads_the_releases_that_are_offered(self):
        text = (PROJECT / releases.RELEASES).read_text(encoding="utf-8")
        table = releases.offered(text)
        self.assertGreaterEqual(len(table), 5)
        self.assertTrue(all(len(release.version) == 3 for release in table))
        self.assertEqual(text, releases.written(text, table))

    def test_reads_final_releases_that_were_not_withdrawn(self):
        found = page(("pyspark-4.2.1.tar.gz", "1", ""), ("pyspark-4.3.0.dev1.tar.gz", "2", ""), ("pyspark-4.3.0rc1.tar.gz", "2", ""), ("pyspark-4.2.2.tar.gz", "3", 'data-yanked=""'), ("pyspark_client-4.3.0.tar.gz", "4", ""))
        self.assertEqual({(4, 2, 1): "1"}, releases.published(found))

    def test_the_newest_of_each_line_is_right(self):
        self.assertEqual([], self.outdated([("3.5.9", "9"), ("4.2.1", "1")], ("pyspark-4.2.1.tar.gz", "1", ""), ("pyspark-4.2.0.tar.gz", "0", ""), ("pyspark-3.5.9.tar.gz", "9", "")))

    def test_a_newer_release_of_a_line_is_told(self):
        self.assertEqual(
            ["Spark 4.2.9 is offered, and 4.2.10 is the newest release of its line: run images/lock"],
            self.outdated([("4.2.9", "9")], ("pyspark-4.2.9.tar.gz", "9", ""), ("pyspark-4.2.10.tar.gz", "10", "")),
        )

    def test_a_new_line_is_told(self):
        self.assertEqual(
            ["Spark 4.10.0 is of a line that is not offered: run images/lock --line 4.10"],
            self.outdated([("4.2.1", "1")], ("pyspark-4.2.1.tar.gz", "1", ""), ("pyspark-4.10.0.tar.gz", "2", "")),
        )

    def test_another_hash_is_told(self):
        self.assertEqual(
            ["Spark 4.2.1 is offered with the SHA-256 1, and the index has 2: find out who changed the archive"],
            self.outdated([("4.2.1", "1")], ("pyspark-4.2.1.tar.gz", "2", "")),
        )

    def test_a_release_that_is_gone_is_told(self):
        for links in ([], [("pyspark-4.2.0.tar.gz", "0", "")]):
            self.assertEqual(
                ["Spark 4.2.1 is offered, and the index does not have it, or it was withdrawn: find out why before anybody builds it"],
                self.outdated([("4.2.1", "1")], *links),
            )

    def test_an_index_without_hashes_is_enough_to_compare(self):
        index = releases.published('<a href="pyspark-4.2.1.tar.gz#md5=5">x</a>')
        self.assertEqual([], releases.outdated([row("4.2.1", "1")], index))

    def test_a_version_is_no_part_of_another_one(self):
        before, after = row("4.2.1", "1" * 64), row("4.2.2", "2" * 64)
        text = "Spark 4.2.1. spark4.2.1-java21 4.2.10 14.2.1 4.2.1.3 " + "1" * 64
        self.assertEqual("Spark 4.2.2. spark4.2.2-java21 4.2.10 14.2.1 4.2.1.3 " + "2" * 64, releases.repeated(text, before, after))

    def test_every_place_that_repeats_a_version_exists(self):
        for place in releases.REPEATED_IN:
            self.assertTrue((PROJECT / place).exists(), place)

    def test_a_password_is_not_printed(self):
        for address in ("http://user:s3cret@127.0.0.1:1/simple", "http://user:s3cret@127.0.0.1:x/simple", "ftps://user:s3cret@host/simple"):
            for command in (["check"], ["raise"]):
                said = io.StringIO()
                with unittest.mock.patch.dict("os.environ", PIP_INDEX_URL=address), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                    self.assertEqual(0 if command == ["check"] else 1, releases.main(command))
                self.assertIn("does not answer", said.getvalue())
                self.assertNotIn("s3cret", said.getvalue())


class Raise(unittest.TestCase):
    """In a small project, from a small index that answers by HTTP."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.files = {
            releases.RELEASES: TABLE,
            releases.LINUX_IMAGES: LINUX_IMAGES,
            f"{releases.RESOURCES}/spark-4.2.1.txt": "# Spark 4.2.1\n",
            "README.md": "`3.5.9` or `4.2.1`\n",
            "images/spark-base/Dockerfile": f"ARG SPARK_VERSION=4.2.1\nARG SPARK_SHA256={'1' * 64}\n",
            "docs/security.md": "Since 4.2.1 they need a token.\n",
            # As the real one, it writes what is in the release.
            "src/main/spark-properties/generate": f'#!/bin/sh\nls "$2/jars" >"{self.root}/{releases.RESOURCES}/spark-$1.txt"\n',
        }
        for name, content in self.files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(content, encoding="utf-8")
        (self.root / "src/main/spark-properties/generate").chmod(0o755)
        subprocess.run(["git", "init", "--quiet"], cwd=self.root, check=True)
        subprocess.run(["git", "add", "."], cwd=self.root, check=True)
        self.site = {}
        self.logins = []
        test = self

        class Index(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                test.logins.append(self.headers.get("Authorization"))
                body = test.site.get(self.path)
                self.send_response(200 if body is not None else 503)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.host = f"127.0.0.1:{server.server_address[1]}"
        self.address = f"http://{self.host}/simple"
        self.said = ""

    def has(self, *links):
        self.site["/simple/pyspark/"] = page(("pyspark-3.5.9.tar.gz", "9" * 64, ""), *links).encode()

    def archive(self, version, scala="2.13.16", hadoop="3.5.0"):
        """Puts a release into the index; returns its hash."""
        with tempfile.TemporaryDirectory() as folder:
            jars = Path(folder, f"pyspark-{version}", "deps", "jars")
            jars.mkdir(parents=True)
            for jar in (f"scala-library-{scala}.jar", f"hadoop-client-api-{hadoop}.jar"):
                (jars / jar).touch()
            with tarfile.open(Path(folder, "archive"), "w:gz") as archive:
                archive.add(jars.parents[1], arcname=f"pyspark-{version}")
            content = Path(folder, "archive").read_bytes()
        self.site[f"/p/pyspark-{version}.tar.gz"] = content
        return hashlib.sha256(content).hexdigest()

    def run_raise(self, *options):
        said = io.StringIO()
        # The opener of one test must not reach another one.
        self.addCleanup(releases.urllib.request.install_opener, None)
        with unittest.mock.patch.dict("os.environ", PIP_INDEX_URL=self.address), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = releases.main(["raise", *options], self.root)
        self.said = said.getvalue()
        return code

    def content(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def assert_unchanged(self):
        for name, content in self.files.items():
            self.assertEqual(content, self.content(name), name)
        self.assertEqual(["spark-4.2.1.txt"], sorted(path.name for path in (self.root / releases.RESOURCES).glob("spark-[0-9]*")))

    def test_nothing_changes_when_all_is_newest(self):
        self.has(("pyspark-4.2.0.tar.gz", "0" * 64, ""), ("pyspark-4.2.1.tar.gz", "1" * 64, ""))
        self.assertEqual(0, self.run_raise())
        self.assertIn("every offered release is the newest", self.said)
        self.assert_unchanged()

    def test_a_newer_release_is_written_wherever_its_version_is_repeated(self):
        digest = self.archive("4.2.10", hadoop="3.5.1")
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""), ("pyspark-4.2.9.tar.gz", "0" * 64, ""), ("pyspark-4.2.10.tar.gz", digest, ""))
        self.assertEqual(0, self.run_raise(), self.said)
        self.assertEqual(TABLE.replace(f"4.2.1    2.13   3.5.0   17,21  {'1' * 64}", f"4.2.10   2.13   3.5.1   17,21  {digest}"), self.content(releases.RELEASES))
        self.assertEqual("`3.5.9` or `4.2.10`\n", self.content("README.md"))
        self.assertEqual(f"ARG SPARK_VERSION=4.2.10\nARG SPARK_SHA256={digest}\n", self.content("images/spark-base/Dockerfile"))
        self.assertEqual(self.files["docs/security.md"], self.content("docs/security.md"))
        self.assertEqual("hadoop-client-api-3.5.1.jar\nscala-library-2.13.16.jar\n", self.content(f"{releases.RESOURCES}/spark-4.2.10.txt"))
        self.assertFalse((self.root / releases.RESOURCES / "spark-4.2.1.txt").exists())
        self.assertIn("hadoop of Spark 4.2.10 is 3.5.1, and was 3.5.0", self.said)

    def test_pre_releases_and_withdrawn_releases_are_ignored(self):
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""), ("pyspark-4.2.2rc1.tar.gz", "2" * 64, ""), ("pyspark-4.2.2.dev3.tar.gz", "2" * 64, ""), ("pyspark-4.2.3.tar.gz", "3" * 64, 'data-yanked="broken"'))
        self.assertEqual(0, self.run_raise())
        self.assert_unchanged()

    def test_an_archive_with_another_hash_is_not_taken(self):
        self.archive("4.2.2")
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""), ("pyspark-4.2.2.tar.gz", "2" * 64, ""))
        self.assertEqual(1, self.run_raise())
        self.assertIn("do not use it", self.said)
        self.assert_unchanged()

    def test_a_hash_that_changed_on_the_index_is_not_taken(self):
        self.has(("pyspark-4.2.1.tar.gz", "2" * 64, ""))
        self.assertEqual(1, self.run_raise())
        self.assertIn("find out who changed the archive", self.said)
        self.assert_unchanged()

    def test_an_index_without_hashes_is_not_enough(self):
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""), ("pyspark-4.2.2.tar.gz", "", ""))
        self.assertEqual(1, self.run_raise())
        self.assertIn("gives no SHA-256 of pyspark-4.2.2.tar.gz", self.said)
        self.assert_unchanged()

    def test_an_index_that_does_not_answer_leaves_the_files_and_says_what_to_do(self):
        self.assertEqual(1, self.run_raise())
        self.assertIn("does not answer", self.said)
        self.assertIn("Nothing was changed", self.said)
        self.assertIn("PIP_INDEX_URL", self.said)
        self.assert_unchanged()

    def test_a_failure_after_the_first_release_leaves_the_files(self):
        older = TABLE.replace("3.5.9", "3.5.8").replace("9" * 64, "8" * 64)
        self.files[releases.RELEASES] = older
        (self.root / releases.RELEASES).write_text(older, encoding="utf-8")
        digest = self.archive("3.5.10", scala="2.12.18")
        self.has(("pyspark-3.5.8.tar.gz", "8" * 64, ""), ("pyspark-3.5.10.tar.gz", digest, ""), ("pyspark-4.2.2.tar.gz", "2" * 64, ""), ("pyspark-4.2.1.tar.gz", "1" * 64, ""))
        self.archive("4.2.2")
        self.assertEqual(1, self.run_raise())
        self.assertIn("Spark 3.5.10 (instead of 3.5.8)", self.said)
        self.assert_unchanged()

    def test_an_index_that_lags_behind_lowers_nothing(self):
        self.has(("pyspark-4.2.0.tar.gz", "0" * 64, ""))
        self.assertEqual(1, self.run_raise())
        self.assertIn("lags behind", self.said)
        self.assert_unchanged()

    def test_keep_raises_only_what_was_withdrawn(self):
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""), ("pyspark-4.2.2.tar.gz", "2" * 64, ""))
        self.assertEqual(0, self.run_raise("--keep"))
        self.assert_unchanged()
        digest = self.archive("4.2.2")
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, 'data-yanked=""'), ("pyspark-4.2.2.tar.gz", digest, ""))
        self.assertEqual(0, self.run_raise("--keep"), self.said)
        self.assertIn(f"4.2.2    2.13   3.5.0   17,21  {digest}", self.content(releases.RELEASES))

    def test_a_new_line_is_added_beside_the_others(self):
        digest = self.archive("4.4.0", hadoop="3.5.2")
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""), ("pyspark-4.4.0.tar.gz", digest, ""))
        self.assertEqual(0, self.run_raise("--keep", "--line", "4.4"), self.said)
        self.assertEqual(TABLE + f"4.4.0    2.13   3.5.2   17,21  {digest}\n", self.content(releases.RELEASES))
        self.assertEqual(LINUX_IMAGES.replace("4.2\n", "4.2,4.4\n"), self.content(releases.LINUX_IMAGES))
        self.assertTrue((self.root / releases.RESOURCES / "spark-4.4.0.txt").exists())
        self.assertEqual(self.files["README.md"], self.content("README.md"))
        self.assertIn("https://spark.apache.org/docs/4.4.0/", self.said)

    def test_a_line_that_is_offered_or_does_not_exist_is_refused(self):
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""))
        for line, reason in (("4.2", "is offered already"), ("4.9", "no final release of the line 4.9")):
            self.assertEqual(1, self.run_raise("--line", line))
            self.assertIn(reason, self.said)
        self.assertEqual(64, self.run_raise("--line", "newest"))
        self.assert_unchanged()

    def test_a_login_in_the_address_reaches_the_index_and_the_archives(self):
        self.address = f"http://us%40er:s3cret@{self.host}/simple"
        digest = self.archive("4.2.2")
        self.has(("pyspark-4.2.1.tar.gz", "1" * 64, ""), ("pyspark-4.2.2.tar.gz", digest, ""))
        self.assertEqual(0, self.run_raise(), self.said)
        self.assertEqual({"Basic dXNAZXI6czNjcmV0"}, set(self.logins))
        self.assertNotIn("s3cret", self.said)


class Index(unittest.TestCase):
    def test_it_is_the_one_of_pip(self):
        with unittest.mock.patch.dict("os.environ", PIP_INDEX_URL="https://index.example.org/simple/"):
            self.assertEqual("https://index.example.org/simple", releases.index_url())
        for answer, expected in (("https://other.example.org/simple\n", "https://other.example.org/simple"), ("", releases.PYPI)):
            with unittest.mock.patch.dict("os.environ"), unittest.mock.patch.object(releases.subprocess, "run") as run:
                releases.os.environ.pop("PIP_INDEX_URL", None)
                run.return_value = subprocess.CompletedProcess([], 0 if answer else 1, answer)
                self.assertEqual(expected, releases.index_url())


if __name__ == "__main__":
    unittest.main()
