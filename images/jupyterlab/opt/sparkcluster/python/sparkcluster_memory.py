"""Adds to an error of Spark that a process was killed for lack of memory, and what to raise. Spark itself only says that a worker exited.

Every Python on the edge node (sparkcluster.pth) and every notebook (/etc/ipython/ipython_config.py) loads this, so it imports nothing until there is an error.
Nodes note in the workspace what the kernel killed (lib/memory.sh); if the workspace is not shared, or Kubernetes removed the whole pod, the cause can only be
guessed.
"""

import sys

NOTES = "/workspace/.sparkcluster/killed-for-memory"
# Spark runs a task four times before it gives up, and each time it may take as long until the memory is used up.
RECENT_SECONDS = 600
KILLED = (
    r"Python worker exited unexpectedly",
    r"Python worker failed to (?:connect|start)",
    r"exit(?:ed with)?(?: exit)? code[: ]+137\b",
    r"SIGKILL",
    r"OOMKilled",
    r"possible container OOM",
)
HEAP = r"[Ee]xecutor \S+\):? java\.lang\.OutOfMemoryError: (?:Java heap space|GC overhead)"
REMEDY = "raise workers.memory (make up applies it), or give a task less to hold: more and smaller partitions, or fewer tasks at a time (workers.cores)"


def recent(folder: str, now: float) -> list:
    """Recent notes of nodes, newest first: (seconds ago, node, limit in MiB or 0)."""
    import os

    found = []
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    for name in names:
        try:
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                when, limit = (file.read().split() + ["0"])[:2]
            age = now - int(when)
            if -RECENT_SECONDS < age < RECENT_SECONDS:
                found.append((max(0, int(age)), name, int(limit) // (1 << 20)))
        except (OSError, ValueError):
            continue
    return sorted(found)


def size(mebibytes: int) -> str:
    return f"{mebibytes // 1024}g" if mebibytes % 1024 == 0 else f"{mebibytes}m"


def hint(text: str, folder: str = NOTES, now: float = 0) -> str:
    """The hint for an error with that text; empty if the error is not about memory."""
    import re
    import time

    if re.search(HEAP, text):
        return f"The heap of an executor was full. It is a part of workers.memory, shared by applications.concurrent sessions: {REMEDY}."
    if not any(re.search(pattern, text) for pattern in KILLED):
        return ""
    killed = recent(folder, now or time.time())
    if not killed:
        return f"A task was probably killed because its worker had no memory left (workers.memory). If so: {REMEDY}."
    age, node, limit = killed[0]
    has = f" has {size(limit)} (workers.memory) and" if limit else ""
    return f"A process of the worker {node} was killed for memory {age} s ago: the worker{has} had none left. Remedy: {REMEDY}."


def annotate(error: BaseException) -> None:
    """Adds the hint to an error, once. Must never make an error worse."""
    try:
        if any("workers.memory" in note for note in getattr(error, "__notes__", ())):
            return
        # The text of other errors is not needed, and may be long.
        if not type(error).__module__.startswith(("py4j", "pyspark")):
            return
        said = hint(str(error))
        if said:
            if hasattr(error, "add_note"):
                error.add_note(said)
            else:
                print(said, file=sys.stderr)
    except Exception:  # pylint: disable=broad-except
        return


def install() -> None:
    """The hook for jobs: spark-submit, or any script."""
    previous = sys.excepthook

    def hook(kind, error, traceback):
        annotate(error)
        previous(kind, error, traceback)

    sys.excepthook = hook


def load_ipython_extension(shell) -> None:
    """The hook for notebooks: for cells, and for scripts that %run runs. IPython's own hook for exceptions stays free for the user."""
    show = shell.showtraceback

    def showtraceback(exc_tuple=None, *arguments, **options):
        annotate((exc_tuple or sys.exc_info())[1])
        return show(exc_tuple, *arguments, **options)

    shell.showtraceback = showtraceback
