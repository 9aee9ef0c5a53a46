//! `defaultdict`, `Counter` and `deque` of `collections`.

use ruff_python_ast::{Expr as Ast, ExprCall, Operator, StmtAugAssign};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, int, literal, method, none, own, sure_method};
use super::iterate::Items;
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Source, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// A dict of `collections` seen as a dict: for what both do alike.
    pub(super) fn as_dict(&mut self, map: Expr, k: usize, v: usize) -> Expr {
        sure_method(map, "as_dict", Ty::Dict(k, v), Vec::new())
    }

    /// `defaultdict(factory)`.
    pub(super) fn new_default(&mut self, e: &ExprCall, place: Place) -> Low<Expr> {
        let factory = match &e.arguments.args[..] {
            [Ast::Name(n)] if self.is_builtin(&n.id) && e.arguments.keywords.is_empty() => n,
            _ => {
                return self.no(
                    e,
                    "default-factory",
                    "this `defaultdict` is not made with a builtin type alone",
                    "Use `int`, `float`, `list`, `set`, `dict` or `str` as the factory.",
                );
            }
        };
        let value = match factory.id.as_str() {
            "int" => Ty::Int,
            "float" => Ty::Float,
            "str" => Ty::Str,
            "bool" => Ty::Bool,
            "list" => Ty::List(self.site(factory.range, 70)),
            "set" => Ty::Set(self.site(factory.range, 70)),
            "dict" => {
                let key = self.site(factory.range, 70);
                Ty::Dict(key, self.site(factory.range, 71))
            }
            _ => {
                return self.no(
                    e,
                    "default-factory",
                    "this factory of a `defaultdict`",
                    "Use `int`, `float`, `list`, `set`, `dict` or `str`.",
                );
            }
        };
        let (k, v) = (self.site(e.range(), 72), self.site(e.range(), 73));
        self.unit.types.learn(v, &value);
        let class = self.capture(place);
        let factory = self.capture(Place::Builtin(factory.id.to_string()));
        let ty = Ty::Map(false, k, v);
        let path = format!("<{}>::new", self.unit.types.rust(&ty));
        Ok(call(&path, ty, vec![by_ref(class), by_ref(factory)]))
    }

    /// `Counter(…)`.
    pub(super) fn new_counter(&mut self, e: &ExprCall, place: Place) -> Low<Expr> {
        if !e.arguments.keywords.is_empty() || e.arguments.args.len() > 1 {
            return self.no(
                e,
                "arguments",
                "`Counter` with these arguments",
                "Give it one iterable.",
            );
        }
        let (k, v) = (self.site(e.range(), 72), self.site(e.range(), 73));
        self.unit.types.learn(v, &Ty::Int);
        let ty = Ty::Map(true, k, v);
        let class = self.capture(place);
        let rust = self.unit.types.rust(&ty);
        let Some(arg) = e.arguments.args.first() else {
            return Ok(call(&format!("<{rust}>::new"), ty, vec![by_ref(class)]));
        };
        // Counts go through a dict that can stay in Rust until all are known.
        let counts = Ty::Dict(k, v);
        let tally = self.temporary("tally", e, &counts);
        let path = format!("<{}>::new", self.unit.types.rust(&counts));
        let mut stmts = vec![self.assign(tally, call(&path, counts, Vec::new()))];
        stmts.extend(self.counted(arg, tally, k, v)?);
        let tally = self.read(tally);
        let made = call(
            &format!("<{rust}>::of_counts"),
            ty,
            vec![by_ref(class), by_ref(tally)],
        );
        Ok(block(stmts, made))
    }

    /// Counts the items of an iterable into a counter, or into a dict.
    fn counted(&mut self, arg: &Ast, counter: usize, k: usize, v: usize) -> Low<Vec<Stmt>> {
        let mut stmts = Vec::new();
        let mut of = arg.clone();
        if !self.iterated(arg) {
            let value = self.expr(arg)?;
            if let Ty::Dict(..) | Ty::Map(..) = value.ty {
                return self.no(
                    arg,
                    "arguments",
                    "counts are taken from another dict",
                    "Count the items of a list or a text.",
                );
            }
            if value.ty == Ty::Any {
                let value = call("any::no_counts", Ty::Any, vec![by_ref(value)]);
                of = self.set_aside(arg, value, &mut stmts);
            }
        }
        stmts.extend(self.for_each(&of, |l, item| {
            l.unit.types.learn(k, &item.ty);
            let (key, _) = (l.unit.types.get(k), v);
            let item = l.coerce(item, &key);
            let read = l.read(counter);
            Ok(vec![Stmt::Do(method(
                read,
                "count_one",
                Ty::None,
                vec![by_ref(item)],
            ))])
        })?);
        Ok(stmts)
    }

    /// Whether an expression is a call of `elements` of a `Counter`.
    pub(super) fn are_elements(&self, c: &ExprCall) -> bool {
        let Ast::Attribute(a) = &*c.func else {
            return false;
        };
        a.attr.as_str() == "elements"
            && c.arguments.is_empty()
            && match &*a.value {
                Ast::Name(n) => self
                    .find(&n.id)
                    .is_some_and(|l| matches!(self.type_of(l), Ty::Map(true, ..))),
                Ast::Call(made) => self
                    .imported(&made.func)
                    .is_some_and(|(_, m, n)| m == "collections" && n == "Counter"),
                _ => false,
            }
    }

    /// The items of `counter.elements()`.
    pub(super) fn elements(&mut self, c: &ExprCall) -> Low<Option<Items>> {
        let (true, Ast::Attribute(a)) = (self.are_elements(c), &*c.func) else {
            return Ok(None);
        };
        let counter = self.expr(&a.value)?;
        let Ty::Map(true, k, v) = counter.ty else {
            return Ok(None);
        };
        if self.unit.types.get(v) != Ty::Int {
            return Ok(None);
        }
        let ty = self.unit.types.get(k);
        let item = self.temporary("element", c, &ty);
        let walk = sure_method(counter, "elements", Ty::Any, Vec::new());
        Ok(Some(self.single(item, Source::Each(walk))))
    }

    /// `counter op counter`, where that is an operator of counters.
    pub(super) fn counters_joined(
        &mut self,
        op: Operator,
        left: &Expr,
        right: &Expr,
    ) -> Option<Expr> {
        let how = self.joining(op, left, right)?;
        let ty = left.ty.clone();
        Some(method(
            left.clone(),
            "joined",
            ty,
            vec![by_ref(right.clone()), own(how)],
        ))
    }

    /// `counter op= counter`.
    pub(super) fn counter_in_place(
        &mut self,
        s: &StmtAugAssign,
        counter: &Expr,
    ) -> Low<Option<Vec<Stmt>>> {
        let value = self.expr(&s.value)?;
        if value.ty == Ty::Never {
            return Ok(Some(vec![Stmt::Do(value)]));
        }
        let Some(how) = self.joining(s.op, counter, &value) else {
            return self.no(
                s,
                "in-place",
                "this operator in place on a `Counter`",
                "Use `+=`, `-=`, `|=` or `&=` with another `Counter`, or write a loop.",
            );
        };
        let args = vec![by_ref(value), own(how)];
        let done = method(counter.clone(), "join", Ty::None, args);
        Ok(Some(vec![Stmt::Do(done)]))
    }

    /// What becomes of the counts of two counters under an operator.
    fn joining(&mut self, op: Operator, left: &Expr, right: &Expr) -> Option<Expr> {
        let (Ty::Map(true, k, v), Ty::Map(true, c, d)) = (&left.ty, &right.ty) else {
            return None;
        };
        let how = match op {
            Operator::Add => "Sum",
            Operator::Sub => "Difference",
            Operator::BitOr => "Larger",
            Operator::BitAnd => "Smaller",
            _ => return None,
        };
        let (k, v, c, d) = (*k, *v, *c, *d);
        if self.unit.types.get(v) != Ty::Int || self.unit.types.get(d) != Ty::Int {
            return None;
        }
        self.unit.types.unify(k, c);
        self.unit.types.unify(v, d);
        Some(literal(&format!("maps::Joining::{how}"), Ty::Any))
    }

    /// A method that only a `Counter` has.
    pub(super) fn counter_method(
        &mut self,
        e: &ExprCall,
        counter: &Expr,
        k: usize,
        v: usize,
        name: &str,
    ) -> Low<Option<Expr>> {
        let args = &e.arguments.args;
        let is_plain = e.arguments.keywords.is_empty();
        Ok(match (name, args.len()) {
            ("most_common", 0 | 1) if is_plain => {
                let n = match args.first() {
                    Some(n) => {
                        let n = self.expr(n)?;
                        let n = self.number(n);
                        let whole = Ty::Opt(Box::new(Ty::Int));
                        if matches!(n.ty, Ty::Any | Ty::Num) {
                            let n = self.coerce(n, &Ty::Any);
                            call("maps::how_many::<Int>", whole, vec![by_ref(n)])
                        } else {
                            self.coerce(n, &whole)
                        }
                    }
                    None => literal("None::<Int>", Ty::Opt(Box::new(Ty::Int))),
                };
                let slot = self.site(e.range(), 74);
                let pair = Ty::Tuple(vec![self.unit.types.get(k), self.unit.types.get(v)]);
                self.unit.types.learn(slot, &pair);
                let common = method(counter.clone(), "most_common", Ty::List(slot), vec![own(n)]);
                Some(common)
            }
            ("total", 0) if is_plain => Some(method(counter.clone(), "total", Ty::Int, Vec::new())),
            ("update", 1) if is_plain => {
                let kept = self.temporary("counter", e, &counter.ty.clone());
                let mut stmts = vec![self.assign(kept, counter.clone())];
                stmts.extend(self.counted(&args[0], kept, k, v)?);
                Some(block(stmts, none()))
            }
            ("elements" | "subtract" | "update" | "most_common" | "total", _) => {
                return self.no(
                    e,
                    "method",
                    format!("`Counter.{name}` like this"),
                    "Write a loop.",
                );
            }
            _ => None,
        })
    }

    /// `deque(…)`.
    pub(super) fn new_deque(&mut self, e: &ExprCall, place: Place) -> Low<Expr> {
        let slot = self.site(e.range(), 75);
        let most = match (e.arguments.args.get(1), &e.arguments.keywords[..]) {
            (Some(most), []) => Some(most),
            (None, [k]) if k.arg.as_ref().is_some_and(|a| a.as_str() == "maxlen") => Some(&k.value),
            (None, []) => None,
            _ => {
                return self.no(
                    e,
                    "arguments",
                    "`deque` with these arguments",
                    "Pass `maxlen`.",
                );
            }
        };
        let items = match e.arguments.args.first() {
            Some(arg) => self.collect_list(e, arg)?,
            None => {
                let empty = Ty::List(self.site(e.range(), 8));
                self.new_container(&empty)
            }
        };
        if let Ty::List(other) = items.ty {
            self.unit.types.unify(slot, other);
        }
        let most = match most {
            Some(most) => {
                let most = self.expr(most)?;
                self.coerce(most, &Ty::Any)
            }
            None => self.coerce(none(), &Ty::Any),
        };
        let class = self.capture(place);
        let ty = Ty::Deque(slot);
        let path = format!("<{}>::new", self.unit.types.rust(&ty));
        let items = self.coerce(items, &Ty::Any);
        Ok(call(
            &path,
            ty,
            vec![by_ref(class), by_ref(items), by_ref(most)],
        ))
    }

    /// A method of a deque.
    pub(super) fn deque_method(
        &mut self,
        e: &ExprCall,
        deque: Expr,
        slot: usize,
        name: &str,
    ) -> Low<Expr> {
        if !e.arguments.keywords.is_empty() {
            return self.no(
                e,
                "keyword",
                "a deque's method with keywords",
                "Pass positions.",
            );
        }
        let args = &e.arguments.args;
        match (name, args.len()) {
            ("append" | "appendleft", 1) => {
                let item = self.expr(&args[0])?;
                self.unit.types.learn(slot, &item.ty);
                let want = self.unit.types.get(slot);
                let item = self.coerce(item, &want);
                Ok(method(deque, name, Ty::None, vec![own(item)]))
            }
            ("pop" | "popleft", 0) => {
                let ty = self.unit.types.get(slot);
                Ok(method(deque, name, ty, Vec::new()))
            }
            ("extend" | "extendleft", 1) => {
                let kept = self.temporary("extended", e, &deque.ty.clone());
                let keep = self.assign(kept, deque);
                let items = self.collect_list(&args[0], &args[0])?;
                if let Ty::List(other) = items.ty {
                    self.unit.types.unify(slot, other);
                }
                let items = self.coerce(items, &Ty::Any);
                let read = self.read(kept);
                let done = method(read, name, Ty::None, vec![by_ref(items)]);
                Ok(block(vec![keep, Stmt::Do(done)], none()))
            }
            ("clear" | "reverse", 0) => Ok(method(deque, name, Ty::None, Vec::new())),
            ("rotate", 0) => Ok(method(deque, name, Ty::None, vec![own(int(1))])),
            ("rotate", 1) => {
                let steps = self.expr(&args[0])?;
                if steps.ty == Ty::Int {
                    return Ok(method(deque, name, Ty::None, vec![own(steps)]));
                }
                let steps = self.coerce(steps, &Ty::Any);
                Ok(self.of_python_deque(deque, "change", name, Ty::None, vec![steps]))
            }
            ("remove", 1) => {
                let args = self.object_arguments(args)?;
                Ok(self.of_python_deque(deque, "change", name, Ty::None, args))
            }
            ("count", 1) if self.is_compared(&args[0], slot)? => {
                let item = self.expr(&args[0])?;
                Ok(method(deque, "count::<Int>", Ty::Int, vec![by_ref(item)]))
            }
            ("count" | "index", 1) => {
                let args = self.object_arguments(args)?;
                let found = self.of_python_deque(deque, "ask", name, Ty::Any, args);
                Ok(self.coerce(found, &Ty::Int))
            }
            _ => self.no(
                e,
                "method",
                format!("`deque.{name}` is not translated"),
                "Use a list.",
            ),
        }
    }

    /// Whether an expression is of the type of items that compare as their values do.
    fn is_compared(&mut self, item: &Ast, slot: usize) -> Low<bool> {
        let ty = self.unit.types.get(slot);
        let is_plain = matches!(ty, Ty::Int | Ty::Float | Ty::Char | Ty::Bool);
        Ok(is_plain && self.expr(item)?.ty == ty)
    }

    /// A method of Python's deque, with objects as arguments.
    fn of_python_deque(
        &mut self,
        deque: Expr,
        way: &str,
        name: &str,
        ty: Ty,
        args: Vec<Expr>,
    ) -> Expr {
        let array = Expr {
            ty: Ty::Any,
            node: crate::ir::Node::Array(args),
        };
        let name = self.name_constant(name);
        method(deque, way, ty, vec![by_ref(name), by_ref(array)])
    }
}
