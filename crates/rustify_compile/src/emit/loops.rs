//! `for` and `while`.

use super::tight::{is_tight, weight};
use super::writer::{Seen, Writer};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;
use crate::walk::{self, Part};

/// So much a part of a range counts before signals are looked for: they are looked for behind each.
const PART: u32 = 1 << 16;

impl Writer<'_, '_> {
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

    pub(super) fn for_loop(
        &mut self,
        id: usize,
        sources: &[(Local, Source)],
        body: &[Stmt],
        orelse: &[Stmt],
    ) {
        let taken = self.take_items(id, body, orelse);
        self.opening(id, orelse);
        let in_parts = self.is_in_parts(sources, body);
        if in_parts {
            self.in_parts.push(id);
        }
        let is_free = self.begin_free(id, in_parts || !is_tight(body));
        let before;
        if let [(local, Source::Range(range))] = sources {
            let by_ones = matches!(&range.node, Node::Call { path, .. } if path == "upto::<Int>");
            let mut range = self.range(range);
            if by_ones && let Some(own) = self.grown(&taken, body) {
                range = format!("{own}.expecting({range})");
            }
            let name = self.name(*local).into_owned();
            before = self.enter_views(id, sources, None, body, is_tight(body));
            let range = self.abreast(id, *local, &range, body).unwrap_or(range);
            let is_tight = is_tight(body);
            let counts = is_tight && self.loops.len() > 1 && by_ones;
            if in_parts {
                self.line(&format!("let mut strips_{id} = Strips::of({range});"));
                self.line(&format!("'loop_{id}: loop {{"));
                self.indent += 1;
                self.line(&format!("'turn_{id}: for {name} in strips_{id}.strip() {{"));
            } else if counts {
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
                if sources.len() == 1
                    && !walks.is_empty()
                    && let Some(own) = self.grown(&taken, body)
                {
                    self.line(&format!("{own}.expect({name}.length());"));
                }
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
        if in_parts {
            self.line(&format!("if strips_{id}.is_done() {{ break }}"));
            self.poll(PART);
            self.indent -= 1;
            self.line("}");
        }
        self.end_free(id, is_free);
        self.leave_views(before);
        self.closing(id, orelse);
        self.give_items(&taken);
    }

    /// Whether a loop has so little to do in a turn that it looks for signals between parts of its range only, and may be
    /// long. Inner loops leave it to those around them.
    fn is_in_parts(&self, sources: &[(Local, Source)], body: &[Stmt]) -> bool {
        let [(_, Source::Range(range))] = sources else {
            return false;
        };
        let Node::Call { path, args, .. } = &range.node else {
            return false;
        };
        path == "upto::<Int>"
            && self.loops.len() == 1
            && is_tight(body)
            && !indexes(body)
            && args.last().is_some_and(|(_, stop)| !is_near(stop))
    }

    /// What holds the items of a list that each turn of a loop adds one to.
    fn grown(&self, taken: &[Local], body: &[Stmt]) -> Option<String> {
        let adds = |list: Local| {
            body.iter().any(|s| {
                matches!(s, Stmt::Do(e) if matches!(&e.node, Node::Method { receiver, name, .. }
                    if name == "append" && matches!(receiver.node, Node::Local(l) if l == list)))
            })
        };
        let list = taken.iter().find(|list| adds(**list))?;
        self.view_of(*list)
    }

    pub(super) fn while_loop(&mut self, id: usize, test: &Expr, body: &[Stmt], orelse: &[Stmt]) {
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

/// Whether statements take items by their places: such a loop ends where something in memory does.
fn indexes(stmts: &[Stmt]) -> bool {
    fn in_part(part: Part<&Expr, &[Stmt]>) -> bool {
        match part {
            Part::Expr(e) => in_expr(e),
            Part::Stmts(stmts) => indexes(stmts),
        }
    }
    fn in_expr(e: &Expr) -> bool {
        if let Node::Method { name, .. } = &e.node
            && matches!(
                name.split("::").next(),
                Some("get" | "get_in" | "set" | "item" | "put" | "item_of" | "put_at")
            )
        {
            return true;
        }
        let mut found = false;
        walk::in_expr(e, &mut |part| found = found || in_part(part));
        found
    }
    stmts.iter().any(|s| {
        let mut found = false;
        walk::in_stmt(s, &mut |part| found = found || in_part(part));
        found
    })
}

/// Whether a range ends where something in memory does, or at a number that is not large.
fn is_near(stop: &Expr) -> bool {
    match &stop.node {
        Node::Literal(text) => text.parse::<u32>().is_ok_and(|n| n <= PART),
        Node::Method { name, .. } => matches!(
            name.split("::").next(),
            Some("length" | "extent" | "first_extent" | "size")
        ),
        Node::As(inner) | Node::Prefix(_, inner) => is_near(inner),
        _ => false,
    }
}
