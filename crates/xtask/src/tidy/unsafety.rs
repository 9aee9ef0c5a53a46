//! `unsafe` only where the table allows it.

use super::files::Tree;
use super::findings::Findings;

/// Path prefixes below `crates/` whose files may hold `unsafe`, each with its reason.
const ALLOWED: &[(&str, &str)] = &[
    (
        "numpy_rs_elements/src/longdouble.rs",
        "x87 assembly and C's functions of long double",
    ),
    ("numpy_rs_elements/src/real.rs", "C's functions of double"),
    (
        "numpy_rs_elements/src/integer.rs",
        "conversions that the processor defines",
    ),
    (
        "numpy_rs_elements/src/object.rs",
        "counted references of object elements",
    ),
    ("numpy_rs_kernels/src/", "loops over pointers and strides"),
    (
        "numpy_rs_ufuncs/src/",
        "rows are unsafe functions of pointers",
    ),
    ("numpy_rs_core/src/array.rs", "owns element memory"),
    ("numpy_rs_core/src/buffer.rs", "the one allocator"),
    ("numpy_rs_core/src/object.rs", "hooks of object elements"),
    (
        "numpy_rs_core/src/references.rs",
        "counts references in element memory",
    ),
    ("numpy_rs_core/src/view.rs", "reads and writes elements"),
    ("numpy_rs_core/src/ufunc/", "calls loops"),
    ("numpy_rs_core/src/", "dispatch over element memory"),
    ("numpy_rs_linalg/src/stack.rs", "items of contiguous arrays"),
    ("numpy_rs_linalg/src/lanes.rs", "instruction sets"),
    ("numpy_rs_fft/src/", "lanes of arrays"),
    ("numpy_rs_audio/src/", "lanes of arrays, instruction sets"),
    ("pocket_tts_audio_ds/src/", "pointers that C gives"),
    ("numpy_rs/src/", "functions over element memory"),
    ("numpy_rs_py/src/", "C structs and the interpreter"),
    ("rustify_support/src/", "Python objects and its C API"),
    ("rustify/src/program.rs", "ends a process group"),
    ("rustify/src/interrupt.rs", "notices signals"),
    ("rustify_record/src/group.rs", "ends a process group"),
];

pub(super) fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.files.iter().filter(|file| file.is_rust()) {
        let Some(inside) = file.path.strip_prefix("crates/") else {
            continue;
        };
        if inside.starts_with("xtask/")
            || inside.contains("/tests/")
            || ALLOWED.iter().any(|(prefix, _)| inside.starts_with(prefix))
        {
            continue;
        }
        let code = file.code();
        let words = ["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern"];
        if words.iter().any(|word| code.contains(word)) {
            findings.errors.push(format!(
                "{}: `unsafe` outside the allowed folders",
                file.path
            ));
        }
    }
}
