//! What a draft says of the form of a table: its encoding, its heading row, its dates and numbers.

use super::forms::{Dates, Decimals, dates, decimals};
use super::says::comma;
use super::tables::Plan;
use super::toml_text::{plain, quoted};
use super::write::Writer;
use crate::lang::{grouped, say};
use crate::read::cells::Reads;

impl Writer<'_> {
    /// Encoding, delimiter, titles and rows.
    pub(super) fn layout(&mut self, plan: &Plan, name: &str) {
        let (lang, sample) = (self.lang, &plan.sample);
        if let Some(delimiter) = sample.delimiter {
            let found = say!(lang, "found so", "检测所得");
            let encoding = quoted(&sample.encoding.to_lowercase());
            self.line(&format!("# encoding = {encoding}  # {found}"));
            let delimiter = quoted(&char::from(delimiter).to_string());
            match plan.needs_delimiter {
                true => self.line(&format!("delimiter = {delimiter}")),
                false => self.line(&format!("# delimiter = {delimiter}  # {found}")),
            }
        }
        let row = sample.heading_row;
        if sample.has_titles {
            let skip = row - 1;
            let why = say!(lang, "the heading is row {row}", "表头在第 {row} 行");
            self.line(&format!("skip_rows = {skip}  # {why}"));
        }
        if sample.has_two_headings {
            let sentence = say!(
                lang,
                "there seem to be two rows of headings; row {row} was taken",
                "似有两行表头；采用了第 {row} 行"
            );
            self.remark("UNSURE", name, sentence);
        }
    }

    /// Rows and headings that are not as they should be.
    pub(super) fn oddities(&mut self, plan: &Plan, name: &str) {
        let (lang, sample) = (self.lang, &plan.sample);
        let ragged = grouped(sample.ragged);
        if sample.ragged > 0 {
            let sentence = say!(
                lang,
                "rows with more or fewer cells than headings: {ragged}",
                "单元格数与表头数不同的行：{ragged}"
            );
            self.comment(&sentence);
        }
        let repeated = sample.columns.iter().filter(|column| column.is_repeated);
        let repeated: Vec<String> = repeated.map(|column| plain(&column.heading)).collect();
        if !repeated.is_empty() {
            let headings = repeated.join(comma(lang));
            let sentence = say!(
                lang,
                "headings that stand more than once, of which the first is read: {headings}",
                "重复的表头，只读取第一列：{headings}"
            );
            self.remark("unsure", name, sentence);
        }
        let blank = sample.columns.iter();
        let blank = blank.filter(|column| column.heading.is_empty() && column.filled > 0);
        let blank = blank.count();
        if blank > 0 {
            let sentence = say!(
                lang,
                "columns that have cells but no heading, and cannot be read: {blank}",
                "有内容但没有表头、因而无法读取的列：{blank}"
            );
            self.remark("unsure", name, sentence);
        }
    }

    fn remark(&mut self, mark: &str, name: &str, sentence: String) {
        self.comment(&format!("{mark}: {sentence}"));
        self.doubt(name, sentence);
    }

    pub(super) fn dates(&mut self, plan: &Plan, name: &str) {
        let lang = self.lang;
        let is_date = |reads: &Reads| matches!(reads, Reads::Date { .. });
        let found = dates(&plan.columns_that(is_date, self.policy));
        match found {
            Dates::Plain => {}
            Dates::Written(format) => {
                let why = say!(
                    lang,
                    "some days can only be written so",
                    "有的日期只能是这种写法"
                );
                self.line(&format!("date_format = {}  # {why}", quoted(&format)));
            }
            Dates::Mostly { format, others } => {
                let others = grouped(others);
                let sentence = say!(
                    lang,
                    "some dates can only be written {format}, but {others} cells are not written so",
                    "有的日期只能是 {format}，但有 {others} 个单元格不是这种写法"
                );
                self.remark("unsure", name, sentence);
                self.line(&format!("# date_format = {}", quoted(&format)));
            }
            Dates::Mixed => {
                let sentence = say!(
                    lang,
                    "some dates have the day first, others the month: those that may be either stay unknown",
                    "有的日期先写日，有的先写月：两可的仍为未知"
                );
                self.remark("unsure", name, sentence);
            }
            Dates::Either(day_first, month_first) => {
                let sentence = say!(
                    lang,
                    "nothing shows whether dates have the day or the month first; choose one",
                    "看不出日期先写日还是先写月，请选择其一"
                );
                self.remark("UNSURE", name, sentence);
                self.line(&format!("# date_format = {}", quoted(&day_first)));
                self.line(&format!("# date_format = {}", quoted(&month_first)));
            }
            Dates::Short(formats) => {
                let sentence = say!(
                    lang,
                    "years have two digits, and are not read without a form; choose one",
                    "年份只有两位，须指明写法才能读取，请选择其一"
                );
                self.remark("UNSURE", name, sentence);
                for format in formats {
                    self.line(&format!("# date_format = {}", quoted(&format)));
                }
            }
        }
    }

    pub(super) fn decimals(&mut self, plan: &Plan, name: &str) {
        let lang = self.lang;
        let is_number = |reads: &Reads| matches!(reads, Reads::Number { .. });
        let found = decimals(&plan.columns_that(is_number, self.policy));
        let sentence = match found {
            Decimals::Point => return,
            Decimals::Comma => return self.line("decimal_comma = true"),
            Decimals::Mixed => say!(
                lang,
                "some numbers have a decimal comma, others not",
                "有的数字用逗号作小数点，有的不是"
            ),
            Decimals::Perhaps => say!(
                lang,
                "numbers such as 1.200 are read as 1.2; perhaps the point groups thousands",
                "1.200 之类的数字读作 1.2；小数点或许是千位分隔符"
            ),
        };
        self.remark("unsure", name, sentence);
        self.line("# decimal_comma = true");
    }
}
