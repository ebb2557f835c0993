"""Python packages that a user installs: where Python finds them, what pip is told of the image, and where they would be of no use."""

import contextlib
import io
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools import IMAGES, load

packages = load("spark-base/opt/sparkcluster/python/sparkcluster_packages.py")
pip = load("jupyterlab/opt/sparkcluster/python/sparkcluster_pip.py")
spark = load("spark-base/build/describe-spark")
constraints = load("spark-base/build/python-constraints")


class Order(unittest.TestCase):
    def test_the_users_folder_comes_behind_the_images(self):
        path = ["/lib", "/user/site", "/user/site/more", "/image"]
        with mock.patch.object(packages.site, "getusersitepackages", return_value="/user/site"), mock.patch.object(packages.site, "ENABLE_USER_SITE", True), mock.patch.object(sys, "path", path):
            packages.install()
        self.assertEqual(path, ["/lib", "/image", "/user/site", "/user/site/more"])

    def test_a_folder_that_does_not_exist_yet_is_on_the_path(self):
        path = ["/lib"]
        with mock.patch.object(packages.site, "getusersitepackages", return_value="/user/site"), mock.patch.object(packages.site, "ENABLE_USER_SITE", True), mock.patch.object(sys, "path", path):
            packages.install()
        self.assertEqual(path, ["/lib", "/user/site"])

    def test_a_python_that_is_told_to_ignore_it_does_so(self):
        path = ["/lib"]
        with mock.patch.object(packages.site, "ENABLE_USER_SITE", False), mock.patch.object(sys, "path", path):
            packages.install()
        self.assertEqual(path, ["/lib"])


class Descriptions(unittest.TestCase):
    def test_pip_learns_what_lies_in_sparks_folders(self):
        with tempfile.TemporaryDirectory() as folder:
            home, site = Path(folder, "spark"), Path(folder, "site")
            (home / "python" / "pyspark").mkdir(parents=True)
            (home / "python" / "lib").mkdir()
            site.mkdir()
            (home / "python" / "pyspark" / "version.py").write_text('__version__: str = "4.2.1"\n', encoding="utf-8")
            (home / "python" / "lib" / "py4j-0.10.9.9-src.zip").touch()
            for name, version in spark.versions(home).items():
                spark.describe(site, name, version)
            listed = Path(folder, "constraints.txt")
            listed.write_text("# of JupyterLab\nJupyterLab==4.5.0\n", encoding="utf-8")
            self.assertEqual(constraints.constraints(str(site), str(listed)), ["JupyterLab==4.5.0", "py4j==0.10.9.9", "pyspark==4.2.1"])

    def test_a_spark_without_them_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "python" / "pyspark").mkdir(parents=True)
            (home / "python" / "lib").mkdir()
            (home / "python" / "pyspark" / "version.py").write_text("nothing\n", encoding="utf-8")
            with self.assertRaises(SystemExit):
                spark.versions(home)


class Locks(unittest.TestCase):
    def test_the_constraints_are_those_of_the_lock(self):
        """images/lock writes both."""
        for python in ("3.11", "3.13"):
            lock = (IMAGES / "jupyterlab" / f"requirements-{python}.lock").read_text(encoding="utf-8")
            locked = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", lock, re.MULTILINE)
            listed = (IMAGES / "spark-base" / f"constraints-{python}.txt").read_text(encoding="utf-8").splitlines()[1:]
            self.assertEqual(listed, [f"{name}=={version}" for name, version in locked], f"run images/lock --keep: constraints-{python}.txt")


class Pip(unittest.TestCase):
    def test_where_executors_do_not_see_the_workspace_nothing_is_installed(self):
        with mock.patch.dict(os.environ, {"SPARKCLUSTER_WORKSPACE_SHARED": "false"}):
            self.assertIn("swarm.workspace.hostPath", pip.refusal(["--quiet", "install", "scikit-learn"]))
            self.assertEqual(pip.refusal(["list"]), "")
            said = io.StringIO()
            with contextlib.redirect_stderr(said), mock.patch.object(sys, "argv", ["pip", "install", "scikit-learn"]):
                self.assertEqual(pip.main(), 1)
            self.assertIn("swarm.workspace.nfs", said.getvalue())
        self.assertEqual(pip.refusal(["install", "scikit-learn"]), "")

    def test_it_sees_what_executors_have_and_what_was_installed(self):
        path = ["/usr/lib/python3.13", "/usr/local/lib/python3.13/dist-packages", "/workspace/.sparkcluster/python/lib/python3.13/site-packages", "/usr/lib/python3/dist-packages"]
        self.assertEqual(pip.visible(path), ["/usr/lib/python3.13", "/workspace/.sparkcluster/python/lib/python3.13/site-packages", pip.SHARED])


if __name__ == "__main__":
    unittest.main()
