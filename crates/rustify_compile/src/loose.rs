//! Translations for arguments of whatever types: a call that fits none of the recorded types goes there, instead of to
//! Python.
//!
//! Such a translation must not teach the others anything: it is left out for functions whose statements reach types
//! that the whole file shares.

use crate::lower::unit::Unit;
use crate::shared_types::keeps_to_itself;
use crate::types::Ty;

/// Whether arguments of other types than the recorded ones would go another way.
fn is_narrow(unit: &Unit<'_>, spec: usize) -> bool {
    let params = &unit.specs[spec].params;
    let known = |&slot: &usize| {
        !matches!(
            unit.types.get(slot),
            Ty::Any | Ty::Array(..) | Ty::Np(_) | Ty::Instance(_) | Ty::Class(_) | Ty::Func(_)
        )
    };
    params.iter().all(|slot| {
        known(slot)
            && match unit.types.get(*slot) {
                Ty::List(s) | Ty::TupleOf(s) | Ty::Dict(_, s) => known(&s),
                Ty::Tuple(items) => !items
                    .iter()
                    .any(|t| matches!(t, Ty::Instance(_) | Ty::Func(_))),
                _ => true,
            }
    })
}

/// The translation for arguments of whatever types, where a function has one beside those for its recorded types.
pub(crate) fn loose(unit: &mut Unit<'_>, function: usize, recorded: &[usize]) -> Option<usize> {
    let node = unit.program.functions[function].node;
    let is_plain = node.parameters.vararg.is_none() && node.parameters.kwarg.is_none();
    let count = unit.program.functions[function].parameters().len();
    if !is_plain
        || count == 0
        || !recorded.iter().all(|&s| is_narrow(unit, s))
        || !keeps_to_itself(unit.program, function)
    {
        return None;
    }
    Some(unit.loose_spec(function))
}
