//! The bodies of classes: methods, fields and what stands in the way of looking into instances.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Expr, ExprContext, Stmt, StmtClassDef};

use crate::classes::{ClassDef, Field, Kind, private};
use crate::program::{Global, Program};
use crate::source::Source;

/// Builtin exceptions whose instances hold nothing but their arguments.
const PLAIN_EXCEPTIONS: [&str; 12] = [
    "Exception",
    "ValueError",
    "TypeError",
    "KeyError",
    "IndexError",
    "LookupError",
    "RuntimeError",
    "ArithmeticError",
    "ZeroDivisionError",
    "OverflowError",
    "AssertionError",
    "NotImplementedError",
];

/// Methods that change how attributes or instances are made.
const HOOKS: [&str; 9] = [
    "__getattr__",
    "__getattribute__",
    "__setattr__",
    "__delattr__",
    "__new__",
    "__del__",
    "__init_subclass__",
    "__class_getitem__",
    "__set_name__",
];

impl<'a> Program<'a> {
    pub(crate) fn class(
        &mut self,
        source: &'a Source<'_>,
        node: &'a StmtClassDef,
        around: Option<&str>,
    ) -> usize {
        let at = self.classes.len();
        let mut class = self.head(node);
        if let Some(around) = around {
            class.name = format!("{around}.{}", node.name);
        }
        let path = class.name.clone();
        class.lines = (
            source.line(node.range.start()),
            source.line(node.range.end()),
        );
        let body: &'a [Stmt] = &node.body;
        self.classes.push(ClassDef {
            name: path.clone(),
            ..class.shallow()
        });
        for statement in body {
            match statement {
                Stmt::FunctionDef(f) => {
                    let method = self.function(source, f, Some(at));
                    let mut assigned = Assigned(&node.name, &mut class.names);
                    assigned.visit_body(&f.body);
                    if HOOKS.contains(&f.name.as_str()) {
                        class.obstacle = Some("it changes how attributes or instances are made");
                    }
                    class.method(&private(&node.name, &f.name), method, &f.decorator_list);
                }
                Stmt::AnnAssign(a) => {
                    if let Expr::Name(n) = &*a.target {
                        if n.id.starts_with("__") {
                            class.obstacle = Some("a field of it has a private name");
                        }
                        class.annotated(&n.id, &a.annotation, a.value.as_deref());
                    }
                }
                Stmt::Assign(a) => {
                    for target in &a.targets {
                        if let Expr::Name(n) = target {
                            if n.id == "__slots__" {
                                continue;
                            }
                            let name = private(&node.name, &n.id);
                            if let Expr::Name(other) = &*a.value
                                && let Some(&method) = class.methods.get(other.id.as_str())
                            {
                                // Another name of a method.
                                class.methods.insert(name, method);
                                continue;
                            }
                            class.methods.remove(&name);
                            class.properties.remove(&name);
                            class.attributes.insert(name, &a.value);
                        }
                    }
                }
                Stmt::ClassDef(c) => {
                    let name = private(&node.name, &c.name);
                    let inner = self.class(source, c, Some(&path));
                    let is_known = class.methods.contains_key(&name)
                        || class.properties.contains_key(&name)
                        || class.attributes.contains_key(&name);
                    if is_known || class.inner.insert(name, inner).is_some() {
                        class.obstacle = Some("it gives a name to a class and to something else");
                    }
                }
                Stmt::Expr(_) | Stmt::Pass(_) => {}
                _ => class.obstacle = Some("its body does more than define"),
            }
        }
        let is_ordered = node
            .decorator_list
            .iter()
            .any(|d| self.imported(&d.expression) == Some(("functools", "total_ordering")));
        if is_ordered {
            // The first of these that there is, as the decorator looks for it.
            let mut roots = ["__lt__", "__le__", "__gt__", "__ge__"].into_iter();
            class.ordered_by = roots.find(|n| class.methods.contains_key(*n));
            if class.ordered_by.is_none() || class.order {
                class.obstacle = Some("`total_ordering` finds no comparison of its own");
            }
        }
        let is_shadowed = class.inner.keys().any(|name| {
            class.methods.contains_key(name)
                || class.properties.contains_key(name)
                || class.attributes.contains_key(name)
                || class.names.contains(name)
        });
        if is_shadowed {
            class.obstacle = Some("it gives a name to a class and to something else");
        }
        self.classes[at] = class;
        at
    }

    /// The class of the file that an expression names: `C`, or `C.D` of a class inside another.
    pub(crate) fn class_path(&self, e: &Expr) -> Option<usize> {
        match e {
            Expr::Name(n) => match self.globals.get(n.id.as_str()) {
                Some(Global::Class(c)) => Some(*c),
                _ => None,
            },
            Expr::Attribute(a) => {
                let outer = self.class_path(&a.value)?;
                self.classes[outer].inner.get(a.attr.as_str()).copied()
            }
            _ => None,
        }
    }

    /// The class that a type text names, which begins with a module.
    pub(crate) fn class_of_text(&self, text: &str) -> Option<usize> {
        let is_named = |name: &str| {
            text.strip_suffix(name)
                .is_some_and(|head| head.is_empty() || head.ends_with('.'))
        };
        let named = (0..self.classes.len()).filter(|&c| is_named(&self.classes[c].name));
        named.max_by_key(|&c| (self.classes[c].name.len(), std::cmp::Reverse(c)))
    }

    /// The class that `collections.namedtuple(name, fields)` makes, where both are literals.
    pub(crate) fn named_tuple(&mut self, name: &str, value: &'a Expr) -> Option<usize> {
        let Expr::Call(call) = value else {
            return None;
        };
        if self.imported(&call.func) != Some(("collections", "namedtuple")) {
            return None;
        }
        let [Expr::StringLiteral(given), names] = &call.arguments.args[..] else {
            return None;
        };
        let names: Vec<&'a str> = match names {
            Expr::StringLiteral(s) => {
                let words = s.value.to_str().split([',', ' ', '\t', '\n']);
                words.filter(|w| !w.is_empty()).collect()
            }
            Expr::List(l) => l.elts.iter().map(literal_text).collect::<Option<_>>()?,
            Expr::Tuple(t) => t.elts.iter().map(literal_text).collect::<Option<_>>()?,
            _ => return None,
        };
        let defaults: &'a [Expr] = match &call.arguments.keywords[..] {
            [] => &[],
            [one] if one.arg.as_ref().is_some_and(|a| a.as_str() == "defaults") => match &one.value
            {
                Expr::Tuple(t) => &t.elts,
                Expr::List(l) => &l.elts,
                _ => return None,
            },
            _ => return None,
        };
        let first = names.len().checked_sub(defaults.len())?;
        if given.value.to_str() != name {
            return None;
        }
        let fields = names.iter().enumerate().map(|(i, name)| Field {
            name,
            annotation: None,
            default: i.checked_sub(first).and_then(|i| defaults.get(i)),
            factory: None,
            init: true,
            by_name: false,
            compare: true,
            repr: true,
        });
        self.classes.push(ClassDef {
            kind: Kind::Named,
            frozen: true,
            fields: Some(fields.collect()),
            names: names.iter().map(ToString::to_string).collect(),
            ..ClassDef::empty(name)
        });
        Some(self.classes.len() - 1)
    }

    /// A class by its bases and decorators, with what it takes from its base.
    fn head(&self, node: &'a StmtClassDef) -> ClassDef<'a> {
        let mut class = ClassDef::empty(&node.name);
        let bases: Vec<&Expr> = node.arguments.iter().flat_map(|a| a.args.iter()).collect();
        if node
            .arguments
            .as_ref()
            .is_some_and(|a| !a.keywords.is_empty())
        {
            class.obstacle = Some("it has a metaclass or other options");
        }
        match bases.as_slice() {
            [] => {}
            [one] => self.derive(&mut class, one),
            _ => class.obstacle = Some("it derives from several classes"),
        }
        for decorator in &node.decorator_list {
            if self.is_dataclass(&decorator.expression) {
                class.dataclass(&decorator.expression);
            } else if self.imported(&decorator.expression) != Some(("functools", "total_ordering"))
            {
                class.obstacle = Some("it has decorators");
            }
        }
        class
    }

    /// What a class takes from its base.
    fn derive(&self, class: &mut ClassDef<'a>, base: &'a Expr) {
        let name = match base {
            Expr::Name(n) => n.id.as_str(),
            Expr::Attribute(a) => a.attr.as_str(),
            _ => "",
        };
        match self.imported(base) {
            Some(("typing", "NamedTuple")) => {
                class.kind = Kind::Named;
                class.fields = Some(Vec::new());
                class.frozen = true;
                return;
            }
            Some(("enum", "Enum")) => {
                class.kind = Kind::Enum;
                class.frozen = true;
                return;
            }
            Some(("enum", "IntEnum")) => {
                class.kind = Kind::IntEnum;
                class.frozen = true;
                return;
            }
            Some(("abc", "ABC")) => {
                class.is_abstract = true;
                return;
            }
            _ => {}
        }
        if name == "object" && !self.globals.contains_key(name) {
            return;
        }
        let in_file = match self.globals.get(name) {
            Some(Global::Class(c)) if matches!(base, Expr::Name(_)) => Some(*c),
            _ => None,
        };
        if let Some(c) = in_file {
            let parent = &self.classes[c];
            class.base = Some(c);
            class.kind = parent.kind;
            class.methods.clone_from(&parent.methods);
            class.properties.clone_from(&parent.properties);
            class.attributes.clone_from(&parent.attributes);
            class.names.clone_from(&parent.names);
            class.fields.clone_from(&parent.fields);
            class.frozen = parent.frozen;
            class.eq = parent.eq;
            class.order = parent.order;
            class.ordered_by = parent.ordered_by;
            class.repr = parent.repr;
            class.obstacle = parent.obstacle;
            class.is_exception = parent.is_exception;
            class.is_abstract = parent.is_abstract;
            if parent.kind != Kind::Plain {
                class.obstacle = Some("it derives from a named tuple or an enumeration");
            }
            return;
        }
        class.is_exception = name.ends_with("Error") || name.ends_with("Exception");
        let builtin = !self.globals.contains_key(name) && matches!(base, Expr::Name(_));
        if !(class.is_exception && builtin && PLAIN_EXCEPTIONS.contains(&name)) {
            class.obstacle = Some("it derives from a class that this file does not define");
        }
    }

    /// The module and the name that an expression imports its value from.
    fn imported<'s>(&'s self, e: &'s Expr) -> Option<(&'s str, &'s str)> {
        match e {
            Expr::Name(n) => match self.globals.get(n.id.as_str()) {
                Some(Global::Member(module, name)) => Some((module, name)),
                _ => None,
            },
            Expr::Attribute(a) => match &*a.value {
                Expr::Name(n) => match self.globals.get(n.id.as_str()) {
                    Some(Global::Module(module)) => Some((module, a.attr.as_str())),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    fn is_dataclass(&self, decorator: &Expr) -> bool {
        match decorator {
            Expr::Call(c) => c.arguments.args.is_empty() && self.is_dataclass(&c.func),
            other => self.imported(other) == Some(("dataclasses", "dataclass")),
        }
    }
}

/// Names of attributes of `self` that are assigned.
struct Assigned<'n>(&'n str, &'n mut HashSet<String>);

impl<'a> Visitor<'a> for Assigned<'_> {
    fn visit_expr(&mut self, e: &'a Expr) {
        if let Expr::Attribute(a) = e
            && a.ctx == ExprContext::Store
            && matches!(&*a.value, Expr::Name(n) if n.id == "self")
        {
            self.1.insert(private(self.0, &a.attr));
        }
        walk_expr(self, e);
    }
}

/// The text of a literal.
fn literal_text(e: &Expr) -> Option<&str> {
    match e {
        Expr::StringLiteral(s) => Some(s.value.to_str()),
        _ => None,
    }
}
