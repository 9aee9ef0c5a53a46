//! Names in functions: what a function binds, what it reads from around it, and which functions stand inside it.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::visitor::{Visitor, walk_except_handler, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{
    Comprehension, ExceptHandler, Expr, ExprContext, ExprLambda, Parameters, Pattern, Stmt,
    StmtFunctionDef,
};
use ruff_text_size::Ranged;

/// A function that stands inside another and is known by one name there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Inner<'a> {
    /// A `def`, by its syntax.
    Def(&'a StmtFunctionDef),
    /// A lambda that is given a name.
    Lambda(&'a ExprLambda),
}

/// An inner function with the part of the text in which its name has it for a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The function.
    pub inner: Inner<'a>,
    /// Where its definition ends.
    pub from: u32,
    /// Where the block ends that it is defined in.
    pub until: u32,
}

/// The names of one function, without those of functions inside it.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    /// How often each name is bound.
    pub bound: HashMap<String, usize>,
    /// Names that are assigned or deleted, by whatever but `import`, `def`, `class` and `except`.
    pub assigned: HashSet<String>,
    /// Names that are read.
    pub read: HashSet<String>,
    /// Names declared `nonlocal`.
    pub outer: HashSet<String>,
    /// Names declared `global`.
    pub global: HashSet<String>,
    /// The functions inside it, by name.
    pub inner: Vec<(String, Place<'a>)>,
    /// What it imports: names with the module and, of `from`, the member.
    pub imports: Vec<(String, String, Option<String>)>,
    /// The lambdas inside it that stand in no other function.
    pub lambdas: Vec<&'a ExprLambda>,
    /// Names bound once only, outside of loops, with where that ends: 0 for parameters.
    pub once: HashMap<String, u32>,
    hidden: Vec<HashSet<String>>,
    until: u32,
    loops: u32,
    lambda_depth: u32,
    /// Where the statement ends that is looked at.
    end: u32,
}

impl<'a> Names<'a> {
    /// The names of a function.
    pub(crate) fn of(node: &'a StmtFunctionDef) -> Self {
        let mut names = Self::default();
        names.parameters(&node.parameters);
        names.visit_body(&node.body);
        for name in names.outer.iter().chain(&names.global) {
            names.bound.remove(name);
            names.assigned.remove(name);
        }
        // A name that is imported and nothing else is no variable.
        let mut imports = std::mem::take(&mut names.imports);
        let twice: Vec<String> = imports
            .iter()
            .enumerate()
            .filter(|(i, (n, ..))| imports.iter().skip(i + 1).any(|(m, ..)| m == n))
            .map(|(_, (n, ..))| n.clone())
            .collect();
        imports.retain(|(name, ..)| {
            let is_variable = names.bound.contains_key(name)
                || names.outer.contains(name)
                || names.global.contains(name)
                || twice.contains(name);
            if is_variable {
                *names.bound.entry(name.clone()).or_default() += 1;
            }
            !is_variable
        });
        names.imports = imports;
        let bound = &names.bound;
        names.once.retain(|name, _| bound.get(name) == Some(&1));
        names
    }

    /// Names that a lambda reads from around it.
    pub(crate) fn of_lambda(lambda: &'a ExprLambda) -> HashSet<String> {
        let mut names = Self::default();
        names.visit_expr(&lambda.body);
        if let Some(parameters) = &lambda.parameters {
            for parameter in parameters {
                names.read.remove(parameter.name().as_str());
            }
        }
        names.read
    }

    fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters {
            self.bind(parameter.name().as_str());
        }
    }

    fn bind(&mut self, name: &str) {
        *self.bound.entry(name.to_owned()).or_default() += 1;
        if self.loops == 0 {
            self.once.insert(name.to_owned(), self.end);
        } else {
            self.once.remove(name);
        }
    }
}

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        let before = self.until;
        if let Some(last) = body.last() {
            self.until = last.range().end().to_u32();
        }
        for statement in body {
            self.visit_stmt(statement);
        }
        self.until = before;
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            self.end = statement.range().end().to_u32();
        }
        match statement {
            Stmt::For(_) | Stmt::While(_) => {
                self.loops += 1;
                walk_stmt(self, statement);
                self.loops -= 1;
            }
            Stmt::FunctionDef(f) => {
                self.bind(&f.name);
                for decorator in &f.decorator_list {
                    self.visit_expr(&decorator.expression);
                }
                for parameter in f.parameters.iter_non_variadic_params() {
                    if let Some(default) = parameter.default() {
                        self.visit_expr(default);
                    }
                }
                let place = Place {
                    inner: Inner::Def(f),
                    from: f.range().end().to_u32(),
                    until: self.until,
                };
                self.inner.push((f.name.to_string(), place));
            }
            Stmt::ClassDef(c) => self.bind(&c.name),
            Stmt::Assign(a) => {
                if let ([Expr::Name(n)], Expr::Lambda(l)) = (a.targets.as_slice(), &*a.value) {
                    let place = Place {
                        inner: Inner::Lambda(l),
                        from: a.range().end().to_u32(),
                        until: self.until,
                    };
                    self.inner.push((n.id.to_string(), place));
                    self.lambdas.push(l);
                    self.bind(&n.id);
                    return;
                }
                walk_stmt(self, statement);
            }
            Stmt::Nonlocal(n) => self.outer.extend(n.names.iter().map(ToString::to_string)),
            Stmt::Global(g) => self.global.extend(g.names.iter().map(ToString::to_string)),
            Stmt::Import(i) => {
                for alias in &i.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    let first = name.split('.').next().unwrap_or(name);
                    let module = match alias.asname {
                        Some(_) => alias.name.as_str(),
                        None => first,
                    };
                    self.imports
                        .push((first.to_owned(), module.to_owned(), None));
                }
            }
            Stmt::ImportFrom(i) => {
                let module = i.module.as_ref().map_or("", |m| m.as_str());
                for alias in &i.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    let member = Some(alias.name.to_string());
                    self.imports
                        .push((name.to_string(), module.to_owned(), member));
                }
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(h) = handler;
        if let Some(name) = &h.name {
            self.bind(name);
        }
        walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(p) => p.name.iter().for_each(|n| self.bind(n)),
            Pattern::MatchStar(p) => p.name.iter().for_each(|n| self.bind(n)),
            Pattern::MatchMapping(p) => p.rest.iter().for_each(|n| self.bind(n)),
            _ => {}
        }
        walk_pattern(self, pattern);
    }

    fn visit_expr(&mut self, e: &'a Expr) {
        match e {
            Expr::Name(n) => {
                let hidden = self.hidden.iter().any(|h| h.contains(n.id.as_str()));
                match n.ctx {
                    _ if hidden => {}
                    ExprContext::Load => {
                        self.read.insert(n.id.to_string());
                    }
                    _ => {
                        self.assigned.insert(n.id.to_string());
                        self.bind(&n.id);
                    }
                }
            }
            Expr::Named(n) => {
                if let Expr::Name(name) = &*n.target {
                    self.assigned.insert(name.id.to_string());
                    self.bind(&name.id);
                }
                self.visit_expr(&n.value);
            }
            Expr::Lambda(l) => {
                let mut own = HashSet::new();
                if let Some(parameters) = &l.parameters {
                    for parameter in parameters.iter_non_variadic_params() {
                        if let Some(default) = parameter.default() {
                            self.visit_expr(default);
                        }
                    }
                    own.extend(parameters.iter().map(|p| p.name().to_string()));
                }
                self.hidden.push(own);
                if self.lambda_depth == 0 {
                    self.lambdas.push(l);
                }
                self.lambda_depth += 1;
                self.visit_expr(&l.body);
                self.lambda_depth -= 1;
                self.hidden.pop();
            }
            Expr::ListComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Expr::SetComp(c) => self.comprehension(&c.generators, &[&c.elt]),
            Expr::Generator(c) => self.comprehension(&c.generators, &[&c.elt]),
            Expr::DictComp(c) => {
                let mut parts: Vec<&'a Expr> = vec![&c.value];
                parts.extend(c.key.iter().map(|k| &**k));
                self.comprehension(&c.generators, &parts);
            }
            _ => walk_expr(self, e),
        }
    }
}

impl<'a> Names<'a> {
    fn comprehension(&mut self, generators: &'a [Comprehension], parts: &[&'a Expr]) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let mut own = HashSet::new();
        for g in generators {
            targets(&g.target, &mut own);
        }
        self.hidden.push(own);
        for (i, g) in generators.iter().enumerate() {
            if i > 0 {
                self.visit_expr(&g.iter);
            }
            for test in &g.ifs {
                self.visit_expr(test);
            }
        }
        for part in parts {
            self.visit_expr(part);
        }
        self.hidden.pop();
    }
}

/// The names that a target binds.
fn targets(target: &Expr, names: &mut HashSet<String>) {
    match target {
        Expr::Name(n) => {
            names.insert(n.id.to_string());
        }
        Expr::Tuple(t) => t.elts.iter().for_each(|e| targets(e, names)),
        Expr::List(t) => t.elts.iter().for_each(|e| targets(e, names)),
        Expr::Starred(s) => targets(&s.value, names),
        _ => {}
    }
}
