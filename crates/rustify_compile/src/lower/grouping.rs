//! `itertools.groupby` where each group is walked through once: groups are lists.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Comprehension, Expr as Ast, ExprCall, ExprContext, Stmt as AstStmt};
use ruff_text_size::{Ranged, TextRange};

use super::build::{boolean, call, not, own, sure};
use super::iterate::Items;
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

/// Builtins that walk through their argument, once.
const WALKERS: [&str; 12] = [
    "list",
    "tuple",
    "set",
    "frozenset",
    "sorted",
    "sum",
    "min",
    "max",
    "any",
    "all",
    "dict",
    "Counter",
];

impl Lowerer<'_, '_> {
    /// The items of `groupby(items, key)`: tuples of a key and a list.
    pub(super) fn grouped(&mut self, c: &ExprCall) -> Low<Option<Items>> {
        let Some((place, module, name)) = self.imported(&c.func) else {
            return Ok(None);
        };
        if module != "itertools" || name != "groupby" {
            return Ok(None);
        }
        let (items, key) = match (&*c.arguments.args, &*c.arguments.keywords) {
            ([items], []) => (items, None),
            ([items, key], []) => (items, Some(key)),
            ([items], [k]) if k.arg.as_ref().is_some_and(|a| a == "key") => (items, Some(&k.value)),
            _ => {
                return self.no(
                    c,
                    "arguments",
                    "`groupby` with these arguments",
                    "Give it the items and the key.",
                );
            }
        };
        let def = &self.unit.program.functions[self.function()];
        if !walks_once(&def.node.body, c.range(), items) {
            return self.no(
                c,
                "groupby",
                "a group of `groupby` is kept, or walked through more than once",
                "Make a list of the group first: `group = list(group)`.",
            );
        }
        self.capture(place);
        let key = key.filter(|k| !matches!(k, Ast::NoneLiteral(_)));
        let (all, group) = (self.site(c.range(), 90), self.site(c.range(), 91));
        let last = self.temporary("last_key", c, &Ty::Never);
        let current = self.temporary("group", c, &Ty::List(group));
        let started = self.temporary("started", c, &Ty::Bool);
        let mut hold = Vec::new();
        let (items, key) = match key {
            Some(key) => {
                let (items, key) = self.held_after(items, key, &mut hold)?;
                (items, Some(key))
            }
            None => (items.clone(), None),
        };
        let (items, key) = (&items, key.as_ref());
        let groups = self.filled(c, &Ty::List(all), |l, groups| {
            let mut stmts = vec![l.assign(started, boolean(false))];
            let body = l.for_each(items, |l, item| {
                let kept = l.temporary("next_item", items, &item.ty.clone());
                let mut body = vec![l.assign(kept, item)];
                let value = l.read(kept);
                let value = match key {
                    Some(key) => l.apply(key, vec![value])?,
                    None => value,
                };
                let its_key = l.temporary("its_key", c, &value.ty.clone());
                body.push(l.assign(its_key, value));
                let read = l.read(its_key);
                if !is_reflexive(&read.ty) {
                    return l.no(
                        c,
                        "groupby",
                        "`groupby` by keys that may not equal themselves",
                        "Group by whole numbers or texts.",
                    );
                }
                let (a, b) = (l.read(last), read);
                let same = if a.ty == Ty::Never || b.ty == Ty::Never {
                    boolean(false)
                } else {
                    l.equal(a, b)
                };
                let is_started = l.read(started);
                let is_new = super::build::infix("||", Ty::Bool, not(is_started), not(same));
                let new = l.new_container(&Ty::List(group));
                let mut begin = vec![l.assign(current, new)];
                let (first, list) = (l.read(its_key), l.read(current));
                begin.push(l.assign(last, first));
                begin.push(l.assign(started, boolean(true)));
                let first = l.read(its_key);
                let pair = Expr {
                    ty: Ty::Tuple(vec![first.ty.clone(), list.ty.clone()]),
                    node: Node::Tuple(vec![first, list]),
                };
                begin.push(l.add_item(groups, pair));
                body.push(Stmt::If(is_new, begin, Vec::new()));
                let item = l.read(kept);
                body.push(l.add_item(current, item));
                Ok(body)
            })?;
            stmts.extend(body);
            Ok(stmts)
        })?;
        self.each(c, super::build::block(hold, groups)).map(Some)
    }

    /// The items of `pattern.finditer(text)`.
    pub(super) fn found_matches(&mut self, c: &ExprCall) -> Low<Option<Items>> {
        if !self.finds_matches(c) {
            return Ok(None);
        }
        let Some((pattern, args)) = self.pattern_and_arguments(c)? else {
            return Ok(None);
        };
        let found = call(
            "patterns::find_iter",
            Ty::Any,
            vec![super::build::by_ref(pattern), super::build::by_ref(args)],
        );
        let walk = sure("any::Iter::over", Ty::Any, vec![own(found)]);
        let item = self.temporary("found", c, &Ty::Any);
        Ok(Some(self.single(item, crate::ir::Source::Each(walk))))
    }
}

/// Whether a value of a type equals itself.
fn is_reflexive(ty: &Ty) -> bool {
    match ty {
        Ty::Int | Ty::Bool | Ty::Str | Ty::Char | Ty::Bytes | Ty::None | Ty::Never => true,
        Ty::Opt(t) => is_reflexive(t),
        Ty::Tuple(items) => items.iter().all(is_reflexive),
        _ => false,
    }
}

/// Whether the groups of a `groupby` call are walked through at most once, at once, while its source does not change.
fn walks_once(body: &[AstStmt], call: TextRange, source: &Ast) -> bool {
    let mut finder = Finder {
        call,
        names: names_of(source),
        is_safe: None,
        group: None,
    };
    body.iter().for_each(|s| finder.visit_stmt(s));
    let (Some(true), group) = (finder.is_safe, finder.group) else {
        return false;
    };
    let Some(group) = group else {
        return true;
    };
    let mut outside = Outside {
        name: group,
        bound: 0,
        found: false,
    };
    body.iter().for_each(|s| outside.visit_stmt(s));
    !outside.found
}

/// The names in an expression.
fn names_of(e: &Ast) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'a> Visitor<'a> for Names {
        fn visit_expr(&mut self, e: &'a Ast) {
            if let Ast::Name(n) = e {
                self.0.push(n.id.to_string());
            }
            walk_expr(self, e);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_expr(e);
    names.0
}

/// Looks for the loop over a call, and at what it does with the group.
struct Finder {
    call: TextRange,
    names: Vec<String>,
    is_safe: Option<bool>,
    group: Option<String>,
}

impl Finder {
    /// The name of the group in the target of the loop; nothing if the target is of another kind.
    fn target(&mut self, target: &Ast) -> bool {
        match target {
            Ast::Tuple(t) => match &t.elts[..] {
                [_, Ast::Name(n)] => {
                    self.group = Some(n.id.to_string());
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn uses(&self) -> Uses<'_> {
        Uses {
            name: self.group.as_deref().unwrap_or_default(),
            source: &self.names,
            depth: 0,
            walks: 0,
            others: 0,
            stores: 0,
            changes: false,
        }
    }

    fn comprehension(&mut self, generators: &[Comprehension], parts: &[&Ast]) {
        let Some(at) = generators.iter().position(|g| g.iter.range() == self.call) else {
            return;
        };
        if !self.target(&generators[at].target) {
            self.is_safe = Some(false);
            return;
        }
        let mut uses = self.uses();
        generators[at].ifs.iter().for_each(|e| uses.visit_expr(e));
        for generator in &generators[at + 1..] {
            uses.source_of(&generator.iter);
            uses.depth += 1;
            generator.ifs.iter().for_each(|e| uses.visit_expr(e));
        }
        parts.iter().for_each(|e| uses.visit_expr(e));
        let is_safe = uses.is_safe();
        self.is_safe = Some(is_safe);
    }
}

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        if let AstStmt::For(f) = s
            && f.iter.range() == self.call
        {
            if !self.target(&f.target) {
                self.is_safe = Some(false);
                return;
            }
            let name = self.group.clone().unwrap_or_default();
            let mut uses = self.uses();
            for (at, s) in f.body.iter().enumerate() {
                if let AstStmt::Assign(a) = s
                    && matches!(&a.targets[..], [Ast::Name(n)] if *n.id == *name)
                    && uses.walks == 0
                {
                    // From here on the name is what has been made of the group.
                    uses.visit_expr(&a.value);
                    let mut rest = self.uses();
                    f.body[at + 1..].iter().for_each(|s| rest.visit_stmt(s));
                    uses.changes |= rest.changes;
                    break;
                }
                uses.visit_stmt(s);
            }
            let is_safe = uses.is_safe() && f.orelse.is_empty();
            self.is_safe = Some(is_safe);
            return;
        }
        walk_stmt(self, s);
    }

    fn visit_expr(&mut self, e: &'a Ast) {
        match e {
            Ast::ListComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Ast::SetComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Ast::Generator(c) => self.comprehension(&c.generators, &[&c.elt]),
            Ast::DictComp(c) => {
                let parts: Vec<&Ast> = c.key.iter().chain([&c.value]).map(|e| &**e).collect();
                self.comprehension(&c.generators, &parts);
            }
            _ => {}
        }
        walk_expr(self, e);
    }
}

/// How a group is used in the body of its loop.
struct Uses<'n> {
    name: &'n str,
    source: &'n [String],
    depth: u32,
    walks: u32,
    others: u32,
    stores: u32,
    changes: bool,
}

impl Uses<'_> {
    fn is_safe(&self) -> bool {
        self.walks <= 1 && self.others == 0 && self.stores == 0 && !self.changes
    }

    fn is_group(&self, e: &Ast) -> bool {
        matches!(e, Ast::Name(n) if *n.id == *self.name)
    }

    /// Something is walked through here.
    fn source_of(&mut self, e: &Ast) {
        if self.is_group(e) && self.depth == 0 {
            self.walks += 1;
        } else {
            self.visit_expr(e);
        }
    }

    fn comprehension(&mut self, generators: &[Comprehension], parts: &[&Ast]) {
        if let Some(first) = generators.first() {
            self.source_of(&first.iter);
        }
        self.depth += 1;
        for (i, generator) in generators.iter().enumerate() {
            if i > 0 {
                self.visit_expr(&generator.iter);
            }
            generator.ifs.iter().for_each(|e| self.visit_expr(e));
        }
        parts.iter().for_each(|e| self.visit_expr(e));
        self.depth -= 1;
    }
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        match s {
            AstStmt::For(f) => {
                self.visit_expr(&f.target);
                self.source_of(&f.iter);
                self.depth += 1;
                f.body.iter().for_each(|s| self.visit_stmt(s));
                self.depth -= 1;
                f.orelse.iter().for_each(|s| self.visit_stmt(s));
            }
            AstStmt::While(_) | AstStmt::FunctionDef(_) => {
                self.depth += 1;
                walk_stmt(self, s);
                self.depth -= 1;
            }
            _ => walk_stmt(self, s),
        }
    }

    fn visit_expr(&mut self, e: &'a Ast) {
        match e {
            Ast::Call(c)
                if matches!(&*c.func, Ast::Name(n) if WALKERS.contains(&n.id.as_str()))
                    && c.arguments.args.first().is_some_and(|a| self.is_group(a)) =>
            {
                if self.depth == 0 {
                    self.walks += 1;
                } else {
                    self.others += 1;
                }
                c.arguments.args[1..]
                    .iter()
                    .for_each(|a| self.visit_expr(a));
                for keyword in &c.arguments.keywords {
                    self.visit_expr(&keyword.value);
                }
            }
            Ast::ListComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Ast::SetComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Ast::Generator(c) => self.comprehension(&c.generators, &[&c.elt]),
            Ast::DictComp(c) => {
                let parts: Vec<&Ast> = c.key.iter().chain([&c.value]).map(|e| &**e).collect();
                self.comprehension(&c.generators, &parts);
            }
            Ast::Lambda(_) => {
                self.depth += 1;
                walk_expr(self, e);
                self.depth -= 1;
            }
            Ast::Name(n) => {
                if self.is_group(e) {
                    match n.ctx {
                        ExprContext::Load => self.others += 1,
                        _ => self.stores += 1,
                    }
                }
                // What the groups are made of may change.
                self.changes |= self.source.iter().any(|s| *s == *n.id);
            }
            _ => walk_expr(self, e),
        }
    }
}

/// Looks for a name that is read outside of the loops that bind it.
struct Outside {
    name: String,
    bound: u32,
    found: bool,
}

impl<'a> Visitor<'a> for Outside {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        if let AstStmt::For(f) = s
            && names_of(&f.target).contains(&self.name)
        {
            self.visit_expr(&f.iter);
            self.bound += 1;
            f.body.iter().for_each(|s| self.visit_stmt(s));
            self.bound -= 1;
            return;
        }
        walk_stmt(self, s);
    }

    fn visit_expr(&mut self, e: &'a Ast) {
        match e {
            Ast::Name(n) => {
                let is_read = n.ctx == ExprContext::Load && *n.id == *self.name;
                self.found |= is_read && self.bound == 0;
            }
            Ast::ListComp(_) | Ast::SetComp(_) | Ast::DictComp(_) | Ast::Generator(_) => {
                let generators = match e {
                    Ast::ListComp(c) => &c.generators,
                    Ast::SetComp(c) => &c.generators,
                    Ast::Generator(c) => &c.generators,
                    Ast::DictComp(c) => &c.generators,
                    _ => return,
                };
                let binds = generators
                    .iter()
                    .any(|g| names_of(&g.target).contains(&self.name));
                self.bound += u32::from(binds);
                walk_expr(self, e);
                self.bound -= u32::from(binds);
            }
            _ => walk_expr(self, e),
        }
    }
}
