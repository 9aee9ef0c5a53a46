//! Iterators that a name is given to and that are used up once: `squares = map(square, items)`, then `sum(squares)`.
//!
//! What the iterator is made of is computed where it is made, and the expression that makes it is written back to the
//! place where the name is read, so that the items are made there, as Python does.

use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::visitor::{Visitor, walk_body, walk_expr, walk_stmt};
use ruff_python_ast::{
    AtomicNodeIndex, Comprehension, ExceptHandler, Expr as Ast, ExprAttribute, ExprCall,
    ExprContext, ExprName, Identifier, Pattern, Stmt as AstStmt,
};
use ruff_text_size::{Ranged, TextRange};

use super::build::{by_ref, call};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Stmt};
use crate::types::Ty;

/// Statements that run where an iterator is made, and the statements after it, with the iterator written back.
pub(super) type WrittenBack = (Vec<Stmt>, Vec<AstStmt>);

impl Lowerer<'_, '_> {
    /// The statement `name = iterator`, with those that follow it, of which one uses the iterator up.
    pub(super) fn iterator_written_back(
        &mut self,
        (name, value): (&str, &Ast),
        s: &AstStmt,
        rest: &[AstStmt],
    ) -> Low<Option<WrittenBack>> {
        if !self.may_be_kept(value) || !self.is_used_up_once(name, s, rest) {
            return Ok(None);
        }
        let mut before = Vec::new();
        let Some(frozen) = self.frozen(value, &mut before)? else {
            return Ok(None);
        };
        Ok(Some((before, replaced_in(rest, name, &frozen))))
    }

    /// Whether an expression makes an iterator that is written back.
    fn may_be_kept(&self, e: &Ast) -> bool {
        match e {
            Ast::Generator(g) => !g.generators.iter().any(|c| c.is_async),
            Ast::Call(c) => self.is_kept_call(c),
            _ => false,
        }
    }

    fn is_kept_call(&self, c: &ExprCall) -> bool {
        let is_plain = !c
            .arguments
            .args
            .iter()
            .any(|a| matches!(a, Ast::Starred(_)))
            && c.arguments.keywords.iter().all(|k| k.arg.is_some());
        match &*c.func {
            Ast::Name(n) if self.is_builtin(&n.id) => {
                is_plain
                    && matches!(
                        n.id.as_str(),
                        "map" | "filter" | "zip" | "enumerate" | "reversed"
                    )
            }
            _ => is_plain && self.is_iterator(c),
        }
    }

    /// Whether a name is given to the iterator only, and one place after that reads it, once.
    fn is_used_up_once(&self, name: &str, s: &AstStmt, rest: &[AstStmt]) -> bool {
        let def = &self.unit.program.functions[self.function()];
        let mut all = Uses::of(name);
        all.visit_body(&def.node.body);
        let is_parameter = def.parameter_names().iter().any(|p| p == name);
        let is_outermost = def.node.body.iter().any(|own| own.range() == s.range());
        let is_free = def.free.iter().any(|(free, _)| free == name);
        if all.stores != 1
            || all.hidden
            || is_free
            || is_parameter && !is_outermost
            || self.globals.contains(name)
        {
            return false;
        }
        // In a loop, what stands before is also what comes after.
        let end = s.range().end();
        let after = all.loads.iter().filter(|r| r.start() >= end).count();
        let within = |r: &&TextRange| s.range().contains_range(**r);
        let earlier = all.loads.iter().filter(|r| r.start() < end);
        if !is_parameter && earlier.clone().count() > 0
            || is_parameter && earlier.clone().any(|r| !within(&r) && r.start() >= end)
        {
            return false;
        }
        let mut here = Uses::of(name);
        here.visit_body(rest);
        // An error that Python raises where the iterator is made must not be caught where it is used.
        let reads = here.loads.len();
        after == reads
            && reads > 0
            && !here.again
            && !here.tried
            && (reads == 1 || most_reads(name, rest) == 1)
    }

    /// An expression that makes an iterator, with what it is made of in variables.
    fn frozen(&mut self, e: &Ast, before: &mut Vec<Stmt>) -> Low<Option<Ast>> {
        match e {
            Ast::Generator(g) => {
                let mut g = g.clone();
                let Some(first) = g.generators.first_mut() else {
                    return Ok(None);
                };
                let Some(items) = self.frozen_items(&first.iter, before)? else {
                    return Ok(None);
                };
                first.iter = items;
                Ok(Some(Ast::Generator(g)))
            }
            Ast::Call(c) => {
                let mut c = c.clone();
                let calls_first = match &*c.func {
                    Ast::Name(n) if self.is_builtin(&n.id) => {
                        usize::from(matches!(n.id.as_str(), "map" | "filter"))
                    }
                    _ => 0,
                };
                let mut args = Vec::new();
                let is_library = self.is_iterator(&c);
                for (i, arg) in c.arguments.args.iter().enumerate() {
                    let is_function = i < calls_first
                        || is_library && matches!(arg, Ast::Lambda(_) | Ast::Attribute(_))
                        || is_library && matches!(arg, Ast::Name(n) if self.find(&n.id).is_none());
                    let is_number = |l: &Self| matches!(arg, Ast::Name(n) if l.find(&n.id).is_some_and(|v| l.type_of(v) == Ty::Int));
                    let arg = if is_function {
                        self.frozen_function(arg, before)?
                    } else if is_literal(arg) {
                        Some(arg.clone())
                    } else if is_library && is_number(self) {
                        let value = self.expr(arg)?;
                        Some(self.set_aside(arg, value, before))
                    } else {
                        self.frozen_items(arg, before)?
                    };
                    let Some(arg) = arg else {
                        return Ok(None);
                    };
                    args.push(arg);
                }
                c.arguments.args = args.into();
                if !c.arguments.keywords.iter().all(|k| is_literal(&k.value)) {
                    return Ok(None);
                }
                Ok(Some(Ast::Call(c)))
            }
            _ => Ok(None),
        }
    }

    /// A function that an iterator calls.
    fn frozen_function(&mut self, e: &Ast, before: &mut Vec<Stmt>) -> Low<Option<Ast>> {
        match e {
            Ast::NoneLiteral(_) => Ok(Some(e.clone())),
            Ast::Lambda(l) => {
                let has_defaults = l
                    .parameters
                    .as_deref()
                    .is_some_and(|p| p.iter_non_variadic_params().any(|p| p.default.is_some()));
                Ok((!has_defaults).then(|| e.clone()))
            }
            Ast::Name(n) if self.find(&n.id).is_none() => Ok(Some(e.clone())),
            Ast::Name(_) => {
                let value = self.expr(e)?;
                if !matches!(value.ty, Ty::Func(_) | Ty::Never) {
                    return Ok(None);
                }
                Ok(Some(self.set_aside(e, value, before)))
            }
            Ast::Attribute(a) => {
                let Ast::Name(n) = &*a.value else {
                    return Ok(None);
                };
                if self.find(&n.id).is_none() {
                    return Ok(Some(e.clone()));
                }
                let value = self.expr(&a.value)?;
                let value = self.present(value);
                let is_method = match value.ty {
                    Ty::Instance(c) => {
                        let methods = &self.unit.program.classes[c].methods;
                        methods.contains_key(a.attr.as_str())
                    }
                    Ty::List(_) | Ty::Dict(..) | Ty::Set(_) | Ty::Str | Ty::Never => true,
                    _ => false,
                };
                if !is_method {
                    return Ok(None);
                }
                let receiver = self.set_aside(&a.value, value, before);
                Ok(Some(Ast::Attribute(ExprAttribute {
                    value: Box::new(receiver),
                    ..a.clone()
                })))
            }
            _ => Ok(None),
        }
    }

    /// What an iterator walks through.
    fn frozen_items(&mut self, e: &Ast, before: &mut Vec<Stmt>) -> Low<Option<Ast>> {
        if self.may_be_kept(e) {
            return self.frozen(e, before);
        }
        if let Ast::Call(c) = e
            && matches!(&*c.func, Ast::Name(n) if n.id == "range" && self.is_builtin("range"))
            && c.arguments.keywords.is_empty()
        {
            let mut c = c.clone();
            let mut args = Vec::new();
            for arg in &c.arguments.args {
                if is_literal(arg) {
                    args.push(arg.clone());
                    continue;
                }
                let value = self.expr(arg)?;
                let value = self.number(value);
                if !matches!(value.ty, Ty::Int | Ty::Never) {
                    return Ok(None);
                }
                args.push(self.set_aside(arg, value, before));
            }
            c.arguments.args = args.into();
            return Ok(Some(Ast::Call(c)));
        }
        let value = self.expr(e)?;
        let value = self.present(value);
        let value = match value.ty {
            // Whoever looks at these by index sees what their iterator would.
            Ty::List(_)
            | Ty::Str
            | Ty::Char
            | Ty::Bytes
            | Ty::Tuple(_)
            | Ty::TupleOf(_)
            | Ty::Array(..)
            | Ty::Iter(_)
            | Ty::Never => value,
            Ty::Any => {
                let slot = self.site(e.range(), 79);
                self.unit.types.learn(slot, &Ty::Any);
                call("Iter::over_object", Ty::Iter(slot), vec![by_ref(value)])
            }
            _ => return Ok(None),
        };
        Ok(Some(self.set_aside(e, value, before)))
    }

    /// A value in a variable that no program names, and the name that it has here.
    pub(super) fn set_aside(&mut self, e: &Ast, value: Expr, before: &mut Vec<Stmt>) -> Ast {
        let start = e.range().start().to_u32();
        let local = self.temporary("kept", e, &value.ty.clone());
        before.push(self.assign(local, value));
        let name = format!("kept {start} {}", e.range().end().to_u32());
        self.scopes[0].insert(name.clone(), local);
        Ast::Name(ExprName {
            node_index: AtomicNodeIndex::NONE,
            range: e.range(),
            id: name.into(),
            ctx: ExprContext::Load,
        })
    }
}

fn is_literal(e: &Ast) -> bool {
    match e {
        Ast::NumberLiteral(_)
        | Ast::StringLiteral(_)
        | Ast::BooleanLiteral(_)
        | Ast::NoneLiteral(_) => true,
        Ast::UnaryOp(u) => is_literal(&u.operand),
        _ => false,
    }
}

/// Statements in which an expression stands for a name that is read.
pub(super) fn replaced_in(stmts: &[AstStmt], name: &str, by: &Ast) -> Vec<AstStmt> {
    let replacing = Replacing { name, by };
    let mut stmts = stmts.to_vec();
    for s in &mut stmts {
        replacing.visit_stmt(s);
    }
    stmts
}

struct Replacing<'n> {
    name: &'n str,
    by: &'n Ast,
}

impl Transformer for Replacing<'_> {
    fn visit_expr(&self, e: &mut Ast) {
        if matches!(e, Ast::Name(n) if n.id == self.name && n.ctx == ExprContext::Load) {
            *e = self.by.clone();
            return;
        }
        transformer::walk_expr(self, e);
    }
}

/// How often a name is read at most, whichever way statements are run through.
fn most_reads(name: &str, stmts: &[AstStmt]) -> usize {
    let Some((first, rest)) = stmts.split_first() else {
        return 0;
    };
    let mut branches: Vec<(usize, &[AstStmt])> = Vec::new();
    if let AstStmt::If(s) = first {
        // Each test runs after those before it.
        let mut tests = reads_of(name, &s.test);
        branches.push((tests, &s.body));
        for clause in &s.elif_else_clauses {
            tests += clause.test.as_ref().map_or(0, |t| reads_of(name, t));
            branches.push((tests, &clause.body));
        }
        if s.elif_else_clauses.last().is_none_or(|c| c.test.is_some()) {
            branches.push((tests, &[]));
        }
    } else {
        let here = match first {
            AstStmt::Return(r) => r.value.as_ref().map_or(0, |v| reads_of(name, v)),
            AstStmt::Expr(e) => reads_of(name, &e.value),
            AstStmt::Assign(a) if a.targets.iter().all(|t| matches!(t, Ast::Name(_))) => {
                reads_of(name, &a.value)
            }
            _ => {
                let mut uses = Uses::of(name);
                uses.visit_stmt(first);
                uses.loads.len()
            }
        };
        branches.push((here, std::slice::from_ref(first)));
    }
    let after = most_reads(name, rest);
    let is_if = matches!(first, AstStmt::If(_));
    let most = branches.into_iter().map(|(before, body)| {
        let leaves = matches!(body.last(), Some(AstStmt::Return(_) | AstStmt::Raise(_)));
        let inside = if is_if { most_reads(name, body) } else { 0 };
        before + inside + if leaves { 0 } else { after }
    });
    most.max().unwrap_or(0)
}

/// How often an expression reads a name at most: of a conditional one, one side runs.
fn reads_of(name: &str, e: &Ast) -> usize {
    if let Ast::If(c) = e {
        let sides = reads_of(name, &c.body).max(reads_of(name, &c.orelse));
        return reads_of(name, &c.test) + sides;
    }
    let mut uses = Uses::of(name);
    uses.visit_expr(e);
    uses.loads.len()
}

/// Where a name is read and bound.
pub(super) struct Uses<'n> {
    name: &'n str,
    /// The places that read it.
    pub(super) loads: Vec<TextRange>,
    /// How often it is bound.
    pub(super) stores: usize,
    /// Whether it is read where it may be read again: in loops, and in functions that run later.
    pub(super) again: bool,
    /// Whether it is read in a `try` or a `with`.
    tried: bool,
    /// Whether functions or classes inside name it.
    pub(super) hidden: bool,
    /// How deep in loops and functions the visitor is.
    depth: usize,
    tries: usize,
    functions: usize,
}

impl<'n> Uses<'n> {
    pub(super) fn of(name: &'n str) -> Self {
        Self {
            name,
            loads: Vec::new(),
            stores: 0,
            again: false,
            tried: false,
            hidden: false,
            depth: 0,
            tries: 0,
            functions: 0,
        }
    }

    fn bind(&mut self, name: &Identifier) {
        self.stores += usize::from(name.as_str() == self.name);
    }

    fn repeated(&mut self, run: impl FnOnce(&mut Self)) {
        self.depth += 1;
        run(self);
        self.depth -= 1;
    }

    /// A comprehension: only what its first loop walks through is computed once.
    fn generators<'a>(&mut self, generators: &'a [Comprehension], items: &[&'a Ast]) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        self.repeated(|uses| {
            for (i, g) in generators.iter().enumerate() {
                uses.visit_expr(&g.target);
                if i > 0 {
                    uses.visit_expr(&g.iter);
                }
                g.ifs.iter().for_each(|test| uses.visit_expr(test));
            }
            items.iter().for_each(|item| uses.visit_expr(item));
        });
    }
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        match s {
            AstStmt::For(f) => {
                self.visit_expr(&f.iter);
                self.repeated(|uses| {
                    uses.visit_expr(&f.target);
                    walk_body(uses, &f.body);
                });
                walk_body(self, &f.orelse);
            }
            AstStmt::While(w) => {
                self.repeated(|uses| {
                    uses.visit_expr(&w.test);
                    walk_body(uses, &w.body);
                });
                walk_body(self, &w.orelse);
            }
            AstStmt::Try(_) | AstStmt::With(_) => {
                self.tries += 1;
                walk_stmt(self, s);
                self.tries -= 1;
            }
            AstStmt::FunctionDef(f) => {
                self.bind(&f.name);
                self.functions += 1;
                self.repeated(|uses| walk_stmt(uses, s));
                self.functions -= 1;
            }
            AstStmt::ClassDef(c) => {
                self.bind(&c.name);
                self.functions += 1;
                self.repeated(|uses| walk_stmt(uses, s));
                self.functions -= 1;
            }
            AstStmt::Global(g) => g.names.iter().for_each(|n| self.bind(n)),
            AstStmt::Nonlocal(g) => g.names.iter().for_each(|n| self.bind(n)),
            AstStmt::Import(i) => {
                for alias in &i.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            AstStmt::ImportFrom(i) => {
                for alias in &i.names {
                    self.bind(alias.asname.as_ref().unwrap_or(&alias.name));
                }
            }
            _ => walk_stmt(self, s),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(h) = handler;
        if let Some(name) = &h.name {
            self.bind(name);
        }
        ruff_python_ast::visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchAs(p) => p.name.iter().for_each(|n| self.bind(n)),
            Pattern::MatchStar(p) => p.name.iter().for_each(|n| self.bind(n)),
            Pattern::MatchMapping(p) => p.rest.iter().for_each(|n| self.bind(n)),
            _ => {}
        }
        ruff_python_ast::visitor::walk_pattern(self, pattern);
    }

    fn visit_expr(&mut self, e: &'a Ast) {
        match e {
            Ast::Name(n) if n.id == self.name => {
                self.hidden |= self.functions > 0;
                if n.ctx == ExprContext::Load {
                    self.loads.push(n.range);
                    self.again |= self.depth > 0;
                    self.tried |= self.tries > 0;
                } else {
                    self.stores += 1;
                }
            }
            Ast::Lambda(_) => {
                self.functions += 1;
                self.repeated(|uses| walk_expr(uses, e));
                self.functions -= 1;
            }
            Ast::ListComp(c) => self.generators(&c.generators, &[&c.elt]),
            Ast::SetComp(c) => self.generators(&c.generators, &[&c.elt]),
            Ast::Generator(c) => self.generators(&c.generators, &[&c.elt]),
            Ast::DictComp(c) => {
                let mut items: Vec<&Ast> = vec![&c.value];
                items.extend(c.key.as_deref());
                self.generators(&c.generators, &items);
            }
            _ => walk_expr(self, e),
        }
    }
}
