//! Clusters while they grow: a disjoint-set forest that knows which clusters must stay apart.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::signature::Signature;

/// Clusters by their root, the place of one of their records.
#[derive(Debug)]
pub(crate) struct Forest<'a> {
    parents: Vec<u32>,
    members: Vec<Vec<u32>>,
    /// What can contradict, by record; none if nothing is known.
    own: &'a [Signature],
    /// By root, where a cluster has several records.
    merged: HashMap<u32, Signature>,
    /// By root: roots of the clusters that must stay apart.
    apart: HashMap<u32, BTreeSet<u32>>,
    /// Roots to which nothing more may join.
    alone: HashSet<u32>,
}

impl<'a> Forest<'a> {
    /// Each record by itself. `own` holds what can contradict, by record, or nothing.
    pub(crate) fn new(records: usize, own: &'a [Signature]) -> Self {
        Self {
            parents: (0..records as u32).collect(),
            members: (0..records as u32).map(|place| vec![place]).collect(),
            own,
            merged: HashMap::new(),
            apart: HashMap::new(),
            alone: HashSet::new(),
        }
    }

    pub(crate) fn root(&mut self, place: u32) -> u32 {
        let mut root = place;
        while self.parents[root as usize] != root {
            root = self.parents[root as usize];
        }
        let mut at = place;
        while self.parents[at as usize] != root {
            at = std::mem::replace(&mut self.parents[at as usize], root);
        }
        root
    }

    pub(crate) fn members(&self, root: u32) -> &[u32] {
        &self.members[root as usize]
    }

    /// By record, the first record of its cluster.
    pub(crate) fn first_of_each(&self) -> Vec<u32> {
        let mut first = vec![0; self.parents.len()];
        for group in &self.members {
            let least = group.iter().copied().min().unwrap_or_default();
            group.iter().for_each(|record| first[*record as usize] = least);
        }
        first
    }

    pub(crate) fn are_apart(&self, a: u32, b: u32) -> bool {
        let is_alone = |root: &u32| self.alone.contains(root);
        is_alone(&a) || is_alone(&b) || self.apart.get(&a).is_some_and(|others| others.contains(&b))
    }

    pub(crate) fn keep_apart(&mut self, a: u32, b: u32) {
        self.apart.entry(a).or_default().insert(b);
        self.apart.entry(b).or_default().insert(a);
    }

    /// Nothing more joins this cluster.
    pub(crate) fn isolate(&mut self, root: u32) {
        self.alone.insert(root);
    }

    fn signature(&self, root: u32) -> Option<&Signature> {
        self.merged.get(&root).or_else(|| self.own.get(root as usize))
    }

    pub(crate) fn contradict(&self, a: u32, b: u32) -> bool {
        self.signature(a).zip(self.signature(b)).is_some_and(|(a, b)| a.contradicts(b))
    }

    /// Joins two clusters, given by their roots.
    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let is_larger = self.members(a).len() >= self.members(b).len();
        let (keep, give) = if is_larger { (a, b) } else { (b, a) };
        if let Some((kept, given)) = self.signature(keep).zip(self.signature(give)) {
            let mut merged = kept.clone();
            merged.absorb(given);
            self.merged.insert(keep, merged);
        }
        let moved = std::mem::take(&mut self.members[give as usize]);
        self.members[keep as usize].extend(moved);
        self.parents[give as usize] = keep;
        for other in self.apart.remove(&give).unwrap_or_default() {
            if let Some(others) = self.apart.get_mut(&other) {
                others.remove(&give);
            }
            self.keep_apart(keep, other);
        }
    }
}
