"""Runs when a Python starts whose parent was in drop-in mode, and then runs the next `sitecustomize`."""

import os
import sys


def _join_the_parent():
    import importlib.util

    here = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(os.path.dirname(here), "_dropin.py")
    spec = importlib.util.spec_from_file_location("_numpy_rs_dropin", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.install()


def _run_the_next():
    from importlib.machinery import PathFinder

    here = os.path.dirname(os.path.abspath(__file__))
    others = [p for p in sys.path if os.path.abspath(p or ".") != here]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is None or spec.loader is None:
        return
    import importlib.util

    module = importlib.util.module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


if os.environ.get("NUMPY_RS_DROPIN") == "1":
    _join_the_parent()
_run_the_next()
