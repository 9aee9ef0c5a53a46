//! A process that has one version of the file loaded and answers requests about it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::group;

/// The most of an answer that is read: longer ones are a defect.
const LONGEST: u64 = 16 << 20;
/// How much of the error stream is kept.
const STDERR: u64 = 64 * 1024;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// None came in time; the process was ended.
    Time,
    /// The process ended by itself; the text says how.
    Died(String),
    /// The user asked to stop; the process was ended.
    Cancelled,
}

/// How a worker is started, as often as needed.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    pub(crate) python: PathBuf,
    pub(crate) script: PathBuf,
    pub(crate) settings: PathBuf,
    pub(crate) scratch: PathBuf,
    pub(crate) load_limit: Duration,
}

/// A running worker.
pub(crate) struct Worker {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<Vec<u8>>,
    errors: Receiver<String>,
}

impl Worker {
    /// Starts the process and waits until it has loaded the file. The inner result is its own refusal.
    pub(crate) fn start(
        start: &Start,
        cancelled: &dyn Fn() -> bool,
    ) -> io::Result<Result<(Self, Value), Failure>> {
        let mut command = Command::new(&start.python);
        group::separate(&mut command);
        command
            .arg("-B")
            .arg(&start.script)
            .arg("replay")
            .arg(&start.settings);
        command.current_dir(&start.scratch);
        // Sets keep one order, and temporary files stay in the scratch directory.
        command
            .env("PYTHONHASHSEED", "0")
            .env("TMPDIR", &start.scratch)
            .env_remove("RUSTIFY_DISABLE");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let missing = || io::Error::other("a pipe of the worker is missing");
        let requests = child.stdin.take().ok_or_else(missing)?;
        let stdout = child.stdout.take().ok_or_else(missing)?;
        let stderr = child.stderr.take().ok_or_else(missing)?;
        let mut worker = Self {
            child,
            requests,
            answers: lines(stdout),
            errors: last(stderr),
        };
        Ok(worker
            .receive(start.load_limit, cancelled)
            .map(|ready| (worker, ready)))
    }

    /// Sends a request and waits for the answer.
    pub(crate) fn ask<T: DeserializeOwned>(
        &mut self,
        request: &Value,
        limit: Duration,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<T, Failure> {
        let line = format!("{request}\n");
        if self.requests.write_all(line.as_bytes()).is_err() {
            return Err(self.died());
        }
        let answer = self.receive(limit, cancelled)?;
        serde_json::from_value(answer)
            .map_err(|error| Failure::Died(format!("its answer is no answer: {error}")))
    }

    fn receive(&mut self, limit: Duration, cancelled: &dyn Fn() -> bool) -> Result<Value, Failure> {
        let deadline = Instant::now() + limit;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self
                .answers
                .recv_timeout(left.min(Duration::from_millis(100)))
            {
                Ok(line) => {
                    let broken = |_| Failure::Died("its answer is cut off".to_owned());
                    return serde_json::from_slice(&line).map_err(broken);
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.died()),
                Err(RecvTimeoutError::Timeout) if cancelled() => {
                    group::kill(&mut self.child);
                    return Err(Failure::Cancelled);
                }
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    group::kill(&mut self.child);
                    return Err(Failure::Time);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn died(&mut self) -> Failure {
        // It may be alive with its streams closed.
        thread::sleep(Duration::from_millis(20));
        let ended = self.child.try_wait();
        group::kill(&mut self.child);
        let how = match ended {
            Ok(Some(status)) => status.to_string(),
            _ => "it closed its streams".to_owned(),
        };
        let said = self
            .errors
            .recv_timeout(Duration::from_millis(500))
            .unwrap_or_default();
        let line = said
            .trim_end()
            .lines()
            .next_back()
            .unwrap_or_default()
            .to_owned();
        Failure::Died(if line.is_empty() {
            how
        } else {
            format!("{how}: {line}")
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        group::kill(&mut self.child);
        let _ = self.child.wait();
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        loop {
            let mut line = Vec::new();
            match stream.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) => {
                    if send.send(line).is_err() {
                        return;
                    }
                }
            }
        }
    });
    receive
}

/// The last of a stream, once it ends.
fn last(mut stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut kept = Vec::new();
        while let Ok(1..) = stream.by_ref().take(STDERR).read_to_end(&mut kept) {
            let surplus = kept.len().saturating_sub(STDERR as usize);
            kept.drain(..surplus);
        }
        let _ = send.send(String::from_utf8_lossy(&kept).into_owned());
    });
    receive
}

/// The settings of a worker for one version.
pub(crate) struct Version<'a> {
    pub(crate) path: &'a Path,
    pub(crate) roots: Vec<PathBuf>,
    pub(crate) dropin: bool,
}
