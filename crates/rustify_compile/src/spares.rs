//! Translations for arguments of other types than those that were recorded.
//!
//! A function gets one that takes numbers of both kinds where numbers were recorded, up to two for other element types
//! of arrays, and one whose parameters may be anything. They have a world of types of their own, so that what is recorded keeps its types.

use std::collections::HashSet;

use rustify_types::{FunctionProfile, Request};

use crate::emit::Specs;
use crate::lower::unit::Unit;
use crate::program::FunctionDef;
use crate::recorded_globals;
use crate::signatures::instances;
use crate::types::{self, Scalar, Slot, Ty};

/// Makes the spares of the translated functions. Constants and names outside are numbered on from those of `unit`.
pub(crate) fn spares<'a>(
    unit: &mut Unit<'a>,
    translated: &mut [(usize, Specs)],
    request: &Request,
    outgrow: &HashSet<usize>,
    settle: fn(&mut Unit<'_>),
) -> Unit<'a> {
    let mut spare = Unit::new(unit.source, unit.program);
    spare.ml_mode = unit.ml_mode;
    spare.is_spare = true;
    recorded_globals::learn(&mut spare, request);
    spare.constants = std::mem::take(&mut unit.constants);
    spare.captures = std::mem::take(&mut unit.captures);
    for (function, specs) in translated.iter_mut() {
        let program = unit.program;
        let def = &program.functions[*function];
        let profile = request
            .functions
            .iter()
            .find(|p| program.find(&p.qualname, p.line) == Some(*function));
        let Some(profile) = profile.filter(|_| !request.without_spares.contains(&def.qualname))
        else {
            continue;
        };
        let known: Vec<Vec<Ty>> = specs
            .ordinary
            .iter()
            .map(|&s| {
                let params = &unit.specs[s].params;
                params.iter().map(|&p| unit.types.get(p)).collect()
            })
            .collect();
        attributes(&mut spare, profile);
        let mut seen: Vec<Vec<String>> = known.iter().map(|k| in_rust(&unit.types, k)).collect();
        for dtypes in DTYPES {
            let Some(types) = numbers_of_both_kinds(&mut spare, def, profile, dtypes) else {
                break;
            };
            let text = in_rust(&spare.types, &types);
            if !seen.contains(&text) {
                seen.push(text);
                // It may have no translation where the function needs whole numbers.
                spare.guessing = true;
                specs.spares.push(spare.add_spec(*function, &types));
                spare.guessing = false;
            }
        }
        for shape in shapes(unit, &mut spare, def, &known) {
            let Some(types) = of_any_type(&mut spare, def, &known, &shape) else {
                continue;
            };
            spare.guessing = true;
            let at = spare.add_spec(*function, &types);
            spare.guessing = false;
            spare.specs[at].is_big = outgrow.contains(function);
            specs.spares.push(at);
        }
    }
    settle(&mut spare);
    for (_, specs) in translated {
        specs
            .spares
            .retain(|&s| is_whole(&spare, s) && !spare.makes_functions(s));
    }
    unit.constants.clone_from(&spare.constants);
    unit.captures.clone_from(&spare.captures);
    spare
}

/// Other element types for arrays than the recorded ones.
type Dtypes = fn(Scalar) -> Scalar;

/// The choices of element types that functions with arrays are translated for.
const DTYPES: [Dtypes; 3] = [
    |recorded| recorded,
    |recorded| match recorded {
        Scalar::Float64 | Scalar::Float32 | Scalar::UInt8 | Scalar::UInt16 => Scalar::Int64,
        Scalar::Int32 | Scalar::UInt32 | Scalar::Int16 | Scalar::Int8 => Scalar::Int64,
        Scalar::Int64 => Scalar::Int32,
        Scalar::Bool8 => Scalar::UInt8,
        other => other,
    },
    |recorded| match recorded {
        Scalar::Float64 => Scalar::Float32,
        Scalar::Float32 | Scalar::Int64 => Scalar::Float64,
        other => other,
    },
];

/// The types of parameters as Rust writes them.
fn in_rust(types: &types::Types, all: &[Ty]) -> Vec<String> {
    all.iter().map(|t| types.rust(t)).collect()
}

/// Whether a translation and all that it calls could be made.
pub(crate) fn is_whole(unit: &Unit<'_>, spec: usize) -> bool {
    let (mut seen, mut stack) = (HashSet::new(), vec![spec]);
    while let Some(at) = stack.pop() {
        if seen.insert(at) {
            let spec = &unit.specs[at];
            if spec.dead.is_some() || unit.rejected.contains_key(&spec.function) {
                return false;
            }
            stack.extend(spec.calls.iter().copied());
        }
    }
    true
}

/// Learns the types of attributes from recorded instances, which may be others.
fn attributes(unit: &mut Unit<'_>, profile: &FunctionProfile) {
    let program = unit.program;
    let class = |text: &str| program.class_of_text(text);
    for sample in profile.signatures.iter().flat_map(|s| &s.args) {
        for (at, fields) in instances(&sample.0, &class) {
            for (name, ty) in fields {
                let ty = types::parse(&ty, &mut unit.types, &class);
                let ty = loose_attribute(unit, &ty);
                let slot = unit.attribute(at, &name);
                unit.types.learn(slot, &ty);
            }
        }
    }
}

/// The types of the first signature that has numbers, with an `int` or a `float` where it has one of them.
fn numbers_of_both_kinds(
    unit: &mut Unit<'_>,
    def: &FunctionDef<'_>,
    profile: &FunctionProfile,
    dtypes: Dtypes,
) -> Option<Vec<Ty>> {
    let program = unit.program;
    let class = |text: &str| program.class_of_text(text);
    let params = &def.node.parameters;
    let has_numbers = |text: &str| text.contains("int") || text.contains("float");
    let signature = profile.signatures.iter().find(|s| {
        s.args.len() == def.parameters().len() && s.args.iter().any(|a| has_numbers(&a.0))
    })?;
    if params.vararg.is_some() || params.kwarg.is_some() || def.class.is_some() {
        return None;
    }
    let parsed = signature
        .args
        .iter()
        .map(|a| types::parse(&a.0, &mut unit.types, &class))
        .collect::<Vec<_>>();
    let other = |t: &Ty| with_numbers(unit, t, dtypes);
    Some(parsed.iter().map(other).collect())
}

/// A type with numbers of both kinds for those of one.
fn with_numbers(unit: &mut Unit<'_>, ty: &Ty, dtypes: Dtypes) -> Ty {
    let inner = |unit: &mut Unit<'_>, slot: Slot| {
        let ty = unit.types.get(slot);
        let ty = with_numbers(unit, &ty, dtypes);
        unit.types.fresh(ty)
    };
    match ty {
        Ty::Int | Ty::Float => Ty::Num,
        Ty::Array(scalar, nd) => Ty::Array(dtypes(*scalar), *nd),
        Ty::List(s) => Ty::List(inner(unit, *s)),
        Ty::TupleOf(s) => Ty::TupleOf(inner(unit, *s)),
        Ty::Dict(k, v) => Ty::Dict(*k, inner(unit, *v)),
        Ty::Tuple(items) => Ty::Tuple(
            items
                .iter()
                .map(|t| with_numbers(unit, t, dtypes))
                .collect(),
        ),
        Ty::Opt(t) => types::optional(with_numbers(unit, t, dtypes)),
        other => other.clone(),
    }
}

/// The types of some parameters, where they are not those of [`of_any_type`].
type Shape = Vec<Option<Ty>>;

/// The shapes that a function is translated for: lists and tuples of instances, on which the operations of their class
/// run, and operators whose other side may be anything.
fn shapes(
    unit: &Unit<'_>,
    spare: &mut Unit<'_>,
    def: &FunctionDef<'_>,
    known: &[Vec<Ty>],
) -> Vec<Shape> {
    let first = known.first().map_or(&[][..], Vec::as_slice);
    let mut all = Vec::new();
    for make in [Ty::List, Ty::TupleOf] {
        let of_instances = |ty: &Ty| match ty {
            Ty::List(s) => Some(unit.types.get(*s)).filter(|t| matches!(t, Ty::Instance(_))),
            _ => None,
        };
        let shape: Shape = first
            .iter()
            .map(|ty| of_instances(ty).map(|class| make(spare.types.fresh(class))))
            .collect();
        if shape.iter().any(Option::is_some) {
            all.push(shape);
        }
    }
    let name = def.node.name.as_str();
    let is_operator = def.class.is_some() && name.starts_with("__") && name.ends_with("__");
    if is_operator && matches!(first, [Ty::Instance(_), Ty::Instance(_)]) {
        all.push(vec![None; 2]);
        all.push(vec![None, Some(Ty::Any)]);
    } else {
        all.push(vec![None; first.len()]);
    }
    all
}

/// The argument types of the last spare, for calls that fit nothing else; none where it would take nothing more.
///
/// Numbers, texts and containers become values of any type, on which the interpreter's own operations run: a list where
/// a tuple was recorded, an `int` where a `float` was, a text in a function that only compares. What the function needs
/// to know stays: the instance that a method belongs to, classes, and functions.
fn of_any_type(
    unit: &mut Unit<'_>,
    def: &FunctionDef<'_>,
    known: &[Vec<Ty>],
    shape: &Shape,
) -> Option<Vec<Ty>> {
    let params = &def.node.parameters;
    let first = known.first()?;
    let places = params.posonlyargs.len() + params.args.len();
    let variadic = params.vararg.is_some().then_some(places);
    let keywords = params.kwarg.is_some().then(|| first.len() - 1);
    let mut types = Vec::new();
    let mut is_wider = false;
    for (place, ty) in first.iter().enumerate() {
        let stays = match ty {
            Ty::Instance(_) | Ty::Class(_) | Ty::Func(_) => known.iter().all(|k| k[place] == *ty),
            Ty::Deque(_) | Ty::Map(..) => true,
            _ => false,
        };
        let wide = if let Some(ty) = &shape[place] {
            ty.clone()
        } else if variadic == Some(place) {
            Ty::TupleOf(unit.types.fresh(Ty::Any))
        } else if keywords == Some(place) {
            let key = unit.types.fresh(Ty::Str);
            Ty::Dict(key, unit.types.fresh(Ty::Any))
        } else if stays {
            match ty {
                Ty::Deque(_) => Ty::Deque(unit.types.fresh(Ty::Any)),
                Ty::Map(counts, ..) => {
                    let key = unit.types.fresh(Ty::Any);
                    Ty::Map(*counts, key, unit.types.fresh(Ty::Any))
                }
                other => other.clone(),
            }
        } else {
            Ty::Any
        };
        is_wider |= !stays && *ty != Ty::Any;
        types.push(wide);
    }
    // Instances may have other attributes than those that were recorded.
    is_wider |= first.iter().any(|t| matches!(t, Ty::Instance(_)));
    is_wider.then_some(types)
}

/// The type of an attribute where other ones than the recorded may come: containers stay what they are.
fn loose_attribute(unit: &mut Unit<'_>, ty: &Ty) -> Ty {
    let mut any = || unit.types.fresh(Ty::Any);
    match ty {
        Ty::List(_) => Ty::List(any()),
        Ty::Set(_) => Ty::Set(any()),
        Ty::FrozenSet(_) => Ty::FrozenSet(any()),
        Ty::Dict(..) => Ty::Dict(any(), any()),
        Ty::Deque(_) => Ty::Deque(any()),
        Ty::Instance(_) | Ty::Class(_) | Ty::Bool | Ty::Map(..) => ty.clone(),
        Ty::Opt(inner) if matches!(**inner, Ty::Instance(_)) => ty.clone(),
        _ => Ty::Any,
    }
}
