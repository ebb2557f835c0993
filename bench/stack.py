"""What benchmarks of platforms share: a stack that is theirs, and commands with a bound."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any, Callable

ROOT = Path(__file__).resolve().parent.parent
STACK = "spark-bench"
LIMIT_SECONDS = 1800


def run(*command: str, stdin: str | None = None, env: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, input=stdin, text=True, capture_output=True, timeout=LIMIT_SECONDS, cwd=cwd, env=env)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def timed(work: Callable[[], Any]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def row(what: str, seconds: list[float]) -> None:
    print(f"{what:52} min {min(seconds):6.1f}  median {statistics.median(seconds):6.1f}  max {max(seconds):6.1f} s, n = {len(seconds)}", flush=True)


def ratios(seen: dict[str, list[float]], what: str, peer: str) -> None:
    rounds = [one / other for one, other in zip(seen[what], seen[peer])]
    print(f"{what}: {statistics.median(rounds):.2f} times as long as {peer} (rounds {min(rounds):.2f} to {max(rounds):.2f})", flush=True)


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as open_ones:
        ports = []
        for _ in range(count):
            probe = open_ones.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            ports.append(int(probe.getsockname()[1]))
        return ports


def package(project: Path) -> None:
    """The program as a jar that is only run, as one does where it is not changed."""
    class_path = run("./mvnw", "--quiet", "--batch-mode", "compile", "exec:exec", "-Dexec.executable=echo", "-Dexec.args=%classpath").strip()
    words = "Class-Path: " + " ".join(Path(entry).as_uri() + ("/" if Path(entry).is_dir() else "") for entry in class_path.split(os.pathsep))
    # A line of a manifest has 72 bytes, and goes on after a blank.
    lines = [words[:70]] + [" " + words[start : start + 69] for start in range(70, len(words), 69)]
    with zipfile.ZipFile(project / "program.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "\r\n".join(["Manifest-Version: 1.0", "Main-Class: io.sparkcluster.program.Main", *lines, ""]))
    (project / "Pulumi.yaml").write_text("name: spark-cluster\nruntime:\n  name: java\n  options:\n    binary: program.jar\n", encoding="utf-8")


class Stack:
    """A stack with state and configuration of its own, in a folder that is gone afterwards. Needs what `eval "$(make -s env)"` sets."""

    def __init__(self, folder: str, configuration: dict[str, str], packaged: bool = False) -> None:
        self._project = ROOT
        if packaged:
            self._project = Path(folder)
            package(self._project)
        self._config = os.path.join(folder, "Pulumi.bench.yaml")
        state = Path(folder, "state")
        state.mkdir()
        self._env = {**os.environ, "PULUMI_BACKEND_URL": state.as_uri(), "PULUMI_CONFIG_PASSPHRASE": "bench"}
        self._env.pop("PULUMI_CONFIG_PASSPHRASE_FILE", None)
        Path(self._config).write_text("config: {}\n", encoding="utf-8")
        self._run("stack", "init", STACK, "--no-select")
        # Pulumi writes the salt of a new stack beside the program.
        made = self._project / ("" if packaged else "stacks") / f"Pulumi.{STACK}.yaml"
        shutil.move(made, self._config)
        self.configure(configuration)

    def _run(self, *arguments: str) -> str:
        return run("pulumi", *arguments, "--non-interactive", env=self._env, cwd=self._project)

    def pulumi(self, *arguments: str) -> str:
        return self._run(*arguments, "--stack", STACK, "--config-file", self._config)

    def configure(self, values: dict[str, str]) -> None:
        for name, value in values.items():
            self.pulumi("config", "set", "--path", f"spark-cluster:{name}", value)

    def up(self, *options: str) -> float:
        return timed(lambda: self.pulumi("up", "--yes", "--skip-preview", *options))

    def destroy(self) -> float:
        return timed(lambda: self.pulumi("destroy", "--yes", "--skip-preview"))

    def resources(self) -> list[dict[str, Any]]:
        """What the state knows, secrets in clear."""
        export = self._run("stack", "export", "--show-secrets", "--stack", STACK)
        return list(json.loads(export)["deployment"]["resources"])
