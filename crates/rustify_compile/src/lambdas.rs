//! Lambdas as definitions: functions that have no name, whose body is one `return`.

use std::collections::HashMap;

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{
    AtomicNodeIndex, Expr, ExprLambda, Identifier, Stmt, StmtFunctionDef, StmtReturn,
};
use ruff_text_size::Ranged;

/// The name of such a function.
pub(crate) const NAME: &str = "<lambda>";

/// All lambdas of a file, by where they begin.
pub(crate) fn definitions(body: &[Stmt]) -> HashMap<u32, StmtFunctionDef> {
    let mut finder = Finder(HashMap::new());
    for statement in body {
        finder.visit_stmt(statement);
    }
    finder.0
}

struct Finder(HashMap<u32, StmtFunctionDef>);

impl<'a> Visitor<'a> for Finder {
    fn visit_expr(&mut self, e: &'a Expr) {
        if let Expr::Lambda(l) = e {
            self.0.insert(l.range.start().to_u32(), definition(l));
        }
        walk_expr(self, e);
    }
}

fn definition(lambda: &ExprLambda) -> StmtFunctionDef {
    let result = Stmt::Return(StmtReturn {
        node_index: AtomicNodeIndex::NONE,
        range: lambda.body.range(),
        value: Some(lambda.body.clone()),
    });
    StmtFunctionDef {
        node_index: AtomicNodeIndex::NONE,
        range: lambda.range,
        is_async: false,
        decorator_list: std::iter::empty().collect(),
        name: Identifier::new(NAME, lambda.range),
        type_params: None,
        parameters: lambda.parameters.clone().unwrap_or_default(),
        returns: None,
        body: std::iter::once(result).collect(),
    }
}
