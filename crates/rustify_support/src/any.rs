//! Values whose type is only known at run time: the interpreter's own operations, on objects of builtin types.

pub use super::any_arithmetic::{
    abs, add, bit_and, bit_or, bit_xor, div_mod, floor_div, floor_mod, invert, mat_mul, mul, neg,
    pos, power, shl, shr, sub, true_div,
};
pub use super::any_arrays::{Care, attribute, changed};
pub use super::any_calls::{
    array_method, call, call_builtin_method, call_by_name, call_method, call_method_by_name,
    call_type_method, change, function_default, name,
};
pub use super::any_compare::{
    answered, compared, eq, ge, gt, hash, is, is_instance, is_of, le, lt, ne, number_part, strict,
    truth, type_name, type_of, without_nan,
};
pub use super::any_items::{
    Iter, contains, del_item, flat, get_item, index, is_sequence_of, item_by_method, iter, len,
    no_counts, no_summand, pairs, remember, reversed, set_item, slice, unpacked,
};
pub use super::plain::{
    immutable, is_none, is_plain, is_scalar, is_sequence, plain, plain_or_number,
};
