"""Lets drivers and executors find the Python packages that a user installs with pip into the workspace: behind the image's own, so that none of those is shadowed.

Every Python of the image loads this (sparkcluster.pth), so it imports nothing that Python has not loaded itself. pip installs into the folder that Python calls the
user's, below PYTHONUSERBASE, and Python puts that folder before the image's own.
"""

import site
import sys


def behind(path: list, folder: str) -> None:
    """Moves a folder to the end of a path, or adds it there. A folder that does not exist yet may be made while this Python runs."""
    while folder in path:
        path.remove(folder)
    path.append(folder)


def install() -> None:
    if not site.ENABLE_USER_SITE:
        return
    folder = site.getusersitepackages()
    before = list(sys.path)
    behind(sys.path, folder)
    # Files ending in .pth, which some packages have there, name further folders; Python has put those beside the folder.
    for entry in before:
        if entry != folder and entry.startswith(folder + "/"):
            behind(sys.path, entry)
