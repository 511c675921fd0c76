//! Synthetic client graphs with known truth, written as the files real systems export.
