"""Commands with a time limit, waiting for conditions, and the processes of runs that the harness started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent.parent
BETWEEN_LOOKS = 0.3


class Broken(AssertionError):
    """Something that must hold did not."""


class Unable(Exception):
    """The fault cannot be made on this machine; the text is the reason."""


class NoCluster(Exception):
    """No cluster worked, so the fault was not made."""


@dataclass(frozen=True)
class Result:
    code: int
    text: str

    def or_fail(self, what: str = "") -> "Result":
        if self.code != 0:
            raise Broken(f"{what + ': ' if what else ''}exit code {self.code}: {tail(self.text)}")
        return self

    @property
    def words(self) -> list[str]:
        return self.text.split()


def tail(text: str, lines: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])


def must(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


def run(*command: str, limit: float = 60, cwd: Path = ROOT, env: Mapping[str, str] | None = None, stdin: str | None = None) -> Result:
    """Runs a command; returns standard output and error together. After the time limit, the command and all that it started are ended."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        text=True,
        errors="replace",
        stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        text, _ = process.communicate(stdin, timeout=limit)
    except subprocess.TimeoutExpired:
        kill_session(process.pid)
        process.kill()
        text, _ = process.communicate()
        raise Broken(f"{' '.join(command)} did not end within {limit:.0f} s: {tail(text)}") from None
    except BaseException:
        kill_session(process.pid)
        raise
    return Result(process.returncode, text)


def docker(*arguments: str, limit: float = 120, env: Mapping[str, str] | None = None, stdin: str | None = None) -> Result:
    return run("docker", *arguments, limit=limit, env=env, stdin=stdin)


class Running:
    """A command in the background. It leads a session, by which all of its processes are found."""

    def __init__(self, log: Path, *command: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
        self.log = log
        self.begun = time.monotonic()
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.pid = self._process.pid

    def text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def ended(self) -> bool:
        return self._process.poll() is not None

    def ends_within(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def code(self, limit: float, what: str) -> int:
        try:
            return self._process.wait(limit)
        except subprocess.TimeoutExpired:
            raise Broken(f"{what} did not end within {limit:.0f} s: {tail(self.text())}") from None

    def result(self, limit: float, what: str) -> Result:
        code = self.code(limit, what)
        return Result(code, self.text())

    def processes(self) -> dict[int, str]:
        return processes(self.pid)

    def end(self) -> None:
        kill_session(self.pid)
        self._process.kill()
        self._process.wait(30)


def processes(leader: int | None = None) -> dict[int, str]:
    """Living processes by number, with their command lines; only those of a session if its leader is given."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # After the name in brackets: state, parent, group, session.
            fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if fields[0] != "Z" and leader in (None, int(fields[3])):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except (OSError, IndexError):
            continue
    return found


def kill(pid: int, number: int = signal.SIGKILL) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def kill_session(leader: int) -> int:
    killed = 0
    # A process that starts between two looks is found by the next look.
    for _ in range(20):
        living = processes(leader)
        if not living:
            break
        killed += sum(kill(pid) for pid in living)
        time.sleep(0.1)
    return killed


def wait_until(what: str, limit: float, condition: Callable[[], bool]) -> float:
    """Seconds that it took."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > limit:
            raise Broken(f"not within {limit:.0f} s: {what}")
        time.sleep(BETWEEN_LOOKS)
    return time.monotonic() - begun


def http(address: str, headers: Mapping[str, str] | None = None, method: str = "GET", body: bytes | None = None, limit: float = 10) -> tuple[int, str]:
    """Status and text; 0 where nothing answers."""
    request = urllib.request.Request(address, data=body, headers=dict(headers or {}), method=method)
    # Never through a proxy from the environment: the address is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=limit) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError:
        return 0, ""
