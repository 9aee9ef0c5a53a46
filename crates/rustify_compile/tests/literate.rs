//! The documents of `tests/rustify/literate`: Python with recorded types in, Rust out. `BLESS=1` writes anew what Rust
//! comes out; `tests/rustify/literate.py` runs both.

use std::fs;
use std::path::PathBuf;

use rustify_types::{FunctionProfile, Outcome, Request, Sample, Signature};

/// The text between the fences of a language, with where it stands.
fn block<'t>(document: &'t str, language: &str) -> Option<(usize, &'t str)> {
    let fence = format!("```{language}\n");
    let from = document.find(&fence)? + fence.len();
    let until = from + document[from..].find("```")?;
    Some((from, &document[from..until]))
}

/// `name(type, type)`, one a line.
fn signatures(types: &str) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for line in types.lines() {
        let Some((name, rest)) = line.trim().split_once('(') else {
            continue;
        };
        let inner = rest.strip_suffix(')').unwrap_or(rest);
        let (mut args, mut depth, mut one) = (Vec::new(), 0, String::new());
        for c in inner.chars() {
            match c {
                ',' if depth == 0 => {
                    args.push(std::mem::take(&mut one).trim().to_owned());
                    continue;
                }
                '[' | '{' => depth += 1,
                ']' | '}' => depth -= 1,
                _ => {}
            }
            one.push(c);
        }
        if !one.trim().is_empty() {
            args.push(one.trim().to_owned());
        }
        all.push((name.to_owned(), args));
    }
    all
}

/// The Rust of a document's Python: its functions, without Python's ways into them.
fn translated(name: &str, python: &str, types: &str) -> String {
    let lines = rustify_compile::functions(python).expect("Python");
    let functions = lines.iter().filter_map(|(qualname, line)| {
        let all = signatures(types).into_iter().filter(|(n, _)| n == qualname);
        let signatures: Vec<Signature> = all
            .map(|(_, args)| Signature {
                args: args.into_iter().map(Sample).collect(),
                count: 1,
            })
            .collect();
        let is_named = !signatures.is_empty();
        is_named.then(|| FunctionProfile {
            qualname: qualname.clone(),
            line: *line,
            signatures,
            ..FunctionProfile::default()
        })
    });
    let request = Request {
        source: python.to_owned(),
        path: format!("{name}.py"),
        module: name.to_owned(),
        functions: functions.collect(),
        ml_mode: false,
        extension: format!("_{name}_rs_0"),
        ..Request::default()
    };
    let compiled = rustify_compile::compile(&request).expect("compiled");
    for (function, _, outcome) in &compiled.functions {
        if let Outcome::Rejected(reason) = outcome {
            panic!("{name}: `{function}` stays Python: {}", reason.message);
        }
    }
    let mut files = compiled.files.into_iter();
    let file = files.find(|(path, _)| path == "src/functions.rs");
    let text = file.expect("functions").1;
    let mut out = String::new();
    let mut skips = false;
    let starts = |line: &str| line.starts_with("///") || line.starts_with("pub(crate) fn");
    for line in text.lines().skip_while(|l| !starts(l)) {
        // The original stands above; Python's way in is the same everywhere, and so is what takes any arguments.
        if line.starts_with("/// Python's way into") || line.ends_with("of whatever types.") {
            skips = true;
        }
        if !skips && !line.starts_with("///") {
            out.push_str(line);
            out.push('\n');
        }
        if line == "}" {
            skips = false;
        }
    }
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    format!("{}\n", out.trim())
}

#[test]
fn documents_show_the_rust_that_comes_out() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/rustify/literate");
    let bless = std::env::var_os("BLESS").is_some();
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("folder")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 20, "the documents are missing");
    let mut stale = Vec::new();
    for path in paths {
        let document = fs::read_to_string(&path).expect("document");
        let name = path
            .file_stem()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        let [python, types, rust] = ["python", "types", "rust"]
            .map(|l| block(&document, l).unwrap_or_else(|| panic!("{name}: no block `{l}`")));
        let made = translated(&name, python.1, types.1);
        if made == rust.1 {
            continue;
        }
        if bless {
            let (before, after) = (&document[..rust.0], &document[rust.0 + rust.1.len()..]);
            fs::write(&path, format!("{before}{made}{after}")).expect("written");
        } else {
            stale.push(format!("{name}:\n{made}"));
        }
    }
    assert!(
        stale.is_empty(),
        "other Rust comes out than the documents show (BLESS=1 writes it):\n{}",
        stale.join("\n")
    );
}
