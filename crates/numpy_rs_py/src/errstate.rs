//! How floating-point events are answered: `errstate`, its context variable, warnings and errors.
