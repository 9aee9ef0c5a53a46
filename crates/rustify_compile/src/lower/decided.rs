//! Conditions that the types of parameters decide: what does not run with these types is not translated for them.

use ruff_python_ast::visitor::{Visitor, walk_except_handler, walk_stmt};
use ruff_python_ast::{BoolOp, CmpOp, ExceptHandler, Expr as Ast, Stmt as AstStmt, UnaryOp};

use super::scope::Lowerer;
use crate::classes::Kind;
use crate::ir::Stmt;
use crate::types::Ty;

impl Lowerer<'_, '_> {
    /// What a condition comes to in every call with these types, if that can be told.
    pub(super) fn decided(&mut self, test: &Ast) -> Option<bool> {
        match test {
            Ast::UnaryOp(u) if u.op == UnaryOp::Not => self.decided(&u.operand).map(|t| !t),
            Ast::BoolOp(b) => {
                let stops = b.op == BoolOp::Or;
                for value in &b.values {
                    if self.decided(value)? == stops {
                        return Some(stops);
                    }
                }
                Some(!stops)
            }
            Ast::Compare(c) => match (&c.ops[..], &c.comparators[..]) {
                ([op @ (CmpOp::Is | CmpOp::IsNot)], [Ast::NoneLiteral(_)]) => {
                    let is_none = match self.fixed_type(&c.left)? {
                        Ty::None => true,
                        Ty::Opt(_) | Ty::Any | Ty::Never => return None,
                        _ => false,
                    };
                    Some(is_none == (*op == CmpOp::Is))
                }
                _ => None,
            },
            Ast::Call(c) => match (&*c.func, &c.arguments.args[..]) {
                (Ast::Name(n), [value, class])
                    if n.id == "isinstance"
                        && self.is_builtin("isinstance")
                        && c.arguments.keywords.is_empty() =>
                {
                    let ty = self.fixed_type(value)?;
                    let answer = self.is_of_type(&ty, class)?;
                    self.uses_builtin("isinstance");
                    self.relies_on(class);
                    Some(answer)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The type of a parameter that always has a value.
    fn fixed_type(&mut self, value: &Ast) -> Option<Ty> {
        let Ast::Name(n) = value else {
            return None;
        };
        if !self.within.is_empty() {
            return None;
        }
        let def = &self.unit.program.functions[self.function()];
        let local = self.find(&n.id)?;
        let mut ends = Unbound {
            name: &n.id,
            found: false,
        };
        ends.visit_body(&def.node.body);
        if local >= def.parameters().len() || ends.found {
            return None;
        }
        let ty = self.type_of(local);
        if let Ty::Instance(class) = ty {
            if def.assigned.iter().any(|name| *name == n.id) {
                return None;
            }
            self.certain.push((local, class));
        }
        Some(ty)
    }

    /// What gives up where a parameter is not of the class by which something was decided.
    pub(super) fn certain_classes(&mut self) -> Vec<Stmt> {
        let mut certain = std::mem::take(&mut self.certain);
        certain.sort_unstable();
        certain.dedup();
        certain
            .into_iter()
            .map(|(local, class)| {
                let value = self.read(local);
                Stmt::Do(self.checked(value, class))
            })
            .collect()
    }

    /// Whether all values of a type are instances of a class, or none.
    pub(super) fn is_of_type(&self, ty: &Ty, class: &Ast) -> Option<bool> {
        match class {
            Ast::Tuple(t) => {
                let mut answer = false;
                for one in &t.elts {
                    answer |= self.is_of_type(ty, one)?;
                }
                Some(answer)
            }
            Ast::BinOp(b) if b.op == ruff_python_ast::Operator::BitOr => {
                Some(self.is_of_type(ty, &b.left)? | self.is_of_type(ty, &b.right)?)
            }
            Ast::Name(n) if self.is_builtin(&n.id) => self.is_builtin_instance(ty, &n.id),
            Ast::Name(_) | Ast::Attribute(_) => {
                let c = &self.named_class(class)?;
                let all = &self.unit.program.classes;
                if all[*c].obstacle.is_some() || all[*c].is_abstract {
                    return None;
                }
                match ty {
                    Ty::Instance(own) => {
                        let mut at = Some(*own);
                        while let Some(one) = at {
                            if one == *c {
                                return Some(true);
                            }
                            at = all[one].base;
                        }
                        all[*own].obstacle.is_none().then_some(false)
                    }
                    Ty::Any | Ty::Never | Ty::Opt(_) | Ty::Class(_) => None,
                    _ => Some(false),
                }
            }
            _ => None,
        }
    }

    fn is_builtin_instance(&self, ty: &Ty, class: &str) -> Option<bool> {
        let known = matches!(
            class,
            "int"
                | "float"
                | "complex"
                | "bool"
                | "str"
                | "bytes"
                | "bytearray"
                | "list"
                | "tuple"
                | "dict"
                | "set"
                | "frozenset"
        );
        if !known {
            return None;
        }
        let own = match ty {
            Ty::Int => "int",
            Ty::Float => "float",
            Ty::Complex => "complex",
            Ty::Bool => return Some(matches!(class, "bool" | "int")),
            Ty::Str | Ty::Char => "str",
            Ty::Bytes => "bytes",
            Ty::ByteArray => "bytearray",
            Ty::List(_) => "list",
            Ty::Tuple(_) | Ty::TupleOf(_) => "tuple",
            Ty::Dict(..) => "dict",
            Ty::Set(_) => "set",
            Ty::FrozenSet(_) => "frozenset",
            Ty::None | Ty::Array(..) => "",
            Ty::Instance(c) => {
                let def = &self.unit.program.classes[*c];
                if def.obstacle.is_some() {
                    return None;
                }
                match def.kind {
                    Kind::Plain | Kind::Enum => "",
                    Kind::Named => "tuple",
                    Kind::IntEnum => "int",
                }
            }
            _ => return None,
        };
        Some(own == class)
    }

    /// The function relies on what the names of classes stand for.
    pub(super) fn relies_on(&mut self, class: &Ast) {
        match class {
            Ast::Tuple(t) => t.elts.iter().for_each(|e| self.relies_on(e)),
            Ast::BinOp(b) => {
                self.relies_on(&b.left);
                self.relies_on(&b.right);
            }
            Ast::Name(n) if self.is_builtin(&n.id) => self.uses_builtin(&n.id),
            Ast::Name(_) | Ast::Attribute(_) => {
                if let Some(c) = self.named_class(class) {
                    self.class_object(c);
                }
            }
            _ => {}
        }
    }
}

/// Looks for the end of a variable: `del`, or the end of a handler that has its name.
struct Unbound<'n> {
    name: &'n str,
    found: bool,
}

impl<'a> Visitor<'a> for Unbound<'_> {
    fn visit_stmt(&mut self, s: &'a AstStmt) {
        if let AstStmt::Delete(d) = s {
            self.found |= d
                .targets
                .iter()
                .any(|t| matches!(t, Ast::Name(n) if n.id == self.name));
        }
        walk_stmt(self, s);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(h) = handler;
        self.found |= h.name.as_ref().is_some_and(|n| n.as_str() == self.name);
        walk_except_handler(self, handler);
    }
}
