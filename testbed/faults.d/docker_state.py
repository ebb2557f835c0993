"""Faults by a user, a backup or a second run: changes of a stack's state and of its containers and volumes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bed import UP_SECONDS, Bed
from catalogue import fault
from shell import Unable, must, run, tail


def state_folder(bed: Bed) -> Path:
    return bed.clone / ".local" / "state"


def state_file(bed: Bed) -> Path:
    files = [path for path in state_folder(bed).rglob(f"{bed.name}.json") if path.parent.parent.name == "stacks"]
    must(len(files) == 1, f"the state of {bed.name} is in {files}")
    return files[0]


@fault("two-ups", "docker", "two `make up` of one stack at the same time, with a change to make", "both complete, or one refuses and says why; everything answers and `preview` has nothing to do", ci=True)
def two_ups(bed: Bed) -> str:
    bed.need()
    bed.change()
    runs = [bed.start("make", "up"), bed.start("make", "up")]
    results = [running.result(UP_SECONDS, "make up") for running in runs]
    codes = sorted(result.code for result in results)
    must(codes[0] == 0, f"both failed: {tail(results[0].text, 6)} / {tail(results[1].text, 6)}")
    seen = "both completed"
    if codes[1] != 0:
        refused = next(result.text for result in results if result.code != 0)
        told = [line.strip() for line in refused.splitlines() if "lock" in line or "another run" in line]
        must(bool(told), f"the one that failed does not say that another run was at work: {tail(refused, 8)}")
        seen = f"one completed, one said '{told[0][:160]}'"
    bed.ready()
    if bed.thorough:
        bed.nothing_to_do()
    return seen


@fault("backend-read-only", "docker", "the folder of the backend is on a read-only file system", "`make up` fails and names the cause; the cluster runs on; with a writable folder `make up` completes")
def backend_read_only(bed: Bed) -> str:
    bed.need()
    if os.geteuid() != 0:
        raise Unable("only root can mount a folder read-only")
    folder = str(state_folder(bed))
    before = bed.containers()
    bound = run("mount", "--bind", folder, folder)
    if bound.code != 0:
        raise Unable(f"mount: {tail(bound.text, 2)}")
    bed.change()
    try:
        run("mount", "--options", "remount,ro,bind", folder).or_fail()
        result = bed.make("up")
    finally:
        run("umount", folder).or_fail()
    must(result.code != 0, "make up called it a success")
    told = [line.strip() for line in result.text.splitlines() if "read-only" in line]
    must(bool(told), f"the cause is not named: {tail(result.text)}")
    must(bed.containers() == before, "nodes were changed although nothing could be written down")
    must(bed.lab("/api/contents", token=False)[0] == 403, "the cluster does not answer any more")
    bed.up()
    return f"refused with '{told[0][:200]}', nodes untouched, the next `make up` completed"


@fault("state-one-update-old", "docker", "the state is restored from a backup that was made before the last update", "`make up` completes, everything answers, `preview` has nothing to do, the workspace has its file", ci=True)
def old_state(bed: Bed) -> str:
    bed.need()
    file = state_file(bed)
    backup = bed.folder / "backup.json"
    shutil.copy(file, backup)
    bed.change()
    bed.up()
    shutil.copy(backup, file)
    bed.up()
    if bed.thorough:
        bed.nothing_to_do()
    return "`make up` completed, nodes as the configuration says, the workspace kept its file"


@fault("passphrase-lost", "docker", "the file with the passphrase is gone", "`make up` fails and speaks of the passphrase; nothing is changed; with the file `make up` completes")
def passphrase_lost(bed: Bed) -> str:
    bed.need()
    file = bed.clone / ".local" / "passphrase"
    away = bed.folder / "passphrase"
    before = bed.containers()
    file.rename(away)
    try:
        result = bed.make("up")
    finally:
        away.replace(file)
    must(result.code != 0, "make up called it a success")
    told = [line.strip() for line in result.text.splitlines() if "passphrase" in line]
    must(bool(told), f"the passphrase is not named: {tail(result.text)}")
    must(bed.containers() == before, "nodes were changed")
    bed.up()
    return f"refused with '{told[-1][:260]}', nodes untouched, the next `make up` completed"


@fault("containers-removed-by-hand", "docker", "`docker rm -f` of all containers and `docker network rm`", "`make up` makes them again: everything answers, the workspace has its file", ci=True)
def removed(bed: Bed) -> str:
    bed.need()
    bed.docker("rm", "--force", *bed.listed("ps", "--all", "--format", "{{.Names}}")).or_fail()
    for network in bed.networks():
        bed.docker("network", "rm", network).or_fail()
    bed.up()
    return "`make up` made all nodes again; the workspace kept its file"


@fault("one-container-removed-by-hand", "docker", "`docker rm -f` of a worker", "`make up` makes it again and leaves the other nodes alone")
def one_removed(bed: Bed) -> str:
    bed.need()
    before = bed.containers()
    bed.docker("rm", "--force", bed.node("worker-1")).or_fail()
    bed.up()
    others = {name: identifier for name, identifier in before.items() if name != bed.node("worker-1")}
    changed = sorted(name for name, identifier in others.items() if bed.containers().get(name) != identifier)
    must(not changed, f"make up replaced {', '.join(changed)} too")
    return "`make up` made the worker again; the other nodes are the same containers"


@fault("node-stopped-by-hand", "docker", "`docker stop` of the worker", "`make up` brings it back: everything answers")
def stopped(bed: Bed) -> str:
    bed.need()
    bed.docker("stop", bed.node("worker-1"), limit=300).or_fail()
    bed.up()
    return "the worker runs again after `make up`"


@fault("secrets-removed-by-hand", "docker", "all containers and all volumes but the workspace are removed", "`make up` makes them again: JupyterLab wants the same token, the workspace has its file")
def secrets_removed(bed: Bed) -> str:
    bed.need()
    bed.docker("rm", "--force", *bed.listed("ps", "--all", "--format", "{{.Names}}")).or_fail()
    bed.docker("volume", "rm", *(bed.volumes() - {bed.node("workspace")})).or_fail()
    bed.up()
    status, _ = bed.lab("/api/contents")
    must(status == 200, f"JupyterLab answers {status} to the token that it had before")
    return "`make up` made nodes and volumes again; the token is the same; the workspace kept its file"


@fault("workspace-removed-by-hand", "docker", "all containers and the workspace's volume are removed", "`make up` makes them again and says in words that the files are lost")
def workspace_removed(bed: Bed) -> str:
    bed.need()
    bed.docker("rm", "--force", *bed.listed("ps", "--all", "--format", "{{.Names}}")).or_fail()
    bed.docker("volume", "rm", bed.node("workspace")).or_fail()
    bed.has_mark = False
    said = bed.up(kept=False).text
    told = [line.strip() for line in said.splitlines() if "workspace" in line and any(word in line for word in ("lost", "gone", "empty", "missing"))]
    must(bool(told), "everything answers again, but nothing says that the workspace's files are lost")
    return f"said '{told[0][:200]}'"
