//! `with numpy.errstate(…)`: what NumPy tells of in the body.

use ruff_python_ast::{Expr as Ast, Keyword, StmtWith, WithItem};

use super::build::{by_ref, call, literal, own, sure};
use super::scope::{Low, Lowerer};
use crate::ir::Stmt;
use crate::types::Ty;

/// The conditions in the order of their bits; the last one is not looked for.
const CONDITIONS: [&str; 4] = ["divide", "over", "invalid", "under"];

/// What keywords ignore and what they do not, as bits; nothing where that is not known.
fn said(keywords: &[Keyword]) -> Option<(usize, usize)> {
    const UNDER: usize = 1 << 3;
    let (mut ignores, mut notices) = (0, 0);
    // What is said of all counts less than what is said of one.
    let of_all = |k: &&Keyword| k.arg.as_deref() == Some("all");
    let (all, single): (Vec<_>, Vec<_>) = keywords.iter().partition(of_all);
    for keyword in all.into_iter().chain(single) {
        let bits = match keyword.arg.as_deref()? {
            "all" => (1 << CONDITIONS.len()) - 1,
            name => 1 << CONDITIONS.iter().position(|c| *c == name)?,
        };
        match &keyword.value {
            Ast::NoneLiteral(_) => {}
            Ast::StringLiteral(way) => match way.value.to_str() {
                "ignore" => (ignores, notices) = (ignores | bits, notices & !bits),
                "warn" | "raise" | "print" | "log" | "call" => {
                    (ignores, notices) = (ignores & !bits, notices | bits);
                }
                _ => return None,
            },
            _ => return None,
        }
    }
    (notices & UNDER == 0).then_some((ignores & !UNDER, notices))
}

impl Lowerer<'_, '_> {
    /// A manager that is NumPy's `errstate`, and the other managers and the body inside it.
    pub(super) fn errstate(
        &mut self,
        w: &StmtWith,
        item: &WithItem,
        more: &[WithItem],
    ) -> Low<Option<Vec<Stmt>>> {
        let Ast::Call(c) = &item.context_expr else {
            return Ok(None);
        };
        let Some((place, module, name)) = self.imported(&c.func) else {
            return Ok(None);
        };
        if module != "numpy" || name != "errstate" || !c.arguments.args.is_empty() {
            return Ok(None);
        }
        let Some((ignores, notices)) = said(&c.arguments.keywords) else {
            return self.no(
                &item.context_expr,
                "errstate",
                "NumPy is to tell of results that are too small, or of what is not known here",
                "Name `divide`, `over` and `invalid` with texts, instead of `all`.",
            );
        };
        let class = self.capture(place);
        let name = own(literal("c\"errstate\"", Ty::Any));
        let known = call("ndcall::known", Ty::None, vec![by_ref(class), name]);
        let bits = |bits: usize| own(literal(&bits.to_string(), Ty::Any));
        let entered = call(
            "errstate::enter",
            Ty::Any,
            vec![bits(ignores), bits(notices)],
        );
        let entered = super::build::block(vec![Stmt::Do(known)], entered);
        let (mut stmts, before) = self.kept("state_before", &item.context_expr, entered);
        let id = self.next_id();
        let error = self.temporary("left_by", &item.context_expr, &Ty::Any);
        self.locals[error].in_place = true;
        let mut body = Vec::new();
        if let Some(target) = &item.optional_vars {
            body.extend(self.bind(target, super::build::none())?);
        }
        body.extend(self.managed(w, more)?);
        let read = self.read(before);
        let left = sure("errstate::leave", Ty::None, vec![by_ref(read)]);
        stmts.push(Stmt::Try {
            id,
            body,
            handlers: Vec::new(),
            orelse: Vec::new(),
            finally: vec![Stmt::Do(left)],
            error,
        });
        Ok(Some(stmts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(call: &str) -> Option<(usize, usize)> {
        let parsed = ruff_python_parser::parse_expression(call).ok()?;
        let Ast::Call(c) = parsed.expr() else {
            return None;
        };
        said(&c.arguments.keywords)
    }

    #[test]
    fn one_condition_counts_more_than_all() {
        assert_eq!(of("e(divide='ignore')"), Some((1, 0)));
        assert_eq!(of("e(over='raise', all='ignore')"), Some((5, 2)));
        assert_eq!(of("e(divide='warn', invalid=None)"), Some((0, 1)));
        assert_eq!(of("e(all='raise', under='ignore')"), Some((0, 7)));
        assert_eq!(of("e(all='raise')"), None);
        assert_eq!(of("e(divide=way)"), None);
    }
}
