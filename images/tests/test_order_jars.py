"""The jar that names the others in the order in which classes are looked for."""

import tempfile
import unittest
import zipfile
from pathlib import Path

from tools import load

order_jars = load("spark-base/build/order-jars")
MANIFEST = "Manifest-Version: 1.0\r\nBundle-Name: slf4j-api\r\n\r\nName: org/slf4j\r\nSealed: true\r\n"


class OrderJarsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.jars = Path(folder.name)

    def jar(self, name: str, **entries: str):
        with zipfile.ZipFile(self.jars / name, "w") as jar:
            for entry, content in entries.items():
                jar.writestr(entry, content)

    def first(self, manifest: str = MANIFEST):
        self.jar("slf4j-api-2.0.17.jar", **{"META-INF/MANIFEST.MF": manifest, "org/slf4j/Logger.class": "code"})

    def read(self, entry: str) -> str:
        with zipfile.ZipFile(self.jars / "slf4j-api-2.0.17.jar") as jar:
            return jar.read(entry).decode()

    def test_names_all_other_jars_in_alphabetical_order(self):
        self.first()
        for name in ("spark-core.jar", "avro.jar", "zstd.jar"):
            self.jar(name)
        self.assertEqual(order_jars.main(self.jars), 0)
        self.assertEqual(
            self.read("META-INF/MANIFEST.MF"),
            "Manifest-Version: 1.0\r\nBundle-Name: slf4j-api\r\nClass-Path: avro.jar spark-core.jar zstd.jar\r\n\r\nName: org/slf4j\r\nSealed: true\r\n",
        )
        self.assertEqual(self.read("org/slf4j/Logger.class"), "code")

    def test_lines_have_at_most_72_bytes(self):
        self.first("Manifest-Version: 1.0\r\n")
        names = [f"a-library-with-a-long-name-{number:03}.jar" for number in range(50)]
        for name in names:
            self.jar(name)
        order_jars.main(self.jars)
        lines = self.read("META-INF/MANIFEST.MF").split("\r\n")
        self.assertTrue(all(len(line) <= 72 for line in lines))
        self.assertIn(" ".join(names), "".join(line[1:] if line.startswith(" ") else line for line in lines))

    def test_a_class_path_that_is_there_is_not_changed(self):
        self.first("Manifest-Version: 1.0\r\nclass-path: other.jar\r\n")
        with self.assertRaisesRegex(SystemExit, "has a Class-Path already"):
            order_jars.main(self.jars)

    def test_needs_exactly_one_first_jar(self):
        with self.assertRaisesRegex(SystemExit, "has 0 jars slf4j-api"):
            order_jars.main(self.jars)


if __name__ == "__main__":
    unittest.main()
