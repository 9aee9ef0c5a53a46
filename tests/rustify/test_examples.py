"""The examples of rustify and the frozen rows of its bench: each loads, and each row runs on plain Python."""

import importlib.util
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "rustify"


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


ROWS = load(ROOT / "bench" / "rustify" / "rows.py", "rustify_rows").ROWS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row_runs(row):
    np = pytest.importorskip("numpy")
    module = load(EXAMPLES / f"{row.example}.py", f"rustify_example_{row.example}")
    arguments = eval(row.arguments, {"np": np, "m": module})
    assert getattr(module, row.function)(*arguments) is not None or row.function == "advance"


def test_every_example_has_a_row():
    assert {row.example for row in ROWS} == {path.stem for path in EXAMPLES.glob("*.py")}
    assert len({row.name for row in ROWS}) == len(ROWS)
