//! From the dtypes of a call to a row: NumPy's type resolution.
//!
//! Weak Python scalars first take the type that the other inputs leave them; then a row with exactly these inputs
//! serves, else the first one that they can be cast to safely. `dtype=` and `signature=` fix operands of the row
//! instead, and the inputs must follow under the casting rule of the call.

use smallvec::SmallVec;

use super::options::{Operand, UfuncOptions, Weak};
use super::table::{CLASSES, Resolver, Row, Ufunc};
use crate::cast::{self, Casting};
use crate::dtype::{DType, TypeNum};
use crate::error::{CastingError, Error, Result};

/// The dtypes of all operands of a call, inputs first.
pub type DTypes = SmallVec<[DType; 4]>;
/// The type numbers of inputs.
type Nums = SmallVec<[TypeNum; 4]>;

/// A row, and the dtypes that its operands have in this call.
#[derive(Clone)]
pub struct Resolved {
    /// The row.
    pub row: &'static Row,
    /// What the loop reads and writes, inputs first.
    pub dtypes: DTypes,
}

/// Finds the row for these inputs, and checks that inputs and given outputs can be cast to and from it.
pub fn resolve(
    ufunc: &'static Ufunc,
    inputs: &[Operand],
    outs: &[Option<&DType>],
    options: &UfuncOptions,
) -> Result<Resolved> {
    let class = if options.dtype.is_none() && options.signature.is_empty() {
        class_of(inputs)
    } else {
        None
    };
    if let Some(row) = class.and_then(|at| ufunc.table().known(at)) {
        let dtypes = row.types.iter().map(|&t| DType::new(t)).collect();
        let resolved = Resolved { row, dtypes };
        check_casting(ufunc, &resolved, inputs, outs, options.casting, false)?;
        return Ok(resolved);
    }
    let choice = choose(ufunc, inputs, options)?;
    let dtypes = instances(choice.row, inputs)?;
    let resolved = Resolved {
        row: choice.row,
        dtypes,
    };
    check_casting(
        ufunc,
        &resolved,
        inputs,
        outs,
        options.casting,
        choice.forced,
    )?;
    if let Some(at) = class
        && !choice.forced
    {
        ufunc.table().remember(at, choice.row);
    }
    Ok(resolved)
}

/// What the loop of a call reads and writes, where conversions are not asked about.
///
/// Where a call is refused for a conversion, Python numbers are stored first, which may fail in its own way.
pub fn loop_dtypes(
    ufunc: &'static Ufunc,
    inputs: &[Operand],
    options: &UfuncOptions,
) -> Result<DTypes> {
    instances(choose(ufunc, inputs, options)?.row, inputs)
}

/// Finds the row of a reduction: accumulator and result are of one type.
///
/// `out` is the dtype of a given output, `dtype` that of `dtype=`. Conversions are not checked: reductions allow all.
pub fn resolve_reduction(
    ufunc: &'static Ufunc,
    input: &DType,
    out: Option<&DType>,
    dtype: Option<&DType>,
) -> Result<Resolved> {
    // One file serves calls and reductions: both take inputs of one type to the same row.
    let at = input.num() as usize * (CLASSES + 1);
    let plain = out.is_none() && dtype.is_none() && input.num().is_number();
    let filed =
        plain && ufunc.resolver == Resolver::Default && wide_enough(ufunc, input.num()).is_none();
    if filed
        && let Some(row) = ufunc.table().known(at)
        && row.types[0] == row.types[2]
    {
        let dtypes = row.types.iter().map(|&t| DType::new(t)).collect();
        return Ok(Resolved { row, dtypes });
    }
    let fixed = dtype.map(DType::num).or_else(|| match out {
        None => wide_enough(ufunc, input.num()),
        Some(_) => None,
    });
    let spec = |d: &DType| Operand::from(super::options::Spec::scalar(d.clone()));
    let inputs = [spec(out.unwrap_or(input)), spec(input)];
    let row = if ufunc.resolver == Resolver::Logical {
        let has_object = fixed.unwrap_or(input.num()) == TypeNum::Object
            || inputs.iter().any(|x| x.spec.dtype.num() == TypeNum::Object);
        let wanted = match (fixed, has_object) {
            (Some(f), _) => f,
            (None, true) => TypeNum::Object,
            (None, false) => TypeNum::Bool,
        };
        row_of_one_type(ufunc, wanted)
    } else if let Some(wanted) = fixed {
        row_of_one_type(ufunc, wanted)
    } else {
        let nums: Nums = inputs.iter().map(|x| x.spec.dtype.num()).collect();
        if let Some(refusal) = refuse_bool(ufunc, &inputs, &nums) {
            return Err(refusal);
        }
        let found = by_kind(ufunc, &inputs, &nums).ok_or_else(|| no_loop(ufunc, &inputs))?;
        Some(found.row).filter(|r| r.types[0] == r.types[2])
    };
    let row = row.ok_or_else(|| {
        if only_common(ufunc) {
            no_loop(ufunc, &inputs)
        } else {
            no_match(ufunc)
        }
    })?;
    let dtypes = instances(row, &inputs)?;
    if filed {
        ufunc.table().remember(at, row);
    }
    Ok(Resolved { row, dtypes })
}

/// The type that sums and products of small integers are kept in.
fn wide_enough(ufunc: &Ufunc, num: TypeNum) -> Option<TypeNum> {
    if !matches!(ufunc.name, "add" | "multiply") {
        return None;
    }
    let small = num == TypeNum::Bool
        || (num.is_integer() && num.facts().itemsize < crate::dtype::number::LONG);
    match (small, num.is_unsigned()) {
        (true, true) => Some(TypeNum::ULong),
        (true, false) => Some(TypeNum::Long),
        _ => None,
    }
}

/// The row whose operands are all of one type.
fn row_of_one_type(ufunc: &'static Ufunc, num: TypeNum) -> Option<&'static Row> {
    ufunc
        .rows()
        .iter()
        .find(|r| r.types.iter().all(|&t| t == num))
}

/// No row follows `dtype=` or `signature=`.
#[cold]
fn no_match(ufunc: &Ufunc) -> Error {
    Error::type_error(format!(
        "No loop matching the specified signature and casting was found for ufunc {}",
        ufunc.name
    ))
}

/// The file of inputs in the cache of choices; `None` unless all are plain native numbers.
#[inline]
fn class_of(inputs: &[Operand]) -> Option<usize> {
    if inputs.len() > 2 || inputs.iter().any(|x| !x.spec.dtype.is_native()) {
        return None;
    }
    let kinds: SmallVec<[(TypeNum, Weak); 2]> = inputs
        .iter()
        .map(|x| (x.spec.dtype.num(), x.weak))
        .collect();
    file_of(&kinds)
}

/// The file of one or two inputs of these types in native order; `None` unless all are plain numbers.
#[inline]
pub(super) fn file_of(inputs: &[(TypeNum, Weak)]) -> Option<usize> {
    if inputs.len() > 2 {
        return None;
    }
    let mut at = 0;
    for &(num, weak) in inputs {
        let class = match weak {
            Weak::No if num.is_number() => num as usize,
            Weak::No => return None,
            Weak::Int => 24,
            Weak::Float => 25,
            Weak::Complex => 26,
        };
        at = at * CLASSES + class;
    }
    Some(at)
}

/// A row, and whether its inputs are converted without asking the casting rule (truth tests do).
struct Choice {
    row: &'static Row,
    forced: bool,
}

impl From<&'static Row> for Choice {
    fn from(row: &'static Row) -> Self {
        Self { row, forced: false }
    }
}

fn choose(ufunc: &'static Ufunc, inputs: &[Operand], options: &UfuncOptions) -> Result<Choice> {
    let nums = if ufunc.resolver == Resolver::Logical {
        // Truth asks for no common type: Python numbers keep their own.
        own_types(inputs)
    } else {
        settle_weak(inputs)
    };
    // Integers could be cast to timedelta64, but whether they are a time is no question to ask.
    if ufunc.name == "isnat" && !matches!(nums[0], TypeNum::Datetime | TypeNum::Timedelta) {
        return Err(Error::type_error(
            "ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64.".to_owned(),
        ));
    }
    if options.dtype.is_some() || options.signature.iter().any(Option::is_some) {
        return choose_fixed(ufunc, inputs, &nums, options).map(Choice::from);
    }
    if let Some(refusal) = refuse_bool(ufunc, inputs, &nums) {
        return Err(refusal);
    }
    by_kind(ufunc, inputs, &nums).ok_or_else(|| no_loop(ufunc, inputs))
}

/// The type numbers of the inputs, weak ones with their default.
fn own_types(inputs: &[Operand]) -> Nums {
    inputs
        .iter()
        .map(|x| default_of(x.weak).unwrap_or_else(|| x.spec.dtype.num()))
        .collect()
}

/// The type numbers of the inputs once weak ones have taken theirs.
fn settle_weak(inputs: &[Operand]) -> Nums {
    let own = |x: &Operand| x.spec.dtype.num();
    if inputs.iter().all(|x| x.weak != Weak::No) {
        return inputs
            .iter()
            .map(|x| default_of(x.weak).unwrap_or_else(|| own(x)))
            .collect();
    }
    let mut strong: Option<DType> = None;
    for x in inputs.iter().filter(|x| x.weak == Weak::No) {
        let dtype = DType::new(own(x));
        strong = match strong {
            None => Some(dtype),
            // Without a common type, a weak scalar keeps its default; the search for a row has the last word.
            Some(s) => match cast::promote(&s, &dtype) {
                Ok(common) => Some(common),
                Err(_) => {
                    return inputs
                        .iter()
                        .map(|x| default_of(x.weak).unwrap_or_else(|| own(x)))
                        .collect();
                }
            },
        };
    }
    let strong = strong.map_or(TypeNum::Long, |d| d.num());
    inputs
        .iter()
        .map(|x| match x.weak {
            Weak::No => own(x),
            weak => weak_beside(weak, strong),
        })
        .collect()
}

fn default_of(weak: Weak) -> Option<TypeNum> {
    match weak {
        Weak::No => None,
        Weak::Int => Some(TypeNum::Long),
        Weak::Float => Some(TypeNum::Double),
        Weak::Complex => Some(TypeNum::CDouble),
    }
}

/// The type of a weak scalar beside a strong type (NEP 50).
pub fn weak_beside(weak: Weak, strong: TypeNum) -> TypeNum {
    match weak {
        Weak::Int if strong == TypeNum::Bool || !strong.is_number() => TypeNum::Long,
        Weak::Float if !strong.is_float() && !strong.is_complex() => TypeNum::Double,
        Weak::Complex => match strong {
            TypeNum::Half | TypeNum::Float | TypeNum::CFloat => TypeNum::CFloat,
            TypeNum::LongDouble | TypeNum::CLongDouble => TypeNum::CLongDouble,
            _ => TypeNum::CDouble,
        },
        Weak::No | Weak::Int | Weak::Float => strong,
    }
}

/// The row by the kind of ufunc, with no operand fixed.
fn by_kind(ufunc: &'static Ufunc, inputs: &[Operand], nums: &Nums) -> Option<Choice> {
    let has_object = nums.contains(&TypeNum::Object);
    let all_integers = nums.iter().all(|n| n.is_integer() || *n == TypeNum::Bool);
    match ufunc.resolver {
        Resolver::Logical => {
            if has_object {
                // Truth of objects is an object again (`x and y`) unless only a bool row exists.
                let to_object = ufunc
                    .rows()
                    .iter()
                    .find(|r| r.types.iter().all(|&t| t == TypeNum::Object));
                return to_object.or_else(|| objects_row(ufunc)).map(Choice::from);
            }
            if let Some(row) = exact_row(ufunc, nums) {
                return Some(row.into());
            }
            // `logical_not` of anything that has no row is an error in NumPy, the others test each input for truth.
            if ufunc.nin == 2 {
                let row = ufunc
                    .rows()
                    .iter()
                    .find(|r| r.types.iter().all(|&t| t == TypeNum::Bool))?;
                return Some(Choice { row, forced: true });
            }
            safe_row(ufunc, nums).map(Choice::from)
        }
        Resolver::TrueDivide if all_integers => {
            let doubles: Nums = nums.iter().map(|_| TypeNum::Double).collect();
            exact_row(ufunc, &doubles).map(Choice::from)
        }
        Resolver::Comparison if all_integers && nums.len() == 2 => {
            let row = exact_row(ufunc, nums).or_else(|| {
                let common = promoted(nums)?;
                if common.is_integer() || common == TypeNum::Bool {
                    return safe_row(ufunc, nums);
                }
                // Signed against unsigned 64-bit integers compare exactly.
                let wide: Nums = nums
                    .iter()
                    .map(|n| {
                        if n.is_unsigned() {
                            TypeNum::ULongLong
                        } else {
                            TypeNum::LongLong
                        }
                    })
                    .collect();
                exact_row(ufunc, &wide).or_else(|| safe_row(ufunc, nums))
            });
            row.map(Choice::from)
        }
        _ => exact_row(ufunc, nums)
            .or_else(|| {
                if is_uniform(ufunc) {
                    uniform_row(ufunc, nums)
                } else if takes_unlike(ufunc)
                    && inputs.iter().all(|x| x.weak != Weak::Float)
                    && inputs.iter().any(|x| x.weak == Weak::No)
                {
                    // A weak number does not take the type of the other input, which is of another kind.
                    weak_row(ufunc, inputs)
                } else {
                    None
                }
            })
            .or_else(|| safe_row(ufunc, nums).filter(|_| has_object || !only_common(ufunc)))
            .or_else(|| weak_row(ufunc, inputs))
            .map(Choice::from),
    }
}

/// A row with exactly these inputs.
fn exact_row(ufunc: &'static Ufunc, nums: &[TypeNum]) -> Option<&'static Row> {
    ufunc.rows().iter().find(|r| r.types[..ufunc.nin] == *nums)
}

/// The common type of numbers.
fn promoted(nums: &[TypeNum]) -> Option<TypeNum> {
    if nums.iter().any(|n| !n.is_number()) {
        return None;
    }
    let dtypes: SmallVec<[DType; 4]> = nums.iter().map(|&n| DType::new(n)).collect();
    cast::promote_all(&dtypes).ok().map(|d| d.num())
}

/// Whether NumPy promotes the inputs first; elsewhere `q` beside another type may become `l`.
fn is_uniform(ufunc: &Ufunc) -> bool {
    matches!(
        ufunc.name,
        "add"
            | "subtract"
            | "multiply"
            | "maximum"
            | "minimum"
            | "fmax"
            | "fmin"
            | "clip"
            | "matmul"
            | "vecdot"
            | "matvec"
            | "vecmat"
            | "gcd"
            | "lcm"
    )
}

/// Whether the common type of the inputs must have a row of its own.
fn only_common(ufunc: &Ufunc) -> bool {
    matches!(ufunc.name, "gcd" | "lcm")
}

/// Whether inputs of a row have different types.
fn takes_unlike(ufunc: &'static Ufunc) -> bool {
    ufunc
        .rows()
        .first()
        .is_some_and(|r| r.types[..ufunc.nin].iter().any(|&t| t != r.types[0]))
}

/// The row whose inputs are all the common type of the inputs.
fn uniform_row(ufunc: &'static Ufunc, nums: &Nums) -> Option<&'static Row> {
    let common = promoted(nums)?;
    ufunc
        .rows()
        .iter()
        .find(|r| r.types[..ufunc.nin].iter().all(|&t| t == common))
}

/// The row of objects, which takes anything.
fn objects_row(ufunc: &'static Ufunc) -> Option<&'static Row> {
    ufunc
        .rows()
        .iter()
        .find(|r| r.types[..ufunc.nin].iter().all(|&t| t == TypeNum::Object))
}

/// The first row that the inputs can be cast to safely; rows of objects serve only where an input is one.
fn safe_row(ufunc: &'static Ufunc, nums: &Nums) -> Option<&'static Row> {
    let has_object = nums.contains(&TypeNum::Object);
    ufunc.rows().iter().find(|r| {
        nums.iter().zip(r.types).all(|(&from, &to)| {
            from == to
                || ((has_object || to != TypeNum::Object)
                    && !to.is_flexible()
                    && cast::can_cast(&DType::new(from), &DType::new(to), Casting::Safe))
        })
    })
}

/// As [`safe_row`], weak scalars going to any type of their kind or above.
fn weak_row(ufunc: &'static Ufunc, inputs: &[Operand]) -> Option<&'static Row> {
    if inputs.iter().all(|x| x.weak == Weak::No) {
        return None;
    }
    ufunc.rows().iter().find(|r| {
        inputs
            .iter()
            .zip(r.types)
            .all(|(x, &to)| to != TypeNum::Object && input_fits(x, to, Casting::Safe))
    })
}

/// Whether an input goes to a type under a rule, weakness included.
fn input_fits(x: &Operand, to: TypeNum, casting: Casting) -> bool {
    let by_weakness = match x.weak {
        Weak::No => false,
        Weak::Int => to.is_integer() || to.is_float() || to.is_complex(),
        Weak::Float => to.is_float() || to.is_complex(),
        Weak::Complex => to.is_complex(),
    };
    by_weakness || cast::can_cast(&x.spec.dtype, &instance(to, &x.spec.dtype), casting)
}

/// The dtype of a type number for one operand; flexible types keep the operand's size.
fn instance(num: TypeNum, own: &DType) -> DType {
    if num == own.num() && !num.is_number() {
        own.clone().with_byte_order(crate::dtype::ByteOrder::Native)
    } else {
        DType::new(num)
    }
}

/// The row with some operands fixed by `dtype=` or `signature=`.
fn choose_fixed(
    ufunc: &'static Ufunc,
    inputs: &[Operand],
    nums: &Nums,
    options: &UfuncOptions,
) -> Result<&'static Row> {
    let (nin, nargs) = (ufunc.nin, ufunc.nargs());
    let mut fixed: SmallVec<[Option<TypeNum>; 6]> = SmallVec::from_elem(None, nargs);
    for (f, given) in fixed.iter_mut().zip(&options.signature) {
        *f = given.as_ref().map(DType::num);
    }
    if let Some(dtype) = &options.dtype {
        for f in &mut fixed[nin..] {
            *f = Some(dtype.num());
        }
    }
    let follows = |r: &Row| {
        fixed
            .iter()
            .zip(r.types)
            .all(|(f, &t)| f.is_none_or(|f| f == t))
    };
    let rows = ufunc.rows();
    // Exactly the inputs as they are, but for the fixed ones.
    let exact = rows
        .iter()
        .find(|r| follows(r) && (0..nin).all(|i| fixed[i].is_some() || r.types[i] == nums[i]));
    if let Some(row) = exact {
        return Ok(row);
    }
    // Any row that the inputs reach under the rule of the call; fixed inputs are checked afterwards.
    let any_object = fixed.contains(&Some(TypeNum::Object)) || nums.contains(&TypeNum::Object);
    let reached = rows.iter().find(|r| {
        follows(r)
            && (0..nin).all(|i| {
                let to = r.types[i];
                fixed[i].is_some()
                    || ((any_object || to != TypeNum::Object)
                        && input_fits(&inputs[i], to, options.casting))
            })
    });
    if let Some(row) = reached {
        return Ok(row);
    }
    // One type for all: what `dtype=` mostly means. If it is refused, it is for a cast.
    let outputs = &fixed[nin..];
    let only = outputs.first().copied().flatten();
    if let Some(only) = only
        && outputs.iter().all(|&o| o == Some(only))
        && let Some(row) = rows.iter().find(|r| r.types.iter().all(|&t| t == only))
    {
        return Ok(row);
    }
    if only_common(ufunc) {
        return Err(no_loop(ufunc, inputs));
    }
    Err(no_match(ufunc))
}

/// The dtypes of the operands of a row; times share one unit.
fn instances(row: &Row, inputs: &[Operand]) -> Result<DTypes> {
    let is_time = |n: TypeNum| matches!(n, TypeNum::Datetime | TypeNum::Timedelta);
    let mut unit: Option<DType> = None;
    if row.types.iter().any(|&t| is_time(t)) {
        for x in inputs.iter().filter(|x| is_time(x.spec.dtype.num())) {
            // Units promote alike for both kinds of time.
            let span = DType::datetime(TypeNum::Timedelta, x.spec.dtype.datetime_unit());
            unit = Some(match unit {
                None => span,
                Some(u) => cast::promote(&u, &span)?,
            });
        }
    }
    Ok(row
        .types
        .iter()
        .enumerate()
        .map(|(i, &t)| match (&unit, inputs.get(i)) {
            (Some(u), _) if is_time(t) => DType::datetime(t, u.datetime_unit()),
            (_, Some(x)) => instance(t, &x.spec.dtype),
            _ => DType::new(t),
        })
        .collect())
}

/// Checks inputs -> row and row -> given outputs under the rule of the call.
fn check_casting(
    ufunc: &'static Ufunc,
    resolved: &Resolved,
    inputs: &[Operand],
    outs: &[Option<&DType>],
    casting: Casting,
    forced: bool,
) -> Result<()> {
    let fail = |operand: usize, input: bool, from: &DType, to: &DType| {
        let several = if input { ufunc.nin } else { ufunc.nout } > 1;
        Err(Error::Casting(Box::new(CastingError {
            ufunc: Some(ufunc.name),
            operand: several.then_some(operand),
            input,
            from: from.clone(),
            to: to.clone(),
            casting: casting.name(),
        })))
    };
    for (i, (x, to)) in inputs.iter().zip(&resolved.dtypes).enumerate() {
        let from = &x.spec.dtype;
        if forced || from == to {
            continue;
        }
        let fits = match x.weak {
            // A Python number alone is what it is; beside others it takes their type.
            Weak::No => cast::can_cast(from, to, casting),
            _ if ufunc.nin == 1 => cast::can_cast(from, to, casting),
            _ => input_fits(x, to.num(), casting),
        };
        if !fits {
            return fail(i, true, from, to);
        }
    }
    for (i, (out, from)) in outs.iter().zip(&resolved.dtypes[ufunc.nin..]).enumerate() {
        if let Some(to) = out
            && *to != from
            && !cast::can_cast(from, to, casting)
        {
            return fail(ufunc.nin + i, false, from, to);
        }
    }
    Ok(())
}

/// Signs and differences of bool alone: an error, though bool could be cast to a type that has them.
fn refuse_bool(ufunc: &'static Ufunc, inputs: &[Operand], nums: &Nums) -> Option<Error> {
    if nums[0] != TypeNum::Bool || !nums.iter().all(|&n| n == TypeNum::Bool) {
        return None;
    }
    match ufunc.name {
        "subtract" => Some(Error::Type {
            what: "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, \
                   or the logical_xor function instead.",
        }),
        "negative" => Some(Error::Type {
            what: "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the \
                   logical_not function instead.",
        }),
        "positive" | "sign" => Some(no_loop(ufunc, inputs)),
        _ => None,
    }
}

/// No row takes the inputs: the wording depends on how NumPy resolves the ufunc.
#[cold]
fn no_loop(ufunc: &'static Ufunc, inputs: &[Operand]) -> Error {
    let dtypes: Box<[DType]> = inputs.iter().map(|x| x.spec.dtype.clone()).collect();
    let classes = match ufunc.name {
        "add" | "subtract" | "multiply" | "maximum" | "minimum" | "fmax" | "fmin" | "clip"
        | "matmul" | "vecdot" | "matvec" | "vecmat" => false,
        "gcd" | "lcm" | "sign" | "positive" | "negative" | "absolute" | "equal" | "not_equal"
        | "less" | "less_equal" | "greater" | "greater_equal" => true,
        name => {
            return Error::type_error(format!(
                "ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any \
                 supported types according to the casting rule ''safe''"
            ));
        }
    };
    Error::NoLoop {
        ufunc: ufunc.name,
        dtypes,
        classes,
    }
}
