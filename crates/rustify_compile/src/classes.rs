//! The classes of a file: their methods, fields, and whether their instances can be looked into.

use std::collections::{HashMap, HashSet};

use ruff_python_ast::{Decorator, Expr, ExprCall, Identifier};

/// A field of a dataclass or of a named tuple.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its annotation, if it has one.
    pub annotation: Option<&'a Expr>,
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
    /// Its name, with those of the classes around it: `C`, `C.D`.
    pub name: String,
    /// The classes of the file in its body, by name.
    pub inner: HashMap<String, usize>,
    /// The lines of its text, or zero.
    pub lines: (u32, u32),
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
    /// The comparison that `functools.total_ordering` makes the others from.
    pub ordered_by: Option<&'static str>,
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
    /// Whether other classes may be registered as derived from it.
    pub is_abstract: bool,
}

/// The most attributes of an instance in Rust, as `record.rs` of the support source has it.
const MOST_FIELDS: usize = 12;

impl<'a> ClassDef<'a> {
    /// A class of which only the name is known.
    pub(crate) fn empty(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            inner: HashMap::new(),
            lines: (0, 0),
            kind: Kind::Plain,
            base: None,
            methods: HashMap::new(),
            properties: HashMap::new(),
            fields: None,
            frozen: false,
            eq: false,
            order: false,
            ordered_by: None,
            repr: false,
            obstacle: None,
            names: HashSet::new(),
            attributes: HashMap::new(),
            is_exception: false,
            is_abstract: false,
        }
    }

    /// Its name alone.
    pub(crate) fn own_name(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// Whether instances that functions make may be in Rust.
    pub(crate) fn is_record(&self) -> bool {
        self.kind == Kind::Plain
            && !self.is_exception
            && self.obstacle.is_none()
            && self.names.len() <= MOST_FIELDS
    }

    /// The number of an attribute that instances have of their own.
    pub(crate) fn field(&self, name: &str) -> Option<usize> {
        self.names
            .contains(name)
            .then(|| self.names.iter().filter(|n| n.as_str() < name).count())
    }

    /// The class without what its body defines.
    pub(crate) fn shallow(&self) -> Self {
        Self {
            name: self.name.clone(),
            inner: HashMap::new(),
            fields: self.fields.clone(),
            methods: HashMap::new(),
            properties: HashMap::new(),
            names: HashSet::new(),
            attributes: HashMap::new(),
            ..*self
        }
    }

    /// The options of `@dataclass(…)`.
    pub(crate) fn dataclass(&mut self, decorator: &Expr) {
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

    pub(crate) fn method(&mut self, name: &str, function: usize, decorators: &[Decorator]) {
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
    pub(crate) fn annotated(
        &mut self,
        name: &'a str,
        annotation: &'a Expr,
        value: Option<&'a Expr>,
    ) {
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
            annotation: Some(annotation),
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
