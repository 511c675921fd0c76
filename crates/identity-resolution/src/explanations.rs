//! Why two records may look alike although they are not one: relatives share a family name and a home, twins a birthday too.
//!
//! Fellegi and Sunter weigh one alternative to a match, that of strangers, for whom every agreement is chance. But relatives are
//! no strangers: that they share a home and a telephone says nothing against their being two. So a pair is weighed
//! against each explanation, in which some aspects agree as they do for one person, and the best explanation
//! counts: to beat *relatives*, only what is a person's own speaks for a match.

use crate::fields::{Aspect, Field};

impl Explanation {
    /// Whether pairs of it agree in a field otherwise than by chance.
    pub(crate) fn tells(&self, field: &Field) -> bool {
        [self.shares, self.loosely, self.partly].into_iter().any(|aspects| aspects.contains(&field.aspect))
    }
}

/// An alternative to a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Explanation {
    pub(crate) name: &'static str,
    /// The aspects that agree more often than by chance.
    pub(crate) shares: &'static [Aspect],
    /// The aspects that agree now and then: relatives may be twins, or father and son of one name, and have similar
    /// addresses of mail. What is told of them starts from chance, and full agreement is kept to [`RARE`].
    pub(crate) loosely: &'static [Aspect],
    /// The aspects that agree in part: names of things of one sort share words.
    pub(crate) partly: &'static [Aspect],
    /// How many pairs of it a table is thought to have for one that matches, before it shows how many.
    pub(crate) thought: f64,
}

/// Whoever lists people lists families, households and namesakes with them.
const OFTEN: f64 = 0.3;
/// A firm seldom stands beside another of its name.
const SELDOM: f64 = 0.02;

/// No more than so many relatives are twins, or of one given name.
pub(crate) const RARE: f64 = 0.07;

const PEOPLE: [Explanation; 5] = [
    Explanation {
        name: "relatives",
        shares: &[Aspect::Family, Aspect::Street, Aspect::Place, Aspect::Phone],
        loosely: &[Aspect::Given, Aspect::Birth, Aspect::Email],
        partly: &[],
        thought: OFTEN,
    },
    Explanation {
        name: "namesakes",
        shares: &[Aspect::Given, Aspect::Middle, Aspect::Family, Aspect::Gender],
        loosely: &[Aspect::Email],
        partly: &[],
        thought: OFTEN,
    },
    Explanation {
        name: "people of one house",
        shares: &[Aspect::Street, Aspect::Place, Aspect::Phone],
        loosely: &[],
        partly: &[],
        thought: OFTEN,
    },
    Explanation {
        name: "colleagues",
        shares: &[Aspect::Email, Aspect::Phone, Aspect::Street, Aspect::Place, Aspect::Employer],
        loosely: &[],
        partly: &[],
        thought: OFTEN,
    },
    Explanation { name: "people of one place", shares: &[Aspect::Place], loosely: &[], partly: &[], thought: OFTEN },
];

const THINGS: [Explanation; 2] = [
    Explanation {
        name: "neighbours",
        shares: &[Aspect::Street, Aspect::Place, Aspect::Phone],
        loosely: &[Aspect::Title],
        partly: &[],
        thought: SELDOM,
    },
    Explanation {
        name: "branches of one name",
        shares: &[Aspect::Title, Aspect::Email, Aspect::Other],
        loosely: &[],
        partly: &[],
        thought: SELDOM,
    },
];

/// Products of one maker, papers of one author: they share what is said of them, and words of what they are called.
const SORTS: [Explanation; 1] = [Explanation {
    name: "things of one sort",
    shares: &[Aspect::Other],
    loosely: &[],
    partly: &[Aspect::Title, Aspect::Model, Aspect::Own],
    thought: OFTEN,
}];

/// The explanations that the fields of a table can tell apart from a match.
pub(crate) fn explanations(fields: &[Field]) -> Vec<Explanation> {
    let has = |aspect: Aspect| fields.iter().any(|field| field.aspect == aspect);
    // A table may hold people and firms beside each other.
    let has_people = has(Aspect::Given) && has(Aspect::Family);
    let people = PEOPLE.iter().filter(|_| has_people);
    let things = THINGS.iter().filter(|_| !has_people || has(Aspect::Title));
    let sorts = SORTS.iter().filter(|_| !has_people);
    let mut seen: Vec<Vec<usize>> = Vec::new();
    let mut told = Vec::new();
    for explanation in people.chain(things).chain(sorts) {
        let shared: Vec<usize> = (0..fields.len()).filter(|place| explanation.tells(&fields[*place])).collect();
        // It must leave out something: one that shares all is a match. Of things nothing but what is known tells them apart.
        let is_telling = |field: &Field| has_people || (field.is_known() && field.aspect != Aspect::Model);
        let leaves =
            |field: &Field| !field.is_origin() && is_telling(field) && !explanation.shares.contains(&field.aspect);
        // One shared field alone is what strangers share by chance, and counted as that.
        if shared.len() > 1 && fields.iter().any(leaves) && !seen.contains(&shared) {
            seen.push(shared);
            told.push(*explanation);
        }
    }
    told
}
