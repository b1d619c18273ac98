//! The growth of time and memory as a picture: both axes by powers of ten, so that what is linear is a straight line.

use anyhow::{Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;

use super::{Row, grouped};

const SIZE: (u32, u32) = (960, 400);
const FONT: &str = "sans-serif";
/// The lines, by rising number of threads.
const COLORS: [RGBColor; 4] = [
    RGBColor(0, 90, 160),
    RGBColor(200, 90, 0),
    RGBColor(0, 130, 90),
    RGBColor(120, 60, 150),
];
const FAINT: RGBColor = RGBColor(170, 170, 170);
const GRID: RGBColor = RGBColor(225, 225, 225);

/// What a panel shows of a run.
type Figure = fn(&Row) -> Option<f64>;
type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Seconds and megabytes by relationships, a line for each number of threads.
pub(crate) fn growth(rows: &[Row]) -> Result<String> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
    let drawn = both(&area, rows);
    drop(area);
    match drawn {
        Ok(()) => Ok(svg),
        Err(error) => Err(anyhow!("the plot cannot be drawn: {error}")),
    }
}

fn both(area: &DrawingArea<SVGBackend, Shift>, rows: &[Row]) -> Drawn {
    area.fill(&WHITE)?;
    let seconds: Figure = |row| Some(row.run.seconds);
    let megabytes: Figure = |row| row.run.megabytes.map(|megabytes| megabytes as f64);
    let figures = [
        ("seconds by the clock", seconds),
        ("megabytes at most", megabytes),
    ];
    for (panel, (title, figure)) in area.split_evenly((1, 2)).iter().zip(figures) {
        draw(panel, title, rows, figure)?;
    }
    Ok(area.present()?)
}

fn draw(area: &DrawingArea<SVGBackend, Shift>, title: &str, rows: &[Row], figure: Figure) -> Drawn {
    let points = |threads: Option<u16>| -> Vec<(f64, f64)> {
        let rows = rows
            .iter()
            .filter(|row| threads.is_none_or(|threads| row.threads == threads));
        rows.filter_map(|row| Some((row.relationships as f64, figure(row)?)))
            .collect()
    };
    let all = points(None);
    let (left, right) = ends(all.iter().map(|point| point.0));
    let (low, high) = ends(all.iter().map(|point| point.1));
    let (bottom, top) = (low / 1.5, high * 2.0);
    let mut chart = ChartBuilder::on(area)
        .caption(title, (FONT, 18))
        .margin(14)
        .x_label_area_size(44)
        .y_label_area_size(60)
        .build_cartesian_2d(
            (left / 1.3..right * 1.6).log_scale(),
            (bottom..top).log_scale(),
        )?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(GRID)
        .x_desc("relationships")
        .label_style((FONT, 13))
        .x_label_formatter(&|&x| power_of_ten(x))
        .y_label_formatter(&|&y| power_of_ten(y))
        .draw()?;
    // What is linear up to the largest register, as far down as there is room.
    let from = left.max(right * bottom / high);
    let linear = vec![(from, high * from / right), (right, high)];
    chart.draw_series([PathElement::new(linear, FAINT)])?;
    let mut key = vec![("linear".to_owned(), FAINT.stroke_width(1))];
    let mut threads: Vec<u16> = rows.iter().map(|row| row.threads).collect();
    threads.sort_unstable();
    threads.dedup();
    for (threads, color) in threads.into_iter().zip(COLORS.into_iter().cycle()) {
        let line = points(Some(threads));
        let dots = line
            .iter()
            .map(|&point| Circle::new(point, 3, color.filled()));
        chart.draw_series(dots)?;
        let stroke = color.stroke_width(2);
        chart.draw_series([PathElement::new(line, stroke)])?;
        let words = match threads {
            1 => "1 thread".to_owned(),
            more => format!("{more} threads"),
        };
        key.push((words, stroke));
    }
    for ((words, stroke), top) in key.into_iter().zip((50..).step_by(18)) {
        area.draw(&PathElement::new(
            vec![(92, top + 7), (112, top + 7)],
            stroke,
        ))?;
        area.draw(&Text::new(words, (118, top + 2), (FONT, 13)))?;
    }
    Ok(())
}

/// A label at a power of ten, and none elsewhere: on such an axis they would stand too close.
fn power_of_ten(value: f64) -> String {
    let nearest = 10_f64.powf(value.log10().round());
    match value {
        _ if (value / nearest - 1.0).abs() > 0.01 => String::new(),
        _ if nearest < 1.0 => format!("{nearest:.2}"),
        _ => grouped(nearest.round() as u64),
    }
}

/// The least and the greatest of some values; one and one where there are none.
fn ends(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let least = values.clone().reduce(f64::min);
    (least.unwrap_or(1.0), values.reduce(f64::max).unwrap_or(1.0))
}
