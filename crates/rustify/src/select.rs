//! Which functions of the file are translated: the hot ones, the named ones, or all, and what they call.

use std::collections::HashSet;

use rustify_types::FunctionProfile;

use crate::failure::Failure;

/// How the person chooses.
#[derive(Clone, Debug)]
pub enum Choice {
    /// Functions whose own time is at least this percentage of the whole.
    Threshold(f64),
    /// Functions by name.
    Named(Vec<String>),
    /// Every function of the file.
    All,
}

/// A function of the file with its share of the time, and why it was chosen.
#[derive(Clone, Debug)]
pub struct Target {
    /// What the profile knows; without calls where the program did not call it.
    pub profile: FunctionProfile,
    /// Its own time as a percentage of the program's.
    pub percent: f64,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Whether it was chosen only because a chosen one calls it.
    pub callee: bool,
}

/// Marks what is chosen among the functions that the file defines, in order of the file.
pub fn select(
    defined: &[(String, u32)],
    profiles: &[FunctionProfile],
    seconds: f64,
    choice: &Choice,
    source: &str,
) -> Result<Vec<Target>, Failure> {
    let own: f64 = profiles.iter().map(|p| p.own_seconds).sum();
    let whole = seconds.max(own).max(f64::MIN_POSITIVE);
    let mut targets: Vec<Target> = defined
        .iter()
        .map(|(qualname, line)| {
            let profile = profiles
                .iter()
                .find(|p| p.qualname == *qualname && p.line == *line)
                .or_else(|| profiles.iter().find(|p| p.qualname == *qualname))
                .cloned()
                .unwrap_or_else(|| FunctionProfile {
                    qualname: qualname.clone(),
                    line: *line,
                    ..FunctionProfile::default()
                });
            Target {
                percent: 100.0 * profile.own_seconds / whole,
                profile: FunctionProfile {
                    line: *line,
                    ..profile
                },
                chosen: false,
                callee: false,
            }
        })
        .collect();
    match choice {
        Choice::All => targets.iter_mut().for_each(|t| t.chosen = true),
        Choice::Threshold(percent) => {
            for target in &mut targets {
                target.chosen = target.profile.calls > 0 && target.percent >= *percent;
            }
        }
        Choice::Named(names) => {
            for name in names {
                let mut found = false;
                for target in &mut targets {
                    let qualname = &target.profile.qualname;
                    if qualname == name || qualname.rsplit('.').next() == Some(name) {
                        target.chosen = true;
                        found = true;
                    }
                }
                if !found {
                    return Err(unknown(name, defined));
                }
            }
        }
    }
    add_callees(&mut targets, source);
    Ok(targets)
}

/// Adds what the chosen functions name, as long as something is added: a call graph is translated whole.
fn add_callees(targets: &mut [Target], source: &str) {
    let lines: Vec<&str> = source.lines().collect();
    let mut open: Vec<usize> = (0..targets.len()).filter(|&i| targets[i].chosen).collect();
    while let Some(caller) = open.pop() {
        let words = words(body(&lines, targets, caller));
        for (i, target) in targets.iter_mut().enumerate() {
            let name = target.profile.qualname.rsplit('.').next().unwrap_or("");
            let made = target.profile.qualname.strip_suffix(".__init__");
            if !target.chosen
                && target.profile.calls > 0
                && (words.contains(name) || made.is_some_and(|class| words.contains(class)))
            {
                target.chosen = true;
                target.callee = true;
                open.push(i);
            }
        }
    }
}

/// The lines of a function: from its `def` to the next line that stands as far left.
fn body<'a>(lines: &'a [&'a str], targets: &[Target], at: usize) -> &'a [&'a str] {
    let start = (targets[at].profile.line as usize).clamp(1, lines.len().max(1)) - 1;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = lines.get(start).map_or(0, |line| indent(line));
    let end = lines
        .iter()
        .enumerate()
        .skip(start + 1)
        .find(|(_, line)| {
            !line.trim().is_empty()
                && indent(line) <= own
                && !line.trim_start().starts_with([')', '#'])
        })
        .map_or(lines.len(), |(i, _)| i);
    lines.get(start..end).unwrap_or_default()
}

fn words<'a>(lines: &[&'a str]) -> HashSet<&'a str> {
    lines
        .iter()
        .flat_map(|line| line.split(|c: char| !(c == '_' || c.is_alphanumeric())))
        .collect()
}

fn unknown(name: &str, defined: &[(String, u32)]) -> Failure {
    let failure = Failure::usage(format!("the file defines no function {name:?}"));
    if defined.is_empty() {
        return failure.help("It defines no functions at all.");
    }
    let shown: Vec<&str> = defined.iter().take(12).map(|(n, _)| n.as_str()).collect();
    let more = if defined.len() > 12 { ", ..." } else { "" };
    failure.help(format!("It defines {}{more}.", shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        "def hot(n):\n    return warm(n)\n\ndef warm(n):\n    return n\n\ndef cold():\n    pass\n";

    fn profiles() -> Vec<FunctionProfile> {
        [("hot", 1, 0.9), ("warm", 4, 0.05), ("cold", 7, 0.01)]
            .map(|(name, line, own)| FunctionProfile {
                qualname: name.into(),
                line,
                calls: 1,
                own_seconds: own,
                ..FunctionProfile::default()
            })
            .to_vec()
    }

    fn chosen(choice: &Choice) -> Result<Vec<String>, Failure> {
        let defined: Vec<(String, u32)> = profiles()
            .into_iter()
            .map(|p| (p.qualname, p.line))
            .collect();
        Ok(select(&defined, &profiles(), 1.0, choice, SOURCE)?
            .into_iter()
            .filter(|t| t.chosen)
            .map(|t| t.profile.qualname)
            .collect())
    }

    #[test]
    fn hot_ones_bring_what_they_call() {
        assert_eq!(
            chosen(&Choice::Threshold(10.0)).expect("chosen"),
            ["hot", "warm"]
        );
        assert_eq!(chosen(&Choice::All).expect("chosen").len(), 3);
        assert_eq!(
            chosen(&Choice::Named(vec!["cold".into()])).expect("chosen"),
            ["cold"]
        );
        assert!(chosen(&Choice::Named(vec!["col".into()])).is_err());
    }
}
