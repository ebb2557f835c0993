"""A second Docker engine, in its own network namespace and with its data in memory. The harness may restart it and fill its disk."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from shell import Broken, Running, Unable, docker, kill, must, processes, run, tail, wait_until

START_SECONDS = 180
LOAD_SECONDS = 1200
STOP_SECONDS = 150
ROOMY_MEBIBYTES = 8192
# Networks: between the engine's namespace and this machine, and for the engine's own networks.
HERE, THERE, LINK = "10.91.255.1", "10.91.255.2", "10.91.255.0/30"
POOL = "10.92.0.0/16"


class OwnEngine:
    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        # The path of a Unix socket has at most 107 characters.
        self.place = Path("/run") / name
        self.data = self.place / "data"
        self.socket = self.place / "docker.sock"
        self.log = folder / "dockerd.log"
        self.environment = {"DOCKER_HOST": f"unix://{self.socket}"}
        self.inside = ("nsenter", f"--net=/run/netns/{name}")
        self._undo: list[tuple[str, ...]] = []
        self._running: Running | None = None

    def make(self) -> None:
        if os.geteuid() != 0:
            raise Unable("a second engine is started by root only")
        for program in ("dockerd", "ip", "nsenter", "iptables"):
            if shutil.which(program) is None:
                raise Unable(f"a second engine needs {program}, which is not installed")
        if self.place.exists() or Path(f"/run/netns/{self.name}").exists():
            raise Unable(f"{self.place} or the network namespace {self.name} is there already: another run of the harness, or what one left")
        self.place.mkdir()
        self.data.mkdir()
        self._do(("mount", "-t", "tmpfs", "-o", f"size={ROOMY_MEBIBYTES}m", "tmpfs", str(self.data)), ("umount", "--recursive", "--lazy", str(self.data)))
        self._do(("ip", "netns", "add", self.name), ("ip", "netns", "delete", self.name))
        link = self.name[:12] + "0"
        self._do(("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", self.name), ("ip", "link", "delete", link))
        self._do(("ip", "address", "add", f"{HERE}/30", "dev", link))
        self._do(("ip", "link", "set", link, "up"))
        for words in (("link", "set", "lo", "up"), ("address", "add", f"{THERE}/30", "dev", "eth0"), ("link", "set", "eth0", "up"), ("route", "add", "default", "via", HERE)):
            self._do(("ip", "-netns", self.name, *words))
        masquerade = ("POSTROUTING", "--source", LINK, "--jump", "MASQUERADE")
        self._do(("iptables", "--wait", "--table", "nat", "--insert", *masquerade), ("iptables", "--wait", "--table", "nat", "--delete", *masquerade))
        for way in ("--in-interface", "--out-interface"):
            rule = ("FORWARD", way, link, "--jump", "ACCEPT")
            self._do(("iptables", "--wait", "--insert", *rule), ("iptables", "--wait", "--delete", *rule))
        self.start()

    def _do(self, words: tuple[str, ...], undo: tuple[str, ...] | None = None) -> None:
        done = run(*words)
        if done.code != 0:
            raise Unable(f"{' '.join(words)}: {tail(done.text, 2)}")
        if undo:
            self._undo.append(undo)

    def answers(self) -> bool:
        return docker("version", env={**os.environ, **self.environment}).code == 0

    def start(self) -> float:
        """Seconds until it answers."""
        begun = time.monotonic()
        # A killed engine leaves pid files, whose pids other processes may have by now. Its containerd outlives it, and the next engine must use that one: two
        # of them would block each other.
        for left in (self.place / "docker.pid", self.place / "exec" / "containerd" / "containerd.pid"):
            if left.exists() and str(self.place) not in processes().get(int(left.read_text().strip() or 0), ""):
                left.unlink()
        self._running = Running(
            self.log,
            *(*self.inside, "dockerd", "--data-root", str(self.data), "--exec-root", str(self.place / "exec"), "--pidfile", str(self.place / "docker.pid")),
            *("--host", f"unix://{self.socket}", "--default-address-pool", f"base={POOL},size=24"),
        )

        def ready() -> bool:
            assert self._running is not None
            must(not self._running.ended(), f"dockerd ended: {tail(self._running.text())}")
            return self.answers()

        wait_until("the second engine answers", START_SECONDS, ready)
        return time.monotonic() - begun

    def stop(self, number: int = signal.SIGTERM) -> None:
        assert self._running is not None
        kill(self._running.pid, number)
        self._running.code(STOP_SECONDS, "the second engine")

    def load(self, images: list[str], tags: dict[str, str]) -> None:
        """Copies images from the first engine; TAGS maps images to names."""
        environment = {**os.environ, **self.environment}
        with subprocess.Popen(["docker", "save", *images], stdout=subprocess.PIPE) as saved:
            try:
                loaded = subprocess.run(["docker", "load", "--quiet"], stdin=saved.stdout, env=environment, capture_output=True, text=True, timeout=LOAD_SECONDS)
            except subprocess.TimeoutExpired:
                saved.kill()
                raise Broken(f"images could not be loaded within {LOAD_SECONDS} s") from None
        must(loaded.returncode == 0 and saved.returncode == 0, f"images could not be loaded: {tail(loaded.stderr)}")
        for image, tag in tags.items():
            docker("tag", image, tag, env=environment).or_fail()

    # Its disk.

    def used_mebibytes(self) -> int:
        found = run("df", "--block-size=1M", "--output=used", str(self.data)).or_fail().text
        return int(re.findall(r"\d+", found)[-1])

    def leave_room(self, mebibytes: int) -> None:
        run("mount", "-o", f"remount,size={self.used_mebibytes() + mebibytes}m", str(self.data)).or_fail()

    def give_room(self) -> None:
        run("mount", "-o", f"remount,size={ROOMY_MEBIBYTES}m", str(self.data)).or_fail()

    def close(self) -> list[str]:
        if self._running is not None and not self._running.ended():
            self.stop()
        self._end_shims()
        for mounted in sorted(self._mounts(), key=len, reverse=True):
            if mounted != str(self.data):
                run("umount", "--lazy", mounted)
        problems = []
        for words in reversed(self._undo):
            done = run(*words)
            if done.code != 0:
                problems.append(f"{' '.join(words)}: {tail(done.text, 2)}")
        self._undo = []
        if not self._mounts():
            shutil.rmtree(self.place, ignore_errors=True)
        if self.place.exists():
            problems.append(f"{self.place} is left")
        return problems

    def _end_shims(self) -> None:
        """containerd and the containers outlive a killed engine."""
        for pid, line in processes().items():
            if f"{self.place}/exec/" in line:
                for child in run("pgrep", "--parent", str(pid)).words:
                    kill(int(child))
                kill(pid)

    def _mounts(self) -> list[str]:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
        return [line.split()[1] for line in lines if line.split()[1].startswith(f"{self.place}/")]
