//! Clusters, policy and decisions to canonical records with provenance.
