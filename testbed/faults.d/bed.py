"""A small cluster of the harness's own in a clone of this checkout, driven by the make verbs that people type."""

from __future__ import annotations

import json
import os
import random
import shutil
import string
import sys
import tempfile
import time
from pathlib import Path
from typing import Mapping

from engine import OwnEngine
from shell import ROOT, Broken, NoCluster, Result, Running, docker, http, must, run, tail, wait_until

UP_SECONDS = 1500
DOWN_SECONDS = 600
JOB_SECONDS = 600
SOON_SECONDS = 120
# Enough for a session to start on a machine with a load of 40; the fault comes only after that.
BEGINS_SECONDS = 600
JOBS = Path(__file__).resolve().parent / "jobs"
KEPT = "/workspace/kept.txt"


class Bed:
    """One cluster, brought up on first use. Every fault leaves it as it was; otherwise the cluster is made anew."""

    def __init__(self, name: str, ports: tuple[int, int], seed: int, thorough: bool, engine: Mapping[str, str] | None = None, inside: tuple[str, ...] = ()) -> None:
        self.name = name
        self.ui_port, self.lab_port = ports
        self.seed = seed
        self.thorough = thorough
        # Variables by which commands find the second engine, and a command prefix that enters its network namespace.
        self.engine = dict(engine or {})
        self.inside = inside
        self.folder = Path(tempfile.mkdtemp(prefix="spark-cluster-faults-"))
        self.clone = self.folder / "clone"
        self.mark = "".join(random.Random().choices(string.ascii_lowercase, k=20))
        self.is_up = False
        self.has_mark = False
        self.kills = 5
        # Seconds of the last make verb, and of each verb that nothing disturbed.
        self.last_seconds = 0.0
        self.durations: dict[str, float] = {}
        # Further configuration.
        self.extra: dict[str, object] = {}
        # A second engine and the bed on it, which refers back to the first.
        self.own_engine: OwnEngine | None = None
        self.other: Bed | None = None
        self.first: Bed = self
        # Which of the two the fault uses.
        self.struck: Bed = self
        self._logs = 0
        self.partitions = 8
        self.workers = 1
        run("git", "clone", "--quiet", str(ROOT), str(self.clone), limit=120).or_fail("git clone")
        self.write_configuration()

    # What people type.

    @property
    def environment(self) -> dict[str, str]:
        """The clone gets no settings of the state that the shell around the harness uses."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PULUMI_", "MAKE", "MFLAGS", "SPARK_CLUSTER_SWARM"))}
        kept.pop("DOCKER_HOST", None)
        return {**kept, **self.engine, "STACK": self.name}

    def log(self, what: str) -> Path:
        self._logs += 1
        return self.folder / f"{self._logs:03d}-{what.replace('/', '-')}.log"

    def command(self, *words: str) -> list[str]:
        return [*self.inside, *words]

    def start(self, *words: str) -> Running:
        """A make verb, or any other command, in the clone."""
        return Running(self.log("-".join(words)[:60]), *self.command(*words), cwd=self.clone, env=self.environment)

    def make(self, verb: str, limit: float = UP_SECONDS) -> Result:
        running = self.start("make", verb)
        try:
            result = running.result(limit, f"make {verb}")
        except BaseException:
            running.end()
            raise
        self.last_seconds = time.monotonic() - running.begun
        return result

    def pulumi(self, *words: str, limit: float = 120) -> Result:
        """Without make, but in the environment that the verbs use."""
        line = 'eval "$(toolchain/env)" && exec pulumi --non-interactive --color never "$@" --stack "$STACK"'
        return run(*self.command("bash", "-c", line, "bash", *words), limit=limit, cwd=self.clone, env=self.environment)

    def write_configuration(self) -> None:
        """Keeps the salt that Pulumi wrote."""
        file = self.clone / "stacks" / f"Pulumi.{self.name}.yaml"
        salt = ""
        if file.exists():
            salt = "".join(line + "\n" for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("encryptionsalt"))
        values = {
            "platform": "docker",
            "smokeTest": "false",
            "master": {"uiPort": self.ui_port, "memory": "768m"},
            "edge": {"port": self.lab_port, "memory": "1536m", "cpus": 1},
            "workers": {"count": self.workers, "cores": 2, "memory": "1400m"},
            "applications": {"concurrent": 1},
            "sparkConf": {"spark.sql.shuffle.partitions": str(self.partitions)},
            **self.extra,
        }
        # JSON is YAML.
        lines = "".join(f"  spark-cluster:{key}: {json.dumps(value)}\n" for key, value in values.items())
        file.write_text(f"{salt}config:\n{lines}", encoding="utf-8")

    def change(self) -> None:
        """Changes the number of workers, and a property, which replaces the edge node."""
        self.workers = 3 - self.workers
        self.partitions += 1
        self.write_configuration()

    # What is there.

    @property
    def cluster(self) -> str:
        return f"spark-{self.name}"

    def docker(self, *words: str, limit: float = 120, stdin: str | None = None) -> Result:
        return docker(*words, limit=limit, env=self.environment, stdin=stdin)

    def node(self, role: str) -> str:
        return f"{self.cluster}-{role}"

    def listed(self, *words: str) -> set[str]:
        names = self.docker(*words).or_fail().text.split()
        return {name for name in names if name == self.cluster or name.startswith(self.cluster + "-")}

    def containers(self) -> dict[str, str]:
        """Nodes by name, with their identifiers, running or not; without the containers that only carry secrets."""
        lines = self.docker("ps", "--all", "--no-trunc", "--format", "{{.Names}} {{.ID}} {{.State}}").or_fail().text.splitlines()
        found = {}
        for line in lines:
            name, identifier, state = line.split(" ", 2)
            if name.startswith(self.cluster + "-") and state != "created":
                found[name] = identifier
        return found

    def networks(self) -> set[str]:
        return self.listed("network", "ls", "--format", "{{.Name}}")

    def volumes(self) -> set[str]:
        return self.listed("volume", "ls", "--format", "{{.Name}}")

    def expected_nodes(self) -> set[str]:
        return {self.node("master"), self.node("edge"), *(self.node(f"worker-{number}") for number in range(1, self.workers + 1))}

    def inspect(self, role: str, form: str) -> str:
        return self.docker("inspect", "--format", form, self.node(role)).or_fail().text.strip()

    def main_process(self, role: str) -> int:
        """The pid on this machine of a container of this cluster."""
        return int(self.inspect(role, "{{.State.Pid}}"))

    def http(self, address: str, headers: Mapping[str, str] | None = None, method: str = "GET", body: bytes | None = None) -> tuple[int, str]:
        if not self.inside:
            return http(address, headers, method, body)
        # Published ports are in that engine's network namespace.
        asked = json.dumps([address, dict(headers or {}), method, None if body is None else body.decode()])
        done = run(*self.inside, sys.executable, str(Path(__file__).with_name("ask.py")), stdin=asked)
        must(done.code == 0, f"asking {address}: {tail(done.text)}")
        status, text = json.loads(done.text)
        return int(status), str(text)

    def page(self) -> dict:
        _, text = self.http(f"http://127.0.0.1:{self.ui_port}/json/")
        try:
            return dict(json.loads(text))
        except ValueError:
            return {}

    def alive(self) -> int:
        return int(self.page().get("aliveworkers", -1))

    def used_cores(self) -> int:
        return int(self.page().get("coresused", -1))

    def lab(self, path: str, method: str = "GET", body: object | None = None, token: bool = True) -> tuple[int, str]:
        headers = {"Authorization": f"token {self.token()}", "Content-Type": "application/json"} if token else {}
        return self.http(f"http://127.0.0.1:{self.lab_port}{path}", headers, method, None if body is None else json.dumps(body).encode())

    def token(self) -> str:
        if not hasattr(self, "_token"):
            self._token = self.pulumi("stack", "output", "jupyterToken", "--show-secrets").or_fail("token").text.strip().splitlines()[-1]
        return self._token

    def edge(self, *words: str, limit: float = JOB_SECONDS, stdin: str | None = None, variables: Mapping[str, str] | None = None) -> Result:
        options = [part for key, value in (variables or {}).items() for part in ("--env", f"{key}={value}")]
        return self.docker("exec", "--interactive", *options, self.node("edge"), *words, limit=limit, stdin=stdin)

    def copy_job(self, name: str) -> str:
        path = f"/workspace/{name}"
        self.edge("sh", "-c", 'cat >"$1"', "sh", path, stdin=(JOBS / name).read_text(encoding="utf-8")).or_fail(f"copying {name}")
        return path

    def start_job(self, name: str, *arguments: str, options: tuple[str, ...] = (), variables: Mapping[str, str] | None = None) -> Running:
        path = self.copy_job(name)
        environment = [part for key, value in (variables or {}).items() for part in ("--env", f"{key}={value}")]
        return Running(
            self.log(name),
            *("docker", "exec", *environment, self.node("edge"), "spark-submit", *options, path, *arguments),
            cwd=self.clone,
            env=self.environment,
        )

    def start_steps(self, tasks: int, seconds: float = 1) -> Running:
        """Starts a job; its tasks run when this returns."""
        job = self.start_job("steps.py", str(tasks), str(seconds))
        self.await_work(job)
        return job

    def await_work(self, job: Running) -> None:
        def begun() -> bool:
            must(not job.ended(), f"the job ended early: {tail(job.text())}")
            # Before that there may be no executor whose loss could be observed.
            return "Starting task" in job.text()

        try:
            wait_until("tasks of the job run", BEGINS_SECONDS, begun)
        except Broken as problem:
            job.end()
            raise NoCluster(str(problem)) from None

    def end_jobs(self) -> None:
        """Ends all jobs: a driver outlives the `docker exec` that started it, and would keep its cores."""
        try:
            self.edge("pkill", "-KILL", "-f", "org.apache.spark.deploy.SparkSubmit", limit=SOON_SECONDS)
        except Broken as problem:
            print(f"    jobs were not ended: {problem}", flush=True)

    def steps_are_right(self, job: Running, tasks: int) -> float:
        """Seconds from the job's start to its end."""
        result = job.result(JOB_SECONDS, "the job").or_fail("the job")
        must(f"SUM {tasks * (tasks - 1) // 2}" in result.text, f"the job's result is wrong: {tail(result.text)}")
        return time.monotonic() - job.begun

    def short_job(self) -> float:
        """Runs another job and checks its result."""
        begun = time.monotonic()
        job = self.start_job("steps.py", "4", "0")
        self.steps_are_right(job, 4)
        return time.monotonic() - begun

    # What must hold.

    def keep(self) -> None:
        self.edge("sh", "-c", 'printf %s "$1" >"$2"', "sh", self.mark, KEPT).or_fail("writing into the workspace")
        self.has_mark = True

    def kept(self) -> None:
        found = self.edge("cat", KEPT)
        must(found.code == 0 and found.text == self.mark, f"the workspace lost its file {KEPT}: {tail(found.text)}")

    def ready(self, kept: bool = True) -> None:
        """`up` has reported that the cluster is ready, so everything that a user would try next must work at once."""
        must(set(self.containers()) == self.expected_nodes(), f"nodes are {sorted(self.containers())}, and not {sorted(self.expected_nodes())}")
        stopped = [name for name in self.containers() if self.docker("inspect", "--format", "{{.State.Running}}", name).text.strip() != "true"]
        must(not stopped, f"{', '.join(stopped)} do not run")
        status, _ = self.lab("/api/contents", token=False)
        must(status == 403, f"JupyterLab answers {status} to a request without token, and not 403")
        must(self.alive() == self.workers, f"the master lists {self.alive()} workers that are alive, and not {self.workers}")
        if kept:
            self.kept()
        else:
            self.keep()

    def nothing_is_left(self) -> None:
        """Nothing may be left except the workspace, which `down` keeps."""
        left = sorted(self.listed("ps", "--all", "--format", "{{.Names}}") | self.networks() | (self.volumes() - {self.node("workspace")}))
        must(not left, f"down left {', '.join(left)}")
        must(self.node("workspace") in self.volumes(), "down took the workspace away")

    def nothing_to_do(self) -> None:
        said = self.make("preview").or_fail("make preview").text
        changes = [line.strip() for line in said.splitlines() if line.lstrip().startswith(("+", "~", "-"))]
        for word in ("to create", "to update", "to replace", "to delete"):
            must(word not in said, f"after up, preview still has something {word}: {'; '.join(changes)}")

    # Its life.

    def up(self, kept: bool = True) -> Result:
        result = self.make("up").or_fail("make up")
        self.ready(kept)
        self.is_up = True
        return result

    def need(self) -> None:
        """Returns once the cluster is known to work."""
        if self.is_up:
            return
        try:
            self.up(kept=self.has_mark)
        except Broken as problem:
            raise NoCluster(f"there is no cluster to make faults in: {problem}") from None

    def down(self) -> Result:
        result = self.make("down", DOWN_SECONDS).or_fail("make down")
        self.nothing_is_left()
        self.is_up = False
        return result

    def mend(self) -> None:
        """Called after a fault that did not end well: the cluster is no longer trusted."""
        self.is_up = False
        self.end_jobs()
        if self.make("up").code != 0:
            self.make("down", DOWN_SECONDS)
        try:
            self.ready(kept=False)
            self.is_up = True
        except (Broken, OSError):
            self.make("down", DOWN_SECONDS)

    def close(self) -> list[str]:
        """Removes everything of this cluster; returns what could not be removed."""
        problems: list[str] = []
        if self.other is not None:
            problems += self.other.close()
        if self.own_engine is not None:
            problems += self.own_engine.close()
        if (self.clone / ".local" / "state").exists():
            ended = self.make("down", DOWN_SECONDS)
            if ended.code != 0:
                problems.append(f"make down: {tail(ended.text, 5)}")
        # Only objects with the name that this harness chose.
        for name in self.listed("ps", "--all", "--format", "{{.Names}}"):
            self.docker("rm", "--force", "--volumes", name)
        for name in self.networks():
            self.docker("network", "rm", name)
        for name in self.volumes():
            self.docker("volume", "rm", name)
        left = self.listed("ps", "--all", "--format", "{{.Names}}") | self.networks() | self.volumes()
        problems += [f"{name} is left" for name in sorted(left)]
        if not problems:
            shutil.rmtree(self.folder, ignore_errors=True)
        return problems
