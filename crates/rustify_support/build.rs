//! Tells the sources which Python they are built for (`cfg(Py_3_12)` and the like).

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
    // The tests of this crate run the interpreter's library.
    pyo3_build_config::add_libpython_rpath_link_args();
}
