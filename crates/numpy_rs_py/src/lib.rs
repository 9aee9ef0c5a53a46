//! The Python door: Python objects become views and options, results and errors become Python objects.
