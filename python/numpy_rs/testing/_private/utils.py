"""Every name of the testing package; each is made in a module of its own subject."""

from .alignment import _gen_alignment_data
from .comparison import (
    assert_array_compare,
    build_err_msg,
    print_assert_equal,
)
from .cycles import _assert_valid_refcount, assert_no_gc_cycles, break_cycles
from .environment import (
    BLAS_SUPPORTS_FPE,
    HAS_LAPACK64,
    HAS_REFCOUNT,
    IS_64BIT,
    IS_EDITABLE,
    IS_INSTALLED,
    IS_MUSL,
    IS_PYPY,
    IS_PYSTON,
    IS_WASM,
    LONG_DOUBLE_IS_IBM_DOUBLE_DOUBLE,
    NOGIL_BUILD,
    NUMPY_ROOT,
    _get_mem_available,
    _glibc_older_than,
    _parse_size,
    check_free_memory,
    check_support_sve,
    jiffies,
    memusage,
    requires_deep_recursion,
    requires_memory,
)
from .equality import (
    assert_,
    assert_array_equal,
    assert_array_less,
    assert_equal,
    assert_string_equal,
)
from .nearness import (
    assert_allclose,
    assert_almost_equal,
    assert_approx_equal,
    assert_array_almost_equal,
    assert_array_almost_equal_nulp,
    assert_array_max_ulp,
    integer_repr,
    nulp_diff,
)
from .raising import (
    IgnoreException,
    KnownFailureException,
    KnownFailureTest,
    SkipTest,
    assert_raises,
    assert_raises_regex,
)
from .running import (
    _no_tracing,
    decorate_methods,
    measure,
    run_subprocess,
    run_threaded,
    rundocs,
    runstring,
    tempdir,
    temppath,
)
from .warned import (
    assert_no_warnings,
    assert_warns,
    clear_and_catch_warnings,
    suppress_warnings,
)

verbose = 0

__all__ = [
    "BLAS_SUPPORTS_FPE", "HAS_LAPACK64", "HAS_REFCOUNT", "IS_64BIT", "IS_EDITABLE", "IS_INSTALLED",
    "IS_MUSL", "IS_PYPY", "IS_PYSTON", "IS_WASM", "IgnoreException", "KnownFailureException",
    "NOGIL_BUILD", "NUMPY_ROOT", "SkipTest", "assert_", "assert_allclose", "assert_almost_equal",
    "assert_approx_equal", "assert_array_almost_equal", "assert_array_almost_equal_nulp",
    "assert_array_compare", "assert_array_equal", "assert_array_less", "assert_array_max_ulp",
    "assert_equal", "assert_no_gc_cycles", "assert_no_warnings", "assert_raises",
    "assert_raises_regex", "assert_string_equal", "assert_warns", "break_cycles", "build_err_msg",
    "check_support_sve", "clear_and_catch_warnings", "decorate_methods", "jiffies", "measure",
    "memusage", "print_assert_equal", "run_threaded", "rundocs", "runstring", "suppress_warnings",
    "tempdir", "temppath", "verbose",
]
