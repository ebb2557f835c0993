"""pip of the edge node, for `pip`, `python3 -m pip` and `%pip`: what it installs goes into the workspace, where drivers and executors find it.

Executors have fewer packages than the edge node, which has JupyterLab. So pip sees as installed only what executors have too (shared-packages), and installs a copy of
what a package needs besides.
"""

import os
import sys

SHARED = "/opt/sparkcluster/shared-packages"
UNSHARED = (
    "packages that you install by pip go into the workspace, and this cluster's workspace is a volume of one machine, which executors on other machines do not see: "
    "set swarm.workspace.hostPath or swarm.workspace.nfs to share it"
)
SEEN = "Executors that start from now on find what was installed, and so do running ones, unless they have loaded another version of it already: then start the session anew."


def refusal(arguments: list) -> str:
    """Why a command of pip is not run; empty if it is run."""
    command = next((argument for argument in arguments if not argument.startswith("-")), "")
    shared = os.environ.get("SPARKCLUSTER_WORKSPACE_SHARED", "true") != "false"
    return UNSHARED if command == "install" and not shared else ""


def visible(path: list) -> list:
    """Where pip looks for installed packages: not among the image's own, but in the list of those that executors have too."""
    return [folder for folder in path if not folder.endswith("/dist-packages")] + [SHARED]


def main() -> int:
    """Runs pip with the arguments of this process; returns its exit code."""
    arguments = sys.argv[1:]
    refused = refusal(arguments)
    if refused:
        print(f"pip: {refused}", file=sys.stderr)
        return 1
    # /tmp is a small file system in memory, and pip unpacks packages there.
    scratch = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0]
    if scratch and os.access(scratch, os.W_OK):
        os.environ["TMPDIR"] = scratch
    from pip._internal.cli.main import main as pip

    sys.path[:] = visible(sys.path)
    return pip(arguments)


def magic(line: str) -> None:
    """`%pip`: the same from a cell, with pip's output as it comes."""
    import importlib
    import shlex
    import subprocess

    from IPython import get_ipython

    command = shlex.split(get_ipython().var_expand(line))
    pip = subprocess.Popen([sys.executable, "-m", "pip", *command], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for output in pip.stdout:
        print(output, end="")
    importlib.invalidate_caches()
    if pip.wait() == 0 and command[:1] == ["install"]:
        print(SEEN)


def load_ipython_extension(shell) -> None:
    shell.register_magic_function(magic, "line", "pip")
