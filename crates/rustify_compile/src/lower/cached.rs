//! Functions behind `functools.lru_cache`: what is behind the cache runs in Rust, the cache stays Python's.

use ruff_python_ast::Expr as Ast;

use super::scope::Lowerer;

impl Lowerer<'_, '_> {
    /// Whether a function of the module stands behind `functools.lru_cache` or `functools.cache` alone.
    pub(super) fn is_cached(&self, function: usize) -> bool {
        let def = &self.unit.program.functions[function];
        let [decorator] = &def.node.decorator_list[..] else {
            return false;
        };
        let made = match &decorator.expression {
            Ast::Call(c) => &*c.func,
            other => other,
        };
        let is_of_module = def.class.is_none() && def.parent.is_none();
        is_of_module
            && self.imported(made).is_some_and(|(_, module, name)| {
                module == "functools" && matches!(name.as_str(), "lru_cache" | "cache")
            })
    }
}
