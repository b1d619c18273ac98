//! What every picture has to keep.
