//! `str`, `repr` and `name` of dtypes, made from the objects so that titles, classes and nested dtypes are theirs.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::dtype::text::{py_str_repr, typestr, unit_suffix};
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::classes::scalar_class;
use crate::convert::dtype::scalar_type_of;
use crate::convert::dtype_fields::{FieldSpec, specs_of};
use crate::descr;
use crate::layout::{ArrayDescr, descr_flags};

fn is_struct(d: &ArrayDescr) -> bool {
    !d.names.is_null()
}

fn num_of(d: &ArrayDescr) -> TypeNum {
    TypeNum::from_c(d.type_num).unwrap_or(TypeNum::Void)
}

fn is_aligned(d: &ArrayDescr) -> bool {
    d.flags & descr_flags::ALIGNED_STRUCT != 0
}

/// `str(dtype)`.
pub(crate) fn str_text(descr: &Bound<'_, PyAny>) -> PyResult<String> {
    let d = descr::fields(descr);
    if is_struct(d) {
        return struct_text(descr, true);
    }
    if !d.subarray.is_null() {
        return subarray_text(descr);
    }
    let core = descr::to_dtype(descr)?;
    if core.num().is_flexible() || !core.is_native() {
        return Ok(typestr(&core));
    }
    name(descr)
}

/// `repr(dtype)`.
pub(crate) fn repr_text(descr: &Bound<'_, PyAny>) -> PyResult<String> {
    let inner = construction(descr, false)?;
    Ok(if is_aligned(descr::fields(descr)) {
        format!("dtype({inner}, align=True)")
    } else {
        format!("dtype({inner})")
    })
}

/// `dtype.name`.
pub(super) fn name(descr: &Bound<'_, PyAny>) -> PyResult<String> {
    let d = descr::fields(descr);
    let num = num_of(d);
    let mut text = match num {
        TypeNum::Void => class_name(descr)?,
        TypeNum::Datetime => "datetime".to_owned(),
        TypeNum::Timedelta => "timedelta".to_owned(),
        _ => kind_word(num).to_owned(),
    };
    let sized =
        !matches!(num, TypeNum::Object | TypeNum::Bool) && !(num.is_flexible() && d.elsize == 0);
    if sized {
        text.push_str(&(8 * d.elsize).to_string());
    }
    if matches!(num, TypeNum::Datetime | TypeNum::Timedelta) {
        text.push_str(&unit_suffix(&descr::to_dtype(descr)?));
    }
    Ok(text)
}

fn kind_word(num: TypeNum) -> &'static str {
    match num.kind() {
        b'b' => "bool",
        b'i' => "int",
        b'u' => "uint",
        b'f' => "float",
        b'c' => "complex",
        b'O' => "object",
        b'S' => "bytes",
        b'U' => "str",
        _ => "void",
    }
}

fn class<'py>(descr: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyType>> {
    // SAFETY: the class of the items is a live type object.
    let ty: Bound<'py, PyAny> =
        unsafe { Bound::from_borrowed_ptr(descr.py(), scalar_type_of(descr).cast()) };
    Ok(ty.cast_into()?)
}

fn class_name(descr: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(class(descr)?.name()?.to_string())
}

/// The form inside `repr`; nested dtypes are written as typestrings.
fn construction(descr: &Bound<'_, PyAny>, short: bool) -> PyResult<String> {
    let d = descr::fields(descr);
    if is_struct(d) {
        return struct_text(descr, false);
    }
    if !d.subarray.is_null() {
        return subarray_text(descr);
    }
    let core = descr::to_dtype(descr)?;
    let num = core.num();
    Ok(match num {
        TypeNum::Bool if short => "'?'".into(),
        TypeNum::Bool => "'bool'".into(),
        TypeNum::Object => "'O'".into(),
        TypeNum::Bytes | TypeNum::Void if d.elsize == 0 => {
            format!("'{}'", num.facts().char as char)
        }
        TypeNum::Bytes | TypeNum::Void => format!("'{}{}'", num.facts().char as char, d.elsize),
        TypeNum::Str => {
            let text = typestr(&core);
            format!(
                "'{}'",
                if d.elsize == 0 {
                    text.trim_end_matches('0')
                } else {
                    &text
                }
            )
        }
        TypeNum::Datetime | TypeNum::Timedelta => format!("'{}'", typestr(&core)),
        _ if short && d.elsize == 1 => format!("'{}1'", num.kind() as char),
        _ if short || !core.is_native() => format!("'{}'", typestr(&core)),
        _ => format!("'{}{}'", kind_word(num), 8 * d.elsize),
    })
}

fn subarray_text(descr: &Bound<'_, PyAny>) -> PyResult<String> {
    let d = descr::fields(descr);
    // SAFETY: a subarray dtype holds live objects.
    let (base, shape): (Bound<'_, PyAny>, Bound<'_, PyAny>) = unsafe {
        (
            Bound::from_borrowed_ptr(descr.py(), (*d.subarray).base.cast()),
            Bound::from_borrowed_ptr(descr.py(), (*d.subarray).shape),
        )
    };
    Ok(format!(
        "({}, {})",
        construction(&base, true)?,
        shape.repr()?
    ))
}

/// Whether the offsets are those of fields one after the other (or aligned, for aligned structs).
fn is_packed(d: &ArrayDescr, specs: &[FieldSpec<'_>]) -> bool {
    let aligned = is_aligned(d);
    let (mut offset, mut max_align) = (0usize, 1usize);
    for s in specs {
        let f = descr::fields(&s.descr);
        if aligned {
            let a = f.alignment.max(1) as usize;
            offset = offset.div_ceil(a) * a;
            max_align = max_align.max(a);
        }
        if s.offset != offset {
            return false;
        }
        offset += f.elsize as usize;
    }
    if aligned {
        offset = offset.div_ceil(max_align) * max_align;
    }
    offset == d.elsize as usize
}

fn object_repr(object: &Bound<'_, PyAny>) -> PyResult<String> {
    match object.extract::<String>() {
        Ok(s) if s.is_ascii() => Ok(py_str_repr(&s)),
        _ => Ok(object.repr()?.to_string()),
    }
}

fn struct_text(descr: &Bound<'_, PyAny>, include_align: bool) -> PyResult<String> {
    let d = descr::fields(descr);
    let specs = specs_of(descr)?;
    let text = if !(include_align && is_aligned(d)) && is_packed(d, &specs) {
        list_text(&specs)?
    } else {
        dict_text(d, &specs, include_align)?
    };
    let num = num_of(d);
    if scalar_type_of(descr) == scalar_class(TypeNum::Void).get() {
        return Ok(text);
    }
    let class = class(descr)?;
    let module = if num == TypeNum::Void {
        class.module()?.to_string()
    } else {
        crate::package::name().to_owned()
    };
    Ok(format!("({module}.{}, {text})", class.name()?))
}

fn list_text(specs: &[FieldSpec<'_>]) -> PyResult<String> {
    let mut items = Vec::with_capacity(specs.len());
    for s in specs {
        let name = match &s.title {
            Some(t) => format!("({}, {})", object_repr(t)?, object_repr(&s.name)?),
            None => object_repr(&s.name)?,
        };
        let f = descr::fields(&s.descr);
        if f.subarray.is_null() {
            items.push(format!("({name}, {})", construction(&s.descr, true)?));
        } else {
            // SAFETY: a subarray dtype holds live objects.
            let (base, shape): (Bound<'_, PyAny>, Bound<'_, PyAny>) = unsafe {
                (
                    Bound::from_borrowed_ptr(s.descr.py(), (*f.subarray).base.cast()),
                    Bound::from_borrowed_ptr(s.descr.py(), (*f.subarray).shape),
                )
            };
            items.push(format!(
                "({name}, {}, {})",
                construction(&base, true)?,
                shape.repr()?
            ));
        }
    }
    Ok(format!("[{}]", items.join(", ")))
}

fn dict_text(d: &ArrayDescr, specs: &[FieldSpec<'_>], include_align: bool) -> PyResult<String> {
    let (mut names, mut formats, mut offsets, mut titles) = (vec![], vec![], vec![], vec![]);
    for s in specs {
        names.push(object_repr(&s.name)?);
        formats.push(construction(&s.descr, true)?);
        offsets.push(s.offset.to_string());
        titles.push(match &s.title {
            Some(t) => object_repr(t)?,
            None => "None".into(),
        });
    }
    let mut text = format!(
        "{{'names': [{}], 'formats': [{}], 'offsets': [{}]",
        names.join(", "),
        formats.join(", "),
        offsets.join(", ")
    );
    if specs.iter().any(|s| s.title.is_some()) {
        text.push_str(&format!(", 'titles': [{}]", titles.join(", ")));
    }
    text.push_str(&format!(", 'itemsize': {}", d.elsize));
    if include_align && is_aligned(d) {
        text.push_str(", 'aligned': True");
    }
    text.push('}');
    Ok(text)
}
