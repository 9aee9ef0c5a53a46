//! Runs a program to its end under limits of time and output, and keeps the last of what it printed.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::group;
use crate::progress::Progress;

/// How much of the end of each stream is kept.
const TAIL: usize = 64 * 1024;
/// How long an interrupted program may unwind.
const GRACE: Duration = Duration::from_secs(2);
/// How often limits are looked at.
const TICK: Duration = Duration::from_millis(20);

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// By itself.
    Own(ExitStatus),
    /// Its time was over.
    Time,
    /// It printed too much.
    Output,
    /// The user asked for it.
    Cancelled,
}

/// What is left of a run.
#[derive(Debug)]
pub(crate) struct Watched {
    pub(crate) stop: Stop,
    pub(crate) elapsed: Duration,
    pub(crate) output: u64,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the command to its end or to one of the limits. Its standard input is empty.
pub(crate) fn run(
    command: &mut Command,
    time_limit: Duration,
    output_limit: u64,
    progress: &mut dyn Progress,
) -> io::Result<Watched> {
    group::separate(command);
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn()?;
    let printed = Arc::new(AtomicU64::new(0));
    let stdout = child.stdout.take().map(|s| Tail::follow(s, &printed));
    let stderr = child.stderr.take().map(|s| Tail::follow(s, &printed));
    let stop = wait(
        &mut child,
        start,
        time_limit,
        output_limit,
        &printed,
        progress,
    );
    // What it started and left behind holds the pipes open.
    group::kill(&mut child);
    let _ = child.wait();
    Ok(Watched {
        stop: stop?,
        elapsed: start.elapsed(),
        output: printed.load(Ordering::Relaxed),
        stdout: stdout.map(Tail::text).unwrap_or_default(),
        stderr: stderr.map(Tail::text).unwrap_or_default(),
    })
}

fn wait(
    child: &mut Child,
    start: Instant,
    time_limit: Duration,
    output_limit: u64,
    printed: &AtomicU64,
    progress: &mut dyn Progress,
) -> io::Result<Stop> {
    let mut told = Duration::ZERO;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Stop::Own(status));
        }
        let (elapsed, output) = (start.elapsed(), printed.load(Ordering::Relaxed));
        let stop = if elapsed >= time_limit {
            Stop::Time
        } else if output > output_limit {
            Stop::Output
        } else if progress.cancelled() {
            Stop::Cancelled
        } else {
            if elapsed >= told {
                progress.running(elapsed, time_limit, output);
                told = elapsed + Duration::from_millis(100);
            }
            // Short programs are not made to wait for a whole tick.
            thread::sleep(TICK.min(elapsed / 4 + Duration::from_millis(1)));
            continue;
        };
        group::interrupt(child);
        let deadline = Instant::now() + GRACE;
        while Instant::now() < deadline && child.try_wait()?.is_none() {
            thread::sleep(TICK);
        }
        return Ok(stop);
    }
}

/// The end of a stream, read by a thread.
struct Tail {
    thread: JoinHandle<()>,
    texts: mpsc::Receiver<Vec<u8>>,
}

impl Tail {
    fn follow(mut stream: impl Read + Send + 'static, printed: &Arc<AtomicU64>) -> Self {
        let printed = Arc::clone(printed);
        let (send, texts) = mpsc::channel();
        let thread = thread::spawn(move || {
            let mut kept: Vec<u8> = Vec::new();
            let mut block = [0; 16 * 1024];
            loop {
                match stream.read(&mut block) {
                    Ok(0) => break,
                    Ok(n) => {
                        printed.fetch_add(n as u64, Ordering::Relaxed);
                        kept.extend_from_slice(&block[..n]);
                        if kept.len() > 2 * TAIL {
                            kept.drain(..kept.len() - TAIL);
                        }
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => break,
                }
            }
            kept.drain(..kept.len().saturating_sub(TAIL));
            let _ = send.send(kept);
        });
        Self { thread, texts }
    }

    /// The last of the text. A process that left the group may hold the stream open: it is not waited for.
    fn text(self) -> String {
        match self.texts.recv_timeout(Duration::from_secs(1)) {
            Ok(bytes) => {
                let _ = self.thread.join();
                String::from_utf8_lossy(&bytes).into_owned()
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => String::new(),
        }
    }
}
