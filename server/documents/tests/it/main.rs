//! The documents as their readers get them: PDFs are read back and drawn by a reader of its own, codes by a decoder.

mod accessible;
mod batches;
mod codes;
mod pdf;
mod pictures;
mod printed;
mod samples;
mod templates;
mod zpl;
