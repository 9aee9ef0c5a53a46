//! Functions behind decorators: what is behind them runs in Rust, what the decorator makes of it stays Python's.

use ruff_python_ast::Expr as Ast;

use super::scope::Lowerer;

impl Lowerer<'_, '_> {
    /// Whether a name of the module means what a decorator made of its function.
    pub(super) fn is_wrapped(&self, function: usize) -> bool {
        let def = &self.unit.program.functions[function];
        let is_of_module = def.class.is_none() && def.parent.is_none();
        is_of_module && !def.node.decorator_list.is_empty()
    }

    /// Whether its outermost decorator is a cache of `functools`: what its name means counts each call.
    pub(super) fn is_cached(&self, function: usize) -> bool {
        let def = &self.unit.program.functions[function];
        let decorator = def.node.decorator_list.first().map(|d| &d.expression);
        let named = match decorator {
            Some(Ast::Call(c)) => Some(&*c.func),
            other => other,
        };
        self.is_wrapped(function)
            && named
                .and_then(|e| self.imported(e))
                .is_some_and(|(_, module, name)| {
                    module == "functools" && matches!(name.as_str(), "cache" | "lru_cache")
                })
    }
}
