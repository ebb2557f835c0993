"""Loads the images' Python tools, most of which have no suffix, for tests that need neither Docker nor Spark."""

import importlib.machinery
import importlib.util
import sys
from pathlib import Path

IMAGES = Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True


def load(path: str):
    loader = importlib.machinery.SourceFileLoader(Path(path).name.replace("-", "_"), str(IMAGES / path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module
