//! The file formats, one file each, and the registry that finds a format by content.
