"""Builds small C extensions for tests."""

import importlib.util
import pathlib
import subprocess
import sys
import sysconfig

__all__ = ["build_and_import_extension", "compile_extension_module"]

_MODULE = """
#include <Python.h>
{prologue}
{functions}
static PyMethodDef methods[] = {{
{table}
    {{NULL, NULL, 0, NULL}}
}};
static struct PyModuleDef moduledef = {{
    PyModuleDef_HEAD_INIT, "{name}", NULL, -1, methods, NULL, NULL, NULL, NULL,
}};
PyMODINIT_FUNC PyInit_{name}(void) {{
    {init}
}}
"""


def build_and_import_extension(modname, functions, *, prologue="", build_dir=None,
                               include_dirs=None, more_init=""):
    """Compiles functions given as (name, argument flag, body) and imports the module."""
    bodies = "\n".join(
        f"static PyObject *{name}(PyObject *self, PyObject *args) {{\n{body}\n}}"
        for name, _, body in functions)
    table = "\n".join(
        f'    {{"{name}", (PyCFunction){name}, {flags}, NULL}},' for name, flags, _ in functions)
    init = f"""PyObject *mod = PyModule_Create(&moduledef);
    if (!mod) return NULL;
    {more_init}
    return mod;"""
    folder = pathlib.Path(build_dir or ".")
    folder = folder / modname
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{modname}.c"
    source.write_text(_MODULE.format(
        prologue=prologue, functions=bodies, table=table, name=modname, init=init))
    target = compile_extension_module(modname, folder, include_dirs or [], source)
    spec = importlib.util.spec_from_file_location(modname, target)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compile_extension_module(name, builddir, include_dirs, source):
    """Compiles one C file with the compiler that Python was built with."""
    target = pathlib.Path(builddir) / (name + sysconfig.get_config_var("EXT_SUFFIX"))
    compiler = (sysconfig.get_config_var("CC") or "cc").split()
    includes = [sysconfig.get_paths()["include"], *map(str, include_dirs)]
    command = [*compiler, "-shared", "-fPIC", "-O1", str(source), "-o", str(target)]
    command += [f"-I{path}" for path in includes]
    if sys.platform == "darwin":
        command += ["-undefined", "dynamic_lookup"]
    subprocess.run(command, check=True, capture_output=True)
    return target
