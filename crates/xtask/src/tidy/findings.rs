//! What the rules report.

/// Errors fail the lint, warnings are only shown.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) errors: Vec<String>,
    pub(super) warnings: Vec<String>,
}
