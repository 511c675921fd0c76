//! Bytes to a staged table: container, encoding, dialect, cells with locators.
