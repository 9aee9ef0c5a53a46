//! Sorting instances: by the fields or the expression that their `<` compares.

use ruff_python_ast::{CmpOp, Expr as Ast, ExprCompare, Stmt as AstStmt, UnaryOp};
use ruff_text_size::Ranged;

use super::build::{block, method, not, own, sure};
use super::scope::{Low, Lowerer};
use crate::classes::Kind;
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

/// What `<` of two instances compares.
enum Key<'a> {
    /// Fields, one after another.
    Fields(Vec<String>),
    /// An expression of the instance that has this name in it, and whether larger ones come first.
    Of(&'a str, &'a Ast, bool),
}

/// So many fields are compared as a tuple.
const MOST_COMPARED: usize = 6;

impl<'a> Lowerer<'a, '_> {
    /// What `<` of instances of a class compares, where that is all it does.
    fn order_key(&self, class: usize) -> Option<Key<'a>> {
        let def = &self.unit.program.classes[class];
        if def.obstacle.is_some() {
            return None;
        }
        let Some(&function) = def.methods.get("__lt__") else {
            if def.kind == Kind::IntEnum {
                return Some(Key::Fields(vec!["value".to_owned()]));
            }
            let fields = def.fields.as_ref()?;
            if def.kind != Kind::Named && !def.order {
                return None;
            }
            let compared = fields
                .iter()
                .filter(|f| f.compare || def.kind == Kind::Named);
            let names: Vec<String> = compared.map(|f| f.name.to_owned()).collect();
            return (1..=MOST_COMPARED)
                .contains(&names.len())
                .then_some(Key::Fields(names));
        };
        let function = &self.unit.program.functions[function];
        let params = function.parameters();
        let [this, other] = &params[..] else {
            return None;
        };
        let (this, other) = (this.name.as_str(), other.name.as_str());
        let mut body = function.node.body.iter().filter(|s| !is_aside(s));
        let (Some(AstStmt::Return(r)), None) = (body.next(), body.next()) else {
            return None;
        };
        let Ast::Compare(ExprCompare {
            left,
            ops,
            comparators,
            ..
        }) = r.value.as_deref()?
        else {
            return None;
        };
        let is_reversed = match &ops[..] {
            [CmpOp::Lt] => false,
            [CmpOp::Gt] => true,
            _ => return None,
        };
        let is_property = |name: &str| def.properties.contains_key(name);
        (function.node.decorator_list.is_empty()
            && are_alike(left, &comparators[0], this, other, &is_property))
        .then_some(Key::Of(this, left, is_reversed))
    }

    /// A new list of instances in order; nothing if what orders them is not known here.
    pub(super) fn sort_instances(
        &mut self,
        at: &impl Ranged,
        list: Expr,
        reverse: Expr,
    ) -> Low<Result<Expr, (Expr, Expr)>> {
        let Ty::List(slot) = list.ty else {
            return Ok(Err((list, reverse)));
        };
        let Ty::Instance(class) = self.unit.types.get(slot) else {
            return Ok(Err((list, reverse)));
        };
        let Some(key) = self.order_key(class) else {
            return Ok(Err((list, reverse)));
        };
        let keys = self.site(at.range(), 95);
        let keyed = self.temporary("keyed", at, &Ty::Any);
        self.locals[keyed].in_place = true;
        let items = self.each(at, list)?;
        let stmts = self.each_item(
            items,
            Box::new(|l: &mut Self, item: Expr| {
                let kept = l.temporary("item_of", at, &item.ty.clone());
                let mut body = vec![l.assign(kept, item)];
                let value = match &key {
                    Key::Fields(names) => {
                        let mut parts = Vec::new();
                        for name in names {
                            let read = l.read(kept);
                            parts.push(l.get_attribute(at, read, class, name)?);
                        }
                        Expr {
                            ty: Ty::Tuple(parts.iter().map(|p| p.ty.clone()).collect()),
                            node: Node::Tuple(parts),
                        }
                    }
                    Key::Of(this, value, _) => {
                        let scope = [((*this).to_owned(), kept)].into_iter().collect();
                        l.scopes.push(scope);
                        let value = l.expr(value);
                        l.scopes.pop();
                        value?
                    }
                };
                l.unit.types.learn(keys, &value.ty);
                let want = l.unit.types.get(keys);
                let value = l.coerce(value, &want);
                let item = l.read(kept);
                let all = Expr {
                    ty: Ty::Any,
                    node: Node::Local(keyed),
                };
                body.push(Stmt::Do(method(
                    all,
                    "push",
                    Ty::None,
                    vec![own(value), own(item)],
                )));
                Ok(body)
            }),
        )?;
        let path = format!(
            "Keyed::<{}, {}>::new",
            self.unit.types.rust(&self.unit.types.get(keys)),
            self.unit.types.rust(&Ty::Instance(class))
        );
        let mut all = vec![Stmt::Assign(keyed, sure(&path, Ty::Any, Vec::new()))];
        all.extend(stmts);
        let done = Expr {
            ty: Ty::Any,
            node: Node::Local(keyed),
        };
        let reverse = match self.order_key(class) {
            Some(Key::Of(_, _, true)) => not(reverse),
            _ => reverse,
        };
        let sorted = method(done, "sorted", Ty::List(slot), vec![own(reverse)]);
        Ok(Ok(block(all, sorted)))
    }
}

/// Whether a statement only refuses other classes, or is a text.
fn is_aside(s: &AstStmt) -> bool {
    match s {
        AstStmt::Expr(e) => matches!(&*e.value, Ast::StringLiteral(_)),
        AstStmt::If(i) => {
            let refuses = matches!(&*i.test, Ast::UnaryOp(u) if u.op == UnaryOp::Not
                && matches!(&*u.operand, Ast::Call(c) if matches!(&*c.func, Ast::Name(n) if n.id == "isinstance")));
            let gives = matches!(&i.body[..], [AstStmt::Return(r)]
                if matches!(r.value.as_deref(), Some(Ast::Name(n)) if n.id == "NotImplemented"));
            refuses && gives && i.elif_else_clauses.is_empty()
        }
        _ => false,
    }
}

/// Whether two expressions are the same attributes of one instance and of another.
fn are_alike(
    a: &Ast,
    b: &Ast,
    this: &str,
    other: &str,
    is_property: &dyn Fn(&str) -> bool,
) -> bool {
    match (a, b) {
        (Ast::Attribute(a), Ast::Attribute(b)) => {
            let of = |e: &Ast, name: &str| matches!(e, Ast::Name(n) if n.id == name);
            a.attr.as_str() == b.attr.as_str()
                && of(&a.value, this)
                && of(&b.value, other)
                && !is_property(&a.attr)
        }
        (Ast::Tuple(a), Ast::Tuple(b)) => {
            a.elts.len() == b.elts.len()
                && (1..=MOST_COMPARED).contains(&a.elts.len())
                && a.elts
                    .iter()
                    .zip(&b.elts)
                    .all(|(a, b)| are_alike(a, b, this, other, is_property))
        }
        (Ast::UnaryOp(a), Ast::UnaryOp(b)) => {
            a.op == b.op
                && a.op == UnaryOp::USub
                && are_alike(&a.operand, &b.operand, this, other, is_property)
        }
        _ => false,
    }
}
