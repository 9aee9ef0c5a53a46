//! `heapq` and `bisect` on lists, comparison by comparison as the interpreter does, and iterators of `itertools`.

use pyo3_ffi as ffi;

use super::any;
use super::builtins::{Ordered, is_less};
use super::exc::{Res, give_up, index_error, value_error};
use super::int::Int;
use super::list::List;
use super::obj::Obj;
use super::value::{Key, Value};

/// Moves an item towards the root until its parent is not larger.
fn sift_down<T: Value + Ordered>(heap: &List<T>, start: isize, mut at: isize) -> Res<()> {
    let item = heap.get(at as i64)?;
    while at > start {
        let up = (at - 1) >> 1;
        let parent = heap.get(up as i64)?;
        if !is_less(&item, &parent)? {
            break;
        }
        heap.set(up as i64, item.clone())?;
        heap.set(at as i64, parent)?;
        at = up;
    }
    Ok(())
}

/// Moves the smaller children up until a leaf is reached, then the item there down to its place.
fn sift_up<T: Value + Ordered>(heap: &List<T>, mut at: isize) -> Res<()> {
    let (start, end) = (at, heap.length());
    let limit = end >> 1;
    while at < limit {
        let mut child = 2 * at + 1;
        if child + 1 < end && !is_less(&heap.get(child as i64)?, &heap.get(child as i64 + 1)?)? {
            child += 1;
        }
        let (a, b) = (heap.get(child as i64)?, heap.get(at as i64)?);
        heap.set(at as i64, a)?;
        heap.set(child as i64, b)?;
        at = child;
    }
    sift_down(heap, start, at)
}

/// `heappush(heap, item)`.
pub fn heappush<T: Value + Ordered>(heap: &List<T>, item: T) -> Res<()> {
    heap.append(item)?;
    sift_down(heap, 0, heap.length() - 1)
}

/// `heappop(heap)`.
pub fn heappop<T: Value + Ordered>(heap: &List<T>) -> Res<T> {
    if heap.length() == 0 {
        return Err(index_error().saying(c"index out of range"));
    }
    let last = heap.pop(-1i64)?;
    if heap.length() == 0 {
        return Ok(last);
    }
    let first = heap.get(0i64)?;
    heap.set(0i64, last)?;
    sift_up(heap, 0)?;
    Ok(first)
}

/// `heapreplace(heap, item)`.
pub fn heapreplace<T: Value + Ordered>(heap: &List<T>, item: T) -> Res<T> {
    if heap.length() == 0 {
        return Err(index_error().saying(c"index out of range"));
    }
    let first = heap.get(0i64)?;
    heap.set(0i64, item)?;
    sift_up(heap, 0)?;
    Ok(first)
}

/// `heappushpop(heap, item)`.
pub fn heappushpop<T: Value + Ordered>(heap: &List<T>, item: T) -> Res<T> {
    if heap.length() == 0 {
        return Ok(item);
    }
    let first = heap.get(0i64)?;
    if !is_less(&first, &item)? {
        return Ok(item);
    }
    heap.set(0i64, item)?;
    sift_up(heap, 0)?;
    Ok(first)
}

/// `heapify(heap)`; large heaps are built in another order by the interpreter, and are left to it.
pub fn heapify<T: Value + Ordered>(heap: &List<T>) -> Res<()> {
    let n = heap.length();
    if n > 2500 {
        return give_up();
    }
    for at in (0..n >> 1).rev() {
        sift_up(heap, at)?;
    }
    Ok(())
}

/// Gives up where a NaN leaves the order open.
fn check_order<T: Value>(items: &List<T>) -> Res<()> {
    for at in 0..items.length() {
        items.get(at as i64)?.to_obj()?.check_key()?;
    }
    Ok(())
}

/// `nlargest(n, items)`: the same as sorting.
pub fn nlargest<T: Value + Ordered, I: Int>(n: I, items: List<T>) -> Res<List<T>> {
    check_order(&items)?;
    let sorted = super::builtins::sort_new(items, true)?;
    sorted.slice(None, Some(n.index().max(0)), None)
}

/// `nsmallest(n, items)`: the same as sorting.
pub fn nsmallest<T: Value + Ordered, I: Int>(n: I, items: List<T>) -> Res<List<T>> {
    check_order(&items)?;
    let sorted = super::builtins::sort_new(items, false)?;
    sorted.slice(None, Some(n.index().max(0)), None)
}

fn bounds<T: Value, I: Int>(
    list: &List<T>,
    low: Option<I>,
    high: Option<I>,
) -> Res<(isize, isize)> {
    let low = low.map_or(0, I::index);
    if low < 0 {
        return Err(value_error().saying(c"lo must be non-negative"));
    }
    Ok((low, high.map_or(list.length(), I::index)))
}

/// `bisect_left(list, item, low, high)`.
pub fn bisect_left<T: Value + Ordered, I: Int>(
    list: &List<T>,
    item: &T,
    low: Option<I>,
    high: Option<I>,
) -> Res<I> {
    let (mut low, mut high) = bounds(list, low, high)?;
    while low < high {
        let middle = (low + high) >> 1;
        if is_less(&list.get(middle as i64)?, item)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(I::of(low))
}

/// `bisect_right(list, item, low, high)`.
pub fn bisect_right<T: Value + Ordered, I: Int>(
    list: &List<T>,
    item: &T,
    low: Option<I>,
    high: Option<I>,
) -> Res<I> {
    let (mut low, mut high) = bounds(list, low, high)?;
    while low < high {
        let middle = (low + high) >> 1;
        if is_less(item, &list.get(middle as i64)?)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(I::of(low))
}

/// `insort_left(list, item)`.
pub fn insort_left<T: Value + Ordered>(list: &List<T>, item: T) -> Res<()> {
    let at: i64 = bisect_left(list, &item, None, None)?;
    list.insert(at, item)
}

/// `insort_right(list, item)`.
pub fn insort_right<T: Value + Ordered>(list: &List<T>, item: T) -> Res<()> {
    let at: i64 = bisect_right(list, &item, None, None)?;
    list.insert(at, item)
}

fn walkable(object: &Obj) -> bool {
    any::is_sequence(object) || any::is_scalar(object) || is_iterator(object)
}

/// Whether an object is an iterator of `itertools`.
fn is_iterator(object: &Obj) -> bool {
    // SAFETY: a live object; a class has a name in UTF-8, and classes of a program have none with a dot.
    unsafe {
        std::ffi::CStr::from_ptr((*object.class()).tp_name)
            .to_bytes()
            .starts_with(b"itertools.")
    }
}

/// An iterator of `itertools` over builtin containers.
pub fn iterator(class: &Obj, arguments: &[Obj], names: &[Obj]) -> Res<Obj> {
    if !arguments.iter().all(walkable) {
        return give_up();
    }
    // SAFETY: a class has a name in UTF-8.
    let name =
        unsafe { std::ffi::CStr::from_ptr((*class.ptr().cast::<ffi::PyTypeObject>()).tp_name) };
    if name == c"itertools.accumulate" && !arguments.iter().all(any::is_plain) {
        // It adds the items.
        return give_up();
    }
    let all: Vec<_> = arguments.iter().map(Obj::ptr).collect();
    // SAFETY: live objects; the last arguments have the names.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(names.len() as isize))?;
        for (i, name) in names.iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, name.clone().into_ptr());
        }
        Obj::owned(ffi::PyObject_Vectorcall(
            class.ptr(),
            all.as_ptr(),
            all.len() - names.len(),
            tuple.ptr(),
        ))
    }
}

/// An iterator of `itertools` over the parts of a list or tuple; more arguments have names.
pub fn iterator_of_parts(class: &Obj, parts: &Obj, named: &[Obj], names: &[Obj]) -> Res<Obj> {
    if !any::is_sequence(parts) {
        return give_up();
    }
    let mut items = any::iter(parts)?;
    let mut all = Vec::new();
    while let Some(item) = items.next()? {
        if !any::is_sequence(&item) {
            return give_up();
        }
        all.push(item);
    }
    all.extend(named.iter().cloned());
    iterator(class, &all, names)
}

/// `chain.from_iterable(parts)` of a builtin container of builtin containers.
pub fn iterator_method(class: &Obj, name: &Obj, arguments: &[Obj]) -> Res<Obj> {
    let [parts] = arguments else {
        return give_up();
    };
    if !any::is_sequence(parts) {
        return give_up();
    }
    let mut items = any::iter(parts)?;
    while let Some(item) = items.next()? {
        if !any::is_sequence(&item) {
            return give_up();
        }
    }
    let all = [class.ptr(), parts.ptr()];
    // SAFETY: live objects.
    unsafe {
        Obj::owned(ffi::PyObject_VectorcallMethod(
            name.ptr(),
            all.as_ptr(),
            2,
            std::ptr::null_mut(),
        ))
    }
}
