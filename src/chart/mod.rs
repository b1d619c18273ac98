//! Pictures of an assessment: SVG drawn with plotters, PNG made from it with the embedded fonts.
//!
//! The same view gives the same bytes on every machine: texts are measured and drawn with the embedded fonts only.

mod canvas;
pub mod chains;
pub mod evidence;
mod frame;
pub mod heatmap;
mod legend;
mod marks;
mod png;
mod style;
#[cfg(test)]
mod testing;
mod text;
pub mod timeline;

pub use png::png;
pub use text::missing_glyphs;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// A link names a node that is not among the nodes.
    #[error("a link of the picture names node {node}, but there are only {nodes} nodes")]
    Link {
        /// The index that the link names.
        node: usize,
        /// The number of nodes.
        nodes: usize,
    },
    /// The drawing library failed.
    #[error("the picture could not be drawn: {0}")]
    Draw(#[from] plotters::drawing::DrawingAreaErrorKind<std::io::Error>),
    /// The SVG to be made into a PNG cannot be read.
    #[error("the picture could not be read for its PNG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// The PNG could not be made.
    #[error("the PNG could not be made: {0}")]
    Png(String),
}
