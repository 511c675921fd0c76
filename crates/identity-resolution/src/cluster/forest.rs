//! Clusters while they grow: a disjoint-set forest that knows which clusters must stay apart.

use std::collections::BTreeSet;

use super::Member;
use super::signature::Signature;

/// Clusters by their root, a place in the list of members.
#[derive(Debug)]
pub(crate) struct Forest<'a> {
    parents: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// By root: roots of the clusters that must stay apart.
    apart: Vec<BTreeSet<usize>>,
    /// By root; `None` while the cluster is its first member alone.
    merged: Vec<Option<Signature>>,
    own: Vec<&'a Signature>,
    /// By root: nothing more may join.
    alone: Vec<bool>,
}

impl<'a> Forest<'a> {
    pub(crate) fn new(members: &[&'a Member]) -> Self {
        Self {
            parents: (0..members.len()).collect(),
            members: (0..members.len()).map(|place| vec![place]).collect(),
            apart: vec![BTreeSet::new(); members.len()],
            merged: vec![None; members.len()],
            own: members.iter().map(|member| &member.signature).collect(),
            alone: vec![false; members.len()],
        }
    }

    pub(crate) fn root(&mut self, place: usize) -> usize {
        let mut root = place;
        while self.parents[root] != root {
            root = self.parents[root];
        }
        let mut at = place;
        while self.parents[at] != root {
            at = std::mem::replace(&mut self.parents[at], root);
        }
        root
    }

    pub(crate) fn size(&self, root: usize) -> usize {
        self.members[root].len()
    }

    pub(crate) fn members(&self, root: usize) -> &[usize] {
        &self.members[root]
    }

    pub(crate) fn are_apart(&self, a: usize, b: usize) -> bool {
        self.alone[a] || self.alone[b] || self.apart[a].contains(&b)
    }

    pub(crate) fn keep_apart(&mut self, a: usize, b: usize) {
        self.apart[a].insert(b);
        self.apart[b].insert(a);
    }

    /// Nothing more joins this cluster.
    pub(crate) fn isolate(&mut self, root: usize) {
        self.alone[root] = true;
    }

    fn signature(&self, root: usize) -> &Signature {
        self.merged[root].as_ref().unwrap_or(self.own[root])
    }

    pub(crate) fn contradict(&self, a: usize, b: usize) -> bool {
        self.signature(a).contradicts(self.signature(b))
    }

    /// Joins two clusters, given by their roots.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (keep, give) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
        let mut signature = self.signature(keep).clone();
        signature.absorb(self.signature(give));
        self.merged[keep] = Some(signature);
        let moved = std::mem::take(&mut self.members[give]);
        self.members[keep].extend(moved);
        self.parents[give] = keep;
        for other in std::mem::take(&mut self.apart[give]) {
            self.apart[other].remove(&give);
            self.keep_apart(keep, other);
        }
    }
}
