//! `for` and `while`.

use super::tight::{is_tight, weight};
use super::writer::{Seen, Writer};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

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
