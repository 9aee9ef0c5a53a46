//! The items of a list that nothing but one variable knows of, held by a loop that adds to them: their place and their
//! number can stay in registers.

use std::ops::Range;

use super::exc::{Exc, Res, index_error};
use super::int::Int;
use super::list::List;
use super::value::Value;

/// The items of a list as long as a loop works on them.
#[derive(Debug)]
pub struct Growing<T> {
    items: *mut T,
    length: usize,
    room: usize,
}

impl<T: Value> List<T> {
    /// Takes the items out of a list of this function's own; the list is empty until it gets them back.
    #[inline]
    pub fn take_items(&self) -> Res<Growing<T>> {
        self.take_all().map(Growing::of)
    }

    /// Gives the list its items back.
    #[inline]
    pub fn give_items(&self, items: Growing<T>) {
        self.give_all(items.into_vector());
    }
}

/// For so many items room is made before they come.
const EXPECTED: std::ops::RangeInclusive<usize> = 9..=1 << 16;

/// More room for items, which go from the old to the new.
#[cold]
#[inline(never)]
fn more<T>(items: *mut T, length: usize, room: usize) -> Res<(*mut T, usize)> {
    // SAFETY: the parts of a vector that only the caller owns.
    let mut items = unsafe { Vec::from_raw_parts(items, length, room) };
    let done = items.try_reserve(length.max(8));
    let mut items = std::mem::ManuallyDrop::new(items);
    done.map_err(|_| Exc::GIVE_UP)?;
    Ok((items.as_mut_ptr(), items.capacity()))
}

impl<T: Value> Growing<T> {
    #[inline]
    fn of(items: Vec<T>) -> Self {
        let mut items = std::mem::ManuallyDrop::new(items);
        Self {
            items: items.as_mut_ptr(),
            length: items.len(),
            room: items.capacity(),
        }
    }

    #[inline]
    fn into_vector(self) -> Vec<T> {
        let items = std::mem::ManuallyDrop::new(self);
        // SAFETY: the parts of a vector, which is not used otherwise any more.
        unsafe { Vec::from_raw_parts(items.items, items.length, items.room) }
    }

    /// Makes room for an item of each turn of a loop, if the loop is not so long that it might end before.
    #[inline]
    pub fn expect(&mut self, turns: isize) {
        if turns > 0 && EXPECTED.contains(&(turns as usize)) {
            self.make_room(turns as usize);
        }
    }

    /// The same with the range that the loop goes over.
    #[inline]
    pub fn expecting<I: Int>(&mut self, turns: Range<I>) -> Range<I> {
        self.expect(turns.end.index().saturating_sub(turns.start.index()));
        turns
    }

    #[cold]
    #[inline(never)]
    fn make_room(&mut self, more: usize) {
        let items = std::mem::replace(self, Self::of(Vec::new()));
        let mut items = items.into_vector();
        // Without it each item asks for itself.
        let _ = items.try_reserve_exact(more);
        *self = Self::of(items);
    }

    /// The number of items.
    #[inline]
    pub fn length(&self) -> isize {
        self.length as isize
    }

    #[inline]
    fn place<I: Int>(&self, i: I, text: &'static std::ffi::CStr) -> Res<usize> {
        let i = i.index();
        let at = if i < 0 {
            i.wrapping_add(self.length as isize)
        } else {
            i
        };
        if (at as usize) < self.length {
            Ok(at as usize)
        } else {
            Err(index_error().outside(i, text))
        }
    }

    /// `list[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<T> {
        let at = self.place(i, c"list index out of range")?;
        // SAFETY: a place inside.
        Ok(unsafe { (*self.items.add(at)).clone() })
    }

    /// `list[i] = item`.
    #[inline]
    pub fn set<I: Int>(&mut self, i: I, item: T) -> Res<()> {
        let at = self.place(i, c"list assignment index out of range")?;
        // SAFETY: a place inside; the old item is dropped last.
        drop(unsafe { std::mem::replace(&mut *self.items.add(at), item) });
        Ok(())
    }

    /// `list.append(item)`.
    #[inline]
    pub fn append(&mut self, item: T) -> Res<()> {
        if self.length == self.room {
            (self.items, self.room) = more(self.items, self.length, self.room)?;
        }
        // SAFETY: there is room.
        unsafe { self.items.add(self.length).write(item) };
        self.length += 1;
        Ok(())
    }

    /// `list.pop(i)` of the last item or of any.
    #[inline]
    pub fn pop<I: Int>(&mut self, i: I) -> Res<T> {
        if self.length == 0 {
            return Err(index_error().outside(i.index(), c"pop from empty list"));
        }
        let at = self.place(i, c"pop index out of range")?;
        // SAFETY: a place inside; the items behind it move up.
        unsafe {
            let item = self.items.add(at).read();
            self.length -= 1;
            std::ptr::copy(self.items.add(at + 1), self.items.add(at), self.length - at);
            Ok(item)
        }
    }
}

impl<T> Drop for Growing<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the parts of a vector, which is not used any more.
        drop(unsafe { Vec::from_raw_parts(self.items, self.length, self.room) });
    }
}
