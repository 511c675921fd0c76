//! Evidence to pairs to clusters: features, blocking, scoring, constrained clustering.
