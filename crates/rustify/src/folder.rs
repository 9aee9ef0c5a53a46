//! Writing below one folder and nowhere else.
//!
//! Every path goes through [`Folder::place`], which refuses what climbs out of the folder, by name or by a link.

use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use crate::failure::{Failure, shown};

/// How the name of a file begins while it is written: it gets its own name when it is whole.
pub const UNFINISHED: &str = ".rustify-";

/// A folder that is written to.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Makes the folder where it is missing.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(path).map_err(|e| Failure::file("cannot make the folder", path, &e))?;
        let root = path
            .canonicalize()
            .map_err(|e| Failure::file("cannot open the folder", path, &e))?;
        Ok(Self {
            root: without_verbatim_prefix(root),
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// A folder in it.
    pub fn sub(&self, name: &str) -> Result<Self, Failure> {
        let path = self.place(name)?;
        Self::create(&path)
    }

    /// The full path of something inside; no part may be `..` or a link.
    pub fn place(&self, relative: impl AsRef<Path>) -> Result<PathBuf, Failure> {
        let relative = relative.as_ref();
        let mut path = self.root.clone();
        for part in relative.components() {
            match part {
                Component::Normal(name) => path.push(name),
                Component::CurDir => {}
                _ => return Err(escapes(relative, &self.root)),
            }
            if fs::symlink_metadata(&path).is_ok_and(|m| m.file_type().is_symlink()) {
                return Err(escapes(relative, &self.root)
                    .help(format!("{} is a symbolic link; remove it.", shown(&path))));
            }
        }
        Ok(path)
    }

    /// Writes a file whole or not at all; an equal file is left as it is, with its time.
    pub fn write(&self, relative: impl AsRef<Path>, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.place(relative)?;
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(path);
        }
        let folder = path.parent().unwrap_or(&self.root);
        let failed = |e: &std::io::Error| Failure::file("cannot write", &path, e);
        fs::create_dir_all(folder).map_err(|e| failed(&e))?;
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(folder)
            .map_err(|e| failed(&e))?;
        file.write_all(bytes).map_err(|e| failed(&e))?;
        make_readable(file.path());
        file.persist(&path).map_err(|e| failed(&e.error))?;
        Ok(path)
    }

    /// Copies a file into the folder.
    pub fn copy(&self, from: &Path, relative: impl AsRef<Path>) -> Result<PathBuf, Failure> {
        let bytes = fs::read(from).map_err(|e| Failure::file("cannot read", from, &e))?;
        self.write(relative, &bytes)
    }

    /// Removes a file or folder inside; a missing one is fine.
    pub fn remove(&self, relative: impl AsRef<Path>) -> Result<(), Failure> {
        let path = self.place(relative)?;
        let done = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        match done {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::file("cannot remove", &path, &e))
            }
            _ => Ok(()),
        }
    }

    /// The files directly inside.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = fs::read_dir(&self.root)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files
    }
}

fn escapes(relative: &Path, root: &Path) -> Failure {
    Failure::usage(format!("{} leads out of {}", shown(relative), shown(root)))
}

/// Windows answers `\\?\C:\…`, which Python and cargo take badly.
fn without_verbatim_prefix(path: PathBuf) -> PathBuf {
    match path.to_str().and_then(|text| text.strip_prefix(r"\\?\")) {
        Some(rest) if cfg!(windows) && !rest.starts_with("UNC") => PathBuf::from(rest),
        _ => path,
    }
}

/// Temporary files are private; results are as readable as any new file.
fn make_readable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Whoever can read the folder may read its files, which is what the usual umask says too.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_folder() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = Folder::create(&outer.path().join("out")).expect("a folder");
        assert!(folder.write("../x", b"").is_err());
        assert!(folder.write("/tmp/x", b"").is_err());
        assert!(folder.write("a/../../x", b"").is_err());
        folder.write("a/b", b"1").expect("inside");
        assert_eq!(fs::read(outer.path().join("out/a/b")).expect("there"), b"1");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = Folder::create(&outer.path().join("out")).expect("a folder");
        std::os::unix::fs::symlink(outer.path(), folder.path().join("link")).expect("a link");
        assert!(folder.write("link/x", b"").is_err());
        assert!(!outer.path().join("x").exists());
    }
}
