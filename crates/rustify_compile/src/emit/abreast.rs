//! Loops whose turns go through their first part several at once: the text.

use super::turns::{Across, Head, across};
use super::writer::{Handler, Row, Writer};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

impl Writer<'_, '_> {
    /// Writes several turns at once in front of a loop over a range; answers what is left of the range.
    pub(super) fn abreast(
        &mut self,
        id: usize,
        turn: Local,
        range: &str,
        body: &[Stmt],
    ) -> Option<String> {
        let head = self.head(turn, body)?;
        if head.lists.iter().any(|list| self.is_owned(*list)) {
            return None;
        }
        let (first, rest) = body.split_at(head.statements);
        let (length, indent, views) = (self.out.len(), self.indent, self.views.len());
        let turns = format!("turns_{id}");
        self.line(&format!("let mut {turns} = {range};"));
        self.line(&format!("while abreast::fits(&{turns}) {{"));
        self.indent += 1;
        self.poll(512);
        let named: Vec<String> = head
            .results
            .iter()
            .map(|l| self.name(*l).into_owned())
            .collect();
        let list =
            |suffix: &str| -> String { named.iter().map(|n| format!("{n}{suffix}, ")).collect() };
        let name = self.name(turn).into_owned();
        self.line(&format!("let head_{id} = || -> Res<_> {{"));
        self.indent += 1;
        self.handlers.push(Handler::Caller);
        self.line(&format!("let {name} = {turns}.start;"));
        let written = self.first_part(id, turn, first, &head);
        self.handlers.pop();
        if written.is_none() {
            self.out.truncate(length);
            self.indent = indent;
            self.views.truncate(views);
            return None;
        }
        self.line(&format!("Ok(({}))", list("")));
        self.indent -= 1;
        self.line("};");
        self.views.truncate(views);
        self.line(&format!(
            "let Ok(({})) = head_{id}() else {{ break }};",
            list(&format!("_abreast_{id}"))
        ));
        for name in &named {
            self.line(&format!(
                "let {name}_abreast_{id} = {name}_abreast_{id}.laid();"
            ));
        }
        self.line(&format!("for turn_{id} in 0..abreast::WIDTH {{"));
        self.indent += 1;
        self.line(&format!("let {name} = {turns}.start + turn_{id} as Int;"));
        for s in first {
            if let Stmt::Assign(_, e) = s
                && e.ty == Ty::Int
            {
                self.stmts(std::slice::from_ref(s));
            }
        }
        for name in &named {
            self.line(&format!("{name} = {name}_abreast_{id}.turn(turn_{id});"));
        }
        self.stmts(rest);
        self.indent -= 1;
        self.line("}");
        self.line(&format!("{turns}.start += abreast::WIDTH as Int;"));
        self.indent -= 1;
        self.line("}");
        Some(turns)
    }

    fn first_part(&mut self, id: usize, turn: Local, stmts: &[Stmt], head: &Head) -> Option<()> {
        for local in &head.floats {
            let text = format!("let mut {}: Abreast;", self.name(*local));
            self.line(&text);
        }
        let mut ints: Vec<&Local> = head.ints.keys().filter(|l| **l != turn).collect();
        ints.sort();
        for local in ints {
            let text = format!("let mut {}: Int;", self.name(*local));
            self.line(&text);
        }
        for list in &head.lists {
            if self.view_of(*list).is_none() {
                self.look_up(*list, &format!("turns_{id}"));
            }
        }
        self.turns(stmts, head)
    }

    fn turns(&mut self, stmts: &[Stmt], head: &Head) -> Option<()> {
        for s in stmts {
            match s {
                Stmt::Assign(local, e) if e.ty == Ty::Float => {
                    let value = self.floats(e, head)?;
                    let text = format!("{} = {value};", self.name(*local));
                    self.line(&text);
                }
                Stmt::Assign(..) => self.stmts(std::slice::from_ref(s)),
                Stmt::For {
                    id, sources, body, ..
                } => {
                    let [(local, Source::Range(range))] = sources.as_slice() else {
                        return None;
                    };
                    let range = self.range(range);
                    let before = self.enter_views(*id, sources, None, body, true);
                    // A row is another one in each turn if what picks it is.
                    self.views.retain(|v| match &v.row {
                        Some(Row::Local(l)) => head.ints.get(l) != Some(&Across::Next),
                        _ => true,
                    });
                    let name = self.name(*local).into_owned();
                    self.line(&format!("for {name} in {range} {{"));
                    self.indent += 1;
                    self.turns(body, head)?;
                    self.indent -= 1;
                    self.line("}");
                    self.leave_views(before);
                }
                _ => return None,
            }
        }
        Some(())
    }

    /// A float of each turn.
    fn floats(&mut self, e: &Expr, head: &Head) -> Option<String> {
        let how = |e: &Expr| across(&head.ints, &head.floats, e);
        if how(e) == Some(Across::Same) {
            return Some(format!("Abreast::of({})", self.value(e)));
        }
        match &e.node {
            Node::Local(local) if head.floats.contains(local) => {
                Some(self.name(*local).into_owned())
            }
            Node::Infix(op, a, b) if a.ty == Ty::Float && b.ty == Ty::Float => {
                let (a, b) = (self.part(a, head)?, self.part(b, head)?);
                matches!(*op, "+" | "-" | "*").then(|| format!("{a} {op} {b}"))
            }
            Node::Prefix("-", a) => Some(format!("-{}", self.part(a, head)?)),
            Node::Call { path, args, .. } if path == "float::div" => {
                let [(_, a), (_, b)] = args.as_slice() else {
                    return None;
                };
                let (a, b) = (self.part(a, head)?, self.floats(b, head)?);
                Some(format!("{a}.over({b})?"))
            }
            Node::Method {
                receiver,
                name,
                args,
                ..
            } if name == "get" && matches!(receiver.ty, Ty::List(_)) => {
                let (Node::Local(list), [(_, i)]) = (&receiver.node, args.as_slice()) else {
                    return None;
                };
                let view = self.view_of(*list)?;
                if how(i) == Some(Across::Next) {
                    return Some(format!("{view}.abreast({})?", self.value(i)));
                }
                self.one_by_one(e, head)
            }
            Node::Method {
                receiver,
                name,
                args,
                ..
            } if name == "get_in" && matches!(receiver.ty, Ty::List(_)) => {
                let (Node::Local(list), [(_, i), (_, j)]) = (&receiver.node, args.as_slice())
                else {
                    return None;
                };
                let view = self.view_of(*list)?;
                if how(i) == Some(Across::Same) && how(j) == Some(Across::Next) {
                    let row = self.row_at(*list, i);
                    let (i, j) = (self.typed(i), self.value(j));
                    return Some(match row {
                        Some(row) => format!("{row}?.abreast({j})?"),
                        None => format!("{view}.abreast_in({i}, {j})?"),
                    });
                }
                self.one_by_one(e, head)
            }
            _ => self.one_by_one(e, head),
        }
    }

    /// A float of each turn as an operand.
    fn part(&mut self, e: &Expr, head: &Head) -> Option<String> {
        let text = self.floats(e, head)?;
        let loose = matches!(e.node, Node::Infix(..) | Node::Prefix(..)) && !text.ends_with(')')
            || text.contains(' ');
        Some(if loose { format!("({text})") } else { text })
    }

    /// A float of each turn, computed turn by turn; it uses no float that differs.
    fn one_by_one(&mut self, e: &Expr, head: &Head) -> Option<String> {
        let mut reads = super::moves::Reads::new();
        super::moves::count_in(e, &mut reads);
        if reads.keys().any(|l| head.floats.contains(l)) {
            return None;
        }
        let mut names: Vec<String> = reads
            .keys()
            .filter(|l| head.ints.get(l) == Some(&Across::Next))
            .map(|l| self.name(*l).into_owned())
            .collect();
        names.sort();
        let along: String = names
            .iter()
            .map(|n| format!("let {n} = int::add({n}, turn)?; "))
            .collect();
        Some(format!(
            "Abreast::each(|turn: Int| {{ {along}Ok({}) }})?",
            self.value(e)
        ))
    }
}
