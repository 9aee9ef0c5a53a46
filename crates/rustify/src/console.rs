//! What the person sees while the command works: progress, notes, questions. All of it goes to standard error.

use std::io::{BufRead, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::Failure;

/// Where and how much is said.
#[derive(Clone, Debug)]
pub struct Console {
    verbosity: u8,
    quiet: bool,
    terminal: bool,
    color: bool,
}

impl Console {
    /// With the number of `-v`; `quiet` says only errors.
    pub fn new(verbosity: u8, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            verbosity,
            quiet,
            terminal,
            color: terminal && colors_allowed(),
        }
    }

    /// Whether texts on standard error may have colors.
    pub fn color(&self) -> bool {
        self.color
    }

    /// Whether texts on standard output may have colors.
    pub fn output_color(&self) -> bool {
        std::io::stdout().is_terminal() && colors_allowed()
    }

    /// Says something.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            line(text);
        }
    }

    /// Says something that `-v` asks for.
    pub fn note(&self, text: &str) {
        if self.verbosity >= 1 {
            line(text);
        }
    }

    /// Says something that `-vv` asks for.
    pub fn detail(&self, text: &str) {
        if self.verbosity >= 2 {
            line(text);
        }
    }

    /// Warns.
    pub fn warn(&self, text: &str) {
        if self.color {
            line(&format!("\x1b[1;33mwarning\x1b[0m: {text}"));
        } else {
            line(&format!("warning: {text}"));
        }
    }

    /// Says why the command ends early.
    pub fn fail(&self, failure: &Failure) {
        let text = failure.to_string();
        match text.strip_prefix("error") {
            Some(rest) if self.color => line(&format!("\x1b[1;31merror\x1b[0m{rest}")),
            _ => line(&text),
        }
    }

    /// A stage of the work, shown as a spinner on a terminal and as one line with `-v` elsewhere.
    pub fn stage(&self, name: &'static str) -> Stage {
        let bar = if self.terminal && !self.quiet {
            let bar = ProgressBar::new_spinner();
            let template = if self.color {
                "{spinner:.green} {prefix:<10} {elapsed:>4} {wide_msg:.dim}"
            } else {
                "{spinner} {prefix:<10} {elapsed:>4} {wide_msg}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_prefix(name);
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        } else {
            self.note(&format!("{name}..."));
            ProgressBar::hidden()
        };
        Stage { bar }
    }

    /// Asks whether to go on. Where nobody can answer, that is an error which names the flag that answers.
    pub fn confirm(&self, question: &str) -> Result<(), Failure> {
        if !std::io::stdin().is_terminal() || !self.terminal {
            return Err(
                Failure::usage(format!("{question}: nobody is there to say yes"))
                    .help("Pass --yes to agree."),
            );
        }
        let _ = write!(std::io::stderr().lock(), "{question} [y/N] ");
        let mut answer = String::new();
        let _ = std::io::stdin().lock().read_line(&mut answer);
        if matches!(answer.trim(), "y" | "Y" | "yes" | "Yes") {
            Ok(())
        } else {
            Err(Failure::usage("stopped, nothing was run"))
        }
    }
}

fn line(text: &str) {
    // A closed standard error is no reason to stop the work.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

fn colors_allowed() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|v| v != "dumb")
}

/// A stage that is under way; it disappears when dropped.
#[derive(Debug)]
pub struct Stage {
    bar: ProgressBar,
}

impl Stage {
    /// What it is doing now.
    pub fn doing(&self, what: &str) {
        let line: String = what
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.bar.set_message(line);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
