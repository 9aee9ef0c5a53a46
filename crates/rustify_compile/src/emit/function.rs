//! Whole functions as Rust, and Python's way into them.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::moves::{self, Reads};
use super::writer::{Handler, Writer};
use crate::ir::{Expr, Function, Local, Node, Source, Stmt};
use crate::lower::unit::Unit;
use crate::types::Ty;

/// The text of a function and of its entry.
pub(super) fn function(unit: &Unit<'_>, spec: usize) -> String {
    let function = &unit.specs[spec].tree;
    let mut w = Writer {
        unit,
        function,
        out: String::new(),
        indent: 1,
        handlers: vec![Handler::Caller],
        with_else: Vec::new(),
        loops: Vec::new(),
        in_parts: Vec::new(),
        exits: Vec::new(),
        catching: Vec::new(),
        result: match function.gives {
            Some(_) => "()".to_owned(),
            None => unit.types.rust(&unit.types.get(unit.specs[spec].result)),
        },
        reads: Reads::new(),
        assigned: HashMap::new(),
        fresh: Vec::new(),
        calm: Vec::new(),
        views: Vec::new(),
        free: None,
    };
    moves::count(&function.body, &mut w.reads);
    moves::values(&function.body, &mut w.assigned);
    let mut declared_by_loops = HashSet::new();
    let mut assigned = HashSet::new();
    collect(&function.body, &mut declared_by_loops, &mut assigned);
    if function.recursive && function.gives.is_none() {
        let free = if function.is_free { "_free" } else { "" };
        w.line(&format!("let _level = recursion::enter{free}()?;"));
    }
    w.line("let mut ticks = Ticks::new();");
    for (local, variable) in function.locals.iter().enumerate() {
        let ty = unit.types.rust(&unit.types.get(variable.slot));
        if local < function.params {
            if variable.maybe_unbound {
                let text = format!("let mut {0}: Option<{ty}> = Some({0});", variable.name);
                w.line(&text);
            }
        } else if (assigned.contains(&local)
            || variable.maybe_unbound && !declared_by_loops.contains(&local))
            && !variable.in_place
        {
            let text = if variable.maybe_unbound {
                format!("let mut {}: Option<{ty}> = None;", variable.name)
            } else {
                format!("let mut {}: {ty};", variable.name)
            };
            w.line(&text);
        }
    }
    w.stmts(&function.body);
    let body = w.out;
    let def = &unit.program.functions[unit.specs[spec].function];
    let result = unit.types.rust(&unit.types.get(unit.specs[spec].result));
    let mut out = String::new();
    let source = ruff_text_size::Ranged::range(def.node);
    let text = &unit.source.text[source.start().to_usize()..source.end().to_usize()];
    for line in text.lines() {
        let _ = writeln!(
            out,
            "///{}{line}",
            if line.is_empty() { "" } else { "     " }
        );
    }
    let params: Vec<String> = (0..function.params)
        .map(|i| {
            let v = &function.locals[i];
            let ty = unit.types.rust(&unit.types.get(v.slot));
            if v.by_ref {
                return format!("{}: &mut {ty}", v.name);
            }
            format!("mut {}: {ty}", v.name)
        })
        .collect();
    match function.gives {
        Some(slot) => {
            let item = unit.types.rust(&unit.types.get(slot));
            out.push_str(&generator(function, &params.join(", "), &item, &result));
        }
        None => {
            let _ = writeln!(
                out,
                "pub(crate) fn {}({}) -> Res<{result}> {{",
                function.name,
                params.join(", ")
            );
        }
    }
    out.push_str(&body);
    out.push_str("}\n\n");
    if function.is_inner || function.gives.is_some() {
        return out;
    }
    let numpys = function
        .locals
        .iter()
        .any(|v| matches!(unit.types.get(v.slot), Ty::Array(..) | Ty::Np(_)));
    out.push_str(&entry(function, numpys));
    out
}

/// A generator: what makes it, and the head of its body, which goes on where it gave its last item.
fn generator(function: &Function, params: &str, item: &str, result: &str) -> String {
    let name = &function.name;
    let given: Vec<&str> = function.locals[..function.params]
        .iter()
        .map(|v| v.name.as_str())
        .collect();
    let given = given.join(", ");
    format!(
        "pub(crate) fn {name}({params}) -> Res<{result}> {{\n    Ok(Iter::generator(move |turn| {name}_body(turn, {given})))\n}}\n\nasync fn {name}_body(turn: Turn<{item}>, {params}) -> Res<()> {{\n"
    )
}

/// The text of Python's way into a function.
fn entry(function: &Function, numpys: bool) -> String {
    let (take, before, after) = match (function.shaded, function.changes_lists) {
        (false, _) => ("argument(arguments, ", "", ""),
        (true, false) => (
            "shades.argument(arguments, ",
            "    let shades = Shades::new();\n",
            "",
        ),
        (true, true) => (
            "shades.argument(arguments, ",
            "    let shades = Shades::new();\n",
            "    shades.write_back()?;\n",
        ),
    };
    let name = &function.name;
    let mut out = format!(
        "/// Python's way into [`{name}`].\npub(crate) fn {name}_entry(arguments: Arguments<'_>) -> Res<Obj> {{\n{before}"
    );
    if numpys {
        out.push_str("    ndcall::usual()?;\n");
    }
    if before.is_empty() {
        let args: Vec<String> = (0..function.params)
            .map(|i| format!("{take}{i})?"))
            .collect();
        let args = args.join(", ");
        if function.is_free && function.is_long {
            let _ = writeln!(out, "    held_again({name}({args}))?.into_obj()\n}}\n");
            return out;
        }
        let _ = writeln!(out, "    {name}({args})?.into_obj()\n}}\n");
        return out;
    }
    let args: Vec<String> = (0..function.params)
        .map(|i| format!("argument_{i}"))
        .collect();
    for (i, arg) in args.iter().enumerate() {
        let _ = writeln!(out, "    let {arg} = {take}{i})?;");
    }
    let _ = writeln!(
        out,
        "    shades.begin();\n    let result = {name}({})?.into_obj()?;\n{after}    Ok(result)\n}}\n",
        args.join(", ")
    );
    out
}

/// Variables that loops declare, and those that assignments need declared.
fn collect(stmts: &[Stmt], loops: &mut HashSet<Local>, assigned: &mut HashSet<Local>) {
    for s in stmts {
        match s {
            Stmt::Assign(local, e) => {
                assigned.insert(*local);
                in_expr(e, loops, assigned);
            }
            Stmt::Do(e) | Stmt::Return(e) | Stmt::Raise(e) => in_expr(e, loops, assigned),
            Stmt::If(e, a, b) => {
                in_expr(e, loops, assigned);
                collect(a, loops, assigned);
                collect(b, loops, assigned);
            }
            Stmt::For {
                sources,
                body,
                orelse,
                ..
            } => {
                for (local, source) in sources {
                    loops.insert(*local);
                    match source {
                        Source::Range(e) | Source::Each(e) => in_expr(e, loops, assigned),
                    }
                }
                collect(body, loops, assigned);
                collect(orelse, loops, assigned);
            }
            Stmt::While {
                test, body, orelse, ..
            } => {
                in_expr(test, loops, assigned);
                collect(body, loops, assigned);
                collect(orelse, loops, assigned);
            }
            Stmt::Try {
                body,
                handlers,
                orelse,
                finally,
                ..
            } => {
                collect(body, loops, assigned);
                for (classes, handler) in handlers {
                    classes.iter().for_each(|c| in_expr(c, loops, assigned));
                    collect(handler, loops, assigned);
                }
                collect(orelse, loops, assigned);
                collect(finally, loops, assigned);
            }
            Stmt::Break(_) | Stmt::Continue(_) | Stmt::Reraise(_) | Stmt::Unbind(_) => {}
        }
    }
}

fn in_expr(e: &Expr, loops: &mut HashSet<Local>, assigned: &mut HashSet<Local>) {
    match &e.node {
        Node::Local(_)
        | Node::Borrow(_)
        | Node::Literal(_)
        | Node::Constant(_)
        | Node::Capture(_) => {}
        Node::Call { args, .. } => args.iter().for_each(|(_, a)| in_expr(a, loops, assigned)),
        Node::Method { receiver, args, .. } => {
            in_expr(receiver, loops, assigned);
            args.iter().for_each(|(_, a)| in_expr(a, loops, assigned));
        }
        Node::Function(_, args) | Node::Tuple(args) | Node::Array(args) | Node::Fused(args, _) => {
            args.iter().for_each(|a| in_expr(a, loops, assigned));
        }
        Node::Infix(_, a, b) => {
            in_expr(a, loops, assigned);
            in_expr(b, loops, assigned);
        }
        Node::Prefix(_, a) | Node::Field(a, _) | Node::As(a) => in_expr(a, loops, assigned),
        Node::Choice(t, a, b) => [t, a, b]
            .into_iter()
            .for_each(|x| in_expr(x, loops, assigned)),
        Node::Block(stmts, value) => {
            collect(stmts, loops, assigned);
            in_expr(value, loops, assigned);
        }
    }
}

/// What the tables need to know of a function's tree.
pub(super) fn entry_name(function: &Function) -> String {
    format!("{}_entry", function.name)
}
