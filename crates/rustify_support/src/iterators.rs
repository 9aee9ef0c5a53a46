//! Iterators as values inside translated functions: generators of the file, each a body that goes on where it gave its
//! last item, and iterators over lists, texts and the interpreter's own.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use pyo3_ffi::PyObject;

use super::any;
use super::builtins::Ordered;
use super::exc::{self, Res, give_up};
use super::list::List;
use super::obj::Obj;
use super::recursion;
use super::text::{Char, Str};
use super::value::{Key, Value};

/// Where the items come from.
enum Way<T> {
    /// The body of a generator.
    Body(Pin<Box<dyn Future<Output = Res<()>>>>),
    /// Something that is asked for each.
    Items(Box<dyn FnMut() -> Res<Option<T>>>),
    /// There are no more.
    Over,
}

/// An iterator as a value.
pub struct Iter<T> {
    way: Rc<RefCell<Way<T>>>,
    given: Rc<Cell<Option<T>>>,
}

impl<T> Clone for Iter<T> {
    fn clone(&self) -> Self {
        Self {
            way: Rc::clone(&self.way),
            given: Rc::clone(&self.given),
        }
    }
}

/// What a generator gives its items to.
pub struct Turn<T>(Rc<Cell<Option<T>>>);

impl<T> Turn<T> {
    /// `yield item`: the body goes on when the next item is wanted.
    #[inline]
    pub fn give(&self, item: T) -> Given {
        self.0.set(Some(item));
        Given(false)
    }
}

/// An item has been given; true once the next one is wanted.
pub struct Given(bool);

impl Future for Given {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl<T: Value> Iter<T> {
    fn new(way: Way<T>, given: Rc<Cell<Option<T>>>) -> Self {
        Self {
            way: Rc::new(RefCell::new(way)),
            given,
        }
    }

    /// A generator with this body.
    pub fn generator<F>(body: impl FnOnce(Turn<T>) -> F) -> Self
    where
        F: Future<Output = Res<()>> + 'static,
    {
        let given = Rc::new(Cell::new(None));
        let body = Box::pin(body(Turn(Rc::clone(&given))));
        Self::new(Way::Body(body), given)
    }

    /// An iterator over what a function answers.
    pub fn over(next: impl FnMut() -> Res<Option<T>> + 'static) -> Self {
        Self::new(Way::Items(Box::new(next)), Rc::default())
    }

    /// `iter(list)`, which sees what becomes of the list.
    pub fn over_list(list: List<T>) -> Self {
        let mut at = 0;
        Self::over(move || {
            if at >= list.length() {
                return Ok(None);
            }
            at += 1;
            list.get(at as i64 - 1).map(Some)
        })
    }

    /// The same iterator, for a loop.
    #[inline]
    pub fn steps(&self) -> Self {
        self.clone()
    }

    /// The next item, if there is one.
    pub fn next(&self) -> Res<Option<T>> {
        let Ok(mut way) = self.way.try_borrow_mut() else {
            // A generator that asks itself.
            return give_up();
        };
        let answer = match &mut *way {
            Way::Over => return Ok(None),
            Way::Items(next) => next(),
            Way::Body(body) => {
                let _level = recursion::enter()?;
                let mut context = Context::from_waker(Waker::noop());
                match body.as_mut().poll(&mut context) {
                    Poll::Pending => Ok(self.given.take()),
                    Poll::Ready(Ok(())) => Ok(None),
                    // Python makes another exception of it.
                    Poll::Ready(Err(error)) if error.matches(exc::stop_iteration()) => give_up(),
                    Poll::Ready(Err(error)) => Err(error),
                }
            }
        };
        if !matches!(answer, Ok(Some(_))) {
            let over = std::mem::replace(&mut *way, Way::Over);
            drop(way);
            drop(over);
        }
        answer
    }

    /// `next(iterator)`.
    pub fn next_item(&self) -> Res<T> {
        self.next()?.ok_or_else(exc::stop_iteration)
    }
}

/// The items of a list behind a first turn that has none.
#[derive(Debug)]
pub struct AfterNothing<T> {
    list: List<T>,
    at: Option<isize>,
}

impl<T: Value> AfterNothing<T> {
    /// Over a list, of which it sees what becomes.
    pub fn over(list: List<T>) -> Self {
        Self { list, at: None }
    }

    /// The next turn.
    pub fn next(&mut self) -> Res<Option<Option<T>>> {
        let Some(at) = self.at else {
            self.at = Some(0);
            return Ok(Some(None));
        };
        if at >= self.list.length() {
            return Ok(None);
        }
        self.at = Some(at + 1);
        self.list.get(at as i64).map(|item| Some(Some(item)))
    }
}

impl Iter<Char> {
    /// `iter(text)`.
    pub fn over_text(text: Str) -> Self {
        let mut at = 0;
        Self::over(move || {
            if at >= text.length() {
                return Ok(None);
            }
            at += 1;
            text.get(at as i64 - 1).map(Some)
        })
    }
}

impl Iter<Obj> {
    /// `iter(object)` of a builtin type.
    pub fn over_object(object: &Obj) -> Res<Self> {
        let mut items = any::iter(object)?;
        Ok(Self::over(move || items.next()))
    }
}

impl<T: Value> Value for Iter<T> {
    unsafe fn from_ptr(_: *mut PyObject) -> Res<Self> {
        give_up()
    }
    fn into_obj(self) -> Res<Obj> {
        // Only Python can make one that others see.
        give_up()
    }
}

impl<T: Value> Key for Iter<T> {
    fn check_key(&self) -> Res<()> {
        give_up()
    }
}

impl<T: Value> Ordered for Iter<T> {
    fn order(&self, _: &Self) -> Res<std::cmp::Ordering> {
        give_up()
    }
}
