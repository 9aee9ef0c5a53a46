"""LAPACK-backed loops live here in NumPy; numpy_rs.linalg does not have them yet."""

_ilp64 = False
