//! `match`: one case after another, each a condition and the names it gives.

use ruff_python_ast::{Expr as Ast, MatchCase, Pattern, Singleton, StmtMatch};
use ruff_text_size::Ranged;

use super::build::{block, boolean, by_ref, call, infix, int, literal, method, not, own, sure};
use super::builtin_names::is_type_name;
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::classes::Kind;
use crate::ir::{Expr, Node, Stmt};
use crate::program::Global;
use crate::types::Ty;

/// Names that a pattern gives, with their values.
type Given = Vec<(String, Expr)>;

impl Lowerer<'_, '_> {
    /// `match subject: …`.
    pub(super) fn match_statement(&mut self, m: &StmtMatch) -> Low<Vec<Stmt>> {
        let value = self.expr(&m.subject)?;
        let value = self.of_its_class(value);
        let subject = self.temporary("subject", m, &value.ty.clone());
        let mut stmts = vec![self.assign(subject, value)];
        let id = self.next_id();
        let mut body = Vec::new();
        let mut is_open = true;
        for case in &m.cases {
            if !is_open {
                break;
            }
            let read = self.read(subject);
            is_open = self.case(case, read, id, &mut body)?;
        }
        if is_open {
            body.push(Stmt::Break(id));
        }
        stmts.push(Stmt::While {
            id,
            test: boolean(true),
            body,
            orelse: Vec::new(),
        });
        Ok(stmts)
    }

    /// One case; whether others may follow.
    fn case(
        &mut self,
        case: &MatchCase,
        subject: Expr,
        id: usize,
        out: &mut Vec<Stmt>,
    ) -> Low<bool> {
        let mut given = Given::new();
        let test = self.pattern(&case.pattern, subject, &mut given)?;
        if is_literal(&test, "false") {
            // Values of this type never fit.
            return Ok(true);
        }
        let mut inner = Vec::new();
        for (name, value) in given {
            let local = self.target(&name);
            inner.push(self.assign(local, value));
        }
        let guard = match &case.guard {
            Some(guard) => Some(self.condition(guard)?),
            None => None,
        };
        let mut body = self.suite(&case.body)?;
        let leaves = matches!(
            body.last(),
            Some(
                Stmt::Return(_)
                    | Stmt::Raise(_)
                    | Stmt::Reraise(_)
                    | Stmt::Break(_)
                    | Stmt::Continue(_)
            )
        );
        if !leaves {
            body.push(Stmt::Break(id));
        }
        let always = is_literal(&test, "true");
        let has_guard = guard.is_some();
        match guard {
            Some(guard) => inner.push(Stmt::If(guard, body, Vec::new())),
            None => inner.extend(body),
        }
        if always {
            out.extend(inner);
            return Ok(has_guard);
        }
        out.push(Stmt::If(test, inner, Vec::new()));
        Ok(true)
    }

    /// Whether a value fits a pattern.
    fn pattern(&mut self, pattern: &Pattern, subject: Expr, given: &mut Given) -> Low<Expr> {
        match pattern {
            Pattern::MatchAs(p) => {
                let test = match &p.pattern {
                    Some(inner) => self.pattern(inner, subject.clone(), given)?,
                    None => boolean(true),
                };
                if let Some(name) = &p.name {
                    given.push((name.to_string(), subject));
                }
                Ok(test)
            }
            Pattern::MatchOr(p) => {
                let mut tests = Vec::new();
                let mut kept: Vec<(String, crate::ir::Local)> = Vec::new();
                for one in &p.patterns {
                    let mut names = Given::new();
                    let this = self.pattern(one, subject.clone(), &mut names)?;
                    if is_literal(&this, "false") {
                        continue;
                    }
                    // The first alternative that fits gives the names.
                    let mut take = Vec::new();
                    for (name, value) in names {
                        let at = kept.iter().position(|(n, _)| *n == name);
                        let at = at.unwrap_or_else(|| {
                            let local = self.temporary(&format!("given_{name}"), p, &Ty::Never);
                            kept.push((name, local));
                            kept.len() - 1
                        });
                        take.push(self.assign(kept[at].1, value));
                    }
                    tests.push(if take.is_empty() {
                        this
                    } else {
                        and(this, block(take, boolean(true)))
                    });
                }
                for (name, local) in kept {
                    let value = self.read(local);
                    given.push((name, value));
                }
                Ok(tests
                    .into_iter()
                    .rev()
                    .fold(boolean(false), |all, one| or(one, all)))
            }
            Pattern::MatchValue(p) => {
                let value = self.expr(&p.value)?;
                self.compare(pattern, ruff_python_ast::CmpOp::Eq, subject, value)
            }
            Pattern::MatchSingleton(p) => Ok(match (p.value, &subject.ty) {
                (Singleton::None, _) => self.is_none(subject),
                (Singleton::True, Ty::Bool) => subject,
                (Singleton::False, Ty::Bool) => not(subject),
                (one, _) => {
                    let one = boolean(one == Singleton::True);
                    let (a, b) = (self.coerce(subject, &Ty::Any), self.coerce(one, &Ty::Any));
                    call("any::is", Ty::Bool, vec![by_ref(a), by_ref(b)])
                }
            }),
            Pattern::MatchSequence(p) => self.sequence(p, subject, given),
            Pattern::MatchMapping(p) => {
                let subject = self.present_if_known(subject);
                let dict = match subject.ty {
                    Ty::Dict(..) => subject,
                    Ty::Map(_, k, v) => self.as_dict(subject, k, v),
                    Ty::Any => {
                        let slot = self.site(p.range, 90);
                        self.unit.types.learn(slot, &Ty::Any);
                        let class = self.capture(Place::Builtin("dict".to_owned()));
                        let kept = subject.clone();
                        let is_dict = call(
                            "any::is_instance",
                            Ty::Bool,
                            vec![by_ref(kept), by_ref(class)],
                        );
                        let dict = self.coerce(subject, &Ty::Dict(slot, slot));
                        return self.entries(p, dict, is_dict, given);
                    }
                    _ => return Ok(boolean(false)),
                };
                self.entries(p, dict, boolean(true), given)
            }
            Pattern::MatchClass(p) => self.class_pattern(p, subject, given),
            Pattern::MatchStar(p) => self.no(
                p,
                "match",
                "`*` in a pattern outside a sequence",
                "Use it in a sequence.",
            ),
        }
    }

    fn present_if_known(&mut self, e: Expr) -> Expr {
        match e.ty {
            Ty::Opt(_) => self.coerce(e, &Ty::Any),
            _ => e,
        }
    }

    fn entries(
        &mut self,
        p: &ruff_python_ast::PatternMatchMapping,
        dict: Expr,
        test: Expr,
        given: &mut Given,
    ) -> Low<Expr> {
        let kept = self.temporary("mapping", p, &dict.ty.clone());
        let keep = self.assign(kept, dict);
        let mut inner = boolean(true);
        let mut parts = Vec::new();
        for (key, pattern) in p.keys.iter().zip(&p.patterns) {
            let key_value = self.expr(key)?;
            let read = self.read(kept);
            let has = self.compare(key, ruff_python_ast::CmpOp::In, key_value.clone(), read)?;
            let read = self.read(kept);
            let item = self.item(read, key_value)?;
            let value = self.temporary("entry_value", key, &item.ty.clone());
            let assign = self.assign(value, item);
            let read = self.read(value);
            let fits = self.pattern(pattern, read, given)?;
            parts.push((has, block(vec![assign], fits)));
        }
        if let Some(rest) = &p.rest {
            let others = self.other_entries(p, kept)?;
            given.push((rest.to_string(), others));
        }
        for (has, fits) in parts.into_iter().rev() {
            inner = and(and(has, fits), inner);
        }
        let inner = block(vec![keep], inner);
        Ok(and(test, inner))
    }

    /// What `**rest` gets: a new dict without the keys of the pattern.
    fn other_entries(
        &mut self,
        p: &ruff_python_ast::PatternMatchMapping,
        kept: crate::ir::Local,
    ) -> Low<Expr> {
        let dict = self.read(kept);
        let Ty::Dict(k, _) = dict.ty else {
            return Ok(dict);
        };
        let ty = dict.ty.clone();
        let copy = method(dict, "entries", ty.clone(), Vec::new());
        let others = self.temporary("other_entries", p, &ty);
        let mut stmts = vec![self.assign(others, copy)];
        for key in &p.keys {
            let key = self.expr(key)?;
            let want = self.unit.types.get(k);
            let key = self.coerce(key, &want);
            let others = self.read(others);
            let gone = method(others, "delete", Ty::None, vec![by_ref(key)]);
            stmts.push(Stmt::Do(gone));
        }
        let others = self.read(others);
        Ok(block(stmts, others))
    }

    fn sequence(
        &mut self,
        p: &ruff_python_ast::PatternMatchSequence,
        subject: Expr,
        given: &mut Given,
    ) -> Low<Expr> {
        let subject = self.present_if_known(subject);
        let subject = self.as_plain(p, subject)?;
        let star = p
            .patterns
            .iter()
            .position(|p| matches!(p, Pattern::MatchStar(_)));
        let want = (p.patterns.len() - usize::from(star.is_some())) as i64;
        let mut test = match &subject.ty {
            Ty::List(_) | Ty::TupleOf(_) => {
                let n = super::build::length(subject.clone());
                let op = if star.is_some() { ">=" } else { "==" };
                infix(op, Ty::Bool, n, int(want))
            }
            Ty::Tuple(items) => {
                let fits =
                    items.len() as i64 == want || star.is_some() && items.len() as i64 >= want;
                if !fits {
                    return Ok(boolean(false));
                }
                boolean(true)
            }
            Ty::Any => {
                let has_star = boolean(star.is_some());
                let n = literal(&want.to_string(), Ty::Any);
                call(
                    "any::is_sequence_of",
                    Ty::Bool,
                    vec![by_ref(subject.clone()), own(n), own(has_star)],
                )
            }
            _ => return Ok(boolean(false)),
        };
        for (i, pattern) in p.patterns.iter().enumerate() {
            if let Pattern::MatchStar(s) = pattern {
                if let Some(name) = &s.name {
                    let behind = p.patterns.len() - 1 - i;
                    let part = self.middle(p, subject.clone(), i, behind)?;
                    given.push((name.to_string(), part));
                }
                continue;
            }
            let at = match star {
                Some(star) if i > star => i as i64 - p.patterns.len() as i64,
                _ => i as i64,
            };
            if matches!(pattern, Pattern::MatchAs(a) if a.pattern.is_none() && a.name.is_none()) {
                continue;
            }
            let item = self.item(subject.clone(), int(at))?;
            let local = self.temporary("part", pattern, &item.ty.clone());
            let assign = self.assign(local, item);
            let read = self.read(local);
            let fits = self.pattern(pattern, read, given)?;
            test = and(test, block(vec![assign], fits));
        }
        Ok(test)
    }

    /// The items between the first and the last ones, as a new list.
    fn middle(
        &mut self,
        at: &impl Ranged,
        subject: Expr,
        before: usize,
        behind: usize,
    ) -> Low<Expr> {
        let list = match subject.ty {
            Ty::List(_) => subject,
            _ => self.list_of(at, subject)?,
        };
        let ty = list.ty.clone();
        let some = |l: &mut Self, n: i64| l.coerce(int(n), &Ty::Opt(Box::new(Ty::Int)));
        let start = some(self, before as i64);
        let stop = if behind == 0 {
            literal("None::<Int>", Ty::Opt(Box::new(Ty::Int)))
        } else {
            some(self, -(behind as i64))
        };
        let step = literal("None::<Int>", Ty::Opt(Box::new(Ty::Int)));
        Ok(call(
            "text::sliced::<_, Int>",
            ty,
            vec![by_ref(list), own(start), own(stop), own(step)],
        ))
    }

    fn class_pattern(
        &mut self,
        p: &ruff_python_ast::PatternMatchClass,
        subject: Expr,
        given: &mut Given,
    ) -> Low<Expr> {
        let Ast::Name(name) = &*p.cls else {
            return self.no(
                p,
                "match",
                "this class in a pattern",
                "Name a class of the file.",
            );
        };
        if self.is_builtin(&name.id) && is_type_name(&name.id) {
            return self.builtin_pattern(p, &name.id, subject, given);
        }
        let class = match self.unit.program.globals.get(name.id.as_str()) {
            Some(Global::Class(c)) => *c,
            _ => {
                return self.no(
                    p,
                    "match",
                    "this class in a pattern",
                    "Name a class of the file.",
                );
            }
        };
        if self.is_of_type(&subject.ty, &p.cls) == Some(false) {
            self.relies_on(&p.cls);
            return Ok(boolean(false));
        }
        self.plain_class(p, class)?;
        let def = &self.unit.program.classes[class];
        let fields: Vec<String> = match (&def.fields, def.kind) {
            (Some(fields), Kind::Plain | Kind::Named) => fields
                .iter()
                .filter(|f| f.init && !f.by_name)
                .map(|f| f.name.to_owned())
                .collect(),
            _ => Vec::new(),
        };
        let fields = match def.attributes.get("__match_args__") {
            Some(Ast::Tuple(t)) => {
                let names = t.elts.iter().map(|e| match e {
                    Ast::StringLiteral(s) => Some(s.value.to_str().to_owned()),
                    _ => None,
                });
                names.collect::<Option<Vec<String>>>().unwrap_or_default()
            }
            Some(_) => Vec::new(),
            None => fields,
        };
        if p.arguments.patterns.len() > fields.len() {
            return self.no(
                p,
                "match",
                "a pattern of a class by position",
                "Name the attributes in the pattern.",
            );
        }
        let object = self.coerce(subject, &Ty::Any);
        let kept = self.temporary("instance", p, &Ty::Any);
        let keep = self.assign(kept, object);
        let class_object = self.class_object(class);
        let read = self.read(kept);
        let mut test = sure(
            "instance::is_exactly",
            Ty::Bool,
            vec![by_ref(read), by_ref(class_object)],
        );
        if self
            .unit
            .program
            .classes
            .iter()
            .any(|c| c.base == Some(class))
        {
            return self.no(
                p,
                "match",
                "a pattern of a class that others derive from",
                "Use `isinstance`.",
            );
        }
        let by_position = fields.into_iter().zip(&p.arguments.patterns);
        let by_name = p
            .arguments
            .keywords
            .iter()
            .map(|k| (k.attr.to_string(), &k.pattern));
        for (name, pattern) in by_position.chain(by_name) {
            let object = self.read(kept);
            let object = self.coerce(object, &Ty::Instance(class));
            let value = self.get_attribute(pattern, object, class, &name)?;
            let local = self.temporary("part", pattern, &value.ty.clone());
            let assign = self.assign(local, value);
            let read = self.read(local);
            let fits = self.pattern(pattern, read, given)?;
            test = and(test, block(vec![assign], fits));
        }
        for (_, value) in given.iter_mut() {
            if matches!(value.node, Node::Local(l) if l == kept) {
                *value = self.coerce(value.clone(), &Ty::Instance(class));
            }
        }
        Ok(block(vec![keep], test))
    }

    fn builtin_pattern(
        &mut self,
        p: &ruff_python_ast::PatternMatchClass,
        name: &str,
        subject: Expr,
        given: &mut Given,
    ) -> Low<Expr> {
        let subject = self.present_if_known(subject);
        self.uses_builtin(name);
        let fits = match (&subject.ty, name) {
            (Ty::Int, "int")
            | (Ty::Bool, "int" | "bool")
            | (Ty::Float, "float")
            | (Ty::Str | Ty::Char, "str")
            | (Ty::Bytes, "bytes")
            | (Ty::List(_), "list")
            | (Ty::Tuple(_) | Ty::TupleOf(_), "tuple")
            | (Ty::Dict(..), "dict")
            | (Ty::Set(_), "set") => Some(true),
            (Ty::Any | Ty::Num | Ty::Np(_) | Ty::Instance(_) | Ty::Map(..) | Ty::Never, _) => None,
            _ => Some(false),
        };
        let (test, value) = match fits {
            Some(fits) => (boolean(fits), subject),
            None => {
                let object = self.coerce(subject, &Ty::Any);
                let class = self.capture(Place::Builtin(name.to_owned()));
                let test = call(
                    "any::is_instance",
                    Ty::Bool,
                    vec![by_ref(object.clone()), by_ref(class)],
                );
                let slot = |l: &mut Self, kind| {
                    let slot = l.site(p.range, kind);
                    l.unit.types.learn(slot, &Ty::Any);
                    slot
                };
                let ty = match name {
                    "int" => Ty::Int,
                    "float" => Ty::Float,
                    "str" => Ty::Str,
                    "bool" => Ty::Bool,
                    "bytes" => Ty::Bytes,
                    "list" => Ty::List(slot(self, 91)),
                    "tuple" => Ty::TupleOf(slot(self, 91)),
                    "set" => Ty::Set(slot(self, 91)),
                    "dict" => Ty::Dict(slot(self, 91), slot(self, 92)),
                    _ => Ty::Any,
                };
                (test, self.coerce(object, &ty))
            }
        };
        if !p.arguments.keywords.is_empty() || p.arguments.patterns.len() > 1 {
            return self.no(
                p,
                "match",
                "a pattern of a builtin type with attributes",
                "Test them in a guard.",
            );
        }
        if let [inner] = &p.arguments.patterns[..] {
            let local = self.temporary("typed", p, &value.ty.clone());
            let assign = self.assign(local, value);
            let read = self.read(local);
            let fits = self.pattern(inner, read, given)?;
            return Ok(and(test, block(vec![assign], fits)));
        }
        Ok(test)
    }
}

fn is_literal(e: &Expr, text: &str) -> bool {
    matches!(&e.node, Node::Literal(t) if t == text)
}

/// Both conditions, the first one first.
fn and(a: Expr, b: Expr) -> Expr {
    let is_false = is_literal(&a, "false")
        || is_literal(&b, "false")
        || matches!(&b.node, Node::Block(_, last) if is_literal(last, "false"));
    if is_false {
        boolean(false)
    } else if is_literal(&a, "true") {
        b
    } else {
        infix("&&", Ty::Bool, a, b)
    }
}

/// One of two conditions.
fn or(a: Expr, b: Expr) -> Expr {
    if is_literal(&a, "false") {
        b
    } else if is_literal(&a, "true") || is_literal(&b, "false") {
        a
    } else {
        infix("||", Ty::Bool, a, b)
    }
}
