//! Reading `crate::` and `super::` paths out of code, and finding circles in a graph.

use std::collections::{BTreeMap, BTreeSet};

/// Absolute module paths (within the crate) that the code of `module` names.
pub(super) fn uses(code: &str, module: &[String]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for (keyword, up) in [("crate::", false), ("super::", true)] {
        for (at, _) in code.match_indices(keyword) {
            let before = code[..at].chars().next_back();
            let tail = &code[at + keyword.len()..];
            let whole_word =
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$' || c == ':');
            if whole_word {
                let mut base = if up { module.to_vec() } else { Vec::new() };
                let mut tail = tail;
                if up {
                    base.pop();
                    while let Some(further) = tail.strip_prefix("super::") {
                        base.pop();
                        tail = further;
                    }
                }
                expand(tail, &base, &mut found);
            }
        }
    }
    found
}

/// Follows `a::b::{c, d::e}` from `base`; returns what is left of the text.
fn expand<'a>(text: &'a str, base: &[String], found: &mut BTreeSet<Vec<String>>) -> &'a str {
    let mut path = base.to_vec();
    let mut text = text;
    loop {
        text = text.trim_start();
        if let Some(mut inside) = text.strip_prefix('{') {
            loop {
                inside = expand(inside, &path, found).trim_start();
                match inside.strip_prefix(',') {
                    Some(next) if !next.trim_start().starts_with('}') => inside = next,
                    Some(next) => return next.trim_start().strip_prefix('}').unwrap_or(next),
                    None => return inside.strip_prefix('}').unwrap_or(inside),
                }
            }
        }
        let end = text
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len());
        let (word, after) = text.split_at(end);
        if !word.is_empty() && word != "self" {
            path.push(word.to_owned());
        }
        if let Some(next) = after.strip_prefix("::") {
            text = next;
            continue;
        }
        found.insert(path);
        let after = after.trim_start();
        return match after.strip_prefix("as ") {
            Some(renamed) => {
                let renamed = renamed.trim_start();
                renamed.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
            }
            None => after.strip_prefix('*').unwrap_or(after),
        };
    }
}

/// A directed graph of names.
#[derive(Default)]
pub(super) struct Graph {
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    pub(super) fn add(&mut self, from: &str, to: &str) {
        self.edges
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
        self.edges.entry(to.to_owned()).or_default();
    }

    /// One shortest circle through each name that is on any, without repeats.
    pub(super) fn circles(&self) -> Vec<Vec<String>> {
        let mut seen: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
        let mut circles = Vec::new();
        for start in self.edges.keys() {
            let Some(circle) = self.shortest_circle(start) else {
                continue;
            };
            if seen.insert(circle.iter().copied().collect()) {
                let mut names: Vec<String> = circle.iter().map(|name| (*name).to_owned()).collect();
                names.push(start.clone());
                circles.push(names);
            }
        }
        circles
    }

    /// Breadth first from `start` back to itself.
    fn shortest_circle<'a>(&'a self, start: &'a str) -> Option<Vec<&'a str>> {
        let mut reached_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for next in self.edges.get(node)? {
                if next == start {
                    let mut circle = vec![node];
                    while circle[circle.len() - 1] != start {
                        circle.push(reached_from[circle[circle.len() - 1]]);
                    }
                    circle.reverse();
                    return Some(circle);
                }
                if !reached_from.contains_key(next.as_str()) {
                    reached_from.insert(next, node);
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<String> {
        text.split("::").map(str::to_owned).collect()
    }

    #[test]
    fn groups_renames_and_nested_super_are_followed() {
        let code =
            "use crate::a::{b::C, d as e, f::*, };\nuse super::super::x::Y; z(crate::g::h());";
        let found = uses(code, &path("m::n::o"));
        let wanted = ["a::b::C", "a::d", "a::f", "m::x::Y", "g::h"];
        assert_eq!(found, wanted.iter().map(|text| path(text)).collect());
    }

    #[test]
    fn macro_paths_are_not_uses() {
        assert!(uses("$crate::a::b", &[]).is_empty());
    }

    #[test]
    fn a_circle_is_found_once() {
        let mut graph = Graph::default();
        graph.add("a", "b");
        graph.add("b", "c");
        graph.add("c", "a");
        graph.add("c", "d");
        assert_eq!(graph.circles(), [["a", "b", "c", "a"]]);
    }
}
