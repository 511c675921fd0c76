//! Staged table to evidence: source profiles, transforms, suggestions.
