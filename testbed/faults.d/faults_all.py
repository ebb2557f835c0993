"""Imports every module that registers faults, in the order of the report."""

from __future__ import annotations

import docker_engine  # noqa: F401
import docker_nodes  # noqa: F401
import docker_state  # noqa: F401
import kills  # noqa: F401
from live_tests import collect, run_tests  # noqa: F401

# How many kills continuous integration makes of each verb.
CI_KILLS = {"kills-of-up": 2, "kills-of-an-update": 2, "kills-of-down": 1}
