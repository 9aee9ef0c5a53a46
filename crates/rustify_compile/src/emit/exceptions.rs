//! `raise`, and `try` with its handlers.

use super::writer::{Handler, Writer};
use crate::ir::{Expr, Local, Stmt};

impl Writer<'_, '_> {
    pub(super) fn raise(&mut self, error: &str) {
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
}
