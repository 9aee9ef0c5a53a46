//! Statements, and a whole pass over a function.

use std::collections::HashMap;

use ruff_python_ast::{Expr as Ast, Stmt as AstStmt, StmtFor, StmtIf, StmtWhile};
use rustify_types::Reason;

use super::build::effects;
use super::redirect::breaks;
use super::scope::{Low, Lowerer};
use super::unit::Unit;
use crate::ir::{self, Stmt};
use crate::names;
use crate::types::Ty;
use crate::walk::ends;

/// One pass over a function: learns types, and keeps the tree.
pub(crate) fn lower(unit: &mut Unit<'_>, spec: usize) -> Result<(), Box<Reason>> {
    let function = unit.specs[spec].function;
    let def = &unit.program.functions[function];
    unit.specs[spec].inlines.clear();
    unit.specs[spec].captures.clear();
    unit.specs[spec].calls.clear();
    let mut l = Lowerer {
        unit,
        spec,
        locals: Vec::new(),
        scopes: vec![HashMap::new()],
        loops: Vec::new(),
        only_items: None,
        listed: None,
        handling: Vec::new(),
        count: 0,
        closures: Vec::new(),
        globals: std::collections::HashSet::new(),
        yields: None,
        gives: None,
        methods: HashMap::new(),
        within: Vec::new(),
        salt: String::new(),
        cells: HashMap::new(),
        stand_ins: super::scope::StandIns::default(),
        certain: Vec::new(),
        strict: false,
    };
    if def.node.is_async {
        return l.no(
            &def.node.name,
            "async",
            "coroutines stay Python",
            "Call an ordinary function from the coroutine.",
        );
    }
    let decorators = def.node.decorator_list.iter().find(|d| match &d.expression {
        Ast::Name(n) => {
            !matches!(n.id.as_str(), "staticmethod" | "classmethod" | "property")
                && !matches!(l.imported(&d.expression), Some((_, m, f)) if m == "abc" && f == "abstractmethod")
        }
        Ast::Attribute(a) => a.attr.as_str() != "setter" || def.class.is_none(),
        _ => true,
    });
    if let Some(decorator) = decorators
        && !l.is_wrapped(function)
    {
        return l.no(
            decorator,
            "decorator",
            "a decorated function is what its decorator makes of it",
            "Leave the decorator out, or decorate a function that calls this one.",
        );
    }
    if let Some(name) = l.unknown_import(function) {
        return l.no(
            &def.node.name,
            "name",
            format!("`{name}` is imported in another function only"),
            "Import it at the top of the file.",
        );
    }
    if def.parent.is_some() && def.free.iter().any(|(n, _)| def.bound.contains(n)) {
        return l.no(
            &def.node.name,
            "nested-function",
            "a name of this function hides one that a function it calls needs",
            "Give the variables different names.",
        );
    }
    let ordered = def.parameters();
    for (i, param) in ordered.iter().enumerate() {
        let local = l.parameter(&param.name);
        let from = l.unit.specs[spec].params[i];
        let slot = l.locals[local].slot;
        l.unit.types.unify(slot, from);
    }
    l.around(def);
    let gives = (def.first_yield.is_some() && def.handed_on().is_none())
        .then(|| l.site(def.node.name.range, 77));
    l.gives = gives;
    let mut body = l.own_cells(function);
    l.own_names(&def.assigned);
    let suite = l.suite(&def.node.body)?;
    body.extend(l.certain_classes());
    body.extend(suite);
    let result = l.unit.specs[spec].result;
    let ends = ends(&body);
    let never = !ends && never_ends(&body);
    if let Some(slot) = gives {
        l.unit.types.learn(result, &Ty::Iter(slot));
        if !ends && !never {
            body.push(Stmt::Return(super::build::none()));
        }
    } else if !ends && !never {
        l.unit.types.learn(result, &Ty::None);
    }
    if never {
        // Rust wants to see an end where Python knows that there is none.
        let error = super::build::literal("Exc::GIVE_UP", Ty::Any);
        body.push(Stmt::Raise(error));
    } else if !ends && gives.is_none() {
        let ty = l.unit.types.get(result);
        let nothing = l.nothing(&ty);
        body.push(Stmt::Return(nothing));
    }
    let locals = std::mem::take(&mut l.locals);
    let tree = ir::Function {
        name: format!("{}_{spec}", names::function(&def.qualname)),
        params: ordered.len() + def.free.len(),
        is_inner: def.parent.is_some(),
        locals,
        body,
        recursive: false,
        gives,
        ..ir::Function::default()
    };
    unit.specs[spec].tree = tree;
    Ok(())
}

impl Lowerer<'_, '_> {
    pub(super) fn suite(&mut self, body: &[AstStmt]) -> Low<Vec<Stmt>> {
        let mut stmts = Vec::new();
        for (at, statement) in body.iter().enumerate() {
            if ends(&stmts) || matches!(stmts.last(), Some(Stmt::Break(_) | Stmt::Continue(_))) {
                break;
            }
            if let Some((made, rest)) = self.written_back(statement, &body[at + 1..])? {
                stmts.extend(made);
                stmts.extend(self.suite(&rest)?);
                break;
            }
            stmts.extend(self.statement(statement)?);
        }
        Ok(stmts)
    }

    fn statement(&mut self, s: &AstStmt) -> Low<Vec<Stmt>> {
        if let Some(stmts) = self.stand_in(s)? {
            return Ok(stmts);
        }
        match s {
            AstStmt::Return(r) => {
                if let Some(stmts) = self.generator_return(r.value.as_deref())? {
                    return Ok(stmts);
                }
                let value = match &r.value {
                    Some(e) => self.expr(e)?,
                    None => super::build::none(),
                };
                let slot = self.unit.specs[self.spec].result;
                self.unit.types.learn(slot, &value.ty);
                let ty = self.unit.types.get(slot);
                let value = self.coerce(value, &ty);
                Ok(vec![Stmt::Return(value)])
            }
            AstStmt::Expr(e) => {
                if matches!(&*e.value, Ast::StringLiteral(_) | Ast::EllipsisLiteral(_)) {
                    return Ok(Vec::new());
                }
                match &*e.value {
                    Ast::Yield(y) => return self.yield_statement(y),
                    Ast::YieldFrom(y) => return self.yield_from(y),
                    _ => {}
                }
                let value = self.expr(&e.value)?;
                Ok(effects(value))
            }
            AstStmt::Assign(a) => {
                if let ([Ast::Name(n)], Ast::Lambda(l)) = (a.targets.as_slice(), &*a.value) {
                    let own = &self.unit.program.functions[self.function()];
                    if own.inner.contains_key(n.id.as_str()) {
                        return self.inner_function(&n.id, n);
                    }
                    let value = self.lambda_value(l)?;
                    return self.bind(&a.targets[0], value);
                }
                if let [target] = a.targets.as_slice()
                    && let Some(stmts) = self.method_named(target, &a.value)?
                {
                    return Ok(stmts);
                }
                if let ([Ast::Tuple(_) | Ast::List(_)], Ast::Generator(_)) =
                    (a.targets.as_slice(), &*a.value)
                {
                    return self.unpack_made(&a.targets[0], &a.value);
                }
                let value = self.expr(&a.value)?;
                if let [target] = a.targets.as_slice() {
                    if let Some(stmts) = self.iterator_instead(s, target, &value) {
                        return Ok(stmts);
                    }
                    return self.bind(target, value);
                }
                let kept = self.temporary("shared", s, &value.ty.clone());
                let mut stmts = vec![self.assign(kept, value)];
                for target in &a.targets {
                    let value = self.read(kept);
                    stmts.extend(self.bind(target, value)?);
                }
                Ok(stmts)
            }
            AstStmt::AnnAssign(a) => match &a.value {
                Some(value) => {
                    let value = self.expr(value)?;
                    self.bind(&a.target, value)
                }
                None => Ok(Vec::new()),
            },
            AstStmt::AugAssign(a) => self.augmented(a),
            AstStmt::If(i) => self.if_statement(i),
            AstStmt::For(f) => self.for_statement(f),
            AstStmt::While(w) => self.while_statement(w),
            AstStmt::Break(_) => match self.loops.last() {
                Some(&id) => Ok(vec![Stmt::Break(id)]),
                None => Ok(Vec::new()),
            },
            AstStmt::Continue(_) => match self.loops.last() {
                Some(&id) => Ok(vec![Stmt::Continue(id)]),
                None => Ok(Vec::new()),
            },
            AstStmt::Pass(_) => Ok(Vec::new()),
            AstStmt::Raise(r) => self.raise_statement(r),
            AstStmt::Try(t) => self.try_statement(t),
            AstStmt::Assert(a) => self.assertion(a),
            AstStmt::Delete(d) => {
                let mut stmts = Vec::new();
                for target in &d.targets {
                    stmts.extend(self.delete(target)?);
                }
                Ok(stmts)
            }
            AstStmt::Global(g) => {
                for name in &g.names {
                    if self.unit.program.changed.contains(name.as_str()) {
                        self.globals.insert(name.to_string());
                    }
                }
                Ok(Vec::new())
            }
            AstStmt::Nonlocal(_) => Ok(Vec::new()),
            AstStmt::FunctionDef(f) => {
                self.harmless_defaults(&f.parameters)?;
                let own = &self.unit.program.functions[self.function()];
                let start = f.range.start().to_u32();
                match self.unit.program.lambdas.get(&start).copied() {
                    Some(function) if !own.inner.contains_key(f.name.as_str()) => {
                        let value = self.inner_value(&f.name, function)?;
                        let local = self.target(&f.name);
                        Ok(vec![self.assign(local, value)])
                    }
                    _ => self.inner_function(&f.name, &f.name),
                }
            }
            AstStmt::ClassDef(c) => self.no(
                &c.name,
                "nested-class",
                "a class is defined inside the function",
                "Define it at the top level.",
            ),
            AstStmt::With(w) => self.with_statement(w),
            AstStmt::Match(m) => self.match_statement(m),
            AstStmt::Import(_) | AstStmt::ImportFrom(_) => self.import(s),
            _ => self.no(
                s,
                "unsupported-syntax",
                "this statement is not translated",
                "Write it another way.",
            ),
        }
    }

    fn if_statement(&mut self, s: &StmtIf) -> Low<Vec<Stmt>> {
        let mut clauses = Vec::new();
        let rest = s.elif_else_clauses.iter();
        let rest = rest.map(|c| (c.test.as_ref(), &c.body));
        for (test, body) in std::iter::once((Some(&*s.test), &s.body)).chain(rest) {
            let decision = match test {
                Some(test) => self.decided(test),
                None => Some(true),
            };
            match (decision, test) {
                (Some(false), _) => {}
                (None, Some(test)) => {
                    let test = self.condition(test)?;
                    clauses.push((Some(test), self.suite(body)?));
                }
                _ => {
                    clauses.push((None, self.suite(body)?));
                    break;
                }
            }
        }
        let mut otherwise = Vec::new();
        for (test, body) in clauses.into_iter().rev() {
            otherwise = match test {
                Some(test) => vec![Stmt::If(test, body, otherwise)],
                None => body,
            };
        }
        Ok(otherwise)
    }

    fn for_statement(&mut self, s: &StmtFor) -> Low<Vec<Stmt>> {
        if s.is_async {
            return self.no(
                s,
                "async",
                "asynchronous loops stay Python",
                "Use an ordinary loop.",
            );
        }
        if let Some(stmts) = self.unrolled(s)? {
            return Ok(stmts);
        }
        let stmts = self.for_each(&s.iter, |l, item| {
            let mut stmts = l.bind(&s.target, item)?;
            stmts.extend(l.suite(&s.body)?);
            Ok(stmts)
        })?;
        let orelse = self.suite(&s.orelse)?;
        let mut stmts = stmts;
        match stmts.last_mut() {
            Some(Stmt::For { orelse: place, .. }) => *place = orelse,
            // Where a generator runs in place, its end stands before the end of the loop of one turn.
            Some(Stmt::While { body, .. }) if !orelse.is_empty() => {
                let end = body.pop();
                body.extend(orelse);
                body.extend(end);
            }
            _ => {}
        }
        Ok(stmts)
    }

    fn while_statement(&mut self, s: &StmtWhile) -> Low<Vec<Stmt>> {
        let id = self.next_id();
        let test = self.condition(&s.test)?;
        self.loops.push(id);
        let body = self.suite(&s.body);
        self.loops.pop();
        let body = body?;
        let orelse = self.suite(&s.orelse)?;
        Ok(vec![Stmt::While {
            id,
            test,
            body,
            orelse,
        }])
    }
}

/// Whether what follows these statements never runs.
fn never_ends(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|s| match s {
        Stmt::Return(_) | Stmt::Raise(_) | Stmt::Reraise(_) => true,
        Stmt::If(_, yes, no) => never_ends(yes) && never_ends(no),
        Stmt::While { id, test, body, .. } => {
            matches!(&test.node, ir::Node::Literal(t) if t == "true") && !breaks(body, *id)
        }
        Stmt::Try {
            body,
            handlers,
            orelse,
            finally,
            ..
        } => {
            never_ends(finally)
                || (never_ends(body) || never_ends(orelse))
                    && handlers.iter().all(|(_, b)| never_ends(b))
        }
        _ => false,
    })
}
