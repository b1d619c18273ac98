//! Letters to suppliers: what each says, as a page, as a document of a word processor, and as a table to fill in.

mod docx;
mod file_name;
mod form;
mod index;
mod markdown;
mod page;
mod proposed;
mod says;

use std::io::{self, Write};

use jiff::civil::Date;

use super::tables::rows;
use crate::lang::Lang;
use crate::view::{Letter, View};

pub use file_name::file_names;
pub use index::{Index, index, summary};
use page::{Block, Words};

/// A letter in one language or in two, side by side.
pub struct Sheet<'v> {
    views: Vec<&'v View<'v>>,
    letter: &'v Letter<'v>,
    /// The day by which an answer is asked for.
    by: Date,
    blocks: Vec<Block>,
}

impl<'v> Sheet<'v> {
    /// Writes out a letter in the language of each view, the first on the left.
    pub fn new(views: &[&'v View<'v>], letter: &'v Letter<'v>, by: Date) -> Sheet<'v> {
        let mut sheet = Sheet {
            views: views.to_vec(),
            letter,
            by,
            blocks: Vec::new(),
        };
        sheet.head();
        sheet.duties();
        sheet.evidence();
        sheet.questions();
        sheet.proposed();
        sheet.close();
        sheet
    }

    /// The letter in Markdown.
    pub fn markdown(&self) -> String {
        markdown::page(&self.blocks)
    }

    /// The letter as a document of a word processor: Office Open XML, the same bytes for the same letter.
    pub fn docx(&self) -> Vec<u8> {
        let view = self.views[0];
        let about = docx::About {
            title: self.title().inline(),
            author: view.name(self.letter.sender).to_owned(),
            reference: self.rules(view),
            day: view.assessment.flow.as_of,
            lang: view.lang,
        };
        docx::document(&self.blocks, &about)
    }

    /// Writes the tables to be filled in as one table: a row for each of theirs.
    pub fn csv(&self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        let headings = "key,question,choices,answer,document,issued,expires";
        let entries = self.entries();
        let look = |at: usize| &entries[at];
        rows(out, headings, entries.len(), look, |entry, cells| {
            let [key, asked, choices] =
                [&entry.key, &entry.asked(), &entry.choices()].map(|text| one_line(text));
            cells.text(&key).text(&asked).text(&choices);
            (0..4).for_each(|_| {
                cells.blank();
            });
        })
    }

    /// A text in each of the letter's languages.
    fn words(&self, say: impl Fn(&View) -> String) -> Words {
        Words::new(self.views.iter().map(|view| (view.lang, say(view))))
    }

    fn put(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn heading(&mut self, say: impl Fn(Lang) -> String) {
        let words = self.words(|view| say(view.lang));
        self.put(Block::Heading(words));
    }

    fn text(&mut self, say: impl Fn(&View) -> String) {
        let words = self.words(say);
        self.put(Block::Text(words));
    }
}

/// A text on one line, as a key or a cell has it.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n', '\t'], " ")
}
