//! What a file defines: its functions, classes, imports and module-level names.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Parameter, Stmt, StmtFunctionDef};

use crate::classes::ClassDef;
use crate::source::Source;
use crate::yields::Yields;

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
    /// The line where its decorators or its `def` begin.
    pub first_line: u32,
    /// Whether it is a `staticmethod`.
    pub is_static: bool,
    /// Whether it is a `classmethod`.
    pub is_class_method: bool,
    /// The function that it stands in.
    pub parent: Option<usize>,
    /// Names of the functions around that it or what it calls uses, and whether they are changed.
    pub free: Vec<(String, bool)>,
    /// The functions inside it that are known by name.
    pub inner: HashMap<String, Callable<'a>>,
    /// All names that it binds.
    pub bound: HashSet<String>,
    /// Its variables that are no parameters, in the order of their names.
    pub assigned: Vec<String>,
    /// The first `yield` of a generator function.
    pub first_yield: Option<ruff_text_size::TextRange>,
    /// A `yield` of it inside `try` or `with`.
    pub guarded_yield: Option<ruff_text_size::TextRange>,
    /// Names that it binds once only, outside of loops, with where that ends: 0 for parameters.
    pub once: HashMap<String, u32>,
    /// The names that it reads, with those of lambdas in it.
    pub read: HashSet<String>,
    /// For a lambda in a constant container of the module: the container's name.
    pub table: Option<String>,
    /// What it imports: names with the module and, of `from`, the member.
    pub imports: Vec<(String, String, Option<String>)>,
}

impl<'a> FunctionDef<'a> {
    /// Whether a call of it makes items one by one.
    pub(crate) fn makes_items(&self) -> bool {
        self.first_yield.is_some() || self.handed_on().is_some()
    }

    /// What it returns, if all that it does is return an iterator over it: `iter(…)` or a generator expression.
    pub(crate) fn handed_on(&self) -> Option<&'a Expr> {
        let mut body =
            self.node.body.iter().filter(
                |s| !matches!(s, Stmt::Expr(e) if matches!(&*e.value, Expr::StringLiteral(_))),
            );
        let (Some(Stmt::Return(r)), None) = (body.next(), body.next()) else {
            return None;
        };
        match r.value.as_deref()? {
            value @ Expr::Generator(_) => Some(value),
            value @ Expr::Call(c) => {
                let is_iter = matches!(&*c.func, Expr::Name(n) if n.id == "iter");
                let one = c.arguments.args.len() == 1 && c.arguments.keywords.is_empty();
                (is_iter && one).then_some(value)
            }
            _ => None,
        }
    }

    /// Its parameters, in the order in which arguments are handed on.
    pub(crate) fn parameters(&self) -> Vec<&Parameter> {
        let params = &self.node.parameters;
        let all = params
            .posonlyargs
            .iter()
            .chain(&params.args)
            .map(|p| &p.parameter);
        let rest = params.vararg.iter().map(|p| &**p);
        let named = params.kwonlyargs.iter().map(|p| &p.parameter);
        let keywords = params.kwarg.iter().map(|p| &**p);
        all.chain(rest).chain(named).chain(keywords).collect()
    }

    /// Their names.
    pub(crate) fn parameter_names(&self) -> Vec<String> {
        let name = |p: &Parameter| p.name.to_string();
        self.parameters().into_iter().map(name).collect()
    }
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
    /// Names of the module that functions change.
    pub changed: HashSet<String>,
    /// What the module gives to names that functions change.
    pub first: HashMap<String, &'a Expr>,
    /// The functions that are lambdas, by where they begin.
    pub lambdas: HashMap<u32, usize>,
    /// Names that functions import and the module does not know.
    pub imported: HashSet<String>,
    /// Names that are used as values somewhere, not only called.
    pub values: HashSet<String>,
}

impl<'a> Program<'a> {
    /// Looks through a parsed file.
    pub(crate) fn of(source: &'a Source<'_>) -> Self {
        let mut program = Self {
            functions: Vec::new(),
            classes: Vec::new(),
            globals: HashMap::new(),
            changed: HashSet::new(),
            first: HashMap::new(),
            lambdas: HashMap::new(),
            imported: HashSet::new(),
            values: crate::function_uses::values(&source.module.body),
        };
        program.block(source, &source.module.body);

        let mut changed = Changed(HashSet::new());
        for statement in &source.module.body {
            changed.visit_stmt(statement);
        }
        for name in changed.0 {
            if let Some(Global::Value(value)) = program.globals.get(&name) {
                program.first.insert(name.clone(), *value);
            }
            // What was a function or a class is looked up by Python.
            let is_value = matches!(
                program.globals.get(&name),
                None | Some(Global::Value(_) | Global::Unknown)
            );
            if is_value {
                program.changed.insert(name.clone());
            }
            program.globals.insert(name, Global::Unknown);
        }
        program.tables(source);
        program.local_imports();
        program
    }

    /// The function of a name whose `def` or first decorator stands on a line; of that name alone if none does.
    pub(crate) fn find(&self, qualname: &str, line: u32) -> Option<usize> {
        let named = |f: &&FunctionDef<'_>| f.qualname == qualname;
        let at_line = |f: &FunctionDef<'_>| named(&f) && (f.line == line || f.first_line == line);
        let mut all = self.functions.iter();
        let mut again = self.functions.iter();
        all.position(at_line)
            .or_else(|| again.position(|f| named(&f)))
    }

    pub(crate) fn define(&mut self, name: &str, global: Global<'a>) {
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
                    let at = self.class(source, c, None);
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
                            Expr::Name(n) => match self.named_tuple(&n.id, &a.value) {
                                Some(class) => self.define(&n.id, Global::Class(class)),
                                None => self.define(&n.id, Global::Value(&a.value)),
                            },
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
                    self.hidden(source, &f.body);
                    self.hidden(source, &f.orelse);
                }
                Stmt::While(w) => self.hidden(source, &w.body),
                Stmt::If(i) => {
                    self.hidden(source, &i.body);
                    for clause in &i.elif_else_clauses {
                        self.hidden(source, &clause.body);
                    }
                }
                Stmt::With(w) => self.hidden(source, &w.body),
                Stmt::Try(t) => {
                    self.hidden(source, &t.body);
                    for handler in &t.handlers {
                        let ruff_python_ast::ExceptHandler::ExceptHandler(h) = handler;
                        self.hidden(source, &h.body);
                    }
                }
                _ => {}
            }
        }
    }

    /// Names that a block gives conditionally or several times.
    fn hidden(&mut self, source: &'a Source<'_>, body: &'a [Stmt]) {
        for statement in body {
            match statement {
                Stmt::Assign(a) => a.targets.iter().for_each(|t| self.unknown(t)),
                Stmt::AnnAssign(a) => self.unknown(&a.target),
                Stmt::AugAssign(a) => self.unknown(&a.target),
                Stmt::FunctionDef(f) => {
                    // Python may call it; what a call of its name means is only known when the program runs.
                    self.function(source, f, None);
                    self.define(&f.name, Global::Unknown);
                }
                Stmt::ClassDef(c) => self.define(&c.name, Global::Unknown),
                Stmt::For(f) => {
                    self.unknown(&f.target);
                    self.hidden(source, &f.body);
                }
                Stmt::If(i) => {
                    self.hidden(source, &i.body);
                    i.elif_else_clauses
                        .iter()
                        .for_each(|c| self.hidden(source, &c.body));
                }
                Stmt::While(w) => self.hidden(source, &w.body),
                Stmt::With(w) => self.hidden(source, &w.body),
                Stmt::Try(t) => {
                    self.hidden(source, &t.body);
                    for handler in &t.handlers {
                        let ruff_python_ast::ExceptHandler::ExceptHandler(h) = handler;
                        self.hidden(source, &h.body);
                    }
                }
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

    pub(crate) fn function(
        &mut self,
        source: &'a Source<'_>,
        node: &'a StmtFunctionDef,
        class: Option<usize>,
    ) -> usize {
        use ruff_text_size::Ranged;
        let qualname = match class {
            Some(c) => format!("{}.{}", self.classes[c].name, node.name),
            None => node.name.to_string(),
        };
        let decorated = |name: &str| {
            let mut all = node.decorator_list.iter();
            all.any(|d| matches!(&d.expression, Expr::Name(n) if n.id == name))
        };
        let first_line = node
            .decorator_list
            .first()
            .map_or(node.range.start(), Ranged::start);
        let yields = Yields::of(&node.body);
        self.functions.push(FunctionDef {
            qualname,
            line: source.line(node.name.start()),
            node,
            class,
            is_static: decorated("staticmethod"),
            is_class_method: decorated("classmethod"),
            first_line: source.line(first_line),
            parent: None,
            free: Vec::new(),
            inner: HashMap::new(),
            bound: HashSet::new(),
            assigned: Vec::new(),
            first_yield: yields.first,
            guarded_yield: yields.guarded,
            once: HashMap::new(),
            read: HashSet::new(),
            table: None,
            imports: Vec::new(),
        });
        let at = self.functions.len() - 1;
        self.nest(source, at, &mut Vec::new());
        at
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
