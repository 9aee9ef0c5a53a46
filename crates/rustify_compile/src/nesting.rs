//! Functions inside functions: which variables of those around they use, and where they may be called.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::{Expr, Stmt};

use crate::program::{Callable, FunctionDef, Global, Program, What};
use crate::scopes::{Inner, Names};
use crate::source::Source;
use crate::yields::Yields;

impl<'a> Program<'a> {
    /// Looks for functions inside a function; answers which names of those around they use, and which they change.
    pub(crate) fn nest(
        &mut self,
        source: &'a Source<'_>,
        at: usize,
        around: &mut Vec<HashSet<String>>,
    ) {
        use ruff_text_size::Ranged;
        let names = Names::of(self.functions[at].node);
        let bound: HashSet<String> = names.bound.keys().cloned().collect();
        around.push(bound.clone());
        // What each inner function takes from around itself: names read, and those of them that it changes.
        let mut takes: HashMap<String, (HashSet<String>, HashSet<String>)> = HashMap::new();
        let mut inner: HashMap<String, Callable<'a>> = HashMap::new();
        for (name, place) in &names.inner {
            let is_only = names.bound.get(name) == Some(&1);
            if !is_only && matches!(place.inner, Inner::Lambda(_)) {
                continue;
            }
            let what = match place.inner {
                Inner::Lambda(l) => {
                    takes.insert(name.clone(), (Names::of_lambda(l), HashSet::new()));
                    What::Lambda(l)
                }
                Inner::Def(f) => {
                    let yields = Yields::of(&f.body);
                    self.functions.push(FunctionDef {
                        qualname: format!("{}.<locals>.{name}", self.functions[at].qualname),
                        line: source.line(f.name.start()),
                        node: f,
                        class: None,
                        first_line: source.line(f.name.start()),
                        is_static: false,
                        is_class_method: false,
                        parent: Some(at),
                        free: Vec::new(),
                        inner: HashMap::new(),
                        bound: HashSet::new(),
                        assigned: Vec::new(),
                        first_yield: yields.first,
                        guarded_yield: yields.guarded,
                        once: HashMap::new(),
                        read: HashSet::new(),
                        table: None,
                        imports: Vec::new(),
                    });
                    let number = self.functions.len() - 1;
                    self.nest(source, number, around);
                    if !is_only {
                        // A variable that is one function or another.
                        self.lambdas.insert(f.range.start().to_u32(), number);
                        continue;
                    }
                    let free = &self.functions[number].free;
                    let changed = free.iter().filter(|f| f.1).map(|f| f.0.clone()).collect();
                    takes.insert(
                        name.clone(),
                        (free.iter().map(|f| f.0.clone()).collect(), changed),
                    );
                    What::Function(number)
                }
            };
            let (from, until) = (place.from, place.until);
            inner.insert(name.clone(), Callable { what, from, until });
        }
        for lambda in &names.lambdas {
            self.lambda(source, lambda, Some(at), around);
        }
        // A function takes what those that it calls take.
        loop {
            let mut more = false;
            for name in inner.keys().cloned().collect::<Vec<_>>() {
                let read = takes[&name].0.clone();
                for other in inner.keys().filter(|o| read.contains(*o)) {
                    let (r, c) = takes[other].clone();
                    let (all, all_changed) = takes.entry(name.clone()).or_default();
                    let before = (all.len(), all_changed.len());
                    all.extend(r);
                    all_changed.extend(c);
                    more |= before != (all.len(), all_changed.len());
                }
            }
            if !more {
                break;
            }
        }
        for name in inner.keys().cloned().collect::<Vec<_>>() {
            let reached: Vec<Callable<'a>> = inner
                .iter()
                .filter(|(other, _)| takes[&name].0.contains(*other))
                .map(|(_, c)| *c)
                .collect();
            if let Some(callable) = inner.get_mut(&name) {
                for other in reached {
                    callable.from = callable.from.max(other.from);
                    callable.until = callable.until.min(other.until);
                }
            }
        }
        let mut read = names.read.clone();
        let mut changed = names.outer.clone();
        for (r, c) in takes.values() {
            read.extend(r.iter().cloned());
            changed.extend(c.iter().cloned());
        }
        // Functions of this level are no variables: who calls them takes what they take.
        for number in at + 1..self.functions.len() {
            let before = std::mem::take(&mut self.functions[number].free);
            let mut free: HashMap<String, bool> = HashMap::new();
            for (name, is_changed) in before {
                match takes.get(&name) {
                    Some((r, c)) if !self.binds_between(number, at, &name) => {
                        let variables = r.iter().filter(|n| {
                            !inner.contains_key(*n) && around.iter().any(|b| b.contains(*n))
                        });
                        for n in variables {
                            *free.entry(n.clone()).or_default() |= c.contains(n);
                        }
                    }
                    _ => *free.entry(name).or_default() |= is_changed,
                }
            }
            let mut free: Vec<(String, bool)> = free.into_iter().collect();
            free.sort();
            self.functions[number].free = free;
        }
        around.pop();
        read.extend(changed.iter().cloned());
        let mut free: Vec<(String, bool)> = read
            .into_iter()
            .filter(|n| !bound.contains(n) && around.iter().any(|b| b.contains(n)))
            .map(|n| {
                let is_changed = changed.contains(&n);
                (n, is_changed)
            })
            .collect();
        free.sort();
        let def = &mut self.functions[at];
        let mut assigned: Vec<String> = names.assigned.into_iter().collect();
        assigned.retain(|n| !inner.contains_key(n));
        assigned.sort();
        def.assigned = assigned;
        def.free = free;
        def.inner = inner;
        def.bound = bound;
        def.read = names.read;
        def.once = names.once;
        def.imports = names.imports;
    }

    /// The function that a name of the module has for a value, where a call of another function has made it: its number
    /// and the call.
    pub(crate) fn closure(&self, name: &str) -> Option<(usize, &'a ruff_python_ast::ExprCall)> {
        let Some(Global::Value(Expr::Call(call))) = self.globals.get(name) else {
            return None;
        };
        let Expr::Name(maker) = &*call.func else {
            return None;
        };
        let Some(Global::Function(outer)) = self.globals.get(maker.id.as_str()) else {
            return None;
        };
        let def = &self.functions[*outer];
        let (Some(Stmt::Return(last)), true) =
            (def.node.body.last(), def.node.decorator_list.is_empty())
        else {
            return None;
        };
        let inner = match last.value.as_deref()? {
            Expr::Name(made) => match def.inner.get(made.id.as_str())?.what {
                What::Function(inner) => inner,
                What::Lambda(_) => return None,
            },
            Expr::Lambda(l) => *self.lambdas.get(&l.range.start().to_u32())?,
            _ => return None,
        };
        // Nothing changes what it has taken, it calls no other inner function, and there is no other way out.
        let siblings = self.functions.iter().filter(|f| f.parent == Some(*outer));
        let is_fixed = siblings.flat_map(|f| &f.free).all(|(_, changed)| !changed);
        let read = Names::of(self.functions[inner].node).read;
        let is_alone = !def.inner.keys().any(|n| read.contains(n));
        let has_one_end = def
            .node
            .body
            .iter()
            .rev()
            .skip(1)
            .all(|s| matches!(s, Stmt::FunctionDef(_) | Stmt::Assign(_) | Stmt::Expr(_)));
        (is_fixed && is_alone && has_one_end).then_some((inner, call))
    }

    /// Whether a function between two, one inside the other, binds a name.
    fn binds_between(&self, inner: usize, outer: usize, name: &str) -> bool {
        let mut at = self.functions[inner].parent;
        while let Some(f) = at
            && f != outer
        {
            if self.functions[f].bound.contains(name) {
                return true;
            }
            at = self.functions[f].parent;
        }
        false
    }

    /// The function that a name inside a function has for a value, if it has always the same.
    pub(crate) fn callable(&self, function: usize, name: &str) -> Option<(Callable<'a>, usize)> {
        let mut at = Some(function);
        while let Some(f) = at {
            let def = &self.functions[f];
            if let Some(found) = def.inner.get(name) {
                return Some((*found, f));
            }
            if def.bound.contains(name) {
                return None;
            }
            at = def.parent;
        }
        None
    }
}
