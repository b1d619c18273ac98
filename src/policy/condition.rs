//! Conditions and their three-valued logic (Kleene's): what is unknown never counts as no.

use super::TestId;

/// The outcome of a test or condition, in rising order so that `all` is the least and `any` the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Known not to hold.
    False,
    /// Neither known to hold nor known not to.
    Unknown,
    /// Known to hold.
    True,
}

impl Truth {
    /// Whether it holds or may hold.
    pub fn possible(self) -> bool {
        self != Truth::False
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

/// A condition over the facts of a relationship and its two parties, or of one party.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// One test.
    Test(TestId),
    /// Every part holds; without parts, true.
    All(Vec<Condition>),
    /// Some part holds; without parts, false.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// The condition that always holds.
    pub const ALWAYS: Condition = Condition::All(Vec::new());

    /// The condition's truth, given each test's.
    pub fn truth(&self, test: &impl Fn(TestId) -> Truth) -> Truth {
        match self {
            Condition::Test(id) => test(*id),
            Condition::All(parts) => parts
                .iter()
                .map(|part| part.truth(test))
                .min()
                .unwrap_or(Truth::True),
            Condition::Any(parts) => parts
                .iter()
                .map(|part| part.truth(test))
                .max()
                .unwrap_or(Truth::False),
            Condition::Not(part) => !part.truth(test),
        }
    }

    /// The tests whose answers would settle the condition; none where it is known.
    pub fn open_tests(&self, test: &impl Fn(TestId) -> Truth) -> Vec<TestId> {
        if self.truth(test) != Truth::Unknown {
            return Vec::new();
        }
        match self {
            Condition::Test(id) => vec![*id],
            Condition::All(parts) | Condition::Any(parts) => parts
                .iter()
                .flat_map(|part| part.open_tests(test))
                .collect(),
            Condition::Not(part) => part.open_tests(test),
        }
    }

    /// Calls `visit` with every test that the condition makes, in order; one made twice comes twice.
    pub fn each_test(&self, visit: &mut impl FnMut(TestId)) {
        match self {
            Condition::Test(id) => visit(*id),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.each_test(visit));
            }
            Condition::Not(part) => part.each_test(visit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{False, True, Unknown};

    fn truth(condition: &Condition, outcomes: &[Truth]) -> Truth {
        condition.truth(&|id: TestId| outcomes[usize::from(id.0)])
    }

    #[test]
    fn kleene_logic() {
        let a = || Condition::Test(TestId(0));
        let b = || Condition::Test(TestId(1));
        let table = [
            // a, b, all, any, not a
            (True, True, True, True, False),
            (True, Unknown, Unknown, True, False),
            (True, False, False, True, False),
            (Unknown, Unknown, Unknown, Unknown, Unknown),
            (Unknown, False, False, Unknown, Unknown),
            (False, False, False, False, True),
        ];
        for (x, y, all, any, not) in table {
            let outcomes = [x, y];
            assert_eq!(truth(&Condition::All(vec![a(), b()]), &outcomes), all);
            assert_eq!(truth(&Condition::Any(vec![b(), a()]), &outcomes), any);
            assert_eq!(truth(&Condition::Not(Box::new(a())), &outcomes), not);
        }
        assert_eq!(truth(&Condition::ALWAYS, &[]), True);
        assert_eq!(truth(&Condition::Any(vec![]), &[]), False);
    }
}
