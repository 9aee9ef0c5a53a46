//! Methods and attributes of values whose class is only known at run time: each class of the file that has the name is
//! tried.

use ruff_python_ast::ExprCall;
use ruff_text_size::Ranged;

use super::build::{block, by_ref, call, sure};
use super::scope::{Low, Lowerer};
use crate::classes::Kind;
use crate::ir::{Expr, Local, Node, Stmt};
use crate::types::Ty;

/// The most classes that are tried.
const MOST_CLASSES: usize = 8;

impl Lowerer<'_, '_> {
    /// The classes whose instances have an attribute or a method.
    fn classes_with(&self, has: impl Fn(usize) -> bool) -> Vec<usize> {
        let all = &self.unit.program.classes;
        let found: Vec<usize> = (0..all.len())
            .filter(|&c| all[c].obstacle.is_none() && has(c))
            .collect();
        if found.len() > MOST_CLASSES {
            return Vec::new();
        }
        found
    }

    fn is_of_class(&mut self, kept: Local, class: usize) -> Expr {
        let class_object = self.class_object(class);
        let object = self.read(kept);
        sure(
            "instance::is_exactly",
            Ty::Bool,
            vec![by_ref(object), by_ref(class_object)],
        )
    }

    fn as_instance(&mut self, kept: Local, class: usize) -> Expr {
        let object = self.read(kept);
        self.coerce(object, &Ty::Instance(class))
    }

    /// One answer or another by the class of a value, and Python's where it is none of them.
    fn by_class(
        &mut self,
        at: &impl Ranged,
        kind: u32,
        object: Expr,
        answers: Vec<(usize, Expr)>,
        kept: Local,
        otherwise: Option<Expr>,
    ) -> Expr {
        let keep = self.assign(kept, object);
        let slot = self.site(at.range(), kind);
        for (_, answer) in &answers {
            let ty = answer.ty.clone();
            self.unit.types.learn(slot, &ty);
        }
        if let Some(last) = &otherwise {
            let ty = last.ty.clone();
            self.unit.types.learn(slot, &ty);
        }
        let ty = self.unit.types.get(slot);
        let last = match otherwise {
            Some(last) => self.coerce(last, &ty),
            None => {
                let path = format!("python_only::<{}>", self.unit.types.rust(&ty));
                call(&path, ty.clone(), Vec::new())
            }
        };
        let mut result = last;
        for (class, answer) in answers.into_iter().rev() {
            let test = self.is_of_class(kept, class);
            let answer = self.coerce(answer, &ty);
            result = Expr {
                ty: ty.clone(),
                node: Node::Choice(Box::new(test), Box::new(answer), Box::new(result)),
            };
        }
        block(vec![keep], result)
    }

    /// `object.name` of a value of unknown class, if a class of the file has it.
    pub(super) fn any_attribute(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        name: &str,
    ) -> Low<Option<Expr>> {
        let program = self.unit.program;
        let classes = self.classes_with(|c| {
            let def = &program.classes[c];
            def.names.contains(name)
                || def.properties.contains_key(name)
                || def.attributes.contains_key(name) && def.kind == Kind::Plain
                || matches!(def.kind, Kind::Enum | Kind::IntEnum)
                    && matches!(name, "name" | "value")
        });
        if classes.is_empty() {
            return Ok(None);
        }
        let kept = self.temporary("object", at, &Ty::Any);
        let mut answers = Vec::new();
        for class in classes {
            let object = self.as_instance(kept, class);
            answers.push((class, self.get_attribute(at, object, class, name)?));
        }
        Ok(Some(self.by_class(at, 60, object, answers, kept, None)))
    }

    /// `object.name(…)` of a value of unknown class, if a class of the file has it.
    pub(super) fn any_method(
        &mut self,
        e: &ExprCall,
        object: Expr,
        name: &str,
    ) -> Low<Option<Expr>> {
        let program = self.unit.program;
        let classes = self.classes_with(|c| program.classes[c].methods.contains_key(name));
        if classes.is_empty() {
            return Ok(None);
        }
        let kept = self.temporary("object", e, &Ty::Any);
        let mut answers = Vec::new();
        for class in classes {
            let object = self.as_instance(kept, class);
            if let Some(&f) = self.unit.program.classes[class].methods.get(name) {
                if !self.takes(e, f) {
                    continue;
                }
                let receiver = self.with_method(object, class, f, name);
                answers.push((class, self.call_function(e, f, Some(receiver))?));
            }
        }
        let read = self.read(kept);
        let otherwise = self.object_method(e, read, name).ok();
        Ok(Some(self.by_class(e, 61, object, answers, kept, otherwise)))
    }

    /// Whether a method may take so many arguments at all.
    fn takes(&self, e: &ExprCall, function: usize) -> bool {
        let def = &self.unit.program.functions[function];
        let params = &def.node.parameters;
        if params.vararg.is_some() || params.kwarg.is_some() {
            return true;
        }
        let named: Vec<_> = params.posonlyargs.iter().chain(&params.args).collect();
        let skipped = usize::from(!def.is_static);
        let spread = e
            .arguments
            .args
            .iter()
            .any(|a| matches!(a, ruff_python_ast::Expr::Starred(_)));
        let given = skipped + e.arguments.args.len();
        let keywords = &e.arguments.keywords;
        let by_name = |p: &ruff_python_ast::ParameterWithDefault| {
            let name = p.parameter.name.as_str();
            keywords
                .iter()
                .any(|k| k.arg.as_ref().is_none_or(|a| a.as_str() == name))
        };
        let is_known = keywords.iter().all(|k| {
            let known = |name: &str| {
                let mut all = named.iter().copied().chain(&params.kwonlyargs);
                all.any(|p| p.parameter.name.as_str() == name)
            };
            k.arg.as_ref().is_none_or(|a| known(a.as_str()))
        });
        is_known && spread
            || is_known
                && given <= named.len()
                && named[given..]
                    .iter()
                    .all(|p| p.default.is_some() || by_name(p))
    }

    /// `object.name = value` of a value of unknown class, if a class of the file has it.
    pub(super) fn any_store(
        &mut self,
        at: &impl Ranged,
        object: Expr,
        name: &str,
        value: &Expr,
    ) -> Low<Option<Vec<Stmt>>> {
        let program = self.unit.program;
        let classes = self.classes_with(|c| {
            let def = &program.classes[c];
            def.kind == Kind::Plain && !def.frozen && def.names.contains(name)
        });
        if classes.is_empty() {
            return Ok(None);
        }
        let kept = self.temporary("object", at, &Ty::Any);
        let mut stmts = vec![self.assign(kept, object)];
        let mut chain = vec![Stmt::Do(call("python_only::<()>", Ty::None, Vec::new()))];
        for class in classes.into_iter().rev() {
            let test = self.is_of_class(kept, class);
            let object = self.as_instance(kept, class);
            let write = self.write_attribute(at, object, class, name, value.clone())?;
            chain = vec![Stmt::If(test, vec![write], chain)];
        }
        stmts.extend(chain);
        Ok(Some(stmts))
    }
}
