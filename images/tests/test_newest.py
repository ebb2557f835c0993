"""The comparison of the offered releases with the package index."""

import io
import unittest
import unittest.mock

from tools import load

newest = load("tests/newest")


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
