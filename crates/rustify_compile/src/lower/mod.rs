//! From syntax to the typed tree, for one function with one set of argument types.
//!
//! A pass over a function learns types and makes a tree at the same time; passes are repeated until nothing new is
//! learnt, and the last tree counts.

#![allow(
    clippy::unused_self,
    clippy::only_used_in_recursion,
    reason = "all rules of a kind are called alike"
)]

pub(crate) mod unit;
pub(crate) mod class_uses;
pub(crate) mod annotations;
pub(crate) mod builtin_names;
mod build;
mod scope;
mod convert;
mod modules;
mod sides;
mod elementwise;
mod elementwise_calls;
mod ndcalled;
mod ndresults;
mod operators;
mod large_constants;
mod compare;
mod decided;
mod membership;
mod made_arrays;
mod chosen;
mod windows;
mod ndattributes;
mod nddtypes;
mod ndabout;
mod from_iterators;
mod index_tricks;
mod errstate;
mod ndnames;
mod given_out;
mod ndkeywords;
mod ndreductions;
mod ndmaking;
mod ufunc_methods;
mod numpy;
mod ndmethods;
mod any_arrays;
mod npscalars;
mod grown;
mod index;
mod iterate;
mod iterators;
mod loops;
mod columns;
mod comprehensions;
mod containers;
mod making_sets;
mod totals;
mod globals;
mod inner;
mod collections;
mod instance_orders;
mod instance_heaps;
mod replacing;
mod made_items;
mod libraries;
mod stepwise;
mod grouping;
mod patterns;
mod object_calls;
mod class_tests;
mod builtin_numbers;
mod builtin_texts;
mod builtin_containers;
mod builtins;
mod bytearrays;
mod text_methods;
mod list_methods;
mod dict_methods;
mod set_methods;
mod methods;
mod bound_methods;
pub(crate) mod calls;
mod dict_calls;
mod cells;
mod wrapped;
mod function_values;
mod held_functions;
mod calling_values;
mod choosing;
mod partials;
mod ordering;
mod arguments;
mod redirect;
mod running_generators;
mod generator_values;
mod generators;
mod index_loops;
mod first_items;
mod lazily;
mod attributes;
mod class_names;
mod instances;
mod total_order;
mod dunders;
mod dispatch;
mod apply;
mod managers;
mod imports;
mod module_exceptions;
mod exceptions;
mod forms;
mod kept_iterators;
mod stand_ins;
mod f_strings;
mod percent;
mod expressions;
mod assign;
mod store;
mod augmented;
mod matching;
mod written_back;
mod view_operators;
mod unrolled;
mod eager_iterators;
mod statements;

pub(crate) use statements::lower;
