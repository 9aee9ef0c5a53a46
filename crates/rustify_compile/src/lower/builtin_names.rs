//! Names that builtins have.

/// Whether a builtin name is an exception whose instances hold nothing but their arguments.
pub(crate) fn is_builtin_exception(name: &str) -> bool {
    name.ends_with("Error")
        && !name.starts_with("Unicode")
        && !matches!(
            name,
            "OSError" | "IOError" | "EnvironmentError" | "ImportError"
        )
        || matches!(name, "Exception" | "StopIteration" | "BaseException")
        || matches!(
            name,
            "UnicodeDecodeError" | "UnicodeEncodeError" | "UnicodeError"
        )
}

/// Whether a builtin name is a type that programs compare with and ask for.
pub(super) fn is_type_name(name: &str) -> bool {
    matches!(
        name,
        "int"
            | "float"
            | "str"
            | "bool"
            | "list"
            | "tuple"
            | "dict"
            | "set"
            | "frozenset"
            | "bytes"
            | "bytearray"
            | "complex"
            | "object"
            | "range"
    )
}

/// Whether a name is that of a builtin function that values can be given to.
pub(crate) fn is_function_name(name: &str) -> bool {
    matches!(
        name,
        "len"
            | "abs"
            | "ord"
            | "chr"
            | "repr"
            | "round"
            | "sum"
            | "min"
            | "max"
            | "sorted"
            | "hash"
            | "divmod"
            | "pow"
            | "hex"
            | "bin"
            | "oct"
    )
}
