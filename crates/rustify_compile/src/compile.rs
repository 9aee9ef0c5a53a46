//! The whole way from a request to a crate.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::Expr as Ast;
use ruff_python_ast::visitor::{Visitor, walk_expr};
use rustify_types::{Compiled, Outcome, Reason, Request};
use sha2::Digest;

use crate::array_guess::array_parameters;
use crate::emit::{self, Specs};
use crate::loose::loose;
use crate::lower::annotations::annotated;
use crate::lower::{self, unit::Unit};
use crate::passes;
use crate::program::{FunctionDef, Program};
use crate::scopes::Names;
use crate::source::Source;
use crate::types::{self, Scalar, Ty};
use crate::unbound;

/// So many passes are made over all functions before what is still unknown counts as known at run time only.
const MOST_PASSES: usize = 24;

/// Recorded signatures that a function is translated for.
const MOST_SIGNATURES: usize = 4;

/// Translates the chosen functions of a file, as far as they can be.
pub fn compile(request: &Request) -> Result<Compiled, Reason> {
    let source = Source::parse(&request.source)?;
    let program = Program::of(&source);
    let mut unit = Unit::new(&source, &program);
    unit.ml_mode = request.ml_mode;
    let mut asked: Vec<(usize, Specs)> = Vec::new();
    let outgrow = outgrowing(&program, request);
    let mut outcomes: HashMap<usize, Outcome> = HashMap::new();
    for profile in &request.functions {
        let Some(function) = program.find(&profile.qualname, profile.line).filter(|&f| {
            let def = &program.functions[f];
            def.parent.is_none() && def.table.is_none() && !def.makes_items()
        }) else {
            continue;
        };
        let ordinary = signatures(&mut unit, function, profile, false);
        let big = if outgrow.contains(&function) {
            signatures(&mut unit, function, profile, true)
        } else {
            Vec::new()
        };
        asked.push((
            function,
            Specs {
                ordinary,
                big,
                loose: None,
            },
        ));
    }
    learn(&mut unit);
    for (function, specs) in &mut asked {
        if !unit.rejected.contains_key(function) && !unit.makes_functions_in(&specs.all()) {
            specs.loose = loose(&mut unit, *function, &specs.ordinary);
        }
    }
    learn(&mut unit);
    for (_, specs) in &mut asked {
        specs.loose = specs.loose.filter(|&s| runs(&unit, s));
    }
    lower::class_uses::rely_on_classes(&mut unit);
    passes::mark_recursion(&mut unit);
    passes::mark_shading(&mut unit);
    for spec in &mut unit.specs {
        unbound::mark_unbound(&mut spec.tree);
        passes::count_places(&mut spec.tree, &mut unit.types);
        passes::hoist_arrays(&mut spec.tree);
    }
    if !unit.specs.iter().any(|s| passes::catches(&s.tree)) {
        for spec in &mut unit.specs {
            passes::watch_loops(&mut spec.tree);
        }
    }
    for spec in &mut unit.specs {
        passes::find_reals(&mut spec.tree, &mut unit.types);
        passes::prove_trips(&mut spec.tree);
    }
    passes::mark_free(&mut unit);
    let mut translated = Vec::new();
    for (function, specs) in asked {
        let outcome = match unit.rejected.get(&function) {
            Some(reason) => Outcome::Rejected(reason.clone()),
            None => {
                // What sets a property has the name of what reads it: it runs inside what assigns to it.
                let decorators = &program.functions[function].node.decorator_list;
                let is_setter = decorators.iter().any(
                    |d| matches!(&d.expression, Ast::Attribute(a) if a.attr.as_str() == "setter"),
                );
                let makes = specs.all().iter().any(|&s| unit.makes_functions(s));
                if !is_setter && !makes {
                    translated.push((function, specs));
                }
                let is_called = unit
                    .specs
                    .iter()
                    .any(|s| s.calls.iter().any(|&c| unit.specs[c].function == function));
                if makes && !is_called {
                    Outcome::Rejected(source.reason(
                        program.functions[function].node.name.range,
                        "function-value",
                        "it gives a function that takes variables along, which Python has to make".to_owned(),
                        "Call what it gives in a function of this file: there both run in Rust.",
                    ))
                } else {
                    Outcome::Translated {
                        effects_free: !makes,
                    }
                }
            }
        };
        outcomes.insert(function, outcome);
    }
    let hash: String = sha2::Sha256::digest(request.source.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let files = if translated.is_empty() {
        Vec::new()
    } else {
        emit::crate_files(
            &unit,
            &translated,
            &request.module,
            &request.extension,
            &hash,
        )
    };
    let functions = request
        .functions
        .iter()
        .map(|p| {
            let function = program.find(&p.qualname, p.line);
            let outcome = match function.and_then(|f| outcomes.get(&f)) {
                Some(outcome) => outcome.clone(),
                None => inner(&unit, &outcomes, function, p),
            };
            (p.qualname.clone(), p.line, outcome)
        })
        .collect();
    Ok(Compiled { files, functions })
}

/// Whether a translation for arguments of whatever types came about, with all that it calls.
fn runs(unit: &Unit<'_>, spec: usize) -> bool {
    let (mut seen, mut stack) = (HashSet::new(), vec![spec]);
    while let Some(at) = stack.pop() {
        if seen.insert(at) {
            let of = &unit.specs[at];
            if of.dead.is_some() || unit.rejected.contains_key(&of.function) {
                return false;
            }
            stack.extend(of.calls.iter().copied());
        }
    }
    !unit.makes_functions(spec)
}

/// What becomes of a function inside another: it is translated with it.
fn inner(
    unit: &Unit<'_>,
    outcomes: &HashMap<usize, Outcome>,
    function: Option<usize>,
    profile: &rustify_types::FunctionProfile,
) -> Outcome {
    let all = &unit.program.functions;
    let Some(at) = function else {
        return Outcome::Rejected(nested(unit.source, profile.line));
    };
    if all[at].makes_items() {
        return generator(unit, outcomes, at);
    }
    if let Some(reason) = unit.rejected.get(&at) {
        return Outcome::Rejected(reason.clone());
    }
    let mut outer = at;
    while let Some(parent) = all[outer].parent {
        outer = parent;
    }
    let called = unit.specs.iter().any(|s| s.function == at);
    match outcomes.get(&outer) {
        Some(Outcome::Translated { .. }) if called => Outcome::Translated {
            effects_free: false,
        },
        Some(Outcome::Rejected(reason)) => Outcome::Rejected(reason.clone()),
        _ => Outcome::Rejected(nested(unit.source, profile.line)),
    }
}

/// What becomes of a generator: it runs inside the functions that consume it.
fn generator(unit: &Unit<'_>, outcomes: &HashMap<usize, Outcome>, at: usize) -> Outcome {
    let outermost = |mut f: usize| {
        while let Some(parent) = unit.program.functions[f].parent {
            f = parent;
        }
        f
    };
    let runs = unit.specs.iter().any(|s| {
        let is_called = s.calls.iter().any(|&c| unit.specs[c].function == at);
        let is_value = is_called && !unit.rejected.contains_key(&at) && s.function != at;
        (s.inlines.contains(&at) || is_value)
            && matches!(
                outcomes.get(&outermost(s.function)),
                Some(Outcome::Translated { .. })
            )
    });
    if runs {
        return Outcome::Translated {
            effects_free: false,
        };
    }
    if let Some(reason) = unit.rejected.get(&at) {
        return Outcome::Rejected(reason.clone());
    }
    let def = &unit.program.functions[at];
    Outcome::Rejected(unit.source.reason(
        def.first_yield.unwrap_or(def.node.name.range),
        "generator",
        "no translated function of this file consumes this generator where it is made".to_owned(),
        "Loop over a call of it, or hand the call to `list`, `sum` and the like.",
    ))
}

/// Why a function that stands inside another one is not translated on its own.
fn nested(source: &Source<'_>, line: u32) -> Reason {
    let text = source
        .text
        .lines()
        .nth(line as usize - 1)
        .unwrap_or_default();
    Reason {
        code: "nested-function".to_owned(),
        line,
        column: 1,
        end_column: text.chars().count() as u32 + 1,
        source_line: text.to_owned(),
        message: "the function is not defined at the top level of the file or of a class"
            .to_owned(),
        help: "Define it at the top level.".to_owned(),
    }
}

/// Passes over all functions until nothing new is learnt.
fn learn(unit: &mut Unit<'_>) {
    for pass in 0..MOST_PASSES {
        unit.pass = pass;
        unit.types.changed = false;
        let mut at = 0;
        while at < unit.specs.len() {
            let function = unit.specs[at].function;
            let (is_guess, dead) = (unit.specs[at].is_guess, unit.specs[at].dead.clone());
            if let (false, Some(reason)) = (is_guess, &dead) {
                unit.rejected
                    .entry(function)
                    .or_insert_with(|| reason.clone());
            }
            unit.guessing = is_guess;
            unit.loosely = unit.is_loose(at);
            if !unit.rejected.contains_key(&function)
                && dead.is_none()
                && let Err(reason) = lower::lower(unit, at)
            {
                if is_guess {
                    unit.specs[at].dead = Some(*reason);
                } else {
                    unit.rejected.insert(function, *reason);
                }
                unit.types.changed = true;
            }
            unit.guessing = false;
            unit.loosely = false;
            at += 1;
        }
        if !unit.types.changed {
            return;
        }
    }
    for at in 0..unit.specs.len() {
        let function = unit.specs[at].function;
        let name = &unit.program.functions[function].node.name;
        let reason = unit.source.reason(
            name.range,
            "types",
            "the types of its variables do not settle".to_owned(),
            "Annotate parameters, and keep one type in each variable.",
        );
        unit.rejected.entry(function).or_insert(reason);
    }
}

/// The recorded argument types of a function, or those of its annotations.
fn signatures(
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

/// The functions whose whole numbers outgrow machine words, by what was recorded, and those that call them by name.
fn outgrowing(program: &Program<'_>, request: &Request) -> HashSet<usize> {
    let mut found = HashSet::new();
    for profile in &request.functions {
        let args = profile.signatures.iter().flat_map(|s| &s.args);
        let is_big = args
            .chain(&profile.returns)
            .any(|s| s.0.contains("bigint") && !s.0.contains("instance["));
        if let Some(f) = program.find(&profile.qualname, profile.line)
            && is_big
            && program.functions[f].class.is_none()
        {
            let mut at = f;
            while let Some(parent) = program.functions[at].parent {
                at = parent;
            }
            found.insert(at);
        }
    }
    for (f, def) in program.functions.iter().enumerate() {
        if def.class.is_none() && def.parent.is_none() && has_powers(&def.node.body) {
            found.insert(f);
        }
    }
    loop {
        let names: HashSet<&str> = found
            .iter()
            .map(|&f| program.functions[f].qualname.as_str())
            .collect();
        let callers: Vec<usize> = (0..program.functions.len())
            .filter(|&f| {
                let def = &program.functions[f];
                def.class.is_none()
                    && def.parent.is_none()
                    && !found.contains(&f)
                    && Names::of(def.node)
                        .read
                        .iter()
                        .any(|n| names.contains(n.as_str()))
            })
            .collect();
        if callers.is_empty() {
            return found;
        }
        found.extend(callers);
    }
}

/// The type of a method's first parameter.
fn this(def: &FunctionDef<'_>, class: usize) -> Ty {
    if def.is_class_method {
        Ty::Class(class)
    } else {
        Ty::Instance(class)
    }
}

/// Learns the types of attributes from a recorded instance: `instance[m.C]{x:float,y:float}`.
fn attributes(unit: &mut Unit<'_>, text: &str, class: &dyn Fn(&str) -> Option<usize>) {
    for (start, head) in text.match_indices("instance[") {
        let rest = &text[start + head.len()..];
        if let Some((name, fields)) = rest.split_once("]{")
            && let Some(at) = class(name)
        {
            instance_attributes(unit, at, fields, class);
        }
    }
}

/// Learns the types of attributes from `x:float,y:float}`.
fn instance_attributes(
    unit: &mut Unit<'_>,
    at: usize,
    fields: &str,
    class: &dyn Fn(&str) -> Option<usize>,
) {
    let mut depth = 0;
    let mut field = String::new();
    for c in fields.chars() {
        match c {
            '}' | ',' if depth == 0 => {
                if let Some((name, ty)) = field.split_once(':') {
                    let ty = types::parse(ty, &mut unit.types, class);
                    let slot = unit.attribute(at, name.trim());
                    unit.types.learn(slot, &ty);
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
}

/// Whether statements raise to a power that is no constant, which outgrows machine words easily.
fn has_powers(body: &[ruff_python_ast::Stmt]) -> bool {
    struct Finder(bool);
    impl<'a> Visitor<'a> for Finder {
        fn visit_expr(&mut self, e: &'a Ast) {
            if let Ast::BinOp(b) = e
                && b.op == ruff_python_ast::Operator::Pow
                && !matches!(&*b.right, Ast::NumberLiteral(_))
            {
                self.0 = true;
            }
            walk_expr(self, e);
        }
    }
    let mut finder = Finder(false);
    finder.visit_body(body);
    finder.0
}
