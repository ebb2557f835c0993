"""SIGKILL at random moments of `up`, of an update and of `down`: the next run completes, and the workspace is still there."""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path
from typing import Callable

from bed import DOWN_SECONDS, UP_SECONDS, Bed
from catalogue import fault
from shell import Broken, Running, kill, kill_session, must, tail, wait_until

VICTIMS = ("pulumi", "plugin", "make", "everything")
TRIES = 4
# Pulumi's plugins and its Java host check at least every 5 minutes whether the engine that started them still runs.
ORPHANS_SECONDS = 400


def matches(victim: str, line: str) -> bool:
    program = line.split(" ", 1)[0].rpartition("/")[2]
    if victim == "plugin":
        return program.startswith("pulumi-resource-")
    return program == victim


def strike(victim: str, running: Running, rng: random.Random) -> str:
    """Kills one of the run's processes; returns its name, or nothing if none was left."""
    while not running.ended():
        processes = running.processes()
        if victim == "everything":
            return f"all {kill_session(running.pid)} processes" if processes else ""
        found = sorted(pid for pid, line in processes.items() if matches(victim, line))
        if found:
            pid = rng.choice(found)
            if kill(pid):
                return " ".join(word.rpartition("/")[2] for word in processes[pid].split()[:2] if not word.startswith("-"))
        time.sleep(0.02)
    return ""


def place(text: str) -> str:
    """The last line that the run printed."""
    lines = [line.strip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines() if line.strip(" .@")]
    return re.sub(r"\s+", " ", lines[-1])[:90] if lines else "nothing said yet"


def interrupted(bed: Bed, verb: str, rng: random.Random, prepare: Callable[[], None]) -> str:
    """Runs the verb and kills it; returns what was seen."""
    length = bed.durations[verb]
    for _ in range(TRIES):
        prepare()
        moment, victim = rng.uniform(0.02, 0.95) * length, rng.choice(VICTIMS)
        running = bed.start("make", "down" if verb == "down" else "up")
        hit = "" if running.ends_within(moment) else strike(victim, running, rng)
        if hit:
            said = f"{hit} after {moment:.1f} s at '{place(running.text())}'"
            # If only make was killed, its processes go on, and the next run meets them.
            if victim != "make":
                code = running.code(UP_SECONDS, f"make {verb}, whose {hit} was killed,")
                # make and the program ask pulumi again for what a killed pulumi stack did not answer; the next run shows whether all is there. A plugin is
                # not missed when it has nothing left to do; then all must be there at once.
                must(code != 0 or hit == "pulumi stack" or victim == "plugin", f"make {verb} called it a success although {said} was killed")
                if code == 0 and victim == "plugin":
                    holds(bed, verb, f"make {verb} called it a success although {said} was killed")
            return said
        running.code(UP_SECONDS, f"make {verb}")
        # The run ended before the kill, so the span from which moments are drawn was too long.
        length *= 0.7
    raise Broken(f"make {verb} ended {TRIES} times before anything could be killed")


def holds(bed: Bed, verb: str, said: str) -> None:
    """Whether everything is as it must be after the verb."""
    try:
        if verb == "down":
            bed.nothing_is_left()
        else:
            bed.ready(kept=bed.has_mark)
            if bed.thorough:
                bed.nothing_to_do()
    except Broken as broken:
        raise Broken(f"{said}: {broken}") from None


def completed(bed: Bed, verb: str) -> None:
    """Starts the next run at once: it must cope with whatever the killed run left running."""
    result = bed.make(verb, UP_SECONDS if verb == "up" else DOWN_SECONDS)
    must(result.code == 0, f"the next make {verb} failed: {tail(result.text)}")


def no_orphans(before: set[int], bed: Bed) -> str:
    """Waits until orphaned processes of this clone have ended by themselves."""
    left = of_clone(bed) - before
    if not left:
        return "no process was left"
    seconds = wait_until("all processes of the killed runs have ended", ORPHANS_SECONDS, lambda: not (of_clone(bed) - before))
    return f"{len(left)} processes of Pulumi were left and ended within {seconds:.0f} s"


def of_clone(bed: Bed) -> set[int]:
    """Processes that work in the clone's folder: only runs of this harness do."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                where = os.readlink(entry / "cwd")
            except OSError:
                continue
            if where == str(bed.clone) or where.startswith(str(bed.clone) + "/"):
                found.add(int(entry.name))
    return found


def cycle(bed: Bed, verb: str, then: str, rng: random.Random) -> str:
    """Runs and kills the verb, then runs the one that must complete after it: `up` or `down`."""
    if verb == "up":

        def prepare() -> None:
            if bed.is_up:
                bed.down()

    elif verb == "update":

        def prepare() -> None:
            bed.need()
            bed.change()

    else:

        def prepare() -> None:
            bed.need()

    said = interrupted(bed, verb, rng, prepare)
    bed.is_up = False
    try:
        completed(bed, then)
    except Broken as broken:
        raise Broken(f"{said}: {broken}") from None
    holds(bed, then, said)
    bed.is_up = then != "down"
    return said


# Used if there was no time to measure; a run that ends before its kill is repeated with an earlier moment.
USUAL_SECONDS = {"up": 40.0, "update": 25.0, "down": 15.0}


def measure(bed: Bed, verb: str) -> None:
    """Seconds that the undisturbed verb takes, over which the moments of kills are spread."""
    if verb in bed.durations:
        return
    if not bed.thorough:
        bed.durations[verb] = USUAL_SECONDS[verb]
        return
    bed.need()
    if verb == "update":
        bed.change()
    else:
        bed.down()
        bed.durations["down"] = bed.last_seconds
    if verb != "down":
        bed.up(kept=bed.has_mark)
        bed.durations[verb] = bed.last_seconds
    print(f"    undisturbed: {', '.join(f'{name} {seconds:.0f} s' for name, seconds in bed.durations.items())}", flush=True)


def kills(bed: Bed, verb: str, then: str) -> str:
    """Makes as many kills as the bed asks for, also if one of them does not end well."""
    # Each verb has its own random sequence, so that one can be repeated alone.
    rng = random.Random(f"{bed.seed} {verb}")
    measure(bed, verb)
    seen, broken = [], []
    before = of_clone(bed)
    for number in range(1, bed.kills + 1):
        try:
            said = cycle(bed, verb, then, rng)
            seen.append(said)
            print(f"    {number}/{bed.kills} {verb}: killed {said}: well", flush=True)
        except Broken as problem:
            broken.append(f"kill {number}: {problem}")
            print(f"    {number}/{bed.kills} {verb}: BROKEN: {problem}", flush=True)
            bed.mend()
    # Once for all of them.
    if bed.thorough and not broken:
        seen.append(no_orphans(before, bed))
    if broken:
        raise Broken(f"{len(broken)} of {bed.kills} (seed {bed.seed}) did not end well: " + "; ".join(broken))
    return f"{bed.kills} of {bed.kills} (seed {bed.seed}); killed were " + "; ".join(seen)


HOLDS_UP = "the next `make up` completes and everything answers, `preview` has nothing to do, the workspace has its file, after 7 minutes no process is left"


@fault(
    "kills-of-an-update",
    "docker",
    "SIGKILL of `pulumi`, a plugin, `make` or all of them at random moments of a `make up` that adds or removes a worker and replaces the edge node",
    HOLDS_UP + ", and what was changed is in effect",
    ci=True,
)
def of_update(bed: Bed) -> str:
    return kills(bed, "update", then="up")


@fault(
    "kills-of-down",
    "docker",
    "the same at random moments of `make down`",
    "the next `make down` completes and leaves the workspace and nothing else",
    ci=True,
)
def of_down(bed: Bed) -> str:
    return kills(bed, "down", then="down")


@fault(
    "kills-of-up",
    "docker",
    "the same at random moments of `make up` from nothing",
    HOLDS_UP,
    ci=True,
)
def of_up(bed: Bed) -> str:
    return kills(bed, "up", then="up")


@fault(
    "down-after-a-killed-up",
    "docker",
    "the same at random moments of `make up` from nothing, and then `make down` instead of another `make up`",
    "`make down` completes and leaves the workspace and nothing else",
)
def down_after_up(bed: Bed) -> str:
    return kills(bed, "up", then="down")
