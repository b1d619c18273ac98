//! Chains as one tree.

use crate::flow::{Finding, Status};
use crate::register::{PartyId, RelationshipId};

/// Chains that share their first steps, as a tree.
#[derive(Default)]
pub(super) struct Tree<'f> {
    pub(super) branches: Vec<Branch<'f>>,
}

pub(super) struct Branch<'f> {
    pub(super) status: Status,
    /// The operator, for a branch at the root.
    pub(super) operator: PartyId,
    /// The step that leads here; none at the root.
    pub(super) step: Option<RelationshipId>,
    pub(super) tier: u32,
    /// The findings whose chains pass here.
    pub(super) passing: Vec<&'f Finding>,
    pub(super) below: Tree<'f>,
}

/// Chains can be too long to be dropped by recursion.
impl Drop for Tree<'_> {
    fn drop(&mut self) {
        let mut open = std::mem::take(&mut self.branches);
        while let Some(mut branch) = open.pop() {
            open.append(&mut branch.below.branches);
        }
    }
}

impl<'f> Tree<'f> {
    pub(super) fn add(
        &mut self,
        status: Status,
        operator: PartyId,
        chain: &[RelationshipId],
        finding: &'f Finding,
    ) {
        let root = self.branch(status, operator, None, 0);
        root.passing.push(finding);
        let mut tree = &mut root.below;
        for (&step, tier) in chain.iter().zip(1..) {
            let branch = tree.branch(status, operator, Some(step), tier);
            branch.passing.push(finding);
            tree = &mut branch.below;
        }
    }

    fn branch(
        &mut self,
        status: Status,
        operator: PartyId,
        step: Option<RelationshipId>,
        tier: u32,
    ) -> &mut Branch<'f> {
        let is_it = |branch: &Branch| {
            branch.status == status && branch.operator == operator && branch.step == step
        };
        let at = self.branches.iter().position(is_it).unwrap_or_else(|| {
            let below = Tree::default();
            self.branches.push(Branch {
                status,
                operator,
                step,
                tier,
                passing: Vec::new(),
                below,
            });
            self.branches.len() - 1
        });
        &mut self.branches[at]
    }
}
