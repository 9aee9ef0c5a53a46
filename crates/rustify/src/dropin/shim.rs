//! The `__init__.py` files of the drop-in's packages: they run the original package and never hide its other modules.

use std::path::Path;

use crate::failure::Failure;
use crate::folder::Folder;
use crate::input::Place;
use crate::names::python_literal;

/// The name of an accelerated `__init__.py`, which the shim runs in place of the original.
pub const INIT: &str = "_rustify_init.py";

/// Writes a shim for each package around the module.
pub fn write(folder: &Folder, place: &Place) -> Result<(), Failure> {
    let mut original = place.root.clone();
    let mut inner = Path::new("").to_path_buf();
    for package in &place.packages {
        original.push(package);
        inner.push(package);
        folder.write(inner.join("__init__.py"), text(&original).as_bytes())?;
    }
    Ok(())
}

fn text(original: &Path) -> String {
    include_str!("shim.py.in").replace("@ORIGINAL@", &python_literal(&original.to_string_lossy()))
}
