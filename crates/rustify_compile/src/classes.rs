//! The classes of a file: their methods, fields, and whether their instances can be looked into.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::visitor::{Visitor, walk_expr};
use ruff_python_ast::{Decorator, Expr, ExprCall, ExprContext, Identifier, Stmt, StmtClassDef};

use crate::program::{Global, Program};
use crate::source::Source;

/// A field of a dataclass or of a named tuple.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its annotation.
    pub annotation: &'a Expr,
    /// Its default.
    pub default: Option<&'a Expr>,
    /// What makes its default.
    pub factory: Option<&'a Expr>,
    /// Whether `__init__` takes it.
    pub init: bool,
    /// Whether it is only given by name.
    pub by_name: bool,
    /// Whether comparisons look at it.
    pub compare: bool,
    /// Whether the text of an instance shows it.
    pub repr: bool,
}

/// How a class comes to its instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An ordinary class.
    Plain,
    /// A `typing.NamedTuple`.
    Named,
    /// An `enum.Enum`.
    Enum,
    /// An `enum.IntEnum`.
    IntEnum,
}

/// A class of the file.
#[derive(Debug)]
pub(crate) struct ClassDef<'a> {
    /// Its name.
    pub name: String,
    /// What kind it is of.
    pub kind: Kind,
    /// The class of the file that it derives from.
    pub base: Option<usize>,
    /// Its methods, by name: numbers of functions. Those of its base are among them.
    pub methods: HashMap<String, usize>,
    /// Its properties: what reads and what writes them.
    pub properties: HashMap<String, (usize, Option<usize>)>,
    /// Its fields, if it is a dataclass or a named tuple.
    pub fields: Option<Vec<Field<'a>>>,
    /// Whether attributes cannot be assigned.
    pub frozen: bool,
    /// Whether a dataclass compares by its fields.
    pub eq: bool,
    /// Whether a dataclass is ordered by its fields.
    pub order: bool,
    /// Whether a dataclass makes the text of its instances.
    pub repr: bool,
    /// Why instances cannot be looked into, if so.
    pub obstacle: Option<&'static str>,
    /// Names of fields, and of attributes that methods assign to their instance.
    pub names: HashSet<String>,
    /// Names that the class itself holds besides methods.
    pub attributes: HashMap<String, &'a Expr>,
    /// Whether it is an exception class.
    pub is_exception: bool,
}

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
    pub(crate) fn class(&mut self, source: &'a Source<'_>, node: &'a StmtClassDef) -> usize {
        let at = self.classes.len();
        let mut class = self.head(node);
        let body: &'a [Stmt] = &node.body;
        self.classes.push(ClassDef {
            name: node.name.to_string(),
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
                Stmt::Expr(_) | Stmt::Pass(_) => {}
                _ => class.obstacle = Some("its body does more than define"),
            }
        }
        self.classes[at] = class;
        at
    }

    /// A class by its bases and decorators, with what it takes from its base.
    fn head(&self, node: &'a StmtClassDef) -> ClassDef<'a> {
        let mut class = ClassDef {
            name: node.name.to_string(),
            kind: Kind::Plain,
            base: None,
            methods: HashMap::new(),
            properties: HashMap::new(),
            fields: None,
            frozen: false,
            eq: false,
            order: false,
            repr: false,
            obstacle: None,
            names: HashSet::new(),
            attributes: HashMap::new(),
            is_exception: false,
        };
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
            } else {
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
            Some(("abc", "ABC")) => return,
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
            class.repr = parent.repr;
            class.obstacle = parent.obstacle;
            class.is_exception = parent.is_exception;
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

impl<'a> ClassDef<'a> {
    /// The class without what its body defines.
    fn shallow(&self) -> Self {
        Self {
            name: self.name.clone(),
            fields: self.fields.clone(),
            methods: HashMap::new(),
            properties: HashMap::new(),
            names: HashSet::new(),
            attributes: HashMap::new(),
            ..*self
        }
    }

    /// The options of `@dataclass(…)`.
    fn dataclass(&mut self, decorator: &Expr) {
        self.fields.get_or_insert_default();
        (self.eq, self.order, self.repr) = (true, false, true);
        let Expr::Call(ExprCall { arguments, .. }) = decorator else {
            return;
        };
        for keyword in &arguments.keywords {
            let Expr::BooleanLiteral(value) = &keyword.value else {
                self.obstacle = Some("its dataclass options are not constants");
                continue;
            };
            match keyword.arg.as_ref().map(Identifier::as_str) {
                Some("frozen") => self.frozen |= value.value,
                Some("eq") => self.eq = value.value,
                Some("order") => self.order = value.value,
                Some("repr") => self.repr = value.value,
                Some("slots" | "match_args" | "unsafe_hash" | "weakref_slot") => {}
                Some("init" | "kw_only") if !value.value => {}
                _ => self.obstacle = Some("its dataclass options change how instances are made"),
            }
        }
    }

    fn method(&mut self, name: &str, function: usize, decorators: &[Decorator]) {
        self.attributes.remove(name);
        for decorator in decorators {
            match &decorator.expression {
                Expr::Name(n) if n.id == "property" => {
                    self.methods.remove(name);
                    self.properties.insert(name.to_owned(), (function, None));
                    return;
                }
                Expr::Attribute(a) if a.attr.as_str() == "setter" => {
                    if let Some(property) = self.properties.get_mut(name) {
                        property.1 = Some(function);
                    }
                    return;
                }
                _ => {}
            }
        }
        self.properties.remove(name);
        self.methods.insert(name.to_owned(), function);
    }

    /// `name: annotation = value` in the body.
    fn annotated(&mut self, name: &'a str, annotation: &'a Expr, value: Option<&'a Expr>) {
        let head = match annotation {
            Expr::Subscript(s) => &*s.value,
            other => other,
        };
        let word = match head {
            Expr::Name(n) => n.id.as_str(),
            Expr::Attribute(a) => a.attr.as_str(),
            _ => "",
        };
        if matches!(word, "InitVar" | "KW_ONLY") {
            self.obstacle = Some("it has arguments that are no fields");
        }
        let mut field = Field {
            name,
            annotation,
            default: value,
            factory: None,
            init: true,
            by_name: false,
            compare: true,
            repr: true,
        };
        if let Some(Expr::Call(call)) = value
            && matches!(&*call.func, Expr::Name(n) if n.id == "field")
        {
            field.default = None;
            for keyword in &call.arguments.keywords {
                let truth = matches!(&keyword.value, Expr::BooleanLiteral(b) if b.value);
                match keyword.arg.as_ref().map(Identifier::as_str) {
                    Some("default") => field.default = Some(&keyword.value),
                    Some("default_factory") => field.factory = Some(&keyword.value),
                    Some("init") => field.init = truth,
                    Some("repr") => field.repr = truth,
                    Some("compare") => field.compare = truth,
                    Some("kw_only") => field.by_name = truth,
                    Some("hash" | "metadata") => {}
                    _ => self.obstacle = Some("its fields have options that are not known here"),
                }
            }
        }
        match &mut self.fields {
            Some(fields) if word != "ClassVar" => {
                self.names.insert(name.to_owned());
                match fields.iter_mut().find(|f| f.name == name) {
                    Some(old) => *old = field,
                    None => fields.push(field),
                }
            }
            _ => {
                if let Some(value) = value {
                    self.attributes.insert(name.to_owned(), value);
                }
            }
        }
    }
}

/// A name in a class as Python stores it: private names carry the name of the class.
pub(crate) fn private(class: &str, name: &str) -> String {
    let class = class.trim_start_matches('_');
    if name.starts_with("__") && !name.ends_with("__") && !class.is_empty() {
        format!("_{class}{name}")
    } else {
        name.to_owned()
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
