//! Which elements a document has, and which of them are rows.

use std::collections::HashMap;

use super::events::{Piece, walk};

/// Elements within elements that are told apart; what lies deeper belongs to the element around it.
const DEEPEST: usize = 64;

/// All elements of one path.
#[derive(Debug, Default)]
struct Node<'t> {
    name: &'t str,
    parent: usize,
    children: Vec<usize>,
    has_attributes: bool,
    has_text: bool,
    /// Most of them in one parent.
    most: u64,
    /// How many of them stand in the parent that was seen last, and which one that was.
    now: u64,
    within: u64,
}

/// The paths of a document; number 0 is the document itself.
#[derive(Debug)]
pub(super) struct Outline<'t> {
    nodes: Vec<Node<'t>>,
    numbers: HashMap<(usize, &'t str), usize>,
}

/// Where a walk through a document is.
#[derive(Debug, Default)]
pub(super) struct Way {
    /// Paths of the open elements.
    open: Vec<usize>,
    /// Open elements that lie too deep.
    beyond: usize,
}

impl Way {
    /// The path of the innermost element.
    pub(super) fn here(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Goes into an element; `false` if it lies too deep to be told from the one around it.
    pub(super) fn enter(&mut self, outline: &Outline<'_>, name: &str) -> bool {
        let child = outline.numbers.get(&(self.here(), name)).filter(|_| self.beyond == 0);
        match child {
            Some(child) => self.open.push(*child),
            None => self.beyond += 1,
        }
        child.is_some()
    }

    /// Goes out of an element; `false` as in [`Way::enter`].
    pub(super) fn leave(&mut self) -> bool {
        if self.beyond > 0 {
            self.beyond -= 1;
            return false;
        }
        self.open.pop();
        true
    }
}

/// Which elements are rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// Their paths.
    pub(super) rows: Vec<usize>,
    pub(super) why: &'static str,
}

impl<'t> Outline<'t> {
    /// # Errors
    /// As [`walk`].
    pub(super) fn of(text: &'t str) -> Result<Self, usize> {
        let mut outline = Self { nodes: vec![Node::default()], numbers: HashMap::new() };
        let mut way = Way::default();
        // Every element is numbered, so that those within one are told from those within the next.
        let (mut parents, mut count) = (vec![0_u64], 0_u64);
        walk(text, |piece| match piece {
            Piece::Start(tag) => {
                if way.depth() < DEEPEST {
                    outline.child(way.here(), tag.name);
                }
                if way.enter(&outline, tag.name) {
                    count += 1;
                    let parent = parents.last().copied().unwrap_or(0);
                    parents.push(count);
                    let node = &mut outline.nodes[way.here()];
                    node.now = if node.within == parent { node.now + 1 } else { 1 };
                    (node.within, node.most) = (parent, node.most.max(node.now));
                    node.has_attributes |= tag.attributes().next().is_some();
                }
            }
            Piece::End(..) => {
                if way.leave() {
                    parents.pop();
                }
            }
            Piece::Text(text) => outline.nodes[way.here()].has_text |= !text.trim().is_empty(),
            Piece::Reference(_) => outline.nodes[way.here()].has_text = true,
        })?;
        Ok(outline)
    }

    fn child(&mut self, parent: usize, name: &'t str) {
        let next = self.nodes.len();
        if *self.numbers.entry((parent, name)).or_insert(next) == next {
            // No element is numbered 0, so that the first one counts.
            self.nodes.push(Node { name, parent, within: u64::MAX, ..Node::default() });
            self.nodes[parent].children.push(next);
        }
    }

    pub(super) fn name(&self, path: usize) -> &'t str {
        self.nodes[path].name
    }

    /// Whether an element of this name stands within those of the path.
    pub(super) fn has_child(&self, path: usize, name: &str) -> bool {
        self.numbers.contains_key(&(path, name))
    }

    /// A path in words: `customers.customer`.
    pub(super) fn path(&self, mut path: usize) -> String {
        let mut names = Vec::new();
        while path != 0 {
            names.push(self.nodes[path].name);
            path = self.nodes[path].parent;
        }
        names.reverse();
        names.join(".")
    }

    /// Elements that stand several times beside each other and have attributes or elements are rows, the outermost of them; then
    /// those that have text only; a document without any is one row.
    pub(super) fn rows(&self) -> Choice {
        let mut rows = Vec::new();
        self.repeated(0, true, &mut rows);
        if !rows.is_empty() {
            return Choice { rows, why: "elements of this name stand beside each other" };
        }
        self.repeated(0, false, &mut rows);
        let says_more =
            |(path, node): (usize, &Node<'_>)| (node.has_text || node.has_attributes) && !rows.contains(&path);
        if !rows.is_empty() && !self.nodes.iter().enumerate().any(says_more) {
            return Choice { rows, why: "elements of this name stand beside each other and hold text" };
        }
        Choice { rows: vec![self.content()], why: "no element is repeated: the document is one row" }
    }

    fn repeated(&self, path: usize, is_structured: bool, rows: &mut Vec<usize>) {
        for child in &self.nodes[path].children {
            let node = &self.nodes[*child];
            if node.most > 1 && self.is_structured(*child) == is_structured {
                rows.push(*child);
            } else {
                self.repeated(*child, is_structured, rows);
            }
        }
    }

    /// Whether elements of the path have attributes or elements.
    pub(super) fn is_structured(&self, path: usize) -> bool {
        let node = &self.nodes[path];
        node.has_attributes || !node.children.is_empty()
    }

    /// The outermost element that holds more than one other.
    fn content(&self) -> usize {
        let mut path = self.nodes[0].children.first().copied().unwrap_or(0);
        while let ([child], false, false) =
            (self.nodes[path].children.as_slice(), self.nodes[path].has_text, self.nodes[path].has_attributes)
            && self.is_structured(*child)
        {
            path = *child;
        }
        path
    }
}
