//! Parts of arrays: windows by integers, slices and new axes; masks and index arrays through NumPy.

use ruff_python_ast::{Expr as Ast, ExprSlice, ExprSubscript, StmtAugAssign};
use ruff_text_size::Ranged;

use super::build::{by_ref, call, literal, method, own, sure, sure_method};
use super::scope::{Low, Lowerer};
use super::sides::unreal;
use super::unit::Place;
use crate::ir::{Expr, Node, Stmt};
use crate::program::Global;
use crate::types::{Scalar, Ty};

/// What a subscript of an array takes.
pub(super) enum Taken {
    /// One item, by so many indices.
    Item(Vec<Expr>),
    /// A window of so many axes, by its parts.
    Window(Vec<Expr>, usize),
    /// What NumPy makes of a key.
    Copy(Expr, Ty),
}

impl Lowerer<'_, '_> {
    /// What a subscript of an array with `nd` axes takes.
    pub(super) fn taken(&mut self, index: &Ast, scalar: Scalar, nd: usize) -> Low<Taken> {
        let parts: Vec<&Ast> = match index {
            Ast::Tuple(t) => t.elts.iter().collect(),
            one => vec![one],
        };
        let mut made: Vec<(Part, Expr)> = Vec::new();
        if let Ast::Name(_) = index {
            let tuple = self.expr(index)?;
            if let Ty::Tuple(items) = &tuple.ty
                && !items.is_empty()
                && items.iter().all(|t| *t == Ty::Int)
            {
                let indices = (0..items.len()).map(|at| Expr {
                    ty: Ty::Int,
                    node: Node::Field(Box::new(tuple.clone()), at),
                });
                if items.len() == nd {
                    return Ok(Taken::Item(indices.collect()));
                }
                made.extend(indices.map(|i| (Part::At, i)));
            }
        }
        let parts = if made.is_empty() { parts } else { Vec::new() };
        for part in parts {
            let one = match part {
                Ast::Slice(s) => (Part::Slice, self.window_slice(s)?),
                Ast::EllipsisLiteral(_) => (Part::Rest, super::build::none()),
                Ast::NoneLiteral(_) => (Part::New, super::build::none()),
                Ast::Attribute(a)
                    if a.attr.as_str() == "newaxis"
                        && let Some(module) = self.numpy_name(&a.value) =>
                {
                    self.capture(Place::Attribute(module, "newaxis".to_owned()));
                    (Part::New, super::build::none())
                }
                _ => {
                    let value = self.expr(part)?;
                    let value = if matches!(value.ty, Ty::Array(..)) {
                        value
                    } else {
                        self.index_number(value)
                    };
                    match value.ty {
                        Ty::Int | Ty::Never => (Part::At, self.coerce(value, &Ty::Int)),
                        Ty::None => (Part::New, super::build::none()),
                        Ty::Num => (Part::At, self.coerce(value, &Ty::Int)),
                        Ty::Array(d, n) => (Part::Array(d, n), value),
                        Ty::List(_) => (Part::Array(Scalar::Int64, 1), value),
                        // An integer, an array or another thing.
                        Ty::Any => (Part::Unknown, value),
                        _ => {
                            return self.no(
                                part,
                                "array-index",
                                "an array is indexed by something else than integers, slices or arrays",
                                "Index by integers, slices or arrays.",
                            );
                        }
                    }
                }
            };
            made.push(one);
        }
        let used: usize = made
            .iter()
            .map(|(p, _)| match p {
                Part::At | Part::Slice => 1,
                Part::Array(Scalar::Bool8, n) => *n,
                Part::Array(..) | Part::Unknown => 1,
                Part::New | Part::Rest => 0,
            })
            .sum();
        let rests = made.iter().filter(|(p, _)| matches!(p, Part::Rest)).count();
        if used > nd || rests > 1 {
            return Ok(Taken::Copy(
                call("python_only::<Obj>", Ty::Any, Vec::new()),
                Ty::Any,
            ));
        }
        if made
            .iter()
            .any(|(p, _)| matches!(p, Part::Array(..) | Part::Unknown))
        {
            return self.fancy(made, scalar, nd);
        }
        if made.len() == nd && made.iter().all(|(p, _)| matches!(p, Part::At)) {
            return Ok(Taken::Item(made.into_iter().map(|(_, e)| e).collect()));
        }
        let axes = made
            .iter()
            .filter(|(p, _)| matches!(p, Part::Slice | Part::New))
            .count()
            + (nd - used);
        let parts = made
            .into_iter()
            .map(|(p, e)| match p {
                Part::At => {
                    let index = sure_method(e, "index", Ty::Any, Vec::new());
                    sure("Part::At", Ty::Any, vec![own(index)])
                }
                Part::New => literal("Part::New", Ty::Any),
                Part::Rest => literal(&format!("Part::Rest({})", nd - used), Ty::Any),
                _ => e,
            })
            .collect();
        Ok(Taken::Window(parts, axes))
    }

    /// The name of the module `numpy`, if an expression is one.
    fn numpy_name(&self, e: &Ast) -> Option<String> {
        let Ast::Name(n) = e else {
            return None;
        };
        let global = self.unit.program.globals.get(n.id.as_str());
        let is_numpy = matches!(global, Some(Global::Module(m)) if m == "numpy");
        (is_numpy && self.find(&n.id).is_none()).then(|| n.id.to_string())
    }

    fn window_slice(&mut self, s: &ExprSlice) -> Low<Expr> {
        let mut ends = Vec::new();
        for end in [&s.lower, &s.upper, &s.step] {
            let end = match end {
                None => literal("None", Ty::Any),
                Some(e) => {
                    let value = self.expr(e)?;
                    let value = self.index_number(value);
                    let ty = Ty::Opt(Box::new(Ty::Int));
                    match value.ty {
                        Ty::None => literal("None", Ty::Any),
                        Ty::Opt(ref inner) if **inner == Ty::Int => {
                            sure("array::bound_of::<Int>", Ty::Any, vec![own(value)])
                        }
                        Ty::Int | Ty::Never | Ty::Any | Ty::Num => {
                            let value = self.coerce(value, &Ty::Int);
                            let value = self.coerce(value, &ty);
                            sure("array::bound_of::<Int>", Ty::Any, vec![own(value)])
                        }
                        _ => {
                            return self.no(
                                &**e,
                                "slice",
                                "the ends of this slice are not integers",
                                "Use integers or None.",
                            );
                        }
                    }
                }
            };
            ends.push(own(end));
        }
        Ok(sure("Part::Slice", Ty::Any, ends))
    }

    /// A subscript with masks or arrays of indices.
    fn fancy(&mut self, parts: Vec<(Part, Expr)>, scalar: Scalar, nd: usize) -> Low<Taken> {
        let ty = match parts.as_slice() {
            [(Part::Array(Scalar::Bool8, n), _)] => Ty::Array(scalar, nd - n + 1),
            [(Part::Array(d, n), _)] if d.is_int() => Ty::Array(scalar, nd - 1 + n),
            all if all.len() == nd
                && all
                    .iter()
                    .all(|(p, _)| matches!(p, Part::Array(d, 1) if d.is_int())) =>
            {
                Ty::Array(scalar, 1)
            }
            _ => Ty::Any,
        };
        let many = parts.len() > 1;
        let mut keys = Vec::new();
        for (part, e) in parts {
            keys.push(match part {
                Part::New => self.coerce(super::build::none(), &Ty::Any),
                Part::Rest => sure("ndcall::ellipsis", Ty::Any, Vec::new()),
                Part::Slice => call("ndcall::slice", Ty::Any, vec![own(e)]),
                _ => self.coerce(e, &Ty::Any),
            });
        }
        let key = if many {
            let keys = Expr {
                ty: Ty::Any,
                node: Node::Array(keys),
            };
            call("ndcall::key", Ty::Any, vec![by_ref(keys)])
        } else {
            keys.remove(0)
        };
        Ok(Taken::Copy(key, ty))
    }

    /// `array[index]`.
    pub(super) fn array_subscript(
        &mut self,
        array: Expr,
        index: &Ast,
        (scalar, nd): (Scalar, usize),
    ) -> Low<Expr> {
        Ok(match self.taken(index, scalar, nd)? {
            Taken::Item(indices) => {
                let indices = Expr {
                    ty: Ty::Any,
                    node: Node::Array(indices),
                };
                method(unreal(array), "get", Ty::Np(scalar), vec![own(indices)])
            }
            Taken::Window(parts, axes) => {
                let window = self.window(array, parts, (scalar, axes));
                method(window, "real", Ty::Array(scalar, axes), Vec::new())
            }
            Taken::Copy(key, ty) => self.taken_copy(array, &key, (scalar, nd), &ty),
        })
    }

    /// `numpy.diff(array)`: the difference of two windows.
    pub(super) fn differences(
        &mut self,
        at: &impl Ranged,
        array: &Expr,
        function: &Expr,
    ) -> Option<Expr> {
        let Ty::Array(scalar, nd) = array.ty else {
            return None;
        };
        if scalar == Scalar::Bool8 || scalar.is_complex() {
            return None;
        }
        let mut before = Vec::new();
        let array = if matches!(array.node, Node::Local(_)) {
            array.clone()
        } else {
            let held = self.temporary("differences_of", at, &array.ty.clone());
            before.push(self.assign(held, array.clone()));
            self.read(held)
        };
        let sides = ["Some(1), None", "None, Some(-1)"].map(|ends| {
            let mut parts = Vec::new();
            if nd > 1 {
                parts.push(literal(&format!("Part::Rest({})", nd - 1), Ty::Any));
            }
            parts.push(literal(&format!("Part::Slice({ends}, None)"), Ty::Any));
            self.window(array.clone(), parts, (scalar, nd))
        });
        let [above, below] = sides.map(super::sides::side);
        let sides = [above.ok()?, below.ok()?];
        let given = Some((function.clone(), "diff"));
        let made = self.binary_terms(ruff_python_ast::Operator::Sub, sides, given)?;
        Some(if before.is_empty() {
            made
        } else {
            super::build::block(before, made)
        })
    }

    fn window(&mut self, array: Expr, parts: Vec<Expr>, (scalar, axes): (Scalar, usize)) -> Expr {
        let parts = Expr {
            ty: Ty::Any,
            node: Node::Array(parts),
        };
        method(
            unreal(array),
            &format!("window::<{axes}>"),
            Ty::Array(scalar, axes),
            vec![by_ref(parts)],
        )
    }

    /// `array[index] = value` where more than one item changes, or a statement for one item.
    pub(super) fn array_store(
        &mut self,
        at: &impl Ranged,
        array: Expr,
        index: &Ast,
        (scalar, nd): (Scalar, usize),
        value: Expr,
    ) -> Low<Stmt> {
        match self.taken(index, scalar, nd)? {
            Taken::Item(indices) => {
                let put = self.array_put(at, unreal(array), (scalar, nd), indices, value)?;
                Ok(Stmt::Do(put))
            }
            Taken::Window(parts, axes) => {
                let window = self.window(array, parts, (scalar, axes));
                self.fill(at, window, (scalar, axes), value)
            }
            Taken::Copy(key, _) => Ok(self.put_copy(array, &key, (scalar, nd), value)),
        }
    }

    /// All items of an array take values.
    pub(super) fn fill(
        &mut self,
        at: &impl Ranged,
        target: Expr,
        (scalar, nd): (Scalar, usize),
        value: Expr,
    ) -> Low<Stmt> {
        let value = if value.ty == Ty::Num && scalar == Scalar::Float64 {
            self.float(value)
        } else {
            value
        };
        if let Some((mut operands, kernel)) = self.stored_kernel(value.clone(), scalar)
            && kernel.nd <= nd
        {
            operands.push(target);
            let kernel = crate::ir::Kernel { nd, ..kernel };
            return Ok(Stmt::Do(Expr {
                ty: Ty::None,
                node: Node::Fused(operands, Box::new(kernel)),
            }));
        }
        if let Some(stored) = self.fill_with_tuple(at, &target, (scalar, nd), &value) {
            return Ok(stored);
        }
        let value = self.present(value);
        if matches!(
            value.ty,
            Ty::Array(..)
                | Ty::Any
                | Ty::Np(_)
                | Ty::Grown(_)
                | Ty::Complex
                | Ty::List(_)
                | Ty::Tuple(_)
                | Ty::TupleOf(_)
        ) || value.ty.is_number()
        {
            let value = self.coerce(value, &Ty::Any);
            let whole = literal("ndcall::ellipsis()", Ty::Any);
            let target = method(target, "realized", Ty::Array(scalar, nd), Vec::new());
            return Ok(Stmt::Do(method(
                target,
                "assign",
                Ty::None,
                vec![by_ref(whole), by_ref(value)],
            )));
        }
        self.no(
            at,
            "array-item",
            "a value of this type is assigned to a part of the array",
            "Convert it to the array's type.",
        )
    }

    /// All items of an array of one axis take the numbers of a tuple, each as an item of its own would.
    fn fill_with_tuple(
        &mut self,
        at: &impl Ranged,
        target: &Expr,
        (scalar, nd): (Scalar, usize),
        value: &Expr,
    ) -> Option<Stmt> {
        let Ty::Tuple(types) = &value.ty else {
            return None;
        };
        if nd != 1 || types.is_empty() {
            return None;
        }
        let mut stmts = Vec::new();
        let tuple = if matches!(value.node, Node::Local(_)) {
            value.clone()
        } else {
            let held = self.temporary("numbers", at, &value.ty.clone());
            stmts.push(self.assign(held, value.clone()));
            self.read(held)
        };
        let mut items = Vec::new();
        for (i, ty) in types.iter().enumerate() {
            if !ty.is_number() && !matches!(ty, Ty::Np(_) | Ty::Grown(_)) {
                return None;
            }
            let item = Expr {
                ty: ty.clone(),
                node: Node::Field(Box::new(tuple.clone()), i),
            };
            items.push(self.stored_item(item, scalar)?);
        }
        let items = super::build::array_of(items);
        stmts.push(Stmt::Do(method(
            target.clone(),
            "set_all",
            Ty::None,
            vec![own(items)],
        )));
        Some(Stmt::Do(super::build::block(stmts, super::build::none())))
    }

    /// `old op= value` of an array or of a window into one: the array itself changes.
    pub(super) fn array_in_place(
        &mut self,
        s: &StmtAugAssign,
        target: Expr,
        value: Expr,
    ) -> Low<Stmt> {
        let Ty::Array(scalar, nd) = target.ty else {
            return self.no(s, "in-place", "this operator in place", "Write it out.");
        };
        match self.array_operator(s.op, target.clone(), value) {
            Ok(new) => {
                let fits =
                    matches!(new.ty, Ty::Array(d, n) if d.kind() <= scalar.kind() && n <= nd);
                if fits {
                    return self.fill(s, target, (scalar, nd), new);
                }
                // NumPy refuses this cast, or broadcasting into the target.
                Ok(Stmt::Do(call("python_only::<()>", Ty::None, Vec::new())))
            }
            Err((target, value)) => {
                let (target, value) = (unreal(target), self.coerce(value, &Ty::Any));
                let name = match s.op {
                    ruff_python_ast::Operator::MatMult => "mat_mul",
                    op => super::operators::name(op),
                };
                let target = method(target, "realized", Ty::Array(scalar, nd), Vec::new());
                Ok(Stmt::Do(method(
                    target,
                    "change",
                    Ty::None,
                    vec![
                        own(literal(&format!("ndcall::in_place::{name}"), Ty::Any)),
                        by_ref(value),
                    ],
                )))
            }
        }
    }

    /// `array[index] op= value` where more than one item changes.
    pub(super) fn array_part_in_place(
        &mut self,
        s: &StmtAugAssign,
        sub: &ExprSubscript,
        array: Expr,
        (scalar, nd): (Scalar, usize),
        taken: Taken,
    ) -> Low<Vec<Stmt>> {
        match taken {
            Taken::Window(parts, axes) => {
                let window = self.window(array, parts, (scalar, axes));
                let held = self.temporary("window", sub, &window.ty.clone());
                let mut stmts = vec![self.assign(held, window)];
                let value = self.expr(&s.value)?;
                let target = self.read(held);
                stmts.push(self.array_in_place(s, target, value)?);
                Ok(stmts)
            }
            Taken::Copy(key, ty) => {
                let plain = super::chosen::only_key(&key).unwrap_or(key);
                let key_held = self.temporary("key", sub, &plain.ty.clone());
                let mut stmts = vec![self.assign(key_held, plain)];
                let k = self.read(key_held);
                let key = self.coerce(k, &Ty::Any);
                let item = self.taken_copy(array.clone(), &key, (scalar, nd), &ty);
                let held = self.temporary("taken", sub, &ty);
                stmts.push(self.assign(held, item));
                let value = self.expr(&s.value)?;
                let target = self.read(held);
                let new = if ty == Ty::Any {
                    self.operate_in_place(s, target, value)?
                } else {
                    stmts.push(self.array_in_place(s, target, value)?);
                    self.read(held)
                };
                stmts.push(self.put_copy(array, &key, (scalar, nd), new));
                Ok(stmts)
            }
            Taken::Item(_) => self.no(
                s,
                "in-place",
                format!("an item of an array of {nd} axes changes in place"),
                "Write it out.",
            ),
        }
    }
}

/// One part of a subscript.
enum Part {
    At,
    Slice,
    New,
    Rest,
    Array(Scalar, usize),
    Unknown,
}
