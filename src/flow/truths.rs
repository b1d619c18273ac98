//! What the tests of a policy say of cells.

use crate::policy::{Check, Test, Truth};
use crate::register::{Column, Value};

/// What a test says of each code of its fact's column.
pub(crate) fn truths(test: &Test, column: &Column) -> Vec<Truth> {
    let values = column.values().iter();
    values.map(|value| truth(test, value)).collect()
}

/// What a test says of a cell.
fn truth(test: &Test, value: &Value) -> Truth {
    match (&test.check, value) {
        (Check::HasAny(wanted), Value::Items { known, complete }) => {
            any_known(known.iter().any(|item| wanted.contains(item)), *complete)
        }
        (Check::Outside(inside), Value::Countries { known, complete }) => any_known(
            known.iter().any(|country| !inside.contains(country)),
            *complete,
        ),
        (Check::Within(inside), Value::Countries { known, complete }) => !any_known(
            known.iter().any(|country| !inside.contains(country)),
            *complete,
        ),
        (Check::Is(wanted), Value::Flag(flag)) => (flag == wanted).into(),
        (Check::Range { at_least, below }, Value::Number(number)) => (at_least
            .is_none_or(|least| *number >= least)
            && below.is_none_or(|limit| *number < limit))
        .into(),
        _ => Truth::Unknown,
    }
}

/// A list has what is looked for if a known item is it; else an incomplete list may have it.
fn any_known(found: bool, complete: bool) -> Truth {
    match (found, complete) {
        (true, _) => Truth::True,
        (false, true) => Truth::False,
        (false, false) => Truth::Unknown,
    }
}
