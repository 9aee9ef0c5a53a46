//! Statements and whole functions as Rust.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::moves::{self, Reads};
use super::tight::{is_tight, weight};
use super::writer::{Exit, Handler, Seen, Writer};
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
        exits: Vec::new(),
        catching: Vec::new(),
        result: unit.types.rust(&unit.types.get(unit.specs[spec].result)),
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
    if function.recursive {
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
    for line in unit.source.text[source.start().to_usize()..source.end().to_usize()].lines() {
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
    let _ = writeln!(
        out,
        "pub(crate) fn {}({}) -> Res<{result}> {{",
        function.name,
        params.join(", ")
    );
    out.push_str(&body);
    out.push_str("}\n\n");
    if function.is_inner {
        return out;
    }
    let numpys = function
        .locals
        .iter()
        .any(|v| matches!(unit.types.get(v.slot), Ty::Array(..) | Ty::Np(_)));
    out.push_str(&entry(function, numpys));
    out
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

impl Writer<'_, '_> {
    pub(super) fn stmts(&mut self, stmts: &[Stmt]) {
        let before = self.views.len();
        for (i, s) in stmts.iter().enumerate() {
            self.note_fresh(&stmts[..i], s);
            if !self.hand_over(&stmts[..i], s) {
                self.stmt(s);
            }
            if let Stmt::Assign(local, _) = s {
                self.look_up_picked(*local, &stmts[i + 1..]);
            }
        }
        self.views.truncate(before);
    }

    /// Gives a variable the value of another one that was set right before and is read nowhere else.
    fn hand_over(&mut self, before: &[Stmt], s: &Stmt) -> bool {
        let Stmt::Assign(to, e) = s else {
            return false;
        };
        let Node::Local(from) = e.node else {
            return false;
        };
        let is_last = self.reads.get(&from) == Some(&1)
            && !e.ty.is_copy()
            && self.is_own(from)
            && self.is_own(*to)
            && !self.function.locals[from].in_place
            && !self.function.locals[*to].in_place
            && from >= self.function.params
            && before
                .iter()
                .any(|s| matches!(s, Stmt::Assign(local, _) if *local == from));
        if is_last {
            let text = format!("{} = {};", self.name(*to), self.name(from));
            self.line(&text);
        }
        is_last
    }

    fn block(&mut self, stmts: &[Stmt]) {
        self.indent += 1;
        self.stmts(stmts);
        self.indent -= 1;
    }

    fn stmt(&mut self, s: &Stmt) {
        match s {
            Stmt::Assign(local, e) => {
                let variable = &self.function.locals[*local];
                let (name, unbound, in_place) = (
                    self.name(*local).into_owned(),
                    variable.maybe_unbound,
                    variable.in_place,
                );
                let value = self.own(e);
                let text = match (in_place, unbound) {
                    (true, _) => format!("let mut {name} = {value};"),
                    (_, true) => format!("{name} = Some({value});"),
                    _ => format!("{name} = {value};"),
                };
                self.line(&text);
            }
            Stmt::Do(e) => {
                if let Node::Literal(_) = e.node {
                    return;
                }
                if let Node::Method { receiver, name, .. } = &e.node
                    && let Node::Local(local) = receiver.node
                    && name == "push"
                    && self.function.locals[local].maybe_unbound
                {
                    return self.push_unbound(local, e);
                }
                let text = self.value(e);
                let text = if e.ty == Ty::None {
                    format!("{text};")
                } else {
                    format!("let _ = {text};")
                };
                self.line(&text);
            }
            Stmt::If(test, yes, no) => {
                let test = self.value(test);
                self.line(&format!("if {test} {{"));
                self.block(yes);
                let mut rest = no.as_slice();
                while let [Stmt::If(test, yes, no)] = rest {
                    let test = self.value(test);
                    self.line(&format!("}} else if {test} {{"));
                    self.block(yes);
                    rest = no;
                }
                if !rest.is_empty() {
                    self.line("} else {");
                    self.block(rest);
                }
                self.line("}");
            }
            Stmt::For {
                id,
                sources,
                body,
                orelse,
                ..
            } => self.for_loop(*id, sources, body, orelse),
            Stmt::While {
                id,
                test,
                body,
                orelse,
            } => self.while_loop(*id, test, body, orelse),
            Stmt::Break(id) => self.leave(Exit::Break(*id)),
            Stmt::Continue(id) => self.leave(Exit::Continue(*id)),
            Stmt::Return(e) => {
                if self.finally_below(0).is_some() {
                    // What runs on the way out may still read the variable.
                    let value = self.own(e);
                    return self.leave(Exit::Return(value));
                }
                let value = match e.node {
                    Node::Local(local) if self.is_own(local) => self.name(local).into_owned(),
                    _ => self.own(e),
                };
                self.leave(Exit::Return(value));
            }
            Stmt::Unbind(local) => {
                if self.function.locals[*local].maybe_unbound {
                    let name = self.name(*local).into_owned();
                    self.line(&format!("{name} = None;"));
                }
            }
            Stmt::Raise(e) => {
                let error = self.value(e);
                self.raise(&error);
            }
            Stmt::Reraise(local) => {
                let error = self.name(*local).into_owned();
                if let Some((_, id)) = self.catching.iter().rev().find(|(l, _)| l == local) {
                    let text = format!("caught_{id}.again();");
                    self.line(&text);
                }
                self.raise(&error);
            }
            Stmt::Try {
                id,
                body,
                handlers,
                orelse,
                finally,
                error,
            } => {
                if finally.is_empty() {
                    return self.try_block(*id, body, handlers, orelse, *error);
                }
                self.finally_block(*id, body, handlers, orelse, finally, *error);
            }
        }
    }

    /// `text += other` of a variable that may have no value.
    fn push_unbound(&mut self, local: Local, e: &Expr) {
        let Node::Method { args, .. } = &e.node else {
            return;
        };
        let name = self.name(local).into_owned();
        let other = args
            .iter()
            .map(|(_, a)| self.value(a))
            .next()
            .unwrap_or_default();
        let push = self.fallible(&format!("push_bound(&mut {name}, &{other})"));
        self.line(&format!("{push};"));
    }

    fn raise(&mut self, error: &str) {
        let text = match self.handlers.last() {
            Some(Handler::Try(id)) => format!("break 'try_{id} {error};"),
            Some(Handler::Finally(id)) => format!("break 'finally_{id} Err({error});"),
            _ => format!("return Err({error});"),
        };
        self.line(&text);
    }

    pub(super) fn try_block(
        &mut self,
        id: usize,
        body: &[Stmt],
        handlers: &[(Vec<Expr>, Vec<Stmt>)],
        orelse: &[Stmt],
        error: Local,
    ) {
        let name = self.name(error).into_owned();
        self.line(&format!("'done_{id}: {{"));
        self.indent += 1;
        self.line(&format!("let {name}: Exc = 'try_{id}: {{"));
        self.handlers.push(Handler::Try(id));
        self.block(body);
        self.handlers.pop();
        self.block(orelse);
        self.indent += 1;
        self.line(&format!("break 'done_{id};"));
        self.indent -= 1;
        self.line("};");
        let mut first = true;
        for (classes, handler) in handlers {
            let tests: Vec<String> = classes
                .iter()
                .map(|c| format!("{name}.matches({})", self.value(c)))
                .collect();
            let otherwise = if first { "" } else { "} else " };
            self.line(&format!("{otherwise}if {} {{", tests.join(" || ")));
            self.indent += 1;
            self.line(&format!("let mut caught_{id} = exc::set_aside();"));
            self.catching.push((error, id));
            self.stmts(handler);
            self.catching.pop();
            self.indent -= 1;
            first = false;
        }
        if first {
            self.raise(&name);
        } else {
            self.line("} else {");
            self.indent += 1;
            self.raise(&name);
            self.indent -= 1;
            self.line("}");
        }
        self.indent -= 1;
        self.line("}");
    }

    fn opening(&mut self, id: usize, orelse: &[Stmt]) {
        self.loops.push((id, self.handlers.len()));
        if !orelse.is_empty() {
            self.with_else.push(id);
            self.line(&format!("'else_{id}: {{"));
            self.indent += 1;
        }
    }

    fn closing(&mut self, id: usize, orelse: &[Stmt]) {
        self.loops.pop();
        if !orelse.is_empty() {
            self.with_else.retain(|&x| x != id);
            self.stmts(orelse);
            self.indent -= 1;
            self.line("}");
        }
    }

    /// Looks for signals; their handlers may change lists, which are looked up again then.
    pub(super) fn poll(&mut self, weight: u32) {
        let poll = match self.free {
            Some(id) => {
                let apart = self.apart(id);
                format!("poll_free(&mut ticks, {weight}, &mut free_{id}, || {apart})")
            }
            None => format!("poll(&mut ticks, {weight})"),
        };
        let poll = self.fallible(&poll);
        let again: Vec<String> = self
            .views
            .iter()
            .filter(|v| v.row.is_none() && !v.is_own)
            .map(|v| match v.list {
                Some(list) => format!("{} = {}.view();", v.name, self.name(list)),
                None => format!("{}.renew();", v.name),
            })
            .collect();
        if again.is_empty() {
            self.line(&format!("{poll};"));
        } else {
            self.line(&format!("if {poll} {{ {} }}", again.join(" ")));
        }
    }

    /// Before a loop: whether it is the outermost one that touches no Python object.
    fn begin_free(&mut self, id: usize, polls: bool) -> bool {
        let is_free = self.free.is_none() && self.function.free_loops.contains_key(&id) && polls;
        if is_free {
            self.line(&format!("let mut free_{id} = Free::new();"));
            self.free = Some(id);
        }
        is_free
    }

    /// After such a loop.
    fn end_free(&mut self, id: usize, is_free: bool) {
        if is_free {
            self.free = None;
            let end = self.fallible(&format!("free_{id}.end()"));
            self.line(&format!("{end};"));
        }
    }

    /// Whether the lists of such a loop are in Rust.
    fn apart(&self, id: usize) -> String {
        let lists = self.function.free_loops.get(&id);
        let tests: Vec<String> = lists
            .into_iter()
            .flatten()
            .map(|(list, changes)| format!("{}.is_apart::<{changes}>()", self.name(*list)))
            .collect();
        if tests.is_empty() {
            "true".to_owned()
        } else {
            tests.join(" && ")
        }
    }

    /// A range to walk over; one step at a time it is Rust's own, which knows that its numbers cannot overflow.
    pub(super) fn range(&mut self, range: &Expr) -> String {
        if let Node::Call { path, args, .. } = &range.node
            && path == "upto::<Int>"
            && let [(_, start), (_, stop)] = args.as_slice()
        {
            let (start, stop) = (self.typed(start), self.operand(stop));
            return format!("({start})..{stop}");
        }
        self.value(range)
    }

    fn for_loop(&mut self, id: usize, sources: &[(Local, Source)], body: &[Stmt], orelse: &[Stmt]) {
        let taken = self.take_items(id, body, orelse);
        self.opening(id, orelse);
        let is_free = self.begin_free(id, !is_tight(body));
        let before;
        if let [(local, Source::Range(range))] = sources {
            let by_ones = matches!(&range.node, Node::Call { path, .. } if path == "upto::<Int>");
            let range = self.range(range);
            let name = self.name(*local).into_owned();
            before = self.enter_views(id, sources, None, body, is_tight(body));
            let range = self.abreast(id, *local, &range, body).unwrap_or(range);
            let is_tight = is_tight(body);
            let counts = is_tight && self.loops.len() > 1 && by_ones;
            if counts {
                self.line(&format!("'loop_{id}: for {name} in ticks.over({range}) {{"));
            } else {
                self.line(&format!("'loop_{id}: for {name} in {range} {{"));
            }
            self.indent += 1;
            if !is_tight {
                self.poll(weight(None, body));
            }
        } else {
            let mut walks = Vec::new();
            for (i, (_, source)) in sources.iter().enumerate() {
                let (Source::Range(e) | Source::Each(e)) = source;
                let name = format!("items_{id}_{i}");
                let iter = match &e.node {
                    Node::Method { receiver, name, .. }
                        if matches!(receiver.ty, Ty::List(_))
                            && name == "iter"
                            && self.is_calm(receiver, body) =>
                    {
                        walks.push(format!("items_{id}_{i}"));
                        format!("{}.walk()", self.operand(receiver))
                    }
                    _ => self.value(e),
                };
                self.line(&format!("let mut {name} = {iter};"));
            }
            // The end of a list is never far.
            let is_short = !walks.is_empty() && is_tight(body);
            before = self.enter_views(id, sources, None, body, is_short);
            self.views.extend(walks.into_iter().map(Seen::walk));
            self.line(&format!("'loop_{id}: loop {{"));
            self.indent += 1;
            for (i, (local, source)) in sources.iter().enumerate() {
                let next = match source {
                    Source::Range(_) => format!("items_{id}_{i}.next()"),
                    Source::Each(_) => self.fallible(&format!("items_{id}_{i}.next()")),
                };
                let name = self.name(*local).into_owned();
                self.line(&format!("let Some({name}) = {next} else {{ break }};"));
            }
            if !is_short {
                self.poll(weight(None, body));
            }
        }
        self.stmts(body);
        self.indent -= 1;
        self.line("}");
        self.end_free(id, is_free);
        self.leave_views(before);
        self.closing(id, orelse);
        self.give_items(&taken);
    }

    fn while_loop(&mut self, id: usize, test: &Expr, body: &[Stmt], orelse: &[Stmt]) {
        let taken = self.take_items(id, body, orelse);
        self.opening(id, orelse);
        let is_free = self.begin_free(id, true);
        let before = self.enter_views(id, &[], Some(test), body, false);
        self.line(&format!("'loop_{id}: loop {{"));
        self.indent += 1;
        let always = matches!(&test.node, Node::Literal(t) if t == "true");
        if !always {
            let test = self.value(test);
            self.line(&format!("if !({test}) {{ break }}"));
        }
        if !matches!(body.last(), Some(Stmt::Break(_))) {
            self.poll(weight(Some(test), body));
        }
        self.stmts(body);
        self.indent -= 1;
        self.line("}");
        self.end_free(id, is_free);
        self.leave_views(before);
        self.closing(id, orelse);
        self.give_items(&taken);
    }
}

/// What the tables need to know of a function's tree.
pub(super) fn entry_name(function: &Function) -> String {
    format!("{}_entry", function.name)
}
