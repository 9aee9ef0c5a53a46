//! Elements of `numpy.ndarray`.
