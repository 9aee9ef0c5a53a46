//! Expressions as Rust.

use std::borrow::Cow;
use std::fmt::Write;

use super::moves;
use super::writer::{Handler, Writer};
use crate::ir::{Expr, Local, Node, Pass};
use crate::types::Ty;

impl Writer<'_, '_> {
    /// A fallible expression with its error sent where it belongs.
    pub(super) fn fallible(&self, text: &str) -> String {
        match self.handlers.last() {
            Some(Handler::Try(id)) => format!("attempt!('try_{id}, {text})"),
            Some(Handler::Finally(id)) => format!("attempt_finally!('finally_{id}, {text})"),
            _ => format!("{text}?"),
        }
    }

    pub(super) fn name(&self, local: Local) -> Cow<'_, str> {
        let variable = &self.function.locals[local];
        if variable.by_ref {
            return Cow::Owned(format!("(*{})", variable.name));
        }
        Cow::Borrowed(&variable.name)
    }

    /// Whether a variable always has a value, which this function may give away.
    pub(super) fn is_own(&self, local: Local) -> bool {
        let variable = &self.function.locals[local];
        !variable.maybe_unbound && !variable.by_ref
    }

    /// A value of its own.
    pub(super) fn own(&mut self, e: &Expr) -> String {
        match &e.node {
            Node::Local(local)
                if !self.function.locals[*local].maybe_unbound && !e.ty.is_copy() =>
            {
                if self.function.locals[*local].in_place {
                    return self.name(*local).into_owned();
                }
                format!("{}.clone()", self.name(*local))
            }
            Node::Field(..) if !e.ty.is_copy() => format!("{}.clone()", self.value(e)),
            _ => self.value(e),
        }
    }

    /// A reference to a value.
    pub(super) fn reference(&mut self, e: &Expr) -> String {
        match &e.node {
            Node::Literal(text) if e.ty == Ty::Int => format!("&({text} as Int)"),
            Node::Constant(at) => self.held_constant(*at),
            Node::Capture(at) => {
                let name = super::naming::capture_name(self.unit, *at);
                self.fallible(&format!("captures::{name}.held()"))
            }
            _ => format!("&{}", self.operand(e)),
        }
    }

    /// A reference to a constant.
    fn held_constant(&self, at: usize) -> String {
        let name = super::naming::constant_name(self.unit, at);
        self.fallible(&format!("constants::{name}()"))
    }

    /// The view that a method of a list can use.
    fn view(&self, receiver: &Expr, name: &str) -> Option<String> {
        let Node::Local(list) = receiver.node else {
            return None;
        };
        let by_place = matches!(name, "get" | "set" | "get_in" | "length")
            || self.is_owned(list) && matches!(name, "append" | "pop");
        (by_place && matches!(receiver.ty, Ty::List(_)))
            .then(|| self.view_of(list))
            .flatten()
    }

    fn through_view(
        &mut self,
        view: &str,
        receiver: &Expr,
        name: &str,
        args: &[(Pass, Expr)],
    ) -> String {
        match (name, &receiver.node, args) {
            ("length", ..) => format!("{view}.length()"),
            ("set", Node::Local(list), _) if !self.is_owned(*list) => {
                let list = self.name(*list).into_owned();
                let text = format!("{view}.set(&{list}, {})", self.arguments(args, false));
                self.fallible(&text)
            }
            ("get_in", Node::Local(list), [(_, i), rest]) => {
                if let Some(row) = self.row_at(*list, i) {
                    let row = self.fallible(&row);
                    let at = self.arguments(std::slice::from_ref(rest), false);
                    return self.fallible(&format!("{row}.get({at})"));
                }
                let text = format!("{view}.get_in({})", self.arguments(args, false));
                self.fallible(&text)
            }
            _ => {
                let text = format!("{view}.{name}({})", self.arguments(args, false));
                self.fallible(&text)
            }
        }
    }

    /// A value as part of a larger expression.
    pub(super) fn operand(&mut self, e: &Expr) -> String {
        let text = self.value(e);
        let loose = matches!(
            e.node,
            Node::Infix(..) | Node::Prefix(..) | Node::As(..) | Node::Choice(..) | Node::Block(..)
        ) || text.starts_with('-')
            || matches!(&e.node, Node::Literal(t) if t.contains(' '));
        if loose { format!("({text})") } else { text }
    }

    fn arguments(&mut self, args: &[(Pass, Expr)], bare: bool) -> String {
        let mut out = String::new();
        for (i, (pass, arg)) in args.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            let text = match pass {
                Pass::Ref => self.reference(arg),
                Pass::Own => match &arg.node {
                    Node::Literal(text) if arg.ty == Ty::Int && !bare => format!("{text} as Int"),
                    _ => self.own(arg),
                },
            };
            out.push_str(&text);
        }
        out
    }

    /// A place or a value.
    pub(super) fn value(&mut self, e: &Expr) -> String {
        match &e.node {
            Node::Local(local) => {
                let name = self.name(*local).into_owned();
                if self.function.locals[*local].maybe_unbound {
                    return self.fallible(&format!("bound(&{name})"));
                }
                name
            }
            Node::Borrow(local) => {
                let name = self.name(*local).into_owned();
                if self.function.locals[*local].maybe_unbound {
                    return self.fallible(&format!("bound_mut(&mut {name})"));
                }
                format!("&mut {name}")
            }
            Node::Literal(text) => text.clone(),
            Node::Constant(at) => format!("{}.clone()", self.held_constant(*at)),
            Node::Capture(at) => {
                let text = format!(
                    "captures::{}.object()",
                    super::naming::capture_name(self.unit, *at)
                );
                self.fallible(&text)
            }
            Node::Call { path, args, fails } => {
                let named = args
                    .iter()
                    .any(|(_, a)| !matches!(a.node, Node::Literal(_)));
                let bare = path.contains("<Int>") || path.starts_with("int::") && named;
                let text = format!("{path}({})", self.arguments(args, bare));
                if *fails { self.fallible(&text) } else { text }
            }
            Node::Method {
                receiver,
                name,
                args,
                ..
            } if self.view(receiver, name).is_some() => {
                let view = self.view(receiver, name).unwrap_or_default();
                self.through_view(&view, receiver, name, args)
            }
            Node::Method {
                receiver,
                name,
                args,
                fails,
            } => {
                let receiver = match &receiver.node {
                    Node::Literal(text) if receiver.ty == Ty::Int => format!("({text} as Int)"),
                    Node::Literal(text) if receiver.ty == Ty::Float => format!("({text} as f64)"),
                    _ => self.operand(receiver),
                };
                let bare = name.ends_with("_euclid") || name == "min" || name == "max";
                let text = format!("{receiver}.{name}({})", self.arguments(args, bare));
                if receiver == "turn" && name == "give" {
                    return format!("{text}.await");
                }
                if *fails { self.fallible(&text) } else { text }
            }
            Node::Function(spec, args) => {
                let args: Vec<String> = args.iter().map(|a| self.own(a)).collect();
                let text = format!("{}({})", self.unit.specs[*spec].tree.name, args.join(", "));
                self.fallible(&text)
            }
            Node::Infix(op, a, b) => {
                let (a, b) = match (&a.node, &b.node) {
                    (Node::Literal(x), Node::Literal(_)) if a.ty == Ty::Int => {
                        (format!("({x} as Int)"), self.operand(b))
                    }
                    _ => (self.operand(a), self.operand(b)),
                };
                format!("{a} {op} {b}")
            }
            Node::Prefix(op, a) => {
                let a = match &a.node {
                    Node::Literal(x) if a.ty == Ty::Int => format!("({x} as Int)"),
                    _ => self.operand(a),
                };
                format!("{op}{a}")
            }
            Node::Tuple(items) if items.is_empty() => {
                let text = "empty_tuple()".to_owned();
                self.fallible(&text)
            }
            Node::Tuple(items) => {
                let mut out = String::from("(");
                for item in items {
                    let text = match &item.node {
                        Node::Literal(text) if item.ty == Ty::Int => format!("{text} as Int"),
                        _ => self.own(item),
                    };
                    let _ = write!(out, "{text}, ");
                }
                out.push(')');
                out
            }
            Node::Array(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| match &item.node {
                        Node::Literal(text) if item.ty == Ty::Int => format!("{text} as Int"),
                        _ => self.own(item),
                    })
                    .collect();
                format!("[{}]", items.join(", "))
            }
            Node::Field(of, at) => format!("{}.{at}", self.operand(of)),
            Node::Choice(test, a, b) => {
                let test = self.value(test);
                let (a, b) = (self.typed(a), self.typed(b));
                format!("if {test} {{ {a} }} else {{ {b} }}")
            }
            Node::Block(stmts, value) => self.nested(|w| {
                w.stmts(stmts);
                let text = match value.node {
                    Node::Local(local)
                        if w.is_own(local) && moves::is_private(local, stmts, &w.reads) =>
                    {
                        w.name(local).into_owned()
                    }
                    _ => w.typed(value),
                };
                w.line(&text);
            }),
            Node::As(a) => {
                let a = self.operand(a);
                format!("{a} as Int")
            }
            Node::Fused(operands, kernel) => self.fused(operands, kernel),
        }
    }

    /// A value of its own, whose type Rust sees without its surroundings.
    pub(super) fn typed(&mut self, e: &Expr) -> String {
        match &e.node {
            Node::Literal(text) if e.ty == Ty::Int => format!("{text} as Int"),
            _ => self.own(e),
        }
    }

    /// A block as text.
    fn nested(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let outer = std::mem::take(&mut self.out);
        let fresh = self.fresh.clone();
        self.indent += 1;
        write(self);
        self.indent -= 1;
        let inner = std::mem::replace(&mut self.out, outer);
        self.fresh = fresh;
        format!("{{\n{inner}{}}}", "    ".repeat(self.indent))
    }

    /// One line.
    pub(super) fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "    ".repeat(self.indent));
    }
}
