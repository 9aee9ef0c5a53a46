"""What the suite consists of: excluded files, and the area of each file."""

import fnmatch

import numpy_alias

#: Test files that cannot apply to a reimplementation, each with its reason.
EXCLUDED = {
    "numpy/f2py/*": "F2PY wraps Fortran sources: needs Fortran and C compilers",
    "numpy/distutils/*": "build tool, removed from NumPy",
    "numpy/_pyinstaller/*": "freezes an application with PyInstaller",
    "numpy/tests/test_scripts.py": "runs the f2py console script",
    "numpy/tests/test_configtool.py": "numpy-config prints paths of C headers",
    "numpy/tests/test_warnings.py": "checks the style of NumPy's source files",
}

#: First match wins.  A test that passes on the real NumPy, but not once the C
#: test helper modules are hidden from it, goes to ``c-internals`` whatever its file
#: (except ctypeslib, whose tests all use such a module as a sample library).
AREAS = [
    ("c-internals", """numpy/_core/tests/test_argparse.py test_arraymethod.py
        test_array_interface.py test_conversion_utils.py test_cpu_dispatcher.py
        test_cpu_features.py test_custom_dtypes.py test_cython.py test_extint128.py
        test_hashtable.py test_limited_api.py test_mem_policy.py test_simd.py
        test_simd_module.py numpy/random/tests/test_extending.py"""),
    ("indexing", "test_indexing.py test_indexerrors.py test_item_selection.py"),
    ("dtype", "test_dtype.py test_numerictypes.py test_getlimits.py test_finfo.py "
              "test_longdouble.py test_half.py"),
    ("casting-promotion", "test_casting_*.py test_nep50_promotions.py "
                          "test_array_coercion.py"),
    ("ufunc", "test_ufunc.py test_overrides.py test_ufunclike.py test_mixins.py"),
    ("umath", "test_umath*.py test_errstate.py"),
    ("scalar", "test_scalar*.py test_abc.py"),
    ("strings", "test_strings.py test_stringdtype.py test_defchararray.py "
                "test_unicode.py"),
    ("datetime", "test_datetime.py"),
    ("records", "test_records.py test_recfunctions.py"),
    ("printing", "test_arrayprint.py test_print.py"),
    ("einsum", "test_einsum.py"),
    ("nditer", "test_nditer.py"),
    ("memory-overlap", "test_mem_overlap.py test_memmap.py"),
    ("interchange", "test_dlpack.py test_protocols.py test_array_api_info.py"),
    ("threads", "test_multithreading.py test_multiprocessing.py"),
    ("numeric", "numpy/_core/tests/test_numeric.py test_function_base.py@_core"),
    ("shape-manipulation", "test_shape_base.py test_stride_tricks.py "
        "test_index_tricks.py test_twodim_base.py test_arraypad.py test_packbits.py"),
    ("function-base", "test_function_base.py test_nanfunctions.py test_histograms.py "
        "test_arraysetops.py test_type_check.py numpy/lib/tests/test_polynomial.py"),
    ("lib-io", "test_io.py test_loadtxt.py test_format.py test__iotools.py "
               "test__datasource.py"),
    ("lib-other", "numpy/lib/*"),
    ("linalg", "numpy/linalg/*"),
    ("fft", "numpy/fft/*"),
    ("random", "numpy/random/*"),
    ("ma", "numpy/ma/*"),
    ("polynomial", "numpy/polynomial/*"),
    ("matrixlib", "numpy/matrixlib/* test_matlib.py"),
    ("testing", "numpy/testing/*"),
    ("ctypeslib", "test_ctypeslib.py"),
    ("typing", "numpy/typing/*"),
    ("namespace", "numpy/tests/*"),
    ("core-array", "numpy/_core/*"),
]


def exclusion_reason(path):
    return next((why for glob, why in EXCLUDED.items() if fnmatch.fnmatch(path, glob)),
                None)


def area_of_file(path):
    name = path.rsplit("/", 1)[-1]
    for area, globs in AREAS:
        for glob in globs.split():
            glob, _, part = glob.partition("@")
            if part and f"/{part}/" not in path:
                continue
            if fnmatch.fnmatch(path if "/" in glob else name, glob):
                return area
    return "other"


def mentions_c_helper(source):
    return any(name.rpartition(".")[2] in source for name in numpy_alias.C_TEST_MODULES)


#: The areas of a first slice that must stand before breadth: the numeric core.
SLICE = """core-array indexing dtype casting-promotion ufunc umath scalar numeric
    shape-manipulation nditer memory-overlap printing einsum interchange""".split()
