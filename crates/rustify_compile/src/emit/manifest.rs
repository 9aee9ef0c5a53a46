//! The files of a crate.

use std::fmt::Write;

use super::tables::Specs;
use crate::lower::unit::Unit;

/// The support source, file by file.
const SUPPORT: &[(&str, &str)] = &[
    (
        "lookup",
        include_str!("../../../rustify_support/src/lookup.rs"),
    ),
    (
        "ndquantile",
        include_str!("../../../rustify_support/src/ndquantile.rs"),
    ),
    (
        "handed_on",
        include_str!("../../../rustify_support/src/handed_on.rs"),
    ),
    (
        "text_numbers",
        include_str!("../../../rustify_support/src/text_numbers.rs"),
    ),
    (
        "attributes",
        include_str!("../../../rustify_support/src/attributes.rs"),
    ),
    (
        "dict_backwards",
        include_str!("../../../rustify_support/src/dict_backwards.rs"),
    ),
    (
        "dict_views",
        include_str!("../../../rustify_support/src/dict_views.rs"),
    ),
    (
        "descr",
        include_str!("../../../rustify_support/src/descr.rs"),
    ),
    (
        "letters",
        include_str!("../../../rustify_support/src/letters.rs"),
    ),
    ("line", include_str!("../../../rustify_support/src/line.rs")),
    (
        "chars",
        include_str!("../../../rustify_support/src/chars.rs"),
    ),
    (
        "table",
        include_str!("../../../rustify_support/src/table.rs"),
    ),
    (
        "dict_store",
        include_str!("../../../rustify_support/src/dict_store.rs"),
    ),
    (
        "shade",
        include_str!("../../../rustify_support/src/shade.rs"),
    ),
    (
        "list_store",
        include_str!("../../../rustify_support/src/list_store.rs"),
    ),
    (
        "slice_range",
        include_str!("../../../rustify_support/src/slice_range.rs"),
    ),
    (
        "complex",
        include_str!("../../../rustify_support/src/complex.rs"),
    ),
    (
        "errstate",
        include_str!("../../../rustify_support/src/errstate.rs"),
    ),
    (
        "numpy",
        include_str!("../../../rustify_support/src/numpy.rs"),
    ),
    (
        "ndabout",
        include_str!("../../../rustify_support/src/ndabout.rs"),
    ),
    (
        "ndcall",
        include_str!("../../../rustify_support/src/ndcall.rs"),
    ),
    (
        "scalar",
        include_str!("../../../rustify_support/src/scalar.rs"),
    ),
    (
        "ndpick",
        include_str!("../../../rustify_support/src/ndpick.rs"),
    ),
    (
        "ndchosen",
        include_str!("../../../rustify_support/src/ndchosen.rs"),
    ),
    (
        "ndnew",
        include_str!("../../../rustify_support/src/ndnew.rs"),
    ),
    ("bits", include_str!("../../../rustify_support/src/bits.rs")),
    (
        "grown",
        include_str!("../../../rustify_support/src/grown.rs"),
    ),
    (
        "ndreduce",
        include_str!("../../../rustify_support/src/ndreduce.rs"),
    ),
    (
        "ndfold",
        include_str!("../../../rustify_support/src/ndfold.rs"),
    ),
    (
        "ndorder",
        include_str!("../../../rustify_support/src/ndorder.rs"),
    ),
    (
        "ndtotal",
        include_str!("../../../rustify_support/src/ndtotal.rs"),
    ),
    (
        "ndmeans",
        include_str!("../../../rustify_support/src/ndmeans.rs"),
    ),
    (
        "ndmake",
        include_str!("../../../rustify_support/src/ndmake.rs"),
    ),
    (
        "flags",
        include_str!("../../../rustify_support/src/flags.rs"),
    ),
    (
        "loops",
        include_str!("../../../rustify_support/src/loops.rs"),
    ),
    (
        "choice",
        include_str!("../../../rustify_support/src/choice.rs"),
    ),
    (
        "ndmath",
        include_str!("../../../rustify_support/src/ndmath.rs"),
    ),
    (
        "fused",
        include_str!("../../../rustify_support/src/fused.rs"),
    ),
    (
        "odd_keys",
        include_str!("../../../rustify_support/src/odd_keys.rs"),
    ),
    (
        "passing_on",
        include_str!("../../../rustify_support/src/passing_on.rs"),
    ),
    (
        "splice",
        include_str!("../../../rustify_support/src/splice.rs"),
    ),
    ("held", include_str!("../../../rustify_support/src/held.rs")),
    (
        "turns",
        include_str!("../../../rustify_support/src/turns.rs"),
    ),
    ("mod", include_str!("../../../rustify_support/src/lib.rs")),
    ("exc", include_str!("../../../rustify_support/src/exc.rs")),
    ("obj", include_str!("../../../rustify_support/src/obj.rs")),
    (
        "journal",
        include_str!("../../../rustify_support/src/journal.rs"),
    ),
    (
        "patterns",
        include_str!("../../../rustify_support/src/patterns.rs"),
    ),
    (
        "small_changes",
        include_str!("../../../rustify_support/src/small_changes.rs"),
    ),
    ("int", include_str!("../../../rustify_support/src/int.rs")),
    (
        "low_bits",
        include_str!("../../../rustify_support/src/low_bits.rs"),
    ),
    (
        "float",
        include_str!("../../../rustify_support/src/float.rs"),
    ),
    (
        "value",
        include_str!("../../../rustify_support/src/value.rs"),
    ),
    (
        "plain",
        include_str!("../../../rustify_support/src/plain.rs"),
    ),
    (
        "any_arrays",
        include_str!("../../../rustify_support/src/any_arrays.rs"),
    ),
    (
        "any_arithmetic",
        include_str!("../../../rustify_support/src/any_arithmetic.rs"),
    ),
    (
        "any_compare",
        include_str!("../../../rustify_support/src/any_compare.rs"),
    ),
    (
        "among",
        include_str!("../../../rustify_support/src/among.rs"),
    ),
    (
        "any_items",
        include_str!("../../../rustify_support/src/any_items.rs"),
    ),
    (
        "any_calls",
        include_str!("../../../rustify_support/src/any_calls.rs"),
    ),
    ("any", include_str!("../../../rustify_support/src/any.rs")),
    (
        "namespace",
        include_str!("../../../rustify_support/src/namespace.rs"),
    ),
    ("maps", include_str!("../../../rustify_support/src/maps.rs")),
    (
        "bytearray",
        include_str!("../../../rustify_support/src/bytearray.rs"),
    ),
    (
        "callable",
        include_str!("../../../rustify_support/src/callable.rs"),
    ),
    (
        "iterators",
        include_str!("../../../rustify_support/src/iterators.rs"),
    ),
    (
        "partials",
        include_str!("../../../rustify_support/src/partials.rs"),
    ),
    (
        "lambdas",
        include_str!("../../../rustify_support/src/lambdas.rs"),
    ),
    ("made", include_str!("../../../rustify_support/src/made.rs")),
    (
        "queue",
        include_str!("../../../rustify_support/src/queue.rs"),
    ),
    (
        "deque",
        include_str!("../../../rustify_support/src/deque.rs"),
    ),
    (
        "set_state",
        include_str!("../../../rustify_support/src/set_state.rs"),
    ),
    (
        "orders",
        include_str!("../../../rustify_support/src/orders.rs"),
    ),
    ("heap", include_str!("../../../rustify_support/src/heap.rs")),
    (
        "raised",
        include_str!("../../../rustify_support/src/raised.rs"),
    ),
    ("text", include_str!("../../../rustify_support/src/text.rs")),
    (
        "probe",
        include_str!("../../../rustify_support/src/probe.rs"),
    ),
    (
        "written",
        include_str!("../../../rustify_support/src/written.rs"),
    ),
    (
        "warned",
        include_str!("../../../rustify_support/src/warned.rs"),
    ),
    ("view", include_str!("../../../rustify_support/src/view.rs")),
    (
        "abreast",
        include_str!("../../../rustify_support/src/abreast.rs"),
    ),
    ("list", include_str!("../../../rustify_support/src/list.rs")),
    (
        "list_slices",
        include_str!("../../../rustify_support/src/list_slices.rs"),
    ),
    (
        "copying",
        include_str!("../../../rustify_support/src/copying.rs"),
    ),
    (
        "list_changes",
        include_str!("../../../rustify_support/src/list_changes.rs"),
    ),
    (
        "list_items",
        include_str!("../../../rustify_support/src/list_items.rs"),
    ),
    (
        "growing",
        include_str!("../../../rustify_support/src/growing.rs"),
    ),
    (
        "list_view",
        include_str!("../../../rustify_support/src/list_view.rs"),
    ),
    (
        "strings",
        include_str!("../../../rustify_support/src/strings.rs"),
    ),
    ("dict", include_str!("../../../rustify_support/src/dict.rs")),
    ("set", include_str!("../../../rustify_support/src/set.rs")),
    (
        "tuple",
        include_str!("../../../rustify_support/src/tuple.rs"),
    ),
    ("num", include_str!("../../../rustify_support/src/num.rs")),
    (
        "range",
        include_str!("../../../rustify_support/src/range.rs"),
    ),
    (
        "builtins",
        include_str!("../../../rustify_support/src/builtins.rs"),
    ),
    (
        "searches",
        include_str!("../../../rustify_support/src/searches.rs"),
    ),
    (
        "numerals",
        include_str!("../../../rustify_support/src/numerals.rs"),
    ),
    ("math", include_str!("../../../rustify_support/src/math.rs")),
    (
        "memory",
        include_str!("../../../rustify_support/src/memory.rs"),
    ),
    (
        "members",
        include_str!("../../../rustify_support/src/members.rs"),
    ),
    (
        "field",
        include_str!("../../../rustify_support/src/field.rs"),
    ),
    (
        "record",
        include_str!("../../../rustify_support/src/record.rs"),
    ),
    (
        "instance",
        include_str!("../../../rustify_support/src/instance.rs"),
    ),
    (
        "array",
        include_str!("../../../rustify_support/src/array.rs"),
    ),
    (
        "array_items",
        include_str!("../../../rustify_support/src/array_items.rs"),
    ),
    (
        "products",
        include_str!("../../../rustify_support/src/products.rs"),
    ),
    (
        "dense",
        include_str!("../../../rustify_support/src/dense.rs"),
    ),
    (
        "width",
        include_str!("../../../rustify_support/src/width.rs"),
    ),
    ("real", include_str!("../../../rustify_support/src/real.rs")),
    (
        "recursion",
        include_str!("../../../rustify_support/src/recursion.rs"),
    ),
    (
        "guards",
        include_str!("../../../rustify_support/src/guards.rs"),
    ),
    (
        "shapes",
        include_str!("../../../rustify_support/src/shapes.rs"),
    ),
    ("pins", include_str!("../../../rustify_support/src/pins.rs")),
    (
        "capture",
        include_str!("../../../rustify_support/src/capture.rs"),
    ),
    (
        "tracing",
        include_str!("../../../rustify_support/src/tracing.rs"),
    ),
    (
        "function",
        include_str!("../../../rustify_support/src/function.rs"),
    ),
    (
        "python_way",
        include_str!("../../../rustify_support/src/python_way.rs"),
    ),
    (
        "binding",
        include_str!("../../../rustify_support/src/binding.rs"),
    ),
    (
        "versions",
        include_str!("../../../rustify_support/src/versions.rs"),
    ),
    (
        "entry",
        include_str!("../../../rustify_support/src/entry.rs"),
    ),
    (
        "attach",
        include_str!("../../../rustify_support/src/attach.rs"),
    ),
    (
        "words",
        include_str!("../../../rustify_support/src/words.rs"),
    ),
];

const BUILD: &str = "//! Tells the sources which Python they are built for.\n\nfn main() {\n    pyo3_build_config::use_pyo3_cfgs();\n}\n";

/// The lock file that pins what the crate needs.
const LOCK: &str = include_str!("../../lock/Cargo.lock");

/// All files of the crate for these functions.
pub(crate) fn crate_files(
    unit: &Unit<'_>,
    spares: Option<&Unit<'_>>,
    functions: &[(usize, Specs)],
    module: &str,
    extension: &str,
    hash: &str,
) -> Vec<(String, String)> {
    let package = extension
        .trim_matches('_')
        .replace('_', "-")
        .to_ascii_lowercase();
    let text = translations(
        unit,
        "The translated functions, each with the Python text it stands for.",
        functions
            .iter()
            .flat_map(|(_, specs)| specs.all())
            .collect(),
    );
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[lib]\nname = \"{extension}\"\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3-ffi = {{ version = \"=0.30.1\", features = [\"extension-module\"] }}\n\n[build-dependencies]\npyo3-build-config = \"=0.30.1\"\n\n[profile.release]\nopt-level = 3\ncodegen-units = 4\ndebug = false\nstrip = true\npanic = \"unwind\"\n\n[workspace]\n"
    );
    let pyproject = format!(
        "[build-system]\nrequires = [\"maturin>=1.16,<2\"]\nbuild-backend = \"maturin\"\n\n[project]\nname = \"{package}\"\nversion = \"0.1.0\"\nrequires-python = \">=3.10\"\n\n[tool.maturin]\nmodule-name = \"{extension}\"\nfeatures = []\n"
    );
    let mut files = vec![
        ("Cargo.toml".to_owned(), manifest),
        (
            "Cargo.lock".to_owned(),
            LOCK.replace("rustify-generated", &package),
        ),
        ("pyproject.toml".to_owned(), pyproject),
        ("build.rs".to_owned(), BUILD.to_owned()),
        (
            "src/lib.rs".to_owned(),
            super::tables::library(unit, spares, functions, module, extension, hash),
        ),
        ("src/functions.rs".to_owned(), text),
        (
            "src/constants.rs".to_owned(),
            super::tables::constants(unit),
        ),
        ("src/captures.rs".to_owned(), super::tables::captures(unit)),
    ];
    let spare: Vec<usize> = functions
        .iter()
        .flat_map(|(_, s)| s.spares.clone())
        .collect();
    if let (Some(unit), false) = (spares, spare.is_empty()) {
        let about =
            "The functions again, for arguments of other types than those that were recorded.";
        files.push(("src/spares.rs".to_owned(), translations(unit, about, spare)));
    }
    for (name, text) in SUPPORT {
        files.push((format!("src/support/{name}.rs"), (*text).to_owned()));
    }
    files
}

/// A file of translations, with all that they call.
fn translations(unit: &Unit<'_>, about: &str, mut stack: Vec<usize>) -> String {
    let mut text = format!(
        "//! {about}\n\nuse super::Int;\nuse crate::support::words::*;\nuse crate::{{captures, constants}};\n\n"
    );
    let mut written = std::collections::BTreeSet::new();
    while let Some(at) = stack.pop() {
        if written.insert(at) {
            stack.extend(unit.specs[at].calls.iter().copied());
        }
    }
    for &spec in &written {
        let _ = write!(text, "{}", super::function::function(unit, spec));
    }
    text
}
