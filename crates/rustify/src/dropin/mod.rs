//! The Python side of the result: the original source with one call that attaches Rust, and the loader of that call.

pub mod insertion;
pub mod loader;
pub mod shim;

use std::path::Path;

use crate::failure::Failure;
use crate::folder::Folder;
use crate::input::Input;
use crate::names;
use crate::toolchain::Python;

/// What the drop-in belongs to.
#[derive(Clone, Debug)]
pub struct Native<'a> {
    /// The name of the extension module.
    pub extension: &'a str,
    /// The compiled library.
    pub library: &'a Path,
    /// The interpreter that it was built for.
    pub python: &'a Python,
}

impl Native<'_> {
    /// The file name of the library beside the drop-in.
    pub fn file_name(&self) -> String {
        format!("{}{}", self.extension, self.python.suffix)
    }

    /// The file name of the loader beside the drop-in.
    pub fn loader_name(&self) -> String {
        format!("_rustify{}.py", self.extension)
    }
}

/// Writes drop-in, loader and library below a folder for `sys.path`; answers where the drop-in is.
///
/// Only the functions in `ships` get Rust.
pub fn write(
    folder: &Folder,
    input: &Input,
    native: &Native<'_>,
    ships: &[String],
) -> Result<std::path::PathBuf, Failure> {
    let place = &input.place;
    let inner = place.folder();
    folder.copy(native.library, inner.join(native.file_name()))?;
    write_loader(folder, input, native, ships, &[])?;
    let text = insertion::insert(&input.bytes, &native.loader_name());
    let path = folder.write(inner.join(file_name(input)), &text)?;
    shim::write(folder, place)?;
    forget_older(folder, input, native)?;
    if place.is_package() {
        // Its parts are only found through the package, never by the file alone.
        return folder.place(inner.join("__init__.py"));
    }
    Ok(path)
}

/// The file name of the drop-in.
pub fn file_name(input: &Input) -> &str {
    if input.place.is_package() {
        shim::INIT
    } else {
        &input.place.file_name
    }
}

/// The Python files of a drop-in and the library, with their names below the folder, for a wheel.
pub fn python_files(
    folder: &Folder,
    input: &Input,
    native: &Native<'_>,
) -> Result<Vec<(std::path::PathBuf, String)>, Failure> {
    let packages = &input.place.packages;
    let prefix: String = packages.iter().map(|p| format!("{p}/")).collect();
    let mut names = vec![
        format!("{prefix}{}", file_name(input)),
        format!("{prefix}{}", native.loader_name()),
        format!("{prefix}{}", native.file_name()),
    ];
    for depth in 1..=packages.len() {
        names.push(format!("{}/__init__.py", packages[..depth].join("/")));
    }
    names
        .into_iter()
        .map(|name| Ok((folder.place(&name)?, name)))
        .collect()
}

/// Writes a drop-in without Rust, so that the folder for `sys.path` always has the module.
pub fn write_plain(folder: &Folder, input: &Input) -> Result<Vec<String>, Failure> {
    let place = &input.place;
    let prefix: String = place.packages.iter().map(|p| format!("{p}/")).collect();
    let name = format!("{prefix}{}", file_name(input));
    folder.write(&name, &insertion::plain(&input.bytes))?;
    shim::write(folder, place)?;
    let mut names = vec![name];
    for depth in 1..=place.packages.len() {
        names.push(format!("{}/__init__.py", place.packages[..depth].join("/")));
    }
    Ok(names)
}

/// Writes the loader alone: which functions ship can change without anything else, and which of them run in Rust for
/// arguments of recorded types only.
pub fn write_loader(
    folder: &Folder,
    input: &Input,
    native: &Native<'_>,
    ships: &[String],
    without_spares: &[String],
) -> Result<(), Failure> {
    let text = loader::text(
        native,
        &names::sha256(&input.bytes),
        &names::sha256(input.text.as_bytes()),
        ships,
        without_spares,
    );
    folder
        .write(
            input.place.folder().join(native.loader_name()),
            text.as_bytes(),
        )
        .map(|_| ())
}

/// Removes loaders and libraries of earlier versions of the same module.
fn forget_older(folder: &Folder, input: &Input, native: &Native<'_>) -> Result<(), Failure> {
    let inner = input.place.folder();
    let here = folder.sub(&inner.to_string_lossy())?;
    let stem = native.extension.len() - 8;
    let library = &native.extension[..stem];
    let loader = format!("_rustify{library}");
    for path in here.files() {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
            continue;
        };
        let digits = name
            .strip_prefix(library)
            .or_else(|| name.strip_prefix(loader.as_str()))
            .unwrap_or_default();
        let is_ours = digits.len() > 8
            && digits.as_bytes()[..8].iter().all(u8::is_ascii_hexdigit)
            && digits.as_bytes()[8] == b'.';
        if is_ours && name != native.file_name() && name != native.loader_name() {
            // Windows locks a library that is loaded somewhere; the next run removes it.
            let _ = here.remove(name);
        }
    }
    Ok(())
}
