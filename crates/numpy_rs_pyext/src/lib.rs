//! The extension module `numpy_rs._native`; everything it holds is in `numpy_rs_py`.
