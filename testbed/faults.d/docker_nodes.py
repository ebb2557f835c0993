"""Nodes, processes, clocks and the network of a cluster on Docker, while a job runs."""

from __future__ import annotations

import base64
import json
import os
import shutil
import time

from bed import JOB_SECONDS, SOON_SECONDS, Bed
from catalogue import fault
from shell import Result, Unable, kill, must, run, tail, wait_until

BACK_SECONDS = 90


def pid_in(bed: Bed, role: str, word: str) -> int:
    """The pid on this machine of a node's process, found by a word of its command line."""
    for line in bed.docker("top", bed.node(role), "-eo", "pid,args").or_fail().text.splitlines()[1:]:
        number, _, arguments = line.strip().partition(" ")
        if word in arguments:
            return int(number)
    return 0


def all_workers(bed: Bed) -> bool:
    return bed.alive() == bed.workers


@fault("executor-killed", "docker", "SIGKILL of the executor of a running job", "Spark starts another one; the job ends with the right sum")
def executor_killed(bed: Bed) -> str:
    bed.need()
    job = bed.start_steps(60)
    must(kill(pid_in(bed, "worker-1", "CoarseGrainedExecutorBackend")), "the executor was gone before it was killed")
    seconds = bed.steps_are_right(job, 60)
    must("Lost executor 0" in job.text(), "the job never said that it lost its executor")
    return f"lost executor 0, right sum after {seconds:.0f} s (30 s by arithmetic, and the start of a session)"


@fault("worker-killed", "docker", "SIGKILL of the only worker's first process while a job runs", "the worker is back without `up`; the job ends with the right sum", ci=True)
def worker_killed(bed: Bed) -> str:
    bed.need()
    tasks = 60 if bed.thorough else 30
    job = bed.start_steps(tasks)
    kill(bed.main_process("worker-1"))
    wait_until("the worker is gone", 30, lambda: bed.used_cores() == 0)
    back = wait_until("the worker is alive again", BACK_SECONDS, lambda: all_workers(bed))
    seconds = bed.steps_are_right(job, tasks)
    bed.ready()
    return f"worker alive again after {back:.0f} s, right sum after {seconds:.0f} s"


@fault("worker-paused", "docker", "the worker's processes stand still for 40 s while a job runs", "the job ends with the right sum, the worker is alive")
def worker_paused(bed: Bed) -> str:
    bed.need()
    job = bed.start_steps(60)
    bed.docker("pause", bed.node("worker-1")).or_fail()
    try:
        time.sleep(40)
    finally:
        bed.docker("unpause", bed.node("worker-1")).or_fail()
    seconds = bed.steps_are_right(job, 60)
    wait_until("the worker is alive", BACK_SECONDS, lambda: all_workers(bed))
    return f"right sum after {seconds:.0f} s"


@fault("worker-cut-off", "docker", "the worker's container is taken off the network for 30 s while a job runs", "the job ends with the right sum, the worker is alive without `up`")
def worker_cut_off(bed: Bed) -> str:
    bed.need()
    (network,) = bed.networks()
    worker = bed.node("worker-1")
    address = bed.inspect("worker-1", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}")
    job = bed.start_steps(60)
    bed.docker("network", "disconnect", network, worker).or_fail()
    try:
        time.sleep(30)
    finally:
        bed.docker("network", "connect", "--ip", address, "--alias", worker, network, worker)
        connected = bed.inspect("worker-1", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}")
        if not connected:
            bed.docker("network", "connect", "--alias", worker, network, worker).or_fail()
    seconds = bed.steps_are_right(job, 60)
    back = wait_until("the worker is alive", BACK_SECONDS, lambda: all_workers(bed))
    return f"right sum after {seconds:.0f} s, worker alive {back:.0f} s later"


@fault("master-killed", "docker", "SIGKILL of the master's first process while a job runs", "the master is back without `up`; the job goes on with its executor and ends right")
def master_killed(bed: Bed) -> str:
    bed.need()
    job = bed.start_steps(60)
    death = f"{time.time():.0f}"
    kill(bed.main_process("master"))
    wait_until("the master is gone", 30, lambda: bed.alive() < 0)
    back = wait_until("the master lists its worker again", BACK_SECONDS, lambda: all_workers(bed))
    seconds = bed.steps_are_right(job, 60)
    # If a worker registers again before the new master has asked what it runs, the master takes it for idle and starts its executor anew.
    lost = "Lost executor" in job.text()
    registered_again = "Worker has been re-registered" in bed.docker("logs", "--since", death, bed.node("master")).text
    must(not lost or registered_again, "the job lost its executor with the master")
    ended = "its executor started anew by Spark" if lost else "no executor lost"
    return f"master with its worker again after {back:.0f} s, right sum after {seconds:.0f} s, {ended}"


@fault(
    "all-nodes-killed",
    "docker",
    "`docker kill` of all nodes at the same time, three times, while a job runs, then `docker start`, the worker first and the master last",
    "the worker is alive again without `up`; a job that is started at once, before the master is at work, ends with the right sum",
)
def all_nodes_killed(bed: Bed) -> str:
    bed.need()
    nodes = [bed.node(role) for role in ("worker-1", "edge", "master")]
    times, jobs = [], []
    for _ in range(3):
        # The master takes up the job, whose driver is gone, and the next driver has the same address.
        job = bed.start_steps(600)
        bed.docker("kill", *nodes).or_fail()
        must(job.code(SOON_SECONDS, "the job whose nodes were killed") != 0, "the job without nodes called it a success")
        bed.docker("start", *nodes).or_fail()
        jobs.append(bed.short_job())
        # While it looks for the workers that it knew, a master counts them as alive.
        times.append(wait_until("the master leads, and its worker is alive", BACK_SECONDS, lambda: bed.page().get("status") == "ALIVE" and all_workers(bed)))
    wait_until("JupyterLab answers", SOON_SECONDS, lambda: bed.lab("/api/contents", token=False)[0] == 403)
    bed.ready()
    return f"right sums {', '.join(f'{each:.0f}' for each in jobs)} s after the start of the nodes, worker alive {', '.join(f'{each:.0f}' for each in times)} s later"


@fault("master-paused", "docker", "the master stands still for 40 s while a job runs", "the job goes on with its executor and ends right")
def master_paused(bed: Bed) -> str:
    bed.need()
    job = bed.start_steps(60)
    bed.docker("pause", bed.node("master")).or_fail()
    try:
        time.sleep(40)
    finally:
        bed.docker("unpause", bed.node("master")).or_fail()
    seconds = bed.steps_are_right(job, 60)
    must("Lost executor" not in job.text(), "the job lost its executor")
    wait_until("the master lists its worker", BACK_SECONDS, lambda: all_workers(bed))
    return f"right sum after {seconds:.0f} s, no executor lost"


@fault("driver-killed", "docker", "SIGKILL of a running job's driver", "the executors end, the cores are free within a minute, and the next job runs")
def driver_killed(bed: Bed) -> str:
    bed.need()
    job = bed.start_steps(600)
    must(kill(pid_in(bed, "edge", "org.apache.spark.deploy.SparkSubmit")), "the driver was gone before it was killed")
    must(job.code(SOON_SECONDS, "the job without driver") != 0, "the job called it a success")
    free = wait_until("the cores are free", 60, lambda: bed.used_cores() == 0)
    return f"cores free after {free:.0f} s, next job right in {bed.short_job():.0f} s"


NOTEBOOK = "fault.ipynb"


@fault(
    "edge-killed-under-a-notebook",
    "docker",
    "SIGKILL of the edge node's first process while a saved notebook's kernel runs a job",
    "JupyterLab answers again without `up`, the notebook is as it was saved, the cores are free, a new session runs",
    ci=True,
)
def edge_killed(bed: Bed) -> str:
    bed.need()
    saved = save_notebook(bed, f"# {bed.mark}")
    kernel = open_notebook(bed)
    run_in_kernel(bed, kernel)
    wait_until("the notebook's job runs", SOON_SECONDS, lambda: bed.used_cores() > 0)
    kill(bed.main_process("edge"))
    wait_until("JupyterLab is gone", 30, lambda: bed.lab("/api", token=False)[0] == 0)
    back = wait_until("JupyterLab answers", BACK_SECONDS, lambda: bed.lab("/api/contents", token=False)[0] == 403)
    must(read_notebook(bed) == saved, "the notebook is not as it was saved")
    free = wait_until("the cores are free", 60, lambda: bed.used_cores() == 0)
    job = bed.short_job()
    bed.ready()
    return f"JupyterLab back after {back:.0f} s, notebook unchanged, cores free {free:.0f} s later, next job right in {job:.0f} s"


def save_notebook(bed: Bed, source: str) -> str:
    cell = {"cell_type": "code", "execution_count": None, "id": "one", "metadata": {}, "outputs": [], "source": source}
    content = {"cells": [cell], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}, "nbformat": 4, "nbformat_minor": 5}
    status, text = bed.lab(f"/api/contents/{NOTEBOOK}", "PUT", {"type": "notebook", "format": "json", "content": content})
    must(status in (200, 201), f"saving the notebook: {status} {tail(text)}")
    return read_notebook(bed)


def read_notebook(bed: Bed) -> str:
    status, text = bed.lab(f"/api/contents/{NOTEBOOK}?content=1")
    must(status == 200, f"reading the notebook: {status} {tail(text)}")
    return str(json.loads(text)["content"]["cells"][0]["source"])


def open_notebook(bed: Bed) -> str:
    status, text = bed.lab("/api/sessions", "POST", {"path": NOTEBOOK, "name": NOTEBOOK, "type": "notebook", "kernel": {"name": "python3"}})
    must(status == 201, f"opening the notebook: {status} {tail(text)}")
    return str(json.loads(text)["kernel"]["id"])


def run_in_kernel(bed: Bed, kernel: str) -> None:
    """Like a page of JupyterLab: sends the request and does not wait for the kernel."""
    path = bed.copy_job("in_kernel.py")
    bed.edge("python3", path, kernel, limit=SOON_SECONDS).or_fail("running a cell")


@fault(
    "python-worker-out-of-memory",
    "docker",
    "a task's Python function takes more memory than the worker has",
    "the job fails within 3 minutes and names `workers.memory`; the worker is alive and the next job runs",
    ci=True,
)
def out_of_memory(bed: Bed) -> str:
    bed.need()
    job = bed.start_job("memory.py")
    result = job.result(180, "the job that takes too much memory")
    must(result.code != 0, "the job called it a success")
    wait_until("the worker is alive", BACK_SECONDS, lambda: all_workers(bed))
    after = bed.short_job()
    ended = job.text()
    must("workers.memory" in ended, f"the worker is well and the next job ran in {after:.0f} s, but the error names no workers.memory: {error_of(ended)}")
    return f"failed with '{error_of(ended)}', next job right in {after:.0f} s"


def error_of(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if "workers.memory" in line] or [line.strip() for line in text.splitlines() if "Error" in line or "Exception" in line]
    return lines[-1][:200] if lines else tail(text, 1)


CLOCK = "/workspace/.clock"
FAKETIME = "/workspace/.libfaketime.so.1"


def clock_variables() -> dict[str, str]:
    # Intervals are measured with the monotonic clock.
    return {"LD_PRELOAD": FAKETIME, "FAKETIME_TIMESTAMP_FILE": CLOCK, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}


def put_faketime(bed: Bed) -> None:
    if shutil.which("apt-get") is None:
        raise Unable("libfaketime comes from Debian's package, and there is no apt-get here")
    folder = bed.folder / "faketime"
    folder.mkdir(exist_ok=True)
    fetched = run("apt-get", "download", "libfaketime", cwd=folder, limit=120)
    packages = list(folder.glob("*.deb"))
    if not packages:
        raise Unable(f"libfaketime cannot be had: {tail(fetched.text, 3)}")
    run("dpkg", "-x", str(packages[0]), str(folder)).or_fail()
    library = next(path for path in folder.rglob("libfaketime.so.1"))
    encoded = base64.b64encode(library.read_bytes()).decode()
    bed.edge("sh", "-c", f"base64 -d >{FAKETIME}", stdin=encoded).or_fail()


def set_clock(bed: Bed, offset: str) -> None:
    bed.edge("sh", "-c", f"printf '%s\\n' '{offset}' >{CLOCK}.new && mv {CLOCK}.new {CLOCK}").or_fail()


@fault(
    "clock-set-back",
    "docker",
    "the clock of a worker's executor goes back by 15 minutes in the middle of a job (faketime)",
    "the job ends with the right sum and without losing its executor",
)
def clock_set_back(bed: Bed) -> str:
    bed.need()
    put_faketime(bed)
    set_clock(bed, "+0")
    options = [part for name, value in clock_variables().items() for part in ("--conf", f"spark.executorEnv.{name}={value}")]
    job = bed.start_job("clock.py", "60", options=tuple(options))
    bed.await_work(job)
    set_clock(bed, "-15m")
    seconds = bed.steps_are_right(job, 60)
    jumps = [line for line in job.text().splitlines() if line.startswith("BACK")]
    must(bool(jumps) and float(jumps[0].split()[1]) > 800, f"no task saw the clock go back: {tail(job.text(), 3)}")
    must("Lost executor" not in job.text(), "the job lost its executor")
    bed.edge("rm", "-f", CLOCK, FAKETIME)
    return f"tasks saw the clock {float(jumps[0].split()[1]):.0f} s back, right sum after {seconds:.0f} s"


def in_network_of(bed: Bed, role: str, *words: str) -> Result:
    if os.geteuid() != 0:
        raise Unable("the network of a container is changed by root only")
    return run("nsenter", "--target", str(bed.main_process(role)), "--net", *words)


def device(bed: Bed, role: str) -> str:
    """The network device through which a node sends. Its name changes when the node is disconnected and connected again."""
    route = in_network_of(bed, role, "ip", "-4", "route", "show", "default").or_fail("ip route").text.split()
    return route[route.index("dev") + 1]


TRAFFIC = "BYTES 8388608 RIGHT"


def traffic(bed: Bed) -> float:
    begun = time.monotonic()
    job = bed.start_job("traffic.py")
    result = job.result(JOB_SECONDS, "the job with traffic").or_fail("the job with traffic")
    must(TRAFFIC in result.text, f"the bytes are not right: {tail(result.text)}")
    must("Lost executor" not in result.text, "the job lost its executor")
    return time.monotonic() - begun


@fault("network-slow", "docker", "what worker and edge node send passes at 2 Mbit/s (`tbf`)", "a job that brings 8 MB from the executor to the driver ends with the right bytes")
def network_slow(bed: Bed) -> str:
    bed.need()
    usual = traffic(bed)
    roles = ("worker-1", "edge")
    try:
        for role in roles:
            made = in_network_of(bed, role, "tc", "qdisc", "add", "dev", device(bed, role), "root", "tbf", "rate", "2mbit", "burst", "32kbit", "latency", "400ms")
            if made.code != 0:
                raise Unable(f"tc: {tail(made.text, 2)}")
        slow = traffic(bed)
    finally:
        for role in roles:
            in_network_of(bed, role, "tc", "qdisc", "del", "dev", device(bed, role), "root")
    must(slow > usual + 10, f"the network was not slow: {slow:.0f} s beside {usual:.0f} s")
    return f"right bytes after {slow:.0f} s, {usual:.0f} s without the fault"


@fault("network-lossy", "docker", "one packet of twenty to the worker and the edge node is lost (iptables' `statistic`)", "a job that brings 8 MB from the executor to the driver ends with the right bytes")
def network_lossy(bed: Bed) -> str:
    bed.need()
    roles = ("worker-1", "edge")
    rule = ("INPUT", "--match", "statistic", "--mode", "random", "--probability", "0.05", "--jump", "DROP")
    try:
        for role in roles:
            made = in_network_of(bed, role, "iptables", "--insert", *rule)
            if made.code != 0:
                raise Unable(f"iptables: {tail(made.text, 2)}")
        seconds = traffic(bed)
        lost = sum(dropped(in_network_of(bed, role, "iptables", "--list", "INPUT", "--verbose", "--exact", "--numeric").text) for role in roles)
    finally:
        for role in roles:
            in_network_of(bed, role, "iptables", "--delete", *rule)
    must(lost > 0, "no packet was lost")
    return f"{lost} packets lost, right bytes after {seconds:.0f} s"


def dropped(table: str) -> int:
    return sum(int(line.split()[0]) for line in table.splitlines() if "DROP" in line and "statistic" in line)


@fault("disconnected-worker-is-told", "docker", "the worker is taken off the network and stays off", "`make up` brings it back: the worker is alive")
def stays_off(bed: Bed) -> str:
    bed.need()
    (network,) = bed.networks()
    bed.docker("network", "disconnect", network, bed.node("worker-1")).or_fail()
    wait_until("the master notices", 120, lambda: bed.alive() < bed.workers)
    bed.up()
    return "the worker is alive again after `make up`"
