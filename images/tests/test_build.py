"""What builds the image spark-base."""

import hashlib
import http.server
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path

from tools import load

prune = load("spark-base/build/prune-jars")
fetch = load("spark-base/build/fetch-spark")


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
