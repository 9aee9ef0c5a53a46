//! What Python objects mean as arguments: dtypes, arrays, axes, shapes, keywords, indices; and items as scalars.
