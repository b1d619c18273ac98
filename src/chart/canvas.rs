//! A drawing surface in CSS pixels over the SVG backend of plotters.
//!
//! The backend writes whole numbers only, so everything is drawn at four times its size inside an outer picture that
//! scales it back: curves stay smooth.

use std::cell::RefCell;

use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, TextStyle};

use super::ChartError;
use super::style::FAMILIES;
use super::text::clean;
use crate::lang::Lang;

/// Drawing units in a CSS pixel.
const SCALE: f64 = 4.0;
/// The backend of plotters takes sizes of lines, and sets letters at a fraction of them.
const LINE_TO_LETTER: f64 = 1.24;
/// The backend puts the baseline of a text anchored at its top so many sizes below.
const TOP_TO_BASELINE: f64 = 0.76;

/// The angle of slanted texts, in degrees.
pub(super) const SLANT: f64 = 45.0;

/// A line that would have more dashes gets longer ones.
const MOST_DASHES: f64 = 300.0;

/// A place in the picture: x to the right, y downward, from the upper left corner.
pub(super) type Point = (f64, f64);

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) color: RGBColor,
    pub(super) width: f64,
    pub(super) dash: Option<(f64, f64)>,
}

/// How a text is set; its place is the baseline.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    pub(super) size: f64,
    pub(super) color: RGBColor,
    pub(super) anchor: HPos,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The surface that a picture is drawn on.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    /// Slanted texts, which plotters cannot set; they go on top of what it draws.
    slanted: RefCell<String>,
}

/// Draws a picture of a size and gives it as SVG; `title` is what a screen reader says.
pub(super) fn picture(
    size: Point,
    title: &str,
    lang: Lang,
    draw: impl FnOnce(&Canvas<'_>) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let (width, height) = (size.0.ceil(), size.1.ceil());
    let (inner_width, inner_height) = (units(width), units(height));
    let mut drawn = String::new();
    let slanted = {
        let backend = SVGBackend::with_string(
            &mut drawn,
            (inner_width.unsigned_abs(), inner_height.unsigned_abs()),
        );
        let canvas = Canvas {
            area: backend.into_drawing_area(),
            slanted: RefCell::default(),
        };
        canvas.area.fill(&super::style::PAPER)?;
        draw(&canvas)?;
        canvas.area.present()?;
        canvas.slanted.take()
    };
    let title = escaped(&clean(title));
    let lang = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    };
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {inner_width} {inner_height}\" lang=\"{lang}\" role=\"img\">\n<title>{title}</title>\n{drawn}{slanted}</svg>\n"
    ))
}

impl Canvas<'_> {
    /// Draws a line through `points`.
    pub(super) fn line(&self, points: &[Point], stroke: Stroke) -> Result<(), ChartError> {
        let placed: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
        let style = stroke
            .color
            .stroke_width(units(stroke.width).unsigned_abs());
        let Some((dash, space)) = stroke.dash else {
            self.area.draw(&PathElement::new(placed, style))?;
            return Ok(());
        };
        // Every dash is an element of its own.
        let longer = (length(points) / (dash + space) / MOST_DASHES).max(1.0);
        let (dash, space) = (units(dash * longer), units(space * longer));
        self.area
            .draw(&DashedPathElement::new(placed, dash, space, style))?;
        Ok(())
    }

    /// Fills the shape that `points` bound.
    pub(super) fn shape(&self, points: &[Point], color: RGBColor) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
        self.area.draw(&Polygon::new(points, color.filled()))?;
        Ok(())
    }

    /// Fills a rectangle with round corners and draws its outline, if it has one.
    pub(super) fn rounded(
        &self,
        rect: Rect,
        radius: f64,
        fill: RGBColor,
        outline: Option<Stroke>,
    ) -> Result<(), ChartError> {
        let mut corners = rounded_outline(rect, radius);
        self.shape(&corners, fill)?;
        if let Some(stroke) = outline {
            corners.extend_from_within(..1);
            self.line(&corners, stroke)?;
        }
        Ok(())
    }

    /// Sets a text that is already clean.
    pub(super) fn text(&self, text: &str, at: Point, letters: Letters) -> Result<(), ChartError> {
        let line = letters.size * SCALE * LINE_TO_LETTER;
        let font = FontDesc::new(FontFamily::Name(FAMILIES), line, FontStyle::Normal);
        let style = TextStyle::from(font)
            .color(&letters.color)
            .pos(Pos::new(letters.anchor, VPos::Top));
        self.area.draw_text(
            text,
            &style,
            place((at.0, at.1 - letters.size * TOP_TO_BASELINE)),
        )?;
        Ok(())
    }

    /// Sets a text that is already clean so that it rises by [`SLANT`] degrees from its place, the left end of its
    /// baseline.
    pub(super) fn slanted_text(&self, text: &str, at: Point, size: f64, color: RGBColor) {
        let ((x, y), RGBColor(red, green, blue)) = (place(at), color);
        let (size, text) = (size * SCALE, escaped(text));
        *self.slanted.borrow_mut() += &format!(
            "<text x=\"{x}\" y=\"{y}\" font-family=\"{FAMILIES}\" font-size=\"{size}\" fill=\"#{red:02X}{green:02X}{blue:02X}\" \
             transform=\"rotate(-{SLANT} {x} {y})\">\n{text}\n</text>\n"
        );
    }

    /// Fills a circle.
    pub(super) fn disc(
        &self,
        center: Point,
        radius: f64,
        color: RGBColor,
    ) -> Result<(), ChartError> {
        let disc = Circle::new(place(center), units(radius), color.filled());
        self.area.draw(&disc)?;
        Ok(())
    }

    /// Draws the outline of a circle.
    pub(super) fn ring(
        &self,
        center: Point,
        radius: f64,
        color: RGBColor,
        width: f64,
    ) -> Result<(), ChartError> {
        let style = color.stroke_width(units(width).unsigned_abs());
        self.area
            .draw(&Circle::new(place(center), units(radius), style))?;
        Ok(())
    }
}

/// A text as XML has it between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The outline of a rectangle with round corners, clockwise from the upper left, each corner in short steps.
fn rounded_outline(rect: Rect, radius: f64) -> Vec<Point> {
    const STEPS: u32 = 6;
    let radius = radius.min(rect.width / 2.0).min(rect.height / 2.0);
    let (left, right) = (rect.x + radius, rect.x + rect.width - radius);
    let (top, bottom) = (rect.y + radius, rect.y + rect.height - radius);
    let corners = [
        (left, top, 180.0),
        (right, top, 270.0),
        (right, bottom, 0.0),
        (left, bottom, 90.0),
    ];
    let mut outline = Vec::new();
    for (x, y, start) in corners {
        for step in 0..=STEPS {
            let angle = (start + 90.0 * f64::from(step) / f64::from(STEPS)).to_radians();
            outline.push((x + radius * angle.cos(), y + radius * angle.sin()));
        }
    }
    outline
}

fn length(points: &[Point]) -> f64 {
    let pieces = points.windows(2);
    pieces
        .map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1))
        .sum()
}

fn place((x, y): Point) -> (i32, i32) {
    (units(x), units(y))
}

/// A length in drawing units; pictures stay far below the range of an `i32`, and the cast saturates.
fn units(length: f64) -> i32 {
    (length * SCALE).round() as i32
}
