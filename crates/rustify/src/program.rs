//! Running another program with limits on its time and its output, in a process group that ends with it.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    /// Its status; none where the time limit ended it.
    pub status: Option<ExitStatus>,
    /// The beginning of what it wrote to standard output.
    pub stdout: Vec<u8>,
    /// The beginning of what it wrote to standard error.
    pub stderr: Vec<u8>,
    /// How long it ran.
    pub seconds: f64,
}

impl Ended {
    /// Whether it ended by itself and says that all went well.
    pub fn success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    /// Its errors as text, the last lines of them.
    pub fn errors(&self, lines: usize) -> String {
        let text = String::from_utf8_lossy(&self.stderr);
        let all: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }
}

/// How long a program that has ended may keep its output open without writing.
const GRACE: Duration = Duration::from_millis(500);

/// At most so much is kept of what a program writes; the rest is read and dropped.
const MOST_OUTPUT: usize = 16 << 20;

/// Runs a program without input.
pub fn run(command: &mut Command, limit: Duration) -> std::io::Result<Ended> {
    run_watched(command, limit, |_| {})
}

/// Runs a program and hands each line of its standard output on while it runs.
pub fn run_watched(
    command: &mut Command,
    limit: Duration,
    mut line: impl FnMut(&str),
) -> std::io::Result<Ended> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let out = reader(child.stdout.take());
    let err = reader(child.stderr.take());
    let (mut stdout, mut seen) = (Vec::new(), 0);
    let mut stderr = Vec::new();
    let mut status = None;
    loop {
        let left = limit.saturating_sub(start.elapsed());
        let open = match out.recv_timeout(left.min(Duration::from_millis(20))) {
            Ok(bytes) => {
                keep(&mut stdout, &bytes);
                hand_on(&stdout, &mut seen, &mut line);
                true
            }
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => true,
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => {
                thread::sleep(Duration::from_millis(1));
                false
            }
        };
        while let Ok(bytes) = err.try_recv() {
            keep(&mut stderr, &bytes);
        }
        if let Some(ended) = child.try_wait()? {
            status = Some(ended);
            // A grandchild may hold the pipe open for ever: what is written by now is enough.
            if !open || left.is_zero() || grace_is_over(&out, &mut stdout) {
                break;
            }
        }
        if left.is_zero() || crate::interrupt::requested() {
            break;
        }
    }
    end(&mut child);
    if crate::interrupt::requested() {
        return Err(std::io::ErrorKind::Interrupted.into());
    }
    while let Ok(bytes) = err.recv_timeout(Duration::from_millis(20)) {
        keep(&mut stderr, &bytes);
    }
    hand_on(&stdout, &mut seen, &mut line);
    Ok(Ended {
        status,
        stdout,
        stderr,
        seconds: start.elapsed().as_secs_f64(),
    })
}

/// Hands on the whole lines that were not handed on yet.
fn hand_on(stdout: &[u8], seen: &mut usize, line: &mut impl FnMut(&str)) {
    while let Some(end) = stdout[*seen..].iter().position(|&b| b == b'\n') {
        line(&String::from_utf8_lossy(&stdout[*seen..*seen + end]));
        *seen += end + 1;
    }
}

/// Waits for what a program that has ended wrote last: on a busy machine that takes a while to come through.
fn grace_is_over(out: &Receiver<Vec<u8>>, stdout: &mut Vec<u8>) -> bool {
    match out.recv_timeout(GRACE) {
        Ok(bytes) => {
            keep(stdout, &bytes);
            false
        }
        Err(_) => true,
    }
}

fn keep(kept: &mut Vec<u8>, bytes: &[u8]) {
    let room = MOST_OUTPUT.saturating_sub(kept.len());
    kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

fn reader(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    if let Some(mut pipe) = pipe {
        thread::spawn(move || {
            let mut block = vec![0; 1 << 16];
            while let Ok(read) = pipe.read(&mut block) {
                if read == 0 || sender.send(block[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

/// Ends a program and what it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    // SAFETY: a plain system call; the group was made for this child.
    unsafe {
        libc::killpg(child.id() as libc::pid_t, libc::SIGKILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: u64) -> Ended {
        run(
            Command::new("sh").args(["-c", script]),
            Duration::from_millis(limit),
        )
        .expect("sh runs")
    }

    #[test]
    fn output_and_status() {
        let ended = shell("echo a; echo b >&2; exit 3", 5000);
        assert_eq!(ended.stdout, b"a\n");
        assert_eq!(ended.errors(5), "b");
        assert_eq!(ended.status.and_then(|s| s.code()), Some(3));
    }

    #[test]
    fn every_line_is_handed_on() {
        for _ in 0..100 {
            let mut lines = Vec::new();
            let mut command = Command::new("sh");
            command.args(["-c", "echo first; sleep 0.0$(($$ % 4)); echo last"]);
            run_watched(&mut command, Duration::from_secs(20), |line| {
                lines.push(line.to_owned());
            })
            .expect("sh runs");
            assert_eq!(lines, ["first", "last"]);
        }
    }

    #[test]
    fn time_is_limited() {
        let ended = shell("sleep 30 & sleep 30", 200);
        assert!(ended.status.is_none());
        assert!(ended.seconds < 5.0);
    }

    #[test]
    fn output_is_limited() {
        let ended = shell("head -c 50000000 /dev/zero", 20_000);
        assert!(ended.success());
        assert_eq!(ended.stdout.len(), MOST_OUTPUT);
    }
}
