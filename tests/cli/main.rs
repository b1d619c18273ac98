//! The command as its users meet it: bad input, full disks, odd encodings, and the words it answers with.
//!
//! Each test builds a small register in a directory of its own and runs the program there.

mod answers;
mod bad_workbooks;
mod cells;
mod changes;
mod compared;
mod convert;
mod diagnostics;
mod drafts;
mod encodings;
mod files;
mod focus;
mod formats;
mod gates;
mod letters;
mod mapping;
mod matter;
mod names;
mod outputs;
mod packs;
mod questions;
mod random;
mod redact;
mod returned;
mod rows;
mod samples;
mod screening;
mod shell;
mod stakes;
mod text;
mod workbench;
mod workbook_report;
mod workbooks;
