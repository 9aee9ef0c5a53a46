//! `heapq` on lists of instances: their `<` is a method or compares fields, so the steps are written out.

use ruff_python_ast::{CmpOp, ExprCall};
use ruff_text_size::Ranged;

use super::build::{block, call, give_up_if, infix, int, method, none, not, own};
use super::scope::{Low, Lowerer};
use crate::ir::{Expr, Local, Stmt};
use crate::types::Ty;

fn plus(a: Expr, b: Expr) -> Expr {
    call("int::add", Ty::Int, vec![own(a), own(b)])
}

fn minus(a: Expr, b: Expr) -> Expr {
    call("int::sub", Ty::Int, vec![own(a), own(b)])
}

impl Lowerer<'_, '_> {
    /// A call of `heapq` on a list of instances; nothing for functions that are not written out here.
    pub(super) fn instance_heap(
        &mut self,
        e: &ExprCall,
        name: &str,
        list: Expr,
        slot: usize,
    ) -> Low<Option<Expr>> {
        let item = self.unit.types.get(slot);
        if !matches!(item, Ty::Instance(_)) {
            return Ok(None);
        }
        let heap = self.temporary("heap", e, &list.ty.clone());
        let mut stmts = vec![self.assign(heap, list)];
        Ok(Some(match (name, &e.arguments.args[1..]) {
            ("heappush", [value]) => {
                let value = self.expr(value)?;
                let value = self.coerce(value, &item);
                let read = self.read(heap);
                stmts.push(Stmt::Do(method(read, "append", Ty::None, vec![own(value)])));
                let last = self.heap_length(heap);
                let at = self.temporary("place", e, &Ty::Int);
                stmts.push(self.assign(at, minus(last, int(1))));
                let start = self.temporary("root", e, &Ty::Int);
                stmts.push(self.assign(start, int(0)));
                stmts.extend(self.moved_down(e, heap, start, at)?);
                block(stmts, none())
            }
            ("heappop", []) => {
                let n = self.heap_length(heap);
                stmts.push(give_up_if(infix("==", Ty::Bool, n, int(0))));
                let result = self.temporary("popped", e, &item);
                let read = self.read(heap);
                let last = method(read, "pop", item.clone(), vec![own(int(-1))]);
                stmts.push(self.assign(result, last));
                let start = self.temporary("root", e, &Ty::Int);
                let first = self.temporary("first", e, &item);
                let top = self.heap_item(heap, int(0));
                let mut go_on = vec![self.assign(first, top)];
                let last = self.read(result);
                go_on.push(self.put_in_heap(heap, int(0), last));
                go_on.push(self.assign(start, int(0)));
                go_on.extend(self.moved_up(e, heap, start)?);
                let first = self.read(first);
                go_on.push(self.assign(result, first));
                let n = self.heap_length(heap);
                let is_full = infix("!=", Ty::Bool, n, int(0));
                stmts.push(Stmt::If(is_full, go_on, Vec::new()));
                let value = self.read(result);
                block(stmts, value)
            }
            ("heapify", []) => {
                let start = self.temporary("root", e, &Ty::Int);
                let n = self.heap_length(heap);
                let half = call("int::shr", Ty::Int, vec![own(n), own(int(1))]);
                stmts.push(self.assign(start, half));
                let id = self.next_id();
                let now = self.read(start);
                let test = infix(">", Ty::Bool, now, int(0));
                let now = self.read(start);
                let mut body = vec![self.assign(start, minus(now, int(1)))];
                self.loops.push(id);
                let up = self.moved_up(e, heap, start);
                self.loops.pop();
                body.extend(up?);
                stmts.push(Stmt::While {
                    id,
                    test,
                    body,
                    orelse: Vec::new(),
                });
                block(stmts, none())
            }
            _ => return Ok(None),
        }))
    }

    fn heap_length(&mut self, heap: Local) -> Expr {
        let read = self.read(heap);
        super::build::length(read)
    }

    fn heap_item(&mut self, heap: Local, at: Expr) -> Expr {
        let read = self.read(heap);
        let Ty::List(slot) = read.ty else {
            return none();
        };
        let ty = self.unit.types.get(slot);
        method(read, "get", ty, vec![own(at)])
    }

    fn put_in_heap(&mut self, heap: Local, at: Expr, item: Expr) -> Stmt {
        let read = self.read(heap);
        Stmt::Do(method(read, "set", Ty::None, vec![own(at), own(item)]))
    }

    fn is_smaller(&mut self, at: &impl Ranged, a: Expr, b: Expr) -> Low<Expr> {
        let test = self.compare(at, CmpOp::Lt, a, b)?;
        Ok(self.truth(test))
    }

    /// Moves an item towards the root `start` until its parent is not larger.
    fn moved_down(&mut self, e: &ExprCall, heap: Local, start: Local, at: Local) -> Low<Vec<Stmt>> {
        let place = self.read(at);
        let item = self.heap_item(heap, place);
        let ty = item.ty.clone();
        let (kept, parent) = (
            self.temporary("sifted", e, &ty),
            self.temporary("parent", e, &ty),
        );
        let up = self.temporary("above", e, &Ty::Int);
        let keep = self.assign(kept, item);
        let id = self.next_id();
        let (a, b) = (self.read(at), self.read(start));
        let test = infix(">", Ty::Bool, a, b);
        let place = self.read(at);
        let above = call(
            "int::shr",
            Ty::Int,
            vec![own(minus(place, int(1))), own(int(1))],
        );
        let mut body = vec![self.assign(up, above)];
        let place = self.read(up);
        let item = self.heap_item(heap, place);
        body.push(self.assign(parent, item));
        let (a, b) = (self.read(kept), self.read(parent));
        let smaller = self.is_smaller(e, a, b)?;
        body.push(Stmt::If(not(smaller), vec![Stmt::Break(id)], Vec::new()));
        let (place, item) = (self.read(up), self.read(kept));
        body.push(self.put_in_heap(heap, place, item));
        let (place, item) = (self.read(at), self.read(parent));
        body.push(self.put_in_heap(heap, place, item));
        let place = self.read(up);
        body.push(self.assign(at, place));
        Ok(vec![
            keep,
            Stmt::While {
                id,
                test,
                body,
                orelse: Vec::new(),
            },
        ])
    }

    /// Moves the smaller children up from `start` until a leaf is reached, then the item there down to its place.
    fn moved_up(&mut self, e: &ExprCall, heap: Local, start: Local) -> Low<Vec<Stmt>> {
        let (at, child) = (
            self.temporary("place", e, &Ty::Int),
            self.temporary("child", e, &Ty::Int),
        );
        let (end, limit) = (
            self.temporary("end", e, &Ty::Int),
            self.temporary("limit", e, &Ty::Int),
        );
        let first = self.read(start);
        let n = self.heap_length(heap);
        let mut stmts = vec![self.assign(at, first), self.assign(end, n)];
        let n = self.read(end);
        let half = call("int::shr", Ty::Int, vec![own(n), own(int(1))]);
        stmts.push(self.assign(limit, half));
        let id = self.next_id();
        let (a, b) = (self.read(at), self.read(limit));
        let test = infix("<", Ty::Bool, a, b);
        let (a, b) = (self.read(at), self.read(at));
        let mut body = vec![self.assign(child, plus(plus(a, b), int(1)))];
        let (next, n) = (self.read(child), self.read(end));
        let has_two = infix("<", Ty::Bool, plus(next, int(1)), n);
        let (left, right) = (self.read(child), self.read(child));
        let (a, b) = (
            self.heap_item(heap, left),
            self.heap_item(heap, plus(right, int(1))),
        );
        let smaller = self.is_smaller(e, a, b)?;
        let now = self.read(child);
        let other = vec![self.assign(child, plus(now, int(1)))];
        body.push(Stmt::If(
            has_two,
            vec![Stmt::If(not(smaller), other, Vec::new())],
            Vec::new(),
        ));
        let (upper, lower) = (
            self.temporary("upper", e, &Ty::Never),
            self.temporary("lower", e, &Ty::Never),
        );
        let place = self.read(child);
        let item = self.heap_item(heap, place);
        body.push(self.assign(upper, item));
        let place = self.read(at);
        let item = self.heap_item(heap, place);
        body.push(self.assign(lower, item));
        let (place, item) = (self.read(at), self.read(upper));
        body.push(self.put_in_heap(heap, place, item));
        let (place, item) = (self.read(child), self.read(lower));
        body.push(self.put_in_heap(heap, place, item));
        let place = self.read(child);
        body.push(self.assign(at, place));
        stmts.push(Stmt::While {
            id,
            test,
            body,
            orelse: Vec::new(),
        });
        stmts.extend(self.moved_down(e, heap, start, at)?);
        Ok(stmts)
    }
}
