//! Which parameter gets which argument in a call of a function of the file.

use ruff_python_ast::{Expr as Ast, ExprCall, Keyword, Parameters};
use ruff_text_size::Ranged;

use super::build::{
    by_ref, call, give_up_if, int, length, literal, method, none, not, own, sure_method,
};
use super::calls::is_constant;
use super::scope::{Low, Lowerer};
use super::unit::{Constant, Place};
use crate::ir::{Expr, Local, Node, Source, Stmt};
use crate::types::Ty;

/// The arguments of a call as far as they are sorted.
struct Sorted<'p> {
    /// The names of parameters that take one argument.
    names: Vec<&'p str>,
    /// How many of them take arguments by position alone.
    positional: usize,
    /// What each gets.
    slots: Vec<Option<Expr>>,
    /// What `*args` gets.
    more: Vec<Expr>,
    /// What `*args` gets behind that, as a tuple or a list.
    tail: Option<Expr>,
    /// What `**kwargs` gets.
    named: Vec<(String, Expr)>,
    /// Dicts given by `**`.
    dicts: Vec<Local>,
    /// Names that a dict given by `**` must not have.
    given: Vec<String>,
    /// What is computed before.
    before: Vec<Stmt>,
}

impl Lowerer<'_, '_> {
    /// What each parameter of a function gets in a call, and what is computed before.
    pub(super) fn arguments(
        &mut self,
        e: &ExprCall,
        function: usize,
        receiver: Option<Expr>,
    ) -> Low<(Vec<Stmt>, Vec<Expr>)> {
        let def = &self.unit.program.functions[function];
        let params: &Parameters = &def.node.parameters;
        let receiver = if def.is_static { None } else { receiver };
        let all: Vec<_> = params
            .posonlyargs
            .iter()
            .chain(&params.args)
            .chain(&params.kwonlyargs)
            .collect();
        let positions = params.posonlyargs.len() + params.args.len();
        let mut sorted = Sorted {
            names: all.iter().map(|p| p.parameter.name.as_str()).collect(),
            positional: params.posonlyargs.len(),
            slots: vec![None; all.len()],
            more: Vec::new(),
            tail: None,
            named: Vec::new(),
            dicts: Vec::new(),
            given: Vec::new(),
            before: Vec::new(),
        };
        self.by_position(e, params, positions, receiver, &mut sorted)?;
        if !sorted.more.is_empty() && params.vararg.is_none() {
            return self.no(
                e,
                "arguments",
                "these arguments do not fit the parameters one by one",
                "Pass them one by one.",
            );
        }
        for keyword in &e.arguments.keywords {
            self.by_name(keyword, params, &mut sorted)?;
        }
        for (name, slot) in sorted
            .names
            .iter()
            .zip(&sorted.slots)
            .skip(sorted.positional)
        {
            if slot.is_some() {
                sorted.given.push((*name).to_owned());
            }
        }
        let mut taken: Vec<Expr> = Vec::new();
        let mut args = Vec::new();
        for (at, param) in all.iter().enumerate() {
            let default = param.default.as_deref();
            let arg = match (sorted.slots[at].take(), sorted.dicts.first()) {
                (Some(arg), _) => arg,
                (None, Some(&dict)) if at >= sorted.positional => {
                    self.taken_from(param, dict, default, &mut taken, &mut sorted.before)?
                }
                (None, _) => match default {
                    Some(default) if is_constant(default) => self.expr(default)?,
                    Some(_) if at < positions && self.is_plain_function(function) => {
                        let qualname = self.unit.program.functions[function].qualname.clone();
                        let object = self.capture(Place::Function(qualname));
                        let from_end = (positions - at).to_string();
                        let from_end = own(super::build::literal(&from_end, Ty::Any));
                        let object = call(
                            "any::function_default",
                            Ty::Any,
                            vec![by_ref(object), from_end],
                        );
                        let this = &self.unit.specs[self.spec];
                        let ty = match default {
                            // It is what this call was given, if that was left out.
                            Some(Ast::Dict(_) | Ast::Set(_)) if this.function == function => {
                                self.unit.types.get(this.params[at])
                            }
                            _ => Ty::Any,
                        };
                        self.coerce(object, &ty)
                    }
                    _ => {
                        return self.no(
                            e,
                            "default",
                            "a default that is not a constant is needed here",
                            "Pass the argument.",
                        );
                    }
                },
            };
            args.push(arg);
        }
        if let (Some(&dict), None) = (sorted.dicts.first(), &params.kwarg) {
            // Every entry has gone to a parameter, or Python has something to say.
            let read = self.read(dict);
            let mut left = length(read);
            for has in taken {
                let one = Expr {
                    ty: Ty::Int,
                    node: Node::As(Box::new(has)),
                };
                left = super::build::infix("-", Ty::Int, left, one);
            }
            let test = super::build::infix("!=", Ty::Bool, left, int(0));
            sorted.before.push(give_up_if(test));
        }
        if params.vararg.is_some() {
            let rest = self.rest_tuple(e, std::mem::take(&mut sorted.more), sorted.tail.take())?;
            args.insert(positions, rest);
        }
        if params.kwarg.is_some() {
            let dict = self.rest_dict(e, &mut sorted)?;
            args.push(dict);
        }
        Ok((sorted.before, args))
    }

    /// Whether a function is one that the module names, or an ordinary method: its defaults can be asked for.
    fn is_plain_function(&self, function: usize) -> bool {
        let def = &self.unit.program.functions[function];
        def.parent.is_none() && !def.is_static && !def.is_class_method
    }

    /// Arguments are computed in the order they are written.
    fn by_position(
        &mut self,
        e: &ExprCall,
        params: &Parameters,
        positions: usize,
        receiver: Option<Expr>,
        sorted: &mut Sorted<'_>,
    ) -> Low<()> {
        let mut next = 0;
        if let Some(receiver) = receiver {
            sorted.slots[0] = Some(receiver);
            next = 1;
        }
        for (i, arg) in e.arguments.args.iter().enumerate() {
            let parts = match arg {
                Ast::Starred(s) => {
                    let is_last = i + 1 == e.arguments.args.len();
                    self.keep_earlier(arg, sorted);
                    let left = positions.saturating_sub(next);
                    let ordinary: Vec<_> = params.posonlyargs.iter().chain(&params.args).collect();
                    let by_name = |k: &Keyword| {
                        let is = |name: &str| k.arg.as_ref().is_some_and(|n| n == name);
                        ordinary.iter().any(|p| is(&p.parameter.name))
                    };
                    let defaults: Vec<Option<&Ast>> = if e.arguments.keywords.iter().any(by_name) {
                        vec![None; left]
                    } else {
                        let rest = ordinary.iter().skip(next);
                        rest.map(|p| p.default.as_deref()).collect()
                    };
                    if is_last && params.vararg.is_some() {
                        self.spread_over(s, &defaults, sorted)?
                    } else {
                        self.spread(s, is_last, &defaults, &mut sorted.before)?
                    }
                }
                _ => vec![self.expr(arg)?],
            };
            for part in parts {
                if next < positions {
                    sorted.slots[next] = Some(part);
                    next += 1;
                } else {
                    sorted.more.push(part);
                }
            }
        }
        Ok(())
    }

    /// What stands before is computed before.
    fn keep_earlier(&mut self, at: &impl Ranged, sorted: &mut Sorted<'_>) {
        let earlier = sorted.slots.iter_mut().flatten().chain(&mut sorted.more);
        let earlier = earlier.chain(sorted.named.iter_mut().map(|(_, v)| v));
        for (k, value) in earlier.enumerate() {
            let place = u64::from(at.range().start().to_u32()) + 1;
            let kept = self.local(&format!("earlier_{k}"), place);
            let now = std::mem::replace(value, none());
            sorted.before.push(self.assign(kept, now));
            *value = self.read(kept);
        }
    }

    fn by_name(
        &mut self,
        keyword: &Keyword,
        params: &Parameters,
        sorted: &mut Sorted<'_>,
    ) -> Low<()> {
        let Some(name) = &keyword.arg else {
            self.keep_earlier(keyword, sorted);
            let value = self.expr(&keyword.value)?;
            let value = self.present(value);
            let fits = match value.ty {
                Ty::Dict(k, _) => {
                    matches!(self.unit.types.get(k), Ty::Str | Ty::Char | Ty::Never)
                }
                _ => false,
            };
            if !fits || !sorted.dicts.is_empty() {
                return self.no(
                    keyword,
                    "arguments",
                    "`**` of something else than one dict with texts as keys",
                    "Pass the parameters by their names.",
                );
            }
            let kept = self.temporary("options", keyword, &value.ty.clone());
            sorted.before.push(self.assign(kept, value));
            sorted.dicts.push(kept);
            return Ok(());
        };
        let at = sorted.names.iter().position(|n| *n == name.as_str());
        match at {
            Some(at) if sorted.slots[at].is_none() && at >= sorted.positional => {
                // Arguments are computed as they are written, not as the parameters stand.
                let later = sorted.slots[at + 1..].iter().any(Option::is_some);
                if later || !sorted.named.is_empty() {
                    self.keep_earlier(keyword, sorted);
                }
                sorted.slots[at] = Some(self.expr(&keyword.value)?);
            }
            None if params.kwarg.is_some() => {
                let value = self.expr(&keyword.value)?;
                sorted.named.push((name.to_string(), value));
            }
            _ => {
                return self.no(
                    keyword,
                    "arguments",
                    "this keyword does not fit the parameters",
                    "Pass the parameters by their names.",
                );
            }
        }
        Ok(())
    }

    /// A parameter's argument from a dict given by `**`, or its default.
    fn taken_from(
        &mut self,
        param: &ruff_python_ast::ParameterWithDefault,
        dict: Local,
        default: Option<&Ast>,
        taken: &mut Vec<Expr>,
        before: &mut Vec<Stmt>,
    ) -> Low<Expr> {
        let name = &param.parameter.name;
        let read = self.read(dict);
        let Ty::Dict(k, v) = read.ty else {
            return Ok(none());
        };
        let (key_ty, ty) = (self.unit.types.get(k), self.unit.types.get(v));
        if key_ty == Ty::Char && name.chars().count() != 1 {
            // No key of this dict is the parameter's name.
            taken.push(super::build::boolean(false));
            return match default {
                Some(d) if is_constant(d) => self.expr(d),
                _ => self.no(name, "arguments", "this parameter gets nothing", "Pass it."),
            };
        }
        let key = self.constant(Constant::Text(name.as_bytes().to_vec()));
        let key = self.coerce(key, &Ty::Str);
        let key = self.coerce(key, &key_ty);
        let has = method(
            read.clone(),
            "contains",
            Ty::Bool,
            vec![by_ref(key.clone())],
        );
        let found = self.local(
            &format!("has_{name}"),
            u64::from(name.range.start().to_u32()) + 1,
        );
        before.push(self.assign(found, has));
        let has = self.read(found);
        taken.push(has.clone());
        let item = method(read, "get", ty.clone(), vec![by_ref(key)]);
        match default {
            None => {
                before.push(give_up_if(not(has)));
                Ok(item)
            }
            Some(default) if is_constant(default) => {
                let default = self.expr(default)?;
                let slot = self.site(name.range, 99);
                self.unit.types.learn(slot, &ty);
                self.unit.types.learn(slot, &default.ty);
                let ty = self.unit.types.get(slot);
                let (item, default) = (self.coerce(item, &ty), self.coerce(default, &ty));
                Ok(Expr {
                    ty,
                    node: Node::Choice(Box::new(has), Box::new(item), Box::new(default)),
                })
            }
            Some(_) => self.no(
                name,
                "default",
                "a default that is not a constant is needed here",
                "Pass the argument.",
            ),
        }
    }

    /// What `*args` gets.
    fn rest_tuple(&mut self, e: &ExprCall, more: Vec<Expr>, tail: Option<Expr>) -> Low<Expr> {
        let slot = self.site(e.range(), 95);
        for one in &more {
            self.unit.types.learn(slot, &one.ty);
        }
        let Some(tail) = tail else {
            let tuple = Expr {
                ty: Ty::Tuple(more.iter().map(|m| m.ty.clone()).collect()),
                node: Node::Tuple(more),
            };
            let tuple = self.coerce(tuple, &Ty::Any);
            return Ok(self.coerce(tuple, &Ty::TupleOf(slot)));
        };
        let items = self.each(e, tail)?;
        let list = self.filled(e, &Ty::List(slot), |l, list| {
            let mut stmts: Vec<Stmt> = more.into_iter().map(|m| l.add_item(list, m)).collect();
            let add = Box::new(|l: &mut Self, item| Ok(vec![l.add_item(list, item)]));
            stmts.extend(l.each_item(items, add)?);
            Ok(stmts)
        })?;
        Ok(self.tuple_of(list))
    }

    /// What `**kwargs` gets.
    fn rest_dict(&mut self, e: &ExprCall, sorted: &mut Sorted<'_>) -> Low<Expr> {
        let (k, v) = (self.site(e.range(), 96), self.site(e.range(), 97));
        self.unit.types.learn(k, &Ty::Str);
        let named = std::mem::take(&mut sorted.named);
        let mut given = std::mem::take(&mut sorted.given);
        given.extend(named.iter().map(|(n, _)| n.clone()));
        let parameters: Vec<String> = sorted.names[sorted.positional..]
            .iter()
            .map(ToString::to_string)
            .collect();
        let options = sorted.dicts.first().copied();
        let dict = self.filled(e, &Ty::Dict(k, v), |l, dict| {
            let mut stmts = Vec::new();
            for (name, value) in named {
                let name = l.constant(Constant::Text(name.into_bytes()));
                let name = l.coerce(name, &Ty::Str);
                stmts.push(l.add_entry(dict, name, value));
            }
            if let Some(options) = options {
                stmts.push(l.other_options(e, dict, options, &parameters, &given)?);
            }
            Ok(stmts)
        })?;
        Ok(dict)
    }

    /// The entries of a dict given by `**` that are no parameters.
    fn other_options(
        &mut self,
        e: &ExprCall,
        dict: Local,
        options: Local,
        parameters: &[String],
        given: &[String],
    ) -> Low<Stmt> {
        let read = self.read(options);
        let Ty::Dict(k, v) = read.ty else {
            return Ok(Stmt::Do(none()));
        };
        let (key_ty, ty) = (self.unit.types.get(k), self.unit.types.get(v));
        let entry = self.temporary("option", e, &Ty::Tuple(vec![key_ty.clone(), ty.clone()]));
        let iter = sure_method(read, "items", Ty::Any, Vec::new());
        let id = self.next_id();
        let part = |l: &Self, i: usize, ty: &Ty| Expr {
            ty: ty.clone(),
            node: Node::Field(Box::new(l.read(entry)), i),
        };
        let mut body = Vec::new();
        for (names, then) in [
            (given, give_up_if(super::build::boolean(true))),
            (parameters, Stmt::Continue(id)),
        ] {
            for name in names {
                let key = part(self, 0, &key_ty);
                let key = self.coerce(key, &Ty::Str);
                let name = self.constant(Constant::Text(name.clone().into_bytes()));
                let name = self.coerce(name, &Ty::Str);
                let same = self.compare(e, ruff_python_ast::CmpOp::Eq, key, name)?;
                body.push(Stmt::If(same, vec![then.clone()], Vec::new()));
            }
        }
        let (key, value) = (part(self, 0, &key_ty), part(self, 1, &ty));
        let key = self.coerce(key, &Ty::Str);
        body.push(self.add_entry(dict, key, value));
        Ok(Stmt::For {
            id,
            sources: vec![(entry, Source::Each(iter))],
            body,
            orelse: Vec::new(),
        })
    }

    /// The values of the last `*items` in a call of a function with `*args`: so many as there are parameters left; the
    /// others stay together.
    fn spread_over(
        &mut self,
        s: &ruff_python_ast::ExprStarred,
        defaults: &[Option<&Ast>],
        sorted: &mut Sorted<'_>,
    ) -> Low<Vec<Expr>> {
        let left = defaults.len();
        let value = if self.iterated(&s.value) {
            self.collect_list(&*s.value, &s.value)?
        } else {
            let value = self.expr(&s.value)?;
            let value = self.present(value);
            let value = self.as_plain(s, value)?;
            match value.ty {
                Ty::Tuple(_) | Ty::List(_) | Ty::TupleOf(_) => value,
                _ => self.list_of(&*s.value, value)?,
            }
        };
        let kept = self.temporary("spread", s, &value.ty.clone());
        sorted.before.push(self.assign(kept, value));
        let n = match self.type_of(kept) {
            Ty::Tuple(items) => items.len(),
            Ty::List(_) | Ty::TupleOf(_) => {
                let least = without_default(defaults);
                let read = self.read(kept);
                let short = super::build::infix("<", Ty::Bool, length(read), int(least as i64));
                sorted.before.push(give_up_if(short));
                let read = self.read(kept);
                let ty = read.ty.clone();
                sorted.tail = Some(if left == 0 {
                    read
                } else {
                    let args = vec![
                        by_ref(read),
                        own(literal(&format!("Some({left})"), Ty::Any)),
                        own(literal("None::<Int>", Ty::Any)),
                        own(literal("None::<Int>", Ty::Any)),
                    ];
                    call("text::sliced::<_, Int>", ty, args)
                });
                return self.items_or_defaults(s, kept, least, defaults, &mut sorted.before);
            }
            _ => return self.unknown_number(s),
        };
        self.first_items(kept, n)
    }

    /// The values of `*items` in a call: so many as there are parameters left, given by their defaults, if their number
    /// is only known at run time. Parameters whose defaults are constants may be left over.
    pub(super) fn spread(
        &mut self,
        s: &ruff_python_ast::ExprStarred,
        is_last: bool,
        defaults: &[Option<&Ast>],
        before: &mut Vec<Stmt>,
    ) -> Low<Vec<Expr>> {
        let value = match &*s.value {
            Ast::Generator(_) => self.collect_list(&*s.value, &s.value)?,
            made => self.expr(made)?,
        };
        let value = self.present(value);
        let value = self.as_plain(s, value)?;
        let kept = self.temporary("spread", s, &value.ty.clone());
        before.push(self.assign(kept, value));
        let n = match self.type_of(kept) {
            Ty::Tuple(items) => items.len(),
            Ty::List(_) | Ty::TupleOf(_) if is_last => {
                let read = self.read(kept);
                let n = sure_method(read, "length", Ty::Int, Vec::new());
                let least = without_default(defaults);
                if least < defaults.len() {
                    for (sign, end) in [("<", least), (">", defaults.len())] {
                        let n = length(self.read(kept));
                        let test = super::build::infix(sign, Ty::Bool, n, int(end as i64));
                        before.push(give_up_if(test));
                    }
                    return self.items_or_defaults(s, kept, least, defaults, before);
                }
                let want = literal(&least.to_string(), Ty::Any);
                before.push(Stmt::Do(call("exactly", Ty::None, vec![own(n), own(want)])));
                least
            }
            _ => return self.unknown_number(s),
        };
        self.first_items(kept, n)
    }

    /// As many items as there are, at least so many, and defaults for the other parameters.
    fn items_or_defaults(
        &mut self,
        s: &ruff_python_ast::ExprStarred,
        kept: Local,
        least: usize,
        defaults: &[Option<&Ast>],
        before: &mut Vec<Stmt>,
    ) -> Low<Vec<Expr>> {
        let mut values = self.first_items(kept, least)?;
        for (i, default) in defaults.iter().enumerate().skip(least) {
            let read = self.read(kept);
            let item = self.item(read, int(i as i64))?;
            let default = match default {
                Some(default) => self.expr(default)?,
                None => none(),
            };
            let value = self.local(
                &format!("spread_{i}"),
                u64::from(s.range().start().to_u32()) + 1,
            );
            let n = length(self.read(kept));
            let is_there = super::build::infix(">", Ty::Bool, n, int(i as i64));
            let (take, leave) = (self.assign(value, item), self.assign(value, default));
            before.push(Stmt::If(is_there, vec![take], vec![leave]));
            values.push(self.read(value));
        }
        Ok(values)
    }

    fn unknown_number<T>(&self, s: &ruff_python_ast::ExprStarred) -> Low<T> {
        self.no(
            s,
            "star-argument",
            "how many arguments these are is only known when the program runs",
            "Pass the arguments one by one.",
        )
    }

    fn first_items(&mut self, from: Local, n: usize) -> Low<Vec<Expr>> {
        let mut items = Vec::new();
        for i in 0..n {
            let read = self.read(from);
            items.push(self.item(read, int(i as i64))?);
        }
        Ok(items)
    }
}

/// How many parameters come before those that all have constants for defaults.
fn without_default(defaults: &[Option<&Ast>]) -> usize {
    let last = defaults.iter().rev();
    let given = last.take_while(|d| d.is_some_and(is_constant)).count();
    defaults.len() - given
}
