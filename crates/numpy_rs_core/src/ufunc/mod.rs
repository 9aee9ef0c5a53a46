//! The ufunc engine: options, resolution, plans and their execution.
//!
//! Modules are listed bottom-up: each may import only those above it.

pub mod options;
pub mod table;
pub mod resolve;
mod scratch;
mod snapshot;
mod lane;
pub mod quick;
pub mod plan;
mod blocks;
mod execute;
mod start;
pub mod quick_reduce;
mod fold;
pub mod reduce;
pub mod core_dims;
pub mod gufunc;
pub mod at;
mod along;
pub mod accumulate;
pub mod reduceat;

pub use accumulate::{AccumulatePlan, plan_accumulate};
pub use at::{AtPlan, plan_at};
pub use gufunc::{AxesItem, CoreOptions, GufuncPlan, plan_gufunc};
pub use options::{Initial, Operand, ReduceOptions, Spec, UfuncOptions, Weak};
pub use plan::{ElementwisePlan, plan_elementwise};
pub use reduce::{ReducePlan, plan_reduce};
pub use reduceat::{ReduceatPlan, plan_reduceat};
pub use resolve::loop_dtypes;
