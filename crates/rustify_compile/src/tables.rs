//! Lambdas as functions of the program: those inside functions, those that the module names, and those in constant
//! containers of the module.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::{Expr, ExprLambda};

use crate::lambdas;
use crate::program::{FunctionDef, Global, Program};
use crate::source::Source;

impl<'a> Program<'a> {
    /// Makes a lambda a function; answers its number.
    pub(crate) fn lambda(
        &mut self,
        source: &'a Source<'_>,
        lambda: &ExprLambda,
        parent: Option<usize>,
        around: &mut Vec<HashSet<String>>,
    ) -> Option<usize> {
        let node = source.lambda(lambda.range.start())?;
        let qualname = match parent {
            Some(outer) => format!("{}.<locals>.lambda", self.functions[outer].qualname),
            None => lambdas::NAME.to_owned(),
        };
        let line = source.line(lambda.range.start());
        self.functions.push(FunctionDef {
            qualname,
            line,
            node,
            class: None,
            first_line: line,
            is_static: false,
            is_class_method: false,
            parent,
            free: Vec::new(),
            inner: HashMap::new(),
            bound: HashSet::new(),
            assigned: Vec::new(),
            first_yield: None,
            guarded_yield: None,
            once: HashMap::new(),
            read: HashSet::new(),
            table: None,
            imports: Vec::new(),
        });
        let at = self.functions.len() - 1;
        self.lambdas.insert(lambda.range.start().to_u32(), at);
        self.nest(source, at, around);
        Some(at)
    }

    /// Makes the lambdas functions that the module gives names to, alone or in containers.
    pub(crate) fn tables(&mut self, source: &'a Source<'_>) {
        let mut named: Vec<(String, &'a Expr)> = self
            .globals
            .iter()
            .filter_map(|(name, global)| match global {
                Global::Value(value) => Some((name.clone(), *value)),
                _ => None,
            })
            .collect();
        named.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, value) in named {
            if let Expr::Lambda(l) = value {
                if let Some(at) = self.lambda(source, l, None, &mut Vec::new()) {
                    self.functions[at].qualname.clone_from(&name);
                    self.globals.insert(name, Global::Function(at));
                }
                continue;
            }
            for item in items(value) {
                if let Expr::Lambda(l) = item
                    && let Some(at) = self.lambda(source, l, None, &mut Vec::new())
                {
                    self.functions[at].qualname = format!("{name}.{}", lambdas::NAME);
                    self.functions[at].table = Some(name.clone());
                }
            }
        }
    }
}

/// The values that a container is written with.
pub(crate) fn items(value: &Expr) -> Vec<&Expr> {
    match value {
        Expr::Dict(d) => d.items.iter().map(|i| &i.value).collect(),
        Expr::List(l) => l.elts.iter().collect(),
        Expr::Tuple(t) => t.elts.iter().collect(),
        _ => Vec::new(),
    }
}
