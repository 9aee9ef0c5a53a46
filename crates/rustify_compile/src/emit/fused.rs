//! Elementwise expressions as Rust: a closure over one block, a loop for what Rust computes itself, and calls of
//! NumPy's inner loops in between.

use std::fmt::Write;

use super::writer::Writer;
use crate::ir::{Expr, Kernel, Leaf, Op, Term};
use crate::types::Scalar;

/// The text of one block's computation.
struct Block<'k> {
    kernel: &'k Kernel,
    /// Statements so far.
    text: String,
    indent: String,
    /// Loops of NumPy: statics and lookups before the closure.
    before: String,
    /// The dtypes of the buffers so far.
    buffers: Vec<Scalar>,
    loops: usize,
}

/// A value for each element: text with `[k]` in it, and whether it lies in memory as it is.
#[derive(Clone)]
enum Value {
    /// A slice of items.
    Slice(String),
    /// One number.
    Number(String),
    /// Computed where it is needed.
    Inline(String),
}

impl Value {
    fn at(&self) -> String {
        match self {
            Self::Slice(name) => format!("{name}[k]"),
            Self::Number(name) | Self::Inline(name) => name.clone(),
        }
    }
}

/// Whether a text has a name in it.
fn names(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part)
    })
}

impl Block<'_> {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.text, "{}{text}", self.indent);
    }

    fn buffer(&mut self, dtype: Scalar) -> String {
        self.buffers.push(dtype);
        let at = self.buffers.len();
        let name = format!("part_{at}");
        self.line(&format!(
            "let mut room_{at} = fused::Buffer::<{}>::new();",
            dtype.element()
        ));
        self.line(&format!("let {name} = room_{at}.places(n);"));
        name
    }

    /// The loop that computes all items of a slice.
    fn each(&mut self, out: &str, dtype: Scalar, text: &str) {
        let (mut slices, mut numbers) = (Vec::new(), Vec::new());
        for (at, leaf) in self.kernel.leaves.iter().enumerate() {
            let name = format!("x_{at}");
            match leaf {
                Leaf::Array(d, _) if names(text, &name) => {
                    slices.push(format!("{name}: {}", d.element()));
                }
                Leaf::Number(d) if names(text, &name) => {
                    numbers.push(format!("{name}: {}", d.element()));
                }
                _ => {}
            }
        }
        for (at, d) in self.buffers.iter().enumerate() {
            let name = format!("part_{}", at + 1);
            if name != out && names(text, &name) {
                slices.push(format!("{name}: {}", d.element()));
            }
        }
        let (slices, numbers) = (slices.join(", "), numbers.join(", "));
        let element = dtype.element();
        self.line(&format!(
            "each!(n, k, {out}: {element}, [{slices}], [{numbers}], {text});"
        ));
    }

    /// A value in memory.
    fn settled(&mut self, value: Value, dtype: Scalar) -> Value {
        let Value::Inline(text) = value else {
            return value;
        };
        let name = self.buffer(dtype);
        self.each(&name, dtype, &text);
        Value::Slice(name)
    }

    fn lane(value: &Value) -> String {
        match value {
            Value::Slice(name) => format!("fused::lane(&{name}[..])"),
            Value::Number(name) | Value::Inline(name) => format!("fused::constant(&{name})"),
        }
    }

    fn value(&mut self, t: &Term) -> Value {
        match &t.op {
            Op::Leaf(at) => match self.kernel.leaves[*at] {
                Leaf::Array(..) => Value::Slice(format!("x_{at}")),
                _ => Value::Number(format!("x_{at}")),
            },
            Op::Infix(op, a, b) => {
                let (a, b) = (self.value(a).at(), self.value(b).at());
                Value::Inline(match (*op, t.dtype) {
                    ("&" | "|" | "^", Scalar::Bool8) => {
                        format!("Flag::from({a}.truth() {op} {b}.truth())")
                    }
                    (op, _) if op.starts_with("wrapping") => format!("{a}.{op}({b})"),
                    _ => format!("({a} {op} {b})"),
                })
            }
            Op::Prefix(op, a) => {
                let inner = self.value(a).at();
                Value::Inline(match (*op, t.dtype) {
                    ("neg", d) if d.is_int() => format!("{inner}.wrapping_neg()"),
                    ("neg", _) => format!("(-{inner})"),
                    ("not", Scalar::Bool8) => format!("Flag::from(!{inner}.truth())"),
                    ("not", _) => format!("(!{inner})"),
                    ("recip", d) => format!("(1.0{} / {inner})", d.element()),
                    (op, _) => format!("{inner}.{op}()"),
                })
            }
            Op::Cast(a) => self.cast(a, t.dtype),
            Op::Compare(op, a, b) => {
                let (x, y) = (self.value(a), self.value(b));
                let (x, y) = (self.settled(x, a.dtype), self.settled(y, b.dtype));
                let floats = a.dtype.is_float();
                if floats {
                    self.line("fused::check()?;");
                }
                let name = self.buffer(Scalar::Bool8);
                let test = if a.dtype == Scalar::Bool8 {
                    format!("{}.truth() {op} {}.truth()", x.at(), y.at())
                } else {
                    format!("{} {op} {}", x.at(), y.at())
                };
                self.each(&name, Scalar::Bool8, &format!("Flag::from({test})"));
                if floats {
                    self.line("fused::calm();");
                }
                Value::Slice(name)
            }
            Op::Where(c, a, b) => {
                let (test, x, y) = (self.value(c), self.value(a), self.value(b));
                let test = self.settled(test, c.dtype);
                let (x, y) = (self.settled(x, a.dtype), self.settled(y, b.dtype));
                let name = self.buffer(t.dtype);
                let text = format!("fused::select({}, {}, {})", test.at(), x.at(), y.at());
                self.each(&name, t.dtype, &text);
                Value::Slice(name)
            }
            Op::Ufunc(ufunc, given, args) => {
                let mut types = String::new();
                let mut lanes = Vec::new();
                for a in args {
                    let v = self.value(a);
                    let v = self.settled(v, a.dtype);
                    lanes.push(Self::lane(&v));
                    types.push(a.dtype.code());
                }
                types.push(t.dtype.code());
                let at = self.loops;
                self.loops += 1;
                let given = given.map_or("None".to_owned(), |g| format!("Some(&x_{g})"));
                let _ = writeln!(
                    self.before,
                    "{0}static LOOP_{at}: fused::Found = fused::Found::new();\n{0}let {ufunc}_{at} = LOOP_{at}.get({given}, c\"{ufunc}\", b\"{types}\")?;",
                    &self.indent[4..]
                );
                let name = self.buffer(t.dtype);
                self.line(&format!(
                    "{ufunc}_{at}.call([{}], {name})?;",
                    lanes.join(", ")
                ));
                Value::Slice(name)
            }
        }
    }

    fn cast(&mut self, a: &Term, to: Scalar) -> Value {
        let inner = self.value(a);
        let from = a.dtype;
        if from.is_float() && to.is_int() {
            let settled = self.settled(inner, from);
            let name = self.buffer(to);
            match settled {
                Value::Slice(slice) => self.line(&format!("fused::cut(&{slice}[..], {name})?;")),
                Value::Number(number) | Value::Inline(number) => {
                    let one = self.buffer(from);
                    self.line(&format!("{one}.fill({number});"));
                    self.line(&format!("fused::cut(&{one}[..], {name})?;"));
                }
            }
            return Value::Slice(name);
        }
        let x = inner.at();
        let element = to.element();
        Value::Inline(match (from, to) {
            (Scalar::Bool8, d) if d.is_complex() => {
                let part = d.real().element();
                format!("{element} {{ real: {x}.truth() as u8 as {part}, imag: 0.0 }}")
            }
            (Scalar::Bool8, _) => format!("({x}.truth() as u8 as {element})"),
            (f, Scalar::Bool8) if f.is_complex() => {
                format!("Flag::from({x}.real != 0.0 || {x}.imag != 0.0)")
            }
            (f, Scalar::Bool8) => {
                let zero = if f.is_float() { "0.0" } else { "0" };
                format!("Flag::from({x} != {zero})")
            }
            (f, d) if f.is_complex() => {
                let part = d.real().element();
                format!("{element} {{ real: {x}.real as {part}, imag: {x}.imag as {part} }}")
            }
            (_, d) if d.is_complex() => {
                let part = d.real().element();
                format!("{element} {{ real: {x} as {part}, imag: 0.0 }}")
            }
            _ => format!("({x} as {element})"),
        })
    }
}

impl Writer<'_, '_> {
    /// An elementwise expression: into a new array, or into one that stands behind the operands.
    pub(super) fn fused(&mut self, operands: &[Expr], kernel: &Kernel) -> String {
        let nd = kernel.nd;
        let target = operands.get(kernel.leaves.len()).map(|t| self.reference(t));
        let target = target.as_deref();
        let outer = "    ".repeat(self.indent + 1);
        let indent = format!("{outer}    ");
        let mut head = String::new();
        for (at, (e, leaf)) in operands.iter().zip(&kernel.leaves).enumerate() {
            let text = match leaf {
                Leaf::Array(..) | Leaf::Function(_) => self.reference(e),
                // The place that takes the values.
                Leaf::Number(dtype) => {
                    let text = self.typed(e);
                    let _ = writeln!(head, "{outer}let x_{at}: {} = {text};", dtype.element());
                    continue;
                }
            };
            match leaf {
                Leaf::Function(name) => {
                    let _ = writeln!(
                        head,
                        "{outer}let x_{at} = {}.clone();",
                        text.trim_start_matches('&')
                    );
                    let known = self.fallible(&format!("ndcall::known(&x_{at}, c\"{name}\")"));
                    let _ = writeln!(head, "{outer}{known};");
                }
                _ => {
                    let _ = writeln!(head, "{outer}let x_{at} = {text};");
                }
            }
        }
        let mut block = Block {
            kernel,
            text: String::new(),
            indent,
            before: String::new(),
            buffers: Vec::new(),
            loops: 0,
        };
        let arrays: Vec<usize> = (0..kernel.leaves.len())
            .filter(|&i| matches!(kernel.leaves[i], Leaf::Array(..)))
            .collect();
        for (i, &at) in arrays.iter().enumerate() {
            if let Leaf::Array(dtype, _) = kernel.leaves[at] {
                block.line(&format!(
                    "let x_{at} = fused::items::<{}>(from[{i}], n);",
                    dtype.element()
                ));
            }
        }
        let element = kernel.root.dtype.element();
        block.line(&format!("let out = fused::places::<{element}>(out, n);"));
        let root = block.value(&kernel.root);
        block.each("out", kernel.root.dtype, &root.at());
        block.line("Ok(())");
        if block.loops > 0 {
            for at in &arrays {
                let _ = writeln!(block.before, "{outer}let () = x_{at}.rising()?;");
            }
        }
        let list: Vec<String> = arrays
            .iter()
            .map(|at| format!("x_{at}.operand::<{nd}>()"))
            .collect();
        let list = list.join(", ");
        let count = arrays.len();
        let opening = match target {
            _ if nd == 0 => format!("fused::one::<{element}>("),
            Some(target) => format!("fused::into::<{element}, {nd}, {count}>({target}, [{list}]"),
            None => format!("fused::made::<{element}, {nd}, {count}>([{list}]"),
        };
        // A failing lookup leaves the function, or goes to the handler around.
        let comma = if nd == 0 { "" } else { ", " };
        let run = format!(
            "{opening}{comma}&mut |n, from, out| {{\n{}{outer}}})",
            block.text
        );
        let mut lookups = String::new();
        for line in block.before.lines() {
            match line.strip_suffix('?').or_else(|| line.strip_suffix("?;")) {
                Some(text) => {
                    let (name, value) = text.trim().split_once(" = ").unwrap_or_default();
                    let value = self.fallible(value);
                    let _ = writeln!(lookups, "{outer}{name} = {value};");
                }
                None => {
                    let _ = writeln!(lookups, "{line}");
                }
            }
        }
        let run = self.fallible(&run);
        format!(
            "{{\n{head}{lookups}{outer}{run}\n{}}}",
            "    ".repeat(self.indent)
        )
    }
}
