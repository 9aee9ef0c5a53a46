//! What translated functions stand on: Python's values, its arithmetic and its containers, exact to the bit.
//!
//! This source is written into every crate that rustify makes. Nothing in it runs Python code: values have builtin
//! types, checked where they come in. Whatever does not fit answers [`Exc::GIVE_UP`], and whatever Python would raise
//! answers its exception class; if either leaves the function, its writes are undone and the Python version runs.
//!
//! Modules are listed bottom-up: each may import only those above it.

#![allow(
    clippy::should_implement_trait,
    clippy::iter_not_returning_iterator,
    reason = "iterators of Python can fail, and comparisons too"
)]
#![allow(unused_macros, reason = "the macros are for the generated files")]
#![allow(clippy::verbose_bit_mask, reason = "a mask of ticks is what is meant")]

pub mod memory;
pub mod exc;
pub mod held;
pub mod obj;
pub mod probe;
pub mod lookup;
pub mod warned;
pub mod numpy;
pub mod errstate;
pub mod set_state;
pub mod journal;
pub mod small_changes;
pub mod int;
pub mod low_bits;
pub mod float;
pub mod slice_range;
pub mod shade;
pub mod handed_on;
pub mod field;
pub mod value;
pub mod complex;
pub mod tuple;
pub mod descr;
pub mod members;
pub mod plain;
pub mod patterns;
pub mod any_arrays;
pub mod any_arithmetic;
pub mod any_compare;
pub mod among;
pub mod any_items;
pub mod any_calls;
pub mod any;
pub mod dict_views;
pub mod raised;
pub mod text;
pub mod letters;
pub mod line;
pub mod chars;
pub mod list_store;
pub mod view;
pub mod abreast;
pub mod list;
pub mod list_slices;
pub mod list_changes;
pub mod list_items;
pub mod copying;
pub mod list_view;
pub mod strings;
pub mod searches;
pub mod numerals;
pub mod text_numbers;
pub mod growing;
pub mod table;
pub mod dict_store;
pub mod dict;
pub mod dict_backwards;
pub mod set;
pub mod scalar;
pub mod ndmath;
pub mod bits;
pub mod flags;
pub mod array;
pub mod array_items;
pub mod dense;
pub mod ndcall;
pub mod ndabout;
pub mod products;
pub mod loops;
pub mod choice;
pub mod width;
pub mod fused;
pub mod ndreduce;
pub mod ndfold;
pub mod ndorder;
pub mod ndtotal;
pub mod ndmeans;
pub mod ndmake;
pub mod ndpick;
pub mod ndquantile;
pub mod ndchosen;
pub mod ndnew;
pub mod num;
pub mod real;
pub mod grown;
pub mod range;
pub mod builtins;
pub mod callable;
pub mod partials;
pub mod math;
pub mod maps;
pub mod made;
pub mod queue;
pub mod bytearray;
pub mod deque;
pub mod heap;
pub mod attributes;
pub mod instance;
pub mod record;
pub mod odd_keys;
pub mod orders;
pub mod namespace;
pub mod lambdas;
pub mod guards;
pub mod shapes;
pub mod written;
pub mod pins;
pub mod capture;
pub mod tracing;
pub mod splice;
pub mod function;
pub mod python_way;
pub mod passing_on;
pub mod binding;
pub mod versions;
pub mod turns;
pub mod recursion;
pub mod iterators;
pub mod entry;
pub mod attach;
pub mod words;
