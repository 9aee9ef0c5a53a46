//! Exception classes of other modules, to catch them: `numpy.linalg.LinAlgError`, `json.JSONDecodeError`.

use ruff_python_ast::Expr as Ast;

use super::scope::Lowerer;
use super::unit::Place;
use crate::program::Global;

/// Whether a member of a module is an exception class that everybody knows.
pub(super) fn module_exception(module: &str, name: &str) -> bool {
    matches!(
        (module, name),
        ("numpy.linalg", "LinAlgError")
            | ("json" | "json.decoder", "JSONDecodeError")
            | ("struct" | "re", "error")
            | ("queue", "Empty" | "Full")
            | ("decimal", "InvalidOperation" | "DivisionByZero")
    )
}

impl Lowerer<'_, '_> {
    /// The module and the name of what a path of a module names: `np.linalg.LinAlgError`.
    pub(super) fn module_member(&self, e: &Ast) -> Option<(String, String, Place)> {
        if let Some((place, module, name)) = self.imported(e) {
            return Some((module, name, place));
        }
        let Ast::Attribute(a) = e else {
            return None;
        };
        let Ast::Attribute(of) = &*a.value else {
            return None;
        };
        let Ast::Name(n) = &*of.value else {
            return None;
        };
        match self.unit.program.globals.get(n.id.as_str()) {
            Some(Global::Module(module)) if self.find(&n.id).is_none() => {
                let path = format!("{}.{}", n.id, of.attr);
                let place = Place::Attribute(path, a.attr.to_string());
                Some((format!("{module}.{}", of.attr), a.attr.to_string(), place))
            }
            _ => None,
        }
    }
}
