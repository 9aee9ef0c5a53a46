//! What a file defines: its functions, classes, imports and module-level names.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtClassDef, StmtFunctionDef};

use crate::scopes::{Inner, Names};
use crate::source::Source;

/// A function of the file.
#[derive(Debug)]
pub(crate) struct FunctionDef<'a> {
    /// `f`, `C.m`.
    pub qualname: String,
    /// The line of its `def`.
    pub line: u32,
    /// Its syntax.
    pub node: &'a StmtFunctionDef,
    /// The class it is a method of.
    pub class: Option<usize>,
    /// Whether it is a `staticmethod`.
    pub is_static: bool,
    /// The function that it stands in.
    pub parent: Option<usize>,
    /// Names of the functions around that it or what it calls uses, and whether they are changed.
    pub free: Vec<(String, bool)>,
    /// The functions inside it that are known by name.
    pub inner: HashMap<String, Callable<'a>>,
    /// All names that it binds.
    pub bound: HashSet<String>,
}

/// A function that a name of a function has for a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What<'a> {
    /// A function of the file, by its number.
    Function(usize),
    /// A lambda.
    Lambda(&'a ruff_python_ast::ExprLambda),
}

/// A function inside another, with where in the text it may be called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callable<'a> {
    /// The function.
    pub what: What<'a>,
    /// Where it and all that it calls are defined.
    pub from: u32,
    /// Where their block ends.
    pub until: u32,
}

/// A class of the file.
#[derive(Debug)]
pub(crate) struct ClassDef<'a> {
    /// Its name.
    pub name: String,
    /// Its methods, by name: numbers of functions.
    pub methods: HashMap<String, usize>,
    /// Its fields with their annotations and defaults, if it is a dataclass that is not changed by options.
    pub fields: Option<Vec<(String, &'a Expr, Option<&'a Expr>)>>,
    /// Why instances cannot be looked into, if so.
    pub obstacle: Option<&'static str>,
    /// Names that the class itself holds besides methods.
    pub attributes: HashMap<String, &'a Expr>,
    /// Whether it is an exception class.
    pub is_exception: bool,
}

/// What a name of the module stands for.
#[derive(Clone, Debug)]
pub(crate) enum Global<'a> {
    /// A function of the file.
    Function(usize),
    /// A class of the file.
    Class(usize),
    /// An imported module.
    Module(String),
    /// A name imported from a module.
    Member(String, String),
    /// A value given once by an expression.
    Value(&'a Expr),
    /// Anything that changes or cannot be seen through.
    Unknown,
}

/// A file as the compiler sees it.
#[derive(Debug)]
pub(crate) struct Program<'a> {
    /// Functions at the top level and in classes.
    pub functions: Vec<FunctionDef<'a>>,
    /// Classes at the top level.
    pub classes: Vec<ClassDef<'a>>,
    /// The names of the module.
    pub globals: HashMap<String, Global<'a>>,
}

impl<'a> Program<'a> {
    /// Looks through a parsed file.
    pub(crate) fn of(source: &'a Source<'_>) -> Self {
        let mut program = Self {
            functions: Vec::new(),
            classes: Vec::new(),
            globals: HashMap::new(),
        };
        program.block(source, &source.module.body);
        let mut changed = Changed(HashSet::new());
        for statement in &source.module.body {
            changed.visit_stmt(statement);
        }
        for name in changed.0 {
            program.globals.insert(name, Global::Unknown);
        }
        program
    }

    fn define(&mut self, name: &str, global: Global<'a>) {
        let known = self.globals.contains_key(name);
        self.globals.insert(
            name.to_owned(),
            if known { Global::Unknown } else { global },
        );
    }

    fn block(&mut self, source: &'a Source<'_>, body: &'a [Stmt]) {
        for statement in body {
            match statement {
                Stmt::FunctionDef(f) => {
                    let at = self.function(source, f, None);
                    self.define(&f.name, Global::Function(at));
                }
                Stmt::ClassDef(c) => {
                    let at = self.class(source, c);
                    self.define(&c.name, Global::Class(at));
                }
                Stmt::Import(i) => {
                    for alias in &i.names {
                        let name = alias.asname.as_ref().unwrap_or(&alias.name);
                        let first = name.split('.').next().unwrap_or(name);
                        let module = if alias.asname.is_some() {
                            alias.name.as_str()
                        } else {
                            first
                        };
                        self.define(first, Global::Module(module.to_owned()));
                    }
                }
                Stmt::ImportFrom(i) => {
                    let module = i.module.as_ref().map_or("", |m| m.as_str());
                    for alias in &i.names {
                        let name = alias.asname.as_ref().unwrap_or(&alias.name);
                        self.define(
                            name,
                            Global::Member(module.to_owned(), alias.name.to_string()),
                        );
                    }
                }
                Stmt::Assign(a) => {
                    for target in &a.targets {
                        match target {
                            Expr::Name(n) => self.define(&n.id, Global::Value(&a.value)),
                            other => self.unknown(other),
                        }
                    }
                }
                Stmt::AnnAssign(a) => {
                    if let (Expr::Name(n), Some(value)) = (&*a.target, &a.value) {
                        self.define(&n.id, Global::Value(value));
                    }
                }
                Stmt::AugAssign(a) => self.unknown(&a.target),
                Stmt::For(f) => {
                    self.unknown(&f.target);
                    self.hidden(&f.body);
                    self.hidden(&f.orelse);
                }
                Stmt::While(w) => self.hidden(&w.body),
                Stmt::If(i) => {
                    self.hidden(&i.body);
                    for clause in &i.elif_else_clauses {
                        self.hidden(&clause.body);
                    }
                }
                Stmt::With(w) => self.hidden(&w.body),
                Stmt::Try(t) => {
                    self.hidden(&t.body);
                    for handler in &t.handlers {
                        let ruff_python_ast::ExceptHandler::ExceptHandler(h) = handler;
                        self.hidden(&h.body);
                    }
                }
                _ => {}
            }
        }
    }

    /// Names that a block gives conditionally or several times.
    fn hidden(&mut self, body: &'a [Stmt]) {
        for statement in body {
            match statement {
                Stmt::Assign(a) => a.targets.iter().for_each(|t| self.unknown(t)),
                Stmt::AnnAssign(a) => self.unknown(&a.target),
                Stmt::AugAssign(a) => self.unknown(&a.target),
                Stmt::FunctionDef(f) => self.define(&f.name, Global::Unknown),
                Stmt::ClassDef(c) => self.define(&c.name, Global::Unknown),
                Stmt::For(f) => {
                    self.unknown(&f.target);
                    self.hidden(&f.body);
                }
                Stmt::If(i) => {
                    self.hidden(&i.body);
                    i.elif_else_clauses
                        .iter()
                        .for_each(|c| self.hidden(&c.body));
                }
                Stmt::While(w) => self.hidden(&w.body),
                Stmt::With(w) => self.hidden(&w.body),
                Stmt::Try(t) => self.hidden(&t.body),
                _ => {}
            }
        }
    }

    fn unknown(&mut self, target: &Expr) {
        match target {
            Expr::Name(n) => {
                self.globals.insert(n.id.to_string(), Global::Unknown);
            }
            Expr::Tuple(t) => t.elts.iter().for_each(|e| self.unknown(e)),
            Expr::List(t) => t.elts.iter().for_each(|e| self.unknown(e)),
            Expr::Starred(s) => self.unknown(&s.value),
            _ => {}
        }
    }

    fn function(
        &mut self,
        source: &Source<'_>,
        node: &'a StmtFunctionDef,
        class: Option<usize>,
    ) -> usize {
        use ruff_text_size::Ranged;
        let qualname = match class {
            Some(c) => format!("{}.{}", self.classes[c].name, node.name),
            None => node.name.to_string(),
        };
        let is_static = node
            .decorator_list
            .iter()
            .any(|d| matches!(&d.expression, Expr::Name(n) if n.id == "staticmethod"));
        self.functions.push(FunctionDef {
            qualname,
            line: source.line(node.name.start()),
            node,
            class,
            is_static,
            parent: None,
            free: Vec::new(),
            inner: HashMap::new(),
            bound: HashSet::new(),
        });
        let at = self.functions.len() - 1;
        self.nest(source, at, &mut Vec::new());
        at
    }

    /// Looks for functions inside a function; answers which names of those around they use, and which they change.
    fn nest(&mut self, source: &Source<'_>, at: usize, around: &mut Vec<HashSet<String>>) {
        use ruff_text_size::Ranged;
        let names = Names::of(self.functions[at].node);
        let bound: HashSet<String> = names.bound.keys().cloned().collect();
        around.push(bound.clone());
        // What each inner function takes from around itself: names read, and those of them that it changes.
        let mut takes: HashMap<String, (HashSet<String>, HashSet<String>)> = HashMap::new();
        let mut inner: HashMap<String, Callable<'a>> = HashMap::new();
        for (name, place) in &names.inner {
            if names.bound.get(name) != Some(&1) {
                continue;
            }
            let what = match place.inner {
                Inner::Lambda(l) => {
                    takes.insert(name.clone(), (Names::of_lambda(l), HashSet::new()));
                    What::Lambda(l)
                }
                Inner::Def(f) => {
                    self.functions.push(FunctionDef {
                        qualname: format!("{}.<locals>.{name}", self.functions[at].qualname),
                        line: source.line(f.name.start()),
                        node: f,
                        class: None,
                        is_static: false,
                        parent: Some(at),
                        free: Vec::new(),
                        inner: HashMap::new(),
                        bound: HashSet::new(),
                    });
                    let number = self.functions.len() - 1;
                    self.nest(source, number, around);
                    let free = &self.functions[number].free;
                    let changed = free.iter().filter(|f| f.1).map(|f| f.0.clone()).collect();
                    takes.insert(
                        name.clone(),
                        (free.iter().map(|f| f.0.clone()).collect(), changed),
                    );
                    What::Function(number)
                }
            };
            let (from, until) = (place.from, place.until);
            inner.insert(name.clone(), Callable { what, from, until });
        }
        // A function takes what those that it calls take.
        loop {
            let mut more = false;
            for name in inner.keys().cloned().collect::<Vec<_>>() {
                let read = takes[&name].0.clone();
                for other in inner.keys().filter(|o| read.contains(*o)) {
                    let (r, c) = takes[other].clone();
                    let (all, all_changed) = takes.entry(name.clone()).or_default();
                    let before = (all.len(), all_changed.len());
                    all.extend(r);
                    all_changed.extend(c);
                    more |= before != (all.len(), all_changed.len());
                }
            }
            if !more {
                break;
            }
        }
        for name in inner.keys().cloned().collect::<Vec<_>>() {
            let reached: Vec<Callable<'a>> = inner
                .iter()
                .filter(|(other, _)| takes[&name].0.contains(*other))
                .map(|(_, c)| *c)
                .collect();
            if let Some(callable) = inner.get_mut(&name) {
                for other in reached {
                    callable.from = callable.from.max(other.from);
                    callable.until = callable.until.min(other.until);
                }
            }
        }
        let mut read = names.read.clone();
        let mut changed = names.outer.clone();
        for (r, c) in takes.values() {
            read.extend(r.iter().cloned());
            changed.extend(c.iter().cloned());
        }
        // Functions of this level are no variables: who calls them takes what they take.
        for number in at + 1..self.functions.len() {
            let before = std::mem::take(&mut self.functions[number].free);
            let mut free: HashMap<String, bool> = HashMap::new();
            for (name, is_changed) in before {
                match takes.get(&name) {
                    Some((r, c)) if !self.binds_between(number, at, &name) => {
                        let variables = r.iter().filter(|n| {
                            !inner.contains_key(*n) && around.iter().any(|b| b.contains(*n))
                        });
                        for n in variables {
                            *free.entry(n.clone()).or_default() |= c.contains(n);
                        }
                    }
                    _ => *free.entry(name).or_default() |= is_changed,
                }
            }
            let mut free: Vec<(String, bool)> = free.into_iter().collect();
            free.sort();
            self.functions[number].free = free;
        }
        around.pop();
        read.extend(changed.iter().cloned());
        let mut free: Vec<(String, bool)> = read
            .into_iter()
            .filter(|n| !bound.contains(n) && around.iter().any(|b| b.contains(n)))
            .map(|n| {
                let is_changed = changed.contains(&n);
                (n, is_changed)
            })
            .collect();
        free.sort();
        let def = &mut self.functions[at];
        def.free = free;
        def.inner = inner;
        def.bound = bound;
    }

    /// Whether a function between two, one inside the other, binds a name.
    fn binds_between(&self, inner: usize, outer: usize, name: &str) -> bool {
        let mut at = self.functions[inner].parent;
        while let Some(f) = at
            && f != outer
        {
            if self.functions[f].bound.contains(name) {
                return true;
            }
            at = self.functions[f].parent;
        }
        false
    }

    /// The function that a name inside a function has for a value, if it has always the same.
    pub(crate) fn callable(&self, function: usize, name: &str) -> Option<(Callable<'a>, usize)> {
        let mut at = Some(function);
        while let Some(f) = at {
            let def = &self.functions[f];
            if let Some(found) = def.inner.get(name) {
                return Some((*found, f));
            }
            if def.bound.contains(name) {
                return None;
            }
            at = def.parent;
        }
        None
    }

    fn class(&mut self, source: &Source<'_>, node: &'a StmtClassDef) -> usize {
        let at = self.classes.len();
        let bases: Vec<&Expr> = node.arguments.iter().flat_map(|a| a.args.iter()).collect();
        let keywords = node
            .arguments
            .as_ref()
            .is_some_and(|a| !a.keywords.is_empty());
        let base_name = |e: &Expr| {
            if let Expr::Name(n) = e {
                n.id.to_string()
            } else {
                String::new()
            }
        };
        let is_exception = bases.len() == 1
            && (base_name(bases[0]).ends_with("Error")
                || base_name(bases[0]).ends_with("Exception")
                || self
                    .classes
                    .iter()
                    .any(|c| c.is_exception && c.name == base_name(bases[0])));
        let dataclass = node
            .decorator_list
            .first()
            .is_some_and(|d| is_dataclass(&d.expression));
        let mut obstacle = None;
        if node.decorator_list.len() > usize::from(dataclass) {
            obstacle = Some("it has decorators");
        }
        if !bases.is_empty() && base_name(bases[0]) != "object" || keywords {
            obstacle = Some("it derives from other classes");
        }
        self.classes.push(ClassDef {
            name: node.name.to_string(),
            methods: HashMap::new(),
            fields: dataclass.then(Vec::new),
            obstacle,
            attributes: HashMap::new(),
            is_exception,
        });
        for statement in &node.body {
            match statement {
                Stmt::FunctionDef(f) => {
                    let method = self.function(source, f, Some(at));
                    let class = &mut self.classes[at];
                    if matches!(
                        f.name.as_str(),
                        "__getattr__"
                            | "__getattribute__"
                            | "__setattr__"
                            | "__delattr__"
                            | "__new__"
                            | "__del__"
                            | "__init_subclass__"
                            | "__class_getitem__"
                    ) {
                        class.obstacle = Some("it changes how attributes or instances are made");
                    }
                    class.methods.insert(f.name.to_string(), method);
                }
                Stmt::AnnAssign(a) => {
                    if let Expr::Name(n) = &*a.target {
                        let class = &mut self.classes[at];
                        if let Some(fields) = &mut class.fields {
                            fields.push((n.id.to_string(), &a.annotation, a.value.as_deref()));
                        } else if let Some(value) = &a.value {
                            class.attributes.insert(n.id.to_string(), value);
                        }
                    }
                }
                Stmt::Assign(a) => {
                    for target in &a.targets {
                        if let Expr::Name(n) = target {
                            self.classes[at]
                                .attributes
                                .insert(n.id.to_string(), &a.value);
                        }
                    }
                }
                _ => {}
            }
        }
        at
    }
}

/// `@dataclass` and `@dataclass(frozen=…, slots=…, order=…, eq=…)` change nothing of how fields are stored.
fn is_dataclass(decorator: &Expr) -> bool {
    match decorator {
        Expr::Name(n) => n.id == "dataclass",
        Expr::Attribute(a) => a.attr.as_str() == "dataclass",
        Expr::Call(c) => {
            is_dataclass(&c.func)
                && c.arguments.args.is_empty()
                && c.arguments.keywords.iter().all(|k| {
                    k.arg.as_ref().is_some_and(|a| {
                        matches!(a.as_str(), "order" | "eq" | "repr" | "slots" | "frozen")
                    })
                })
        }
        _ => false,
    }
}

/// Names that functions change by `global`.
struct Changed(HashSet<String>);

impl<'a> Visitor<'a> for Changed {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Global(g) = statement {
            self.0.extend(g.names.iter().map(ToString::to_string));
        }
        walk_stmt(self, statement);
    }
    fn visit_expr(&mut self, expr: &'a Expr) {
        walk_expr(self, expr);
    }
}
