//! The whole way from a request to a crate.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::Expr as Ast;
use ruff_python_ast::visitor::{Visitor, walk_expr};
use rustify_types::{Compiled, Outcome, Reason, Request};
use sha2::Digest;

use crate::code_changes;
use crate::emit::{self, Specs};
use crate::lower::{self, unit::Unit};
use crate::passes;
use crate::program::Program;
use crate::recorded_globals;
use crate::scopes::Names;
use crate::signatures::signatures;
use crate::source::Source;
use crate::spares::{is_whole, spares};
use crate::unbound;

/// So many passes are made over all functions before what is still unknown counts as known at run time only.
const MOST_PASSES: usize = 24;

/// Translates the chosen functions of a file, as far as they can be.
pub fn compile(request: &Request) -> Result<Compiled, Reason> {
    let source = Source::parse(&request.source)?;
    let program = Program::of(&source);
    let mut unit = Unit::new(&source, &program);
    unit.ml_mode = request.ml_mode;
    recorded_globals::learn(&mut unit, request);
    let mut asked: Vec<(usize, Specs)> = Vec::new();
    let large = with_large_numbers(&program, request);
    let outgrow = outgrowing(&program, &large);
    let mut outcomes: HashMap<usize, Outcome> = HashMap::new();
    let recoded = code_changes::of_module(&source.module.body);
    for profile in &request.functions {
        let Some(function) = program.find(&profile.qualname, profile.line).filter(|&f| {
            let def = &program.functions[f];
            def.parent.is_none() && def.table.is_none() && !def.makes_items()
        }) else {
            continue;
        };
        if let Some(range) = recoded {
            let reason = source.reason(
                range,
                "changed-code",
                "the module gives functions other code than its text says".to_owned(),
                "Give the functions names of their own.",
            );
            outcomes.insert(function, Outcome::Rejected(reason));
            continue;
        }
        let ordinary = signatures(&mut unit, function, profile, false);
        let big = if outgrow.contains(&function) {
            // Not every function that calls one of large numbers has a translation for them.
            unit.guessing = true;
            let big = signatures(&mut unit, function, profile, true);
            unit.guessing = false;
            big
        } else {
            Vec::new()
        };
        let spares = Vec::new();
        asked.push((
            function,
            Specs {
                ordinary,
                big,
                spares,
            },
        ));
    }
    settle(&mut unit);
    let mut translated = Vec::new();
    for (function, mut specs) in asked {
        let obstacle = match unit.rejected.get(&function) {
            None if large.contains(&function) => {
                let mut big = specs.big.iter();
                big.find_map(|&s| unit.specs[s].dead.as_ref())
            }
            known => known,
        };
        let outcome = match obstacle {
            Some(reason) => Outcome::Rejected(reason.clone()),
            None => {
                specs.big.retain(|&s| is_whole(&unit, s));
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
    let spares = (!request.recorded_only)
        .then(|| spares(&mut unit, &mut translated, request, &outgrow, settle));
    let hash: String = sha2::Sha256::digest(request.source.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let files = if translated.is_empty() {
        Vec::new()
    } else {
        emit::crate_files(
            &unit,
            spares.as_ref(),
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

/// Learns all types, and makes the last trees as they are written.
fn settle(unit: &mut Unit<'_>) {
    learn(unit);
    lower::class_uses::rely_on_classes(unit);
    passes::mark_recursion(unit);
    passes::mark_shading(unit);
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
    passes::mark_free(unit);
    passes::mark_handing_on(unit);
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

/// The functions that were recorded with whole numbers that outgrow machine words.
fn with_large_numbers(program: &Program<'_>, request: &Request) -> HashSet<usize> {
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
    found
}

/// Those functions, others whose whole numbers may grow as large, and all that call them by name.
fn outgrowing(program: &Program<'_>, large: &HashSet<usize>) -> HashSet<usize> {
    let mut found = large.clone();
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
