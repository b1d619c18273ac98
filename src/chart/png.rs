//! PNG from SVG, with the embedded fonts and no others.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, FontResolver, fontdb};

use super::ChartError;
use super::text::FONTS;

/// Pixels to a CSS pixel, so that print and sharp screens get clean letters.
const DENSITY: f32 = 2.0;
/// A larger picture gets fewer pixels to a CSS pixel: viewers and memory have limits.
const MOST_PIXELS_A_SIDE: f32 = 16_000.0;
/// As above, for the area.
const MOST_PIXELS: f32 = 64e6;

static FONT_DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for font in FONTS {
        database.load_font_source(fontdb::Source::Binary(Arc::new(font)));
    }
    Arc::new(database)
});

/// A picture of this crate as PNG, two pixels to a CSS pixel unless it would be huge.
pub fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    let tree = usvg::Tree::from_str(svg, &options())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let density = DENSITY
        .min(MOST_PIXELS_A_SIDE / width.max(height))
        .min((MOST_PIXELS / (width * height)).sqrt());
    let pixels = |length: f32| ((length * density).round() as u32).max(1);
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or_else(|| {
        ChartError::Png(format!(
            "a picture of {width} by {height} pixels cannot be held"
        ))
    })?;
    resvg::render(
        &tree,
        Transform::from_scale(density, density),
        &mut pixmap.as_mut(),
    );
    pixmap
        .encode_png()
        .map_err(|error| ChartError::Png(error.to_string()))
}

pub(super) fn options() -> usvg::Options<'static> {
    usvg::Options {
        fontdb: Arc::clone(&FONT_DATABASE),
        font_resolver: FontResolver {
            // The next font, whether it has the character or not: by default a character that no font has ends the
            // search for all that follow it.
            select_fallback: Box::new(|_, tried, database| {
                database
                    .faces()
                    .map(|face| face.id)
                    .find(|id| !tried.contains(id))
            }),
            ..FontResolver::default()
        },
        ..usvg::Options::default()
    }
}
