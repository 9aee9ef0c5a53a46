//! What is kept between runs: compiled libraries, whole results, one build folder for each interpreter.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::folder::{Folder, UNFINISHED};
use crate::names::Key;
use crate::toolchain::{Python, Rust};

/// The cache.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Folder,
}

/// Names the folder of the cache, for those who want it elsewhere.
pub const VARIABLE: &str = "RUSTIFY_CACHE_DIR";

/// Marks the folder as ours, so that `rustify clean` removes nothing else.
const MARK: &str = "rustify-cache";

impl Cache {
    /// Opens the cache and makes it where it is missing.
    pub fn open() -> Result<Self, Failure> {
        Self::at(&location()?)
    }

    /// Opens a cache in a folder of its own.
    pub fn at(path: &Path) -> Result<Self, Failure> {
        let fresh = unclaimed(path);
        let folder = Folder::create(path)?;
        if fresh {
            folder.write(MARK, b"Made by rustify; `rustify clean` removes it.\n")?;
            make_private(folder.path());
        } else if !folder.place(MARK)?.is_file() {
            return Err(Failure::usage(format!(
                "{} is not a cache of rustify",
                folder.path().display()
            ))
            .help(format!("Point {VARIABLE} at an empty folder.")));
        }
        Ok(Self { folder })
    }

    /// The whole folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Where cargo builds for an interpreter: crates of one interpreter share what they depend on.
    pub fn target(&self, python: &Python, rust: &Rust) -> Result<PathBuf, Failure> {
        let key = Key::new()
            .text(&python.abi())
            .text(&python.executable.to_string_lossy())
            .text(&rust.rustc)
            .finish();
        let folder = self.folder.sub("build")?.sub(&key[..12])?;
        Ok(folder.path().to_path_buf())
    }

    /// A folder for one key.
    pub fn entry(&self, kind: &str, key: &str) -> Result<Folder, Failure> {
        self.folder.sub(kind)?.sub(key)
    }

    /// Whether there is a finished entry.
    pub fn has(&self, kind: &str, key: &str) -> bool {
        self.folder
            .path()
            .join(kind)
            .join(key)
            .join("done")
            .is_file()
    }

    /// Where an entry lies, whether it exists or not.
    pub fn path(&self, kind: &str, key: &str) -> PathBuf {
        self.folder.path().join(kind).join(key)
    }

    /// Marks an entry as finished.
    pub fn finish(&self, kind: &str, key: &str) -> Result<(), Failure> {
        self.entry(kind, key)?.write("done", b"").map(|_| ())
    }
}

/// Removes the cache; answers where it was and how many bytes it held.
pub fn clean() -> Result<Option<(PathBuf, u64)>, Failure> {
    let path = location()?;
    if !path.exists() {
        return Ok(None);
    }
    if !path.join(MARK).is_file() {
        return Err(Failure::usage(format!(
            "{} is not a cache of rustify; nothing was removed",
            path.display()
        )));
    }
    let size = size(&path);
    std::fs::remove_dir_all(&path).map_err(|e| Failure::file("cannot remove", &path, &e))?;
    Ok(Some((path, size)))
}

fn location() -> Result<PathBuf, Failure> {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(path) = set(VARIABLE) {
        return std::path::absolute(&path).map_err(|e| Failure::file("cannot find", &path, &e));
    }
    let base = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library").join("Caches"))
    } else {
        set("XDG_CACHE_HOME")
            .filter(|path| path.is_absolute())
            .or_else(|| set("HOME").map(|home| home.join(".cache")))
    };
    base.map(|base| base.join("rustify")).ok_or_else(|| {
        Failure::environment("there is no home folder to keep a cache in")
            .help(format!("Name a folder for it: {VARIABLE}=/some/folder"))
    })
}

/// Whether a folder is missing or holds nothing but a mark, also one that another process is
/// writing now: who makes the cache marks it before anything else lands in it.
fn unclaimed(path: &Path) -> bool {
    let mark = |name: &std::ffi::OsStr| {
        name == MARK || name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes())
    };
    match path.read_dir() {
        Ok(mut entries) => entries.all(|entry| entry.is_ok_and(|e| mark(&e.file_name()))),
        Err(e) => e.kind() == std::io::ErrorKind::NotFound,
    }
}

fn size(path: &Path) -> u64 {
    let mut total = 0;
    let mut open = vec![path.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(kind) if kind.is_file() => total += entry.metadata().map_or(0, |m| m.len()),
                _ => {}
            }
        }
    }
    total
}

/// Recorded arguments may lie here: nobody else reads them.
fn make_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A folder on a file system without permissions stays as it is.
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700));
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_make_it_at_once() {
        for _ in 0..50 {
            let home = tempfile::tempdir().unwrap();
            let path = home.path().join("cache");
            let gate = std::sync::Barrier::new(8);
            let opened: Vec<Result<(), Failure>> = std::thread::scope(|scope| {
                let opening: Vec<_> = (0..8)
                    .map(|_| {
                        scope.spawn(|| {
                            gate.wait();
                            Cache::at(&path)?.finish("results", "key")
                        })
                    })
                    .collect();
                opening.into_iter().map(|t| t.join().unwrap()).collect()
            });
            for result in opened {
                result.unwrap();
            }
        }
    }

    #[test]
    fn a_folder_of_others_is_refused() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("letter.txt"), "mine").unwrap();
        assert!(Cache::at(home.path()).is_err());
    }
}
