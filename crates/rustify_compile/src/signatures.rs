//! The argument types that functions are translated for, from what was recorded or annotated.

use std::collections::{HashMap, HashSet};

use crate::array_guess::array_parameters;
use crate::lower::annotations::annotated;
use crate::lower::unit::Unit;
use crate::program::FunctionDef;
use crate::types::{self, Scalar, Ty};

/// Recorded signatures that a function is translated for.
pub(crate) const MOST_SIGNATURES: usize = 4;

/// The recorded argument types of a function, or those of its annotations.
pub(crate) fn signatures(
    unit: &mut Unit<'_>,
    function: usize,
    profile: &rustify_types::FunctionProfile,
    is_big: bool,
) -> Vec<usize> {
    let program = unit.program;
    let def = &program.functions[function];
    let ordered = def.parameters();
    let class = |text: &str| program.class_of_text(text);
    let mut recorded: Vec<Vec<Ty>> = Vec::new();
    for signature in &profile.signatures {
        if signature.args.len() != ordered.len() {
            continue;
        }
        let mut types: Vec<Ty> = Vec::new();
        for sample in &signature.args {
            attributes(unit, &sample.0, &class);
            let text = if is_big {
                sample.0.replace("bigint", "other[int]")
            } else {
                sample.0.clone()
            };
            let ty = types::parse(&text, &mut unit.types, &class);
            types.push(ty);
        }
        let params = &def.node.parameters;
        if params.vararg.is_some() {
            let place = params.posonlyargs.len() + params.args.len();
            types[place] = of_any_length(unit, std::mem::replace(&mut types[place], Ty::Any));
        }
        if let (Some(c), Some(first @ Ty::Any), false) =
            (def.class, types.first_mut(), def.is_static)
        {
            // The recorder sees no fields of an instance with slots, or of a subclass; the class is checked anyway.
            *first = this(def, c);
        }
        // An instance of a class that cannot be looked into goes the way of Python.
        let is_opaque = types.iter().any(|t| {
            matches!(t, Ty::Instance(c) if program.classes[*c].obstacle.is_some() && def.class != Some(*c))
        });
        if !is_opaque {
            recorded.push(types);
        }
    }
    of_many_lengths(unit, &mut recorded);
    let more = recorded.split_off(recorded.len().min(MOST_SIGNATURES));
    let mut specs: Vec<usize> = Vec::new();
    for types in recorded {
        let known = specs.iter().any(|&s| {
            let params = unit.specs[s].params.clone();
            params.iter().zip(&types).all(|(&p, t)| {
                let have = unit.types.get(p);
                unit.types.same(&have, t)
            })
        });
        if !known {
            specs.push(unit.add_spec(function, &types));
        }
    }
    // What is left of many signatures goes one way together.
    let mut rest: Vec<Ty> = Vec::new();
    for types in more {
        rest.resize(ordered.len(), Ty::Never);
        for (ty, another) in rest.iter_mut().zip(&types) {
            *ty = unit.types.join(ty, another);
        }
    }
    if let (Some(c), Some(first @ Ty::Any), false) = (def.class, rest.first_mut(), def.is_static) {
        *first = this(def, c);
    }
    if !rest.is_empty() && !is_big {
        specs.push(unit.add_spec(function, &rest));
    }
    for &spec in &specs {
        unit.specs[spec].is_big = is_big;
    }
    if specs.is_empty() {
        let arrays = if unit.ml_mode {
            array_parameters(def.node)
        } else {
            HashMap::new()
        };
        let types: Vec<Ty> = ordered
            .iter()
            .enumerate()
            .map(|(i, p)| match (&p.annotation, def.class) {
                (None, Some(c)) if i == 0 && !def.is_static => this(def, c),
                (Some(a), _) => annotated(unit, a),
                _ => match arrays.get(p.name.as_str()) {
                    Some(&axes) => Ty::Array(Scalar::Float64, axes),
                    None => Ty::Any,
                },
            })
            .collect();
        let spec = unit.add_spec(function, &types);
        unit.specs[spec].is_big = is_big;
        specs.push(spec);
    }
    specs
}

/// The type of `*args`: so many arguments as were recorded, or any number of them where all are of one type.
fn of_any_length(unit: &mut Unit<'_>, recorded: Ty) -> Ty {
    let Ty::Tuple(items) = &recorded else {
        return recorded;
    };
    let Some(first) = items.first() else {
        return recorded;
    };
    if !items.iter().all(|t| unit.types.same(first, t)) {
        return recorded;
    }
    let slot = unit.types.fresh(first.clone());
    Ty::TupleOf(slot)
}

/// A parameter that was given tuples of one item type and of several lengths takes them of any length.
fn of_many_lengths(unit: &mut Unit<'_>, recorded: &mut [Vec<Ty>]) {
    let n = recorded.first().map_or(0, Vec::len);
    for at in 0..n {
        let mut lengths = HashSet::new();
        let mut item: Option<Ty> = None;
        let is_plain = recorded.iter().all(|types| match &types[at] {
            Ty::Tuple(items) => {
                lengths.insert(items.len());
                items.iter().all(|t| match &item {
                    Some(known) => unit.types.same(known, t),
                    None => {
                        item = Some(t.clone());
                        true
                    }
                })
            }
            _ => false,
        });
        if let (true, Some(item)) = (is_plain && lengths.len() > 1, item) {
            let slot = unit.types.fresh(item);
            for types in recorded.iter_mut() {
                types[at] = Ty::TupleOf(slot);
            }
        }
    }
}

/// The type of a method's first parameter.
pub(crate) fn this(def: &FunctionDef<'_>, class: usize) -> Ty {
    if def.is_class_method {
        Ty::Class(class)
    } else {
        Ty::Instance(class)
    }
}

/// Learns the types of attributes from recorded instances: `instance[m.C]{x:float,y:float}`.
fn attributes(unit: &mut Unit<'_>, text: &str, class: &dyn Fn(&str) -> Option<usize>) {
    for (at, fields) in instances(text, class) {
        for (name, ty) in fields {
            let ty = types::parse(&ty, &mut unit.types, class);
            let slot = unit.attribute(at, &name);
            unit.types.learn(slot, &ty);
        }
    }
}

/// An instance in a recorded type: its class, and the names and types of its attributes.
pub(crate) type Instance = (usize, Vec<(String, String)>);

/// The instances in a recorded type.
pub(crate) fn instances(text: &str, class: &dyn Fn(&str) -> Option<usize>) -> Vec<Instance> {
    let mut found = Vec::new();
    for (start, head) in text.match_indices("instance[") {
        let rest = &text[start + head.len()..];
        if let Some((name, fields)) = rest.split_once("]{")
            && let Some(at) = class(name)
        {
            found.push((at, pairs(fields)));
        }
    }
    found
}

/// Names and types from `x:float,y:float}`.
fn pairs(fields: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut field = String::new();
    for c in fields.chars() {
        match c {
            '}' | ',' if depth == 0 => {
                if let Some((name, ty)) = field.split_once(':') {
                    found.push((name.trim().to_owned(), ty.to_owned()));
                }
                field.clear();
                if c == '}' {
                    break;
                }
                continue;
            }
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        field.push(c);
    }
    found
}
