//! f-strings: numbers and texts are written one after the other, anything else by the interpreter.

use ruff_python_ast::{
    ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement,
};
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, literal, method, own, sure};
use super::forms::Form;
use super::scope::{Low, Lowerer};
use super::unit::Constant;
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::Ty;

impl Lowerer<'_, '_> {
    pub(super) fn f_string(&mut self, f: &ExprFString) -> Low<Expr> {
        let (line, mut all) = self.new_line(f);
        for part in &f.value {
            match part {
                FStringPart::Literal(s) => {
                    let text = s.value.to_string();
                    self.written(line, &text, &mut all);
                }
                FStringPart::FString(inner) => {
                    for element in &inner.elements {
                        match element {
                            InterpolatedStringElement::Literal(s) => {
                                self.written(line, &s.value, &mut all);
                            }
                            InterpolatedStringElement::Interpolation(i) => {
                                if let Some(debug) = &i.debug_text {
                                    self.written(line, debug.as_str(), &mut all);
                                }
                                self.interpolated(line, i, element, &mut all)?;
                            }
                        }
                    }
                }
            }
        }
        Ok(finished(line, all))
    }

    /// A line that is empty.
    pub(super) fn new_line(&mut self, at: &impl Ranged) -> (Local, Vec<Stmt>) {
        let line = self.temporary("line", at, &Ty::Any);
        self.locals[line].in_place = true;
        let new = sure("Line::new", Ty::Any, Vec::new());
        (line, vec![Stmt::Assign(line, new)])
    }

    /// A literal goes to a line.
    pub(super) fn written(&mut self, line: Local, text: &str, all: &mut Vec<Stmt>) {
        if text.is_empty() {
            return;
        }
        if text.is_ascii() {
            let bytes = literal(&format!("b\"{}\"", text.as_bytes().escape_ascii()), Ty::Any);
            all.push(add(line, "ascii", vec![own(bytes)]));
        } else {
            let text = self.constant(Constant::Text(text.as_bytes().to_vec()));
            let text = self.coerce(text, &Ty::Str);
            all.push(add(line, "text", vec![by_ref(text)]));
        }
    }

    /// A value goes to a line.
    fn interpolated(
        &mut self,
        line: Local,
        i: &InterpolatedElement,
        element: &InterpolatedStringElement,
        all: &mut Vec<Stmt>,
    ) -> Low<()> {
        let spec = match &i.format_spec {
            None => Some(""),
            Some(spec) => match &*spec.elements {
                [] => Some(""),
                [InterpolatedStringElement::Literal(s)] => Some(&*s.value),
                _ => None,
            },
        };
        let debug = i.debug_text.is_some() && i.format_spec.is_none();
        let as_repr =
            i.conversion == ConversionFlag::Repr || i.conversion == ConversionFlag::None && debug;
        let known = i.conversion == ConversionFlag::None && !debug
            || i.conversion == ConversionFlag::Str
            || as_repr;
        if let Some(spec) = spec
            && known
        {
            let value = self.expr(&i.expression)?;
            let converted = i.conversion != ConversionFlag::None;
            if let Some(stmt) = self.in_form(line, value, spec, as_repr, converted) {
                all.push(stmt);
                return Ok(());
            }
        }
        if known
            && !as_repr
            && let Some(stmt) = self.of_width(line, i)?
        {
            all.push(stmt);
            return Ok(());
        }
        let text = self.f_element(element)?;
        let text = self.coerce(text, &Ty::Str);
        all.push(add(line, "text", vec![by_ref(text)]));
        Ok(())
    }

    /// How a value goes to a line whose width is computed, and nothing else of its form.
    fn of_width(&mut self, line: Local, i: &InterpolatedElement) -> Low<Option<Stmt>> {
        let Some(spec) = &i.format_spec else {
            return Ok(None);
        };
        let (mut front, mut width, mut back) = ("", None, "");
        for element in &spec.elements {
            match element {
                InterpolatedStringElement::Literal(s) if width.is_none() => front = &s.value,
                InterpolatedStringElement::Literal(s) => back = &s.value,
                InterpolatedStringElement::Interpolation(w)
                    if width.is_none()
                        && w.format_spec.is_none()
                        && w.conversion == ConversionFlag::None
                        && w.debug_text.is_none() =>
                {
                    width = Some(&w.expression);
                }
                InterpolatedStringElement::Interpolation(_) => return Ok(None),
            }
        }
        let Some(width) = width else {
            return Ok(None);
        };
        let value = self.expr(&i.expression)?;
        let width = self.expr(width)?;
        let is_text = matches!(value.ty, Ty::Str | Ty::Char);
        let value = if value.ty == Ty::Int && Form::is_of_floats(back) {
            self.float(value)
        } else {
            value
        };
        let Some(form) = Form::read(&format!("{front}1{back}"), &value.ty) else {
            return Ok(None);
        };
        if width.ty != Ty::Int
            || !form.has_width_alone()
            || back.starts_with(|c: char| c.is_ascii_digit())
            || !is_text && i.conversion != ConversionFlag::None
        {
            return Ok(None);
        }
        let form = literal(&form.text(&value.ty), Ty::Any);
        let form = method(form, "wide", Ty::Any, vec![own(width)]);
        Ok(Some(with_form(line, value, form)))
    }

    /// How a value of a known type goes to a line, if Rust knows how.
    pub(super) fn in_form(
        &mut self,
        line: Local,
        value: Expr,
        spec: &str,
        as_repr: bool,
        converted: bool,
    ) -> Option<Stmt> {
        let is_text = matches!(value.ty, Ty::Str | Ty::Char);
        // What was converted is a text.
        if is_text && as_repr || !is_text && converted && !spec.is_empty() {
            return None;
        }
        if spec.is_empty() {
            return Some(match value.ty {
                Ty::Int => add(line, "int", vec![own(value)]),
                Ty::Float => add(line, "float", vec![own(value)]),
                Ty::Bool => add(line, "truth", vec![own(value)]),
                Ty::Char => add(line, "letter", vec![own(value)]),
                Ty::Str => add(line, "text", vec![by_ref(value)]),
                _ => return None,
            });
        }
        let is_float = match value.ty {
            Ty::Int => Form::is_of_floats(spec),
            // NumPy formats them as Python's.
            Ty::Np(dtype) => dtype.is_float(),
            _ => false,
        };
        let value = if is_float { self.float(value) } else { value };
        let form = literal(&Form::read(spec, &value.ty)?.text(&value.ty), Ty::Any);
        Some(with_form(line, value, form))
    }

    fn f_element(&mut self, element: &InterpolatedStringElement) -> Low<Expr> {
        match element {
            InterpolatedStringElement::Literal(s) => {
                Ok(self.constant(Constant::Text(s.value.as_bytes().to_vec())))
            }
            InterpolatedStringElement::Interpolation(i) => {
                let mut value = self.expr(&i.expression)?;
                if let Ty::Instance(c) = value.ty
                    && (i.format_spec.is_none()
                        || matches!(i.conversion, ConversionFlag::Str | ConversionFlag::Repr))
                    && i.conversion != ConversionFlag::Ascii
                    && !self.unit.program.classes[c]
                        .methods
                        .contains_key("__format__")
                {
                    let as_repr = i.conversion == ConversionFlag::Repr
                        || i.debug_text.is_some() && i.conversion == ConversionFlag::None;
                    value = self.instance_text(i, value, c, as_repr)?;
                }
                let object = self.coerce(value, &Ty::Any);
                let conversion = match i.conversion {
                    ConversionFlag::None if i.debug_text.is_some() && i.format_spec.is_none() => {
                        ConversionFlag::Repr
                    }
                    other => other,
                };
                let converted = match conversion {
                    ConversionFlag::None => object,
                    flag => {
                        let path = match flag {
                            ConversionFlag::Str => "text::of",
                            ConversionFlag::Ascii => "text::ascii",
                            _ => "text::repr",
                        };
                        let text = call(path, Ty::Str, vec![by_ref(object)]);
                        self.coerce(text, &Ty::Any)
                    }
                };
                if i.format_spec.is_none() && !matches!(conversion, ConversionFlag::None) {
                    // A text without a format is itself.
                    return Ok(converted);
                }
                let spec = match &i.format_spec {
                    Some(spec)
                        if matches!(&*spec.elements, [InterpolatedStringElement::Literal(_)]) =>
                    {
                        self.f_element(&spec.elements[0])?
                    }
                    Some(spec) => {
                        let mut parts = Vec::new();
                        for element in &spec.elements {
                            parts.push(self.f_element(element)?);
                        }
                        let array = Expr {
                            ty: Ty::Any,
                            node: Node::Array(parts),
                        };
                        let text = call("text::joined", Ty::Str, vec![by_ref(array)]);
                        self.coerce(text, &Ty::Any)
                    }
                    None => self.constant(Constant::Text(Vec::new())),
                };
                let text = call(
                    "text::format",
                    Ty::Str,
                    vec![by_ref(converted), by_ref(spec)],
                );
                Ok(self.coerce(text, &Ty::Any))
            }
        }
    }
}

/// The text of a line that statements have filled.
pub(super) fn finished(line: Local, all: Vec<Stmt>) -> Expr {
    block(all, method(on(line), "finish", Ty::Str, Vec::new()))
}

/// A value goes to a line in a form.
fn with_form(line: Local, value: Expr, form: Expr) -> Stmt {
    match value.ty {
        Ty::Int => add(line, "int_as", vec![own(value), own(form)]),
        Ty::Float => add(line, "float_as", vec![own(value), own(form)]),
        Ty::Char => add(line, "letter_as", vec![own(value), own(form)]),
        _ => add(line, "text_as", vec![by_ref(value), own(form)]),
    }
}

/// The line that a variable holds.
fn on(line: Local) -> Expr {
    Expr {
        ty: Ty::Any,
        node: Node::Local(line),
    }
}

/// Something goes to a line.
fn add(line: Local, name: &str, args: Vec<(crate::ir::Pass, Expr)>) -> Stmt {
    Stmt::Do(method(on(line), name, Ty::None, args))
}
