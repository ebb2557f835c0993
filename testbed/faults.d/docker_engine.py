"""Faults of the engine: restarts and a full disk, on a second engine that the harness starts."""

from __future__ import annotations

import json
import signal

from bed import JOB_SECONDS, Bed
from catalogue import fault
from docker_nodes import NOTEBOOK, all_workers, read_notebook, save_notebook
from engine import OwnEngine
from shell import Result, Running, must, tail, wait_until

BASE_IMAGE = "debian:trixie-slim"
BACK_SECONDS = 120
ROLES = {"base": "base", "spark-base": "sparkBase", "spark-master": "sparkMaster", "spark-worker": "sparkWorker", "jupyterlab": "jupyterLab"}


def images_of(bed: Bed) -> dict[str, str]:
    """References of images in a stack's state, by their configuration keys."""
    export = bed.pulumi("stack", "export").or_fail().text
    found = {}
    for resource in json.loads(export[export.index("{") :])["deployment"]["resources"]:
        if resource["type"] == "docker:index/remoteImage:RemoteImage":
            reference = resource["inputs"]["name"]
            found[ROLES[reference.rpartition("/")[2].partition(":")[0]]] = reference
    must(set(found) == set(ROLES.values()), f"the state names the images {found}")
    return found


def own(bed: Bed) -> Bed:
    """The bed on the second engine, made on first use; it has the images of the first bed."""
    if bed.other is not None:
        bed.struck = bed.other
        return bed.other
    bed.need()
    images = images_of(bed)
    engine = OwnEngine(f"{bed.name}e", bed.folder)
    bed.own_engine = engine
    try:
        engine.make()
        engine.load([*images.values(), BASE_IMAGE], {})
    except BaseException:
        # The next fault that needs a second engine makes a new one, without leftovers of this one.
        engine.close()
        bed.own_engine = None
        raise
    other = Bed(f"{bed.name}e", (bed.ui_port, bed.lab_port), bed.seed, bed.thorough, engine.environment, engine.inside)
    other.extra = {"images": images}
    other.write_configuration()
    bed.other = bed.struck = other
    other.first = bed
    # Outside of the second engine's network namespace, since downloads need a way out.
    other.start("make", "setup").result(600, "make setup").or_fail("make setup")
    return other


def engine_of(bed: Bed) -> OwnEngine:
    assert bed.own_engine is not None
    return bed.own_engine


def back_by_itself(bed: Bed, job: Running, what: str) -> str:
    begun = wait_until("JupyterLab answers", BACK_SECONDS, lambda: bed.lab("/api/contents", token=False)[0] == 403)
    begun += wait_until("the master lists its worker", BACK_SECONDS, lambda: all_workers(bed))
    ended = job.code(BACK_SECONDS, "the job, whose driver ended with the engine,")
    must(ended != 0, "the job called it a success")
    bed.ready()
    return f"{what}; all nodes ready {begun:.0f} s after it answered, the cut-off job ended with {ended}, the next one right in {bed.short_job():.0f} s"


@fault(
    "engine-restarted-under-a-job",
    "docker",
    "the engine (one of the harness's own) is stopped by SIGTERM and started while a job runs",
    "all nodes are back without `up` within 2 minutes, the workspace has its file, the job ends with an error and the next one runs",
)
def restarted(bed: Bed) -> str:
    bed = own(bed)
    bed.need()
    job = bed.start_steps(600)
    engine = engine_of(bed.first)
    engine.stop()
    return back_by_itself(bed, job, f"engine answered {engine.start():.0f} s after its start")


@fault("engine-killed-under-a-job", "docker", "SIGKILL of the engine (one of the harness's own) while a job runs, then it is started", "as when it is restarted")
def engine_killed(bed: Bed) -> str:
    bed = own(bed)
    bed.need()
    job = bed.start_steps(600)
    engine = engine_of(bed.first)
    engine.stop(signal.SIGKILL)
    return back_by_itself(bed, job, f"engine answered {engine.start():.0f} s after its start")


def full(text: str) -> str:
    told = [line.strip() for line in text.splitlines() if "No space left" in line or "no space left" in line or "disk" in line.lower() and "full" in line.lower()]
    must(bool(told), f"nothing says that the disk is full: {tail(text)}")
    return told[-1][:200]


@fault(
    "disk-full-while-an-image-builds",
    "docker",
    "40 MB are left on the engine's disk when JupyterLab's image is built",
    "`make up` fails and says that no space is left; with room, `make up` completes",
)
def full_build(bed: Bed) -> str:
    bed = own(bed)
    engine = engine_of(bed.first)
    if bed.is_up:
        bed.down()
    images = dict(bed.extra["images"])
    built = images.pop("jupyterLab")
    bed.extra = {"images": images}
    bed.write_configuration()
    # Otherwise the engine would find all steps in its cache.
    bed.docker("image", "rm", built).or_fail()
    engine.leave_room(40)
    try:
        result: Result = bed.make("up")
    finally:
        engine.give_room()
    must(result.code != 0, "make up called it a success")
    said = full(result.text)
    bed.up(kept=bed.has_mark)
    return f"refused with '{said}'; with room the next `make up` completed"


@fault(
    "disk-full-while-an-executor-writes",
    "docker",
    "60 MB are left on the engine's disk while an executor writes 400 MB of shuffle files",
    "the job fails and says that no space is left; nodes run on; with room the next job runs",
)
def full_shuffle(bed: Bed) -> str:
    bed = own(bed)
    bed.need()
    engine = engine_of(bed.first)
    engine.leave_room(60)
    try:
        result = bed.start_job("spill.py").result(JOB_SECONDS, "the job without room")
    finally:
        engine.give_room()
    must(result.code != 0, "the job called it a success")
    said = full(result.text)
    wait_until("the worker is alive", BACK_SECONDS, lambda: all_workers(bed))
    after = bed.short_job()
    spilt = bed.start_job("spill.py").result(JOB_SECONDS, "the job with room").or_fail("the same job with room")
    must("ROWS 400" in spilt.text, f"the job's result is wrong: {tail(spilt.text)}")
    bed.ready()
    return f"failed with '{said}', next job right in {after:.0f} s, the same one right with room"


@fault(
    "disk-full-while-a-notebook-is-saved",
    "docker",
    "nothing is left on the engine's disk when a notebook is saved",
    "JupyterLab refuses to save; the notebook's last version is whole; with room it is saved",
)
def full_notebook(bed: Bed) -> str:
    bed = own(bed)
    bed.need()
    engine = engine_of(bed.first)
    saved = save_notebook(bed, f"# {bed.mark}")
    larger = "# " + "x" * (8 << 20)
    engine.leave_room(1)
    try:
        cell = {"cell_type": "code", "execution_count": None, "id": "one", "metadata": {}, "outputs": [], "source": larger}
        content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        status, text = bed.lab(f"/api/contents/{NOTEBOOK}", "PUT", {"type": "notebook", "format": "json", "content": content})
        must(status >= 400, f"JupyterLab answers {status}, as if it were saved")
        must(read_notebook(bed) == saved, "the last version is damaged")
    finally:
        engine.give_room()
    must(save_notebook(bed, larger) == larger, "it is not saved with room either")
    return f"refused with {status} '{tail(text, 1)[:160]}'; the last version was whole; with room it was saved"
