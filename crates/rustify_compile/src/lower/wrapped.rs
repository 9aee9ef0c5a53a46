//! Functions behind decorators: what is behind them runs in Rust, what the decorator makes of it stays Python's.

use super::scope::Lowerer;

impl Lowerer<'_, '_> {
    /// Whether a name of the module means what a decorator made of its function.
    pub(super) fn is_wrapped(&self, function: usize) -> bool {
        let def = &self.unit.program.functions[function];
        let is_of_module = def.class.is_none() && def.parent.is_none();
        is_of_module && !def.node.decorator_list.is_empty()
    }
}
