//! `finally`: what runs on every way out, and then the way out itself.

use super::writer::{Exit, Handler, Writer};
use crate::ir::{Expr, Local, Stmt};

impl Writer<'_, '_> {
    /// The innermost `finally` around, above a number of handlers.
    pub(super) fn finally_below(&self, depth: usize) -> Option<usize> {
        self.handlers[depth.min(self.handlers.len())..]
            .iter()
            .rev()
            .find_map(|h| match h {
                Handler::Finally(id) => Some(*id),
                _ => None,
            })
    }

    /// Leaves by a way that is no exception, over the `finally` parts in between.
    pub(super) fn leave(&mut self, exit: Exit) {
        let depth = match &exit {
            Exit::Return(_) => 0,
            Exit::Break(id) | Exit::Continue(id) => self
                .loops
                .iter()
                .rev()
                .find(|(l, _)| l == id)
                .map_or(0, |(_, d)| *d),
        };
        let Some(finally) = self.finally_below(depth) else {
            let text = match exit {
                Exit::Return(value) => format!("return Ok({value});"),
                Exit::Continue(id) if self.in_parts.contains(&id) => {
                    format!("continue 'turn_{id};")
                }
                Exit::Continue(id) => format!("continue 'loop_{id};"),
                Exit::Break(id) if self.with_else.contains(&id) => format!("break 'else_{id};"),
                Exit::Break(id) => format!("break 'loop_{id};"),
            };
            return self.line(&text);
        };
        let exit = match exit {
            Exit::Return(value) => {
                self.line(&format!("result_{finally} = Some({value});"));
                Exit::Return(String::new())
            }
            other => other,
        };
        let known = self
            .exits
            .iter()
            .filter(|(id, _)| *id == finally)
            .position(|(_, e)| *e == exit);
        let number = known.unwrap_or_else(|| {
            self.exits.push((finally, exit));
            self.exits.iter().filter(|(id, _)| *id == finally).count() - 1
        });
        self.line(&format!("exit_{finally} = {};", number + 1));
        self.line(&format!("break 'finally_{finally} Ok(());"));
    }

    /// `try` with a `finally`.
    pub(super) fn finally_block(
        &mut self,
        id: usize,
        body: &[Stmt],
        handlers: &[(Vec<Expr>, Vec<Stmt>)],
        orelse: &[Stmt],
        finally: &[Stmt],
        error: Local,
    ) {
        self.line(&format!("let mut exit_{id} = 0;"));
        let result = self.result.clone();
        self.line(&format!("let mut result_{id}: Option<{result}> = None;"));
        self.line(&format!("let outcome_{id}: Res<()> = 'finally_{id}: {{"));
        self.indent += 1;
        self.handlers.push(Handler::Finally(id));
        self.try_block(id, body, handlers, orelse, error);
        self.handlers.pop();
        self.line("Ok(())");
        self.indent -= 1;
        self.line("};");
        // An exception that waits keeps its value while others come and go.
        self.line(&format!("let waiting_{id} = exc::set_aside();"));
        self.stmts(finally);
        self.line(&format!("exc::put_back(waiting_{id});"));
        let text = self.fallible(&format!("outcome_{id}"));
        self.line(&format!("{text};"));
        let exits: Vec<Exit> = self
            .exits
            .iter()
            .filter(|(f, _)| *f == id)
            .map(|(_, e)| e.clone())
            .collect();
        for (number, exit) in exits.into_iter().enumerate() {
            self.line(&format!("if exit_{id} == {} {{", number + 1));
            self.indent += 1;
            let exit = match exit {
                Exit::Return(_) => {
                    let value = self.fallible(&format!("some(result_{id})"));
                    self.line(&format!("let value = {value};"));
                    Exit::Return("value".to_owned())
                }
                other => other,
            };
            self.leave(exit);
            self.indent -= 1;
            self.line("}");
        }
    }
}
