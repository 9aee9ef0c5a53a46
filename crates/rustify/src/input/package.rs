//! The module name of a file, and the packages that it stands in.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, shown};
use crate::names;

/// Where a file stands among packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name without `.py`, as it is.
    pub stem: String,
    /// The file's name.
    pub file_name: String,
    /// The packages around it, the outermost first; empty for a module of its own.
    pub packages: Vec<String>,
    /// The folder that has to be on `sys.path`.
    pub root: PathBuf,
}

impl Place {
    /// Where a file stands: packages are the folders above it with an `__init__.py`.
    pub fn of(file: &Path) -> Result<Self, Failure> {
        let name = |path: &Path| path.file_name().and_then(|n| n.to_str()).map(str::to_owned);
        let file_name = name(file)
            .ok_or_else(|| Failure::usage(format!("{} has no readable name", shown(file))))?;
        let stem = file_name
            .strip_suffix(".py")
            .unwrap_or(&file_name)
            .to_owned();
        let mut root = file.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut packages = Vec::new();
        while root.join("__init__.py").is_file() {
            let Some(package) = name(&root).filter(|n| names::is_identifier(n)) else {
                break;
            };
            packages.insert(0, package);
            if !root.pop() {
                break;
            }
        }
        Ok(Self {
            stem,
            file_name,
            packages,
            root,
        })
    }

    /// Whether the file is the `__init__.py` of a package.
    pub fn is_package(&self) -> bool {
        self.stem == "__init__" && !self.packages.is_empty()
    }

    /// The dotted module name; a stem that is no identifier is made one.
    pub fn module(&self) -> String {
        let mut parts = self.packages.clone();
        if !self.is_package() {
            parts.push(if names::is_identifier(&self.stem) {
                self.stem.clone()
            } else {
                names::plain(&self.stem)
            });
        }
        parts.join(".")
    }

    /// The folder of the drop-in, relative to the folder for `sys.path`.
    pub fn folder(&self) -> PathBuf {
        self.packages.iter().collect()
    }

    /// The name of the crate's folder.
    pub fn crate_folder(&self) -> String {
        let module = self.module();
        format!("{}_rs", names::plain(names::last_part(&module)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("outer/inner");
        std::fs::create_dir_all(&inner).expect("made");
        for package in ["outer", "outer/inner"] {
            std::fs::write(folder.path().join(package).join("__init__.py"), "").expect("written");
        }
        let place = Place::of(&inner.join("mod.py")).expect("a place");
        assert_eq!(place.module(), "outer.inner.mod");
        assert_eq!(place.root, folder.path());
        assert_eq!(place.folder(), Path::new("outer/inner"));
        assert_eq!(place.crate_folder(), "mod_rs");
        let place = Place::of(&inner.join("__init__.py")).expect("a place");
        assert_eq!(place.module(), "outer.inner");
        assert!(place.is_package());
    }

    #[test]
    fn odd_names_become_identifiers() {
        let place = Place::of(Path::new("/x/we\"ird\n-2.py")).expect("a place");
        assert_eq!(place.module(), "we_ird_2");
        assert_eq!(place.crate_folder(), "we_ird_2_rs");
        assert_eq!(place.file_name, "we\"ird\n-2.py");
    }
}
