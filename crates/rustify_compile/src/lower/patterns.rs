//! Regular expressions: methods of compiled patterns, and functions of `re` with a pattern that is written down.

use ruff_python_ast::{Expr as Ast, ExprCall};
use ruff_text_size::Ranged;

use super::build::{by_ref, call};
use super::scope::{Low, Lowerer};
use super::unit::Place;
use crate::ir::{Expr, Node};
use crate::program::Global;
use crate::types::Ty;

/// Functions of `re` that are methods of a pattern, with how many arguments they take besides the pattern.
const FUNCTIONS: [(&str, usize); 8] = [
    ("match", 1),
    ("fullmatch", 1),
    ("search", 1),
    ("findall", 1),
    ("finditer", 1),
    ("split", 1),
    ("sub", 2),
    ("subn", 2),
];

impl Lowerer<'_, '_> {
    /// The text of a pattern that the module compiles once under a name, or that is written down.
    fn pattern_text(&self, e: &Ast) -> Option<String> {
        match e {
            Ast::StringLiteral(s) => Some(s.value.to_str().to_owned()),
            Ast::Name(n) if self.find(&n.id).is_none() => {
                match self.unit.program.globals.get(n.id.as_str()) {
                    Some(Global::Value(Ast::StringLiteral(s))) => Some(s.value.to_str().to_owned()),
                    Some(Global::Value(Ast::Call(c))) => match self.imported(&c.func) {
                        Some((_, module, name)) if module == "re" && name == "compile" => {
                            match c.arguments.args.first() {
                                Some(Ast::StringLiteral(s)) => Some(s.value.to_str().to_owned()),
                                _ => None,
                            }
                        }
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// `re.findall(pattern, text)` and the like.
    pub(super) fn pattern_function(&mut self, e: &ExprCall, name: &str) -> Low<Option<Expr>> {
        if name == "finditer" {
            return Ok(None);
        }
        let Some((pattern, args)) = self.pattern_and_arguments(e)? else {
            return Ok(None);
        };
        let text = e.arguments.args.first().and_then(|p| self.pattern_text(p));
        let method = self.name_constant(name);
        let done = call(
            "patterns::call",
            Ty::Any,
            vec![by_ref(pattern), by_ref(method), by_ref(args)],
        );
        Ok(Some(self.pattern_answer(e, name, text.as_deref(), done)))
    }

    /// What a method of a pattern gives, as the type that its text tells.
    pub(super) fn pattern_answer(
        &mut self,
        at: &impl Ranged,
        name: &str,
        text: Option<&str>,
        done: Expr,
    ) -> Expr {
        let groups = text.map(groups);
        let ty = match (name, groups) {
            ("sub", Some(_)) => Ty::Str,
            ("findall", Some(n)) => {
                let item = match n {
                    0 | 1 => Ty::Str,
                    n => Ty::Tuple(vec![Ty::Str; n]),
                };
                let slot = self.site(at.range(), 92);
                self.unit.types.learn(slot, &item);
                Ty::List(slot)
            }
            ("split", Some(0)) => {
                let slot = self.site(at.range(), 92);
                self.unit.types.learn(slot, &Ty::Str);
                Ty::List(slot)
            }
            _ => return done,
        };
        self.coerce(done, &ty)
    }

    /// The answer of a method of a pattern that the module has compiled.
    pub(super) fn compiled_answer(&mut self, e: &ExprCall, name: &str, done: Expr) -> Expr {
        let text = match &*e.func {
            Ast::Attribute(a) if matches!(&*a.value, Ast::Name(_)) => self.pattern_text(&a.value),
            _ => None,
        };
        self.pattern_answer(e, name, text.as_deref(), done)
    }

    /// Whether a call gives matches one by one.
    pub(super) fn finds_matches(&self, c: &ExprCall) -> bool {
        match self.imported(&c.func) {
            Some((_, module, name)) => module == "re" && name == "finditer",
            None => {
                let Ast::Attribute(a) = &*c.func else {
                    return false;
                };
                a.attr.as_str() == "finditer" && self.pattern_text(&a.value).is_some()
            }
        }
    }

    /// The pattern object of a call, and its other arguments as an array.
    pub(super) fn pattern_and_arguments(&mut self, c: &ExprCall) -> Low<Option<(Expr, Expr)>> {
        let mut args = &c.arguments.args[..];
        if !c.arguments.keywords.is_empty() {
            return Ok(None);
        }
        let pattern = match self.imported(&c.func) {
            Some((place, _, name)) => {
                let [first, rest @ ..] = args else {
                    return Ok(None);
                };
                let known = FUNCTIONS.iter().find(|f| f.0 == name);
                let Some(text) = self.pattern_text(first).filter(|t| never_warns(t)) else {
                    return Ok(None);
                };
                let is_text = match first {
                    Ast::Name(_) => !matches!(self.global_value(first), Some(Ast::Call(_))),
                    _ => true,
                };
                if known.is_none_or(|f| f.1 != rest.len()) || !is_text {
                    return Ok(None);
                }
                args = rest;
                self.capture(place);
                if let Ast::Name(_) = first {
                    self.expr(first)?;
                }
                self.capture(Place::Pattern(text))
            }
            None => {
                let Ast::Attribute(a) = &*c.func else {
                    return Ok(None);
                };
                let pattern = self.expr(&a.value)?;
                self.coerce(pattern, &Ty::Any)
            }
        };
        let args = self.object_arguments(args)?;
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(args),
        };
        Ok(Some((pattern, array)))
    }

    /// The expression that the module gives to a name once.
    fn global_value(&self, e: &Ast) -> Option<&Ast> {
        match e {
            Ast::Name(n) => match self.unit.program.globals.get(n.id.as_str()) {
                Some(Global::Value(value)) => Some(value),
                _ => None,
            },
            _ => None,
        }
    }
}

/// How many groups a pattern has.
fn groups(pattern: &str) -> usize {
    let bytes = pattern.as_bytes();
    let (mut n, mut at, mut in_set) = (0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' if !in_set => {
                in_set = true;
                // A bracket that comes first closes nothing.
                at += usize::from(bytes.get(at + 1) == Some(&b'^'));
                at += usize::from(bytes.get(at + 1) == Some(&b']'));
            }
            b']' => in_set = false,
            b'(' if !in_set => {
                let is_plain = bytes.get(at + 1) != Some(&b'?');
                n += usize::from(is_plain || bytes[at..].starts_with(b"(?P<"));
            }
            _ => {}
        }
        at += 1;
    }
    n
}

/// Whether compiling a pattern gives no warning in any version of Python.
fn never_warns(pattern: &str) -> bool {
    let odd = ["[[", "--", "&&", "~~", "||"];
    let is_set_plain = !pattern.contains('[') || !odd.iter().any(|o| pattern.contains(o));
    // Flags that do not come first; the other groups that begin so are those of structure.
    let are_groups_plain = pattern.match_indices("(?").all(|(at, _)| {
        let next = pattern.as_bytes().get(at + 2);
        matches!(next, Some(b':' | b'P' | b'=' | b'!' | b'<'))
    });
    is_set_plain && are_groups_plain
}
