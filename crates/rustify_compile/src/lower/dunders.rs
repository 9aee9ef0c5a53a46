//! Operators, comparisons and builtins on instances, which are calls of their methods.

use ruff_python_ast::{CmpOp, Operator};
use ruff_text_size::Ranged;

use super::build::{block, boolean, by_ref, call, infix, literal, not};
use super::scope::{Low, Lowerer};
use crate::classes::Kind;
use crate::ir::{Expr, Node, Stmt};
use crate::types::Ty;

/// The name of an operator in methods.
fn operator_name(op: Operator) -> &'static str {
    match op {
        Operator::Add => "add",
        Operator::Sub => "sub",
        Operator::Mult => "mul",
        Operator::MatMult => "matmul",
        Operator::Div => "truediv",
        Operator::Mod => "mod",
        Operator::Pow => "pow",
        Operator::LShift => "lshift",
        Operator::RShift => "rshift",
        Operator::BitOr => "or",
        Operator::BitXor => "xor",
        Operator::BitAnd => "and",
        Operator::FloorDiv => "floordiv",
    }
}

impl Lowerer<'_, '_> {
    fn has(&self, e: &Expr, name: &str) -> Option<usize> {
        match e.ty {
            Ty::Instance(c) if self.unit.program.classes[c].methods.contains_key(name) => Some(c),
            _ => None,
        }
    }

    /// An operator where one side is an instance, if it is one that a method of the file answers.
    pub(super) fn instance_operator(
        &mut self,
        at: &impl Ranged,
        op: Operator,
        left: Expr,
        right: Expr,
        in_place: bool,
    ) -> Low<Expr> {
        if left.ty == Ty::Never || right.ty == Ty::Never {
            // What has no type yet gets one in a later pass.
            return Ok(call("python_only::<Obj>", Ty::Never, Vec::new()));
        }
        let name = operator_name(op);
        if in_place
            && let own = format!("__i{name}__")
            && let Some(c) = self.has(&left, &own)
            && let Some(done) = self.special(at, left.clone(), c, &own, vec![right.clone()])?
        {
            return Ok(done);
        }
        let (mine, theirs) = (format!("__{name}__"), format!("__r{name}__"));
        let plain = |ty: &Ty| ty.is_number() || ty.is_text() || *ty == Ty::None;
        // A class that derives from the left one's may answer first.
        let same = match (&left.ty, &right.ty) {
            (Ty::Instance(a), Ty::Instance(b)) => a == b || self.has(&right, &theirs).is_none(),
            _ => true,
        };
        if same
            && let Some(c) = self.has(&left, &mine)
            && let other = self.beside(c, right.clone())
            && let Some(done) = self.special(at, left.clone(), c, &mine, vec![other])?
        {
            return Ok(done);
        }
        if plain(&left.ty)
            && let Some(c) = self.has(&right, &theirs)
        {
            let kept = self.temporary("left_side", at, &left.ty.clone());
            let keep = self.assign(kept, left);
            let left = self.read(kept);
            if let Some(done) = self.special(at, right, c, &theirs, vec![left])? {
                return Ok(block(vec![keep], done));
            }
        }
        self.no(
            at,
            "operator",
            format!("`__{name}__` of these instances is not a method of the file"),
            "Call a method.",
        )
    }

    /// A comparison where one side is an instance.
    pub(super) fn instance_comparison(
        &mut self,
        at: &impl Ranged,
        op: CmpOp,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let names = match op {
            CmpOp::Eq | CmpOp::NotEq => ("__eq__", "__eq__"),
            CmpOp::Lt => ("__lt__", "__gt__"),
            CmpOp::LtE => ("__le__", "__ge__"),
            CmpOp::Gt => ("__gt__", "__lt__"),
            _ => ("__ge__", "__le__"),
        };
        if left.ty == Ty::Never || right.ty == Ty::Never {
            // What has no type yet gets one in a later pass.
            let (a, b) = (self.coerce(left, &Ty::Any), self.coerce(right, &Ty::Any));
            return Ok(call("any::eq", Ty::Bool, vec![by_ref(a), by_ref(b)]));
        }
        let (left, right) = match (&left.ty, &right.ty) {
            (Ty::Any, Ty::Instance(c)) => {
                let c = *c;
                let left = Expr {
                    ty: Ty::Instance(c),
                    ..left
                };
                (self.checked(left, c), right)
            }
            _ => (left, right),
        };
        if op == CmpOp::NotEq && self.has(&left, "__ne__").is_none() {
            let equal = self.instance_comparison(at, CmpOp::Eq, left, right)?;
            return Ok(not(equal));
        }
        if matches!(right.ty, Ty::None) && op == CmpOp::Eq && self.has(&left, "__eq__").is_none() {
            return Ok(self.is_none(left));
        }
        let same = left.ty == right.ty || !matches!(right.ty, Ty::Instance(_));
        if same
            && let Some(c) = self.has(&left, names.0)
            && let other = self.beside(c, right.clone())
            && let Some(done) = self.special(at, left.clone(), c, names.0, vec![other])?
        {
            return Ok(self.truth(done));
        }
        if let Some(done) = self.total_order(at, names.0, left.clone(), right.clone())? {
            return Ok(done);
        }
        if let (Ty::Instance(a), Ty::Instance(b)) = (&left.ty, &right.ty)
            && a == b
        {
            let def = &self.unit.program.classes[*a];
            let by_fields = def.fields.is_some()
                && (def.kind == Kind::Named || if op == CmpOp::Eq { def.eq } else { def.order });
            if by_fields {
                return self.field_comparison(at, *a, op, left, right);
            }
            if op == CmpOp::Eq && !def.methods.contains_key("__eq__") && def.kind != Kind::IntEnum {
                let (a, b) = (self.of_its_class(left), self.of_its_class(right));
                let (a, b) = (self.coerce(a, &Ty::Any), self.coerce(b, &Ty::Any));
                return Ok(call("any::is", Ty::Bool, vec![by_ref(a), by_ref(b)]));
            }
        }
        self.no(
            at,
            "operator",
            "this comparison of instances is not a method of the file",
            "Compare their attributes.",
        )
    }

    /// A comparison of dataclasses or named tuples by their fields.
    fn field_comparison(
        &mut self,
        at: &impl Ranged,
        class: usize,
        op: CmpOp,
        left: Expr,
        right: Expr,
    ) -> Low<Expr> {
        let fields: Vec<String> = self.unit.program.classes[class]
            .fields
            .iter()
            .flatten()
            .filter(|f| f.compare)
            .map(|f| f.name.to_owned())
            .collect();
        let mut stmts = Vec::new();
        let mut sides = Vec::new();
        for (side, name) in [(left, "left_side"), (right, "right_side")] {
            let kept = self.temporary(name, at, &side.ty.clone());
            stmts.push(self.assign(kept, side));
            let mut items = Vec::new();
            for field in &fields {
                let read = self.read(kept);
                items.push(self.read_attribute(read, class, field, &Ty::Any));
            }
            sides.push(Expr {
                ty: Ty::Any,
                node: Node::Array(items),
            });
        }
        let (right, left) = (sides.pop(), sides.pop());
        let (Some(left), Some(right)) = (left, right) else {
            return Ok(boolean(false));
        };
        let prefix = match self.unit.program.classes[class].kind {
            Kind::Named => "items",
            _ => "fields",
        };
        let operator = match op {
            CmpOp::Eq => "eq",
            CmpOp::Lt => "lt",
            CmpOp::LtE => "le",
            CmpOp::Gt => "gt",
            _ => "ge",
        };
        let test = call(
            &format!("instance::{prefix}_{operator}"),
            Ty::Bool,
            vec![by_ref(left), by_ref(right)],
        );
        Ok(block(stmts, test))
    }

    /// Whether an instance counts as true.
    pub(super) fn instance_truth(&mut self, e: Expr, class: usize) -> Expr {
        let here = ruff_text_size::TextRange::default();
        if self.unit.program.classes[class].kind == Kind::Named {
            let full = self.unit.program.classes[class]
                .fields
                .as_ref()
                .is_some_and(|f| !f.is_empty());
            let checked = self.checked(e, class);
            return block(vec![Stmt::Do(checked)], boolean(full));
        }
        for name in ["__bool__", "__len__"] {
            if self.has(&e, name).is_some() {
                return match self.special(&here, e.clone(), class, name, Vec::new()) {
                    Ok(Some(done)) if done.ty == Ty::Bool && name == "__bool__" => done,
                    Ok(Some(done)) if done.ty == Ty::Int && name == "__len__" => {
                        infix("!=", Ty::Bool, done, literal("0", Ty::Int))
                    }
                    _ => call("python_only::<bool>", Ty::Bool, Vec::new()),
                };
            }
        }
        let checked = self.checked(e, class);
        block(vec![Stmt::Do(checked)], boolean(true))
    }

    /// `str` or `repr` of an instance.
    pub(super) fn instance_text(
        &mut self,
        at: &impl Ranged,
        e: Expr,
        class: usize,
        as_repr: bool,
    ) -> Low<Expr> {
        for name in ["__str__", "__repr__"] {
            if as_repr && name == "__str__" {
                continue;
            }
            if self.has(&e, name).is_some()
                && let Some(done) = self.special(at, e.clone(), class, name, Vec::new())?
            {
                return Ok(self.coerce(done, &Ty::Str));
            }
        }
        let def = &self.unit.program.classes[class];
        if def.is_exception {
            let object = self.coerce(e, &Ty::Any);
            let path = if as_repr { "text::repr" } else { "text::of" };
            return Ok(call(path, Ty::Str, vec![by_ref(object)]));
        }
        let Some(fields) = def
            .fields
            .as_ref()
            .filter(|_| def.repr || def.kind == Kind::Named)
        else {
            return self.no(
                at,
                "instance-text",
                format!(
                    "the text of an instance of `{}` shows its address",
                    def.name
                ),
                "Define `__repr__`.",
            );
        };
        let fields: Vec<String> = fields
            .iter()
            .filter(|f| f.repr)
            .map(|f| f.name.to_owned())
            .collect();
        let mut before = format!("{}(", def.name);
        let kept = self.temporary("shown", at, &e.ty.clone());
        let keep = self.assign(kept, e);
        let mut parts = Vec::new();
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                before.push_str(", ");
            }
            before.push_str(field);
            before.push('=');
            let text = std::mem::take(&mut before);
            parts.push(self.constant(super::unit::Constant::Text(text.into_bytes())));
            let read = self.read(kept);
            let value = self.get_attribute(at, read, class, field)?;
            let shown = match value.ty {
                Ty::Instance(c) => self.instance_text(at, value, c, true)?,
                _ => {
                    let object = self.coerce(value, &Ty::Any);
                    call("text::repr", Ty::Str, vec![by_ref(object)])
                }
            };
            parts.push(self.coerce(shown, &Ty::Any));
        }
        before.push(')');
        parts.push(self.constant(super::unit::Constant::Text(before.into_bytes())));
        let array = Expr {
            ty: Ty::Any,
            node: Node::Array(parts),
        };
        let text = call("text::joined", Ty::Str, vec![by_ref(array)]);
        Ok(block(vec![keep], text))
    }

    /// The `int` behind a member of an `IntEnum`.
    pub(super) fn plain_member(&mut self, at: &impl Ranged, e: Expr) -> Low<Expr> {
        match e.ty {
            Ty::Instance(c) if self.unit.program.classes[c].kind == Kind::IntEnum => {
                self.get_attribute(at, e, c, "value")
            }
            _ => Ok(e),
        }
    }
}
