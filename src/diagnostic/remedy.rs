//! How faults are mended, or what was done instead, in both languages.

use super::{Code, Fault};
use crate::lang::{Lang, say};

/// One sentence that says how to mend it or what was done instead.
pub(super) fn help(fault: &Fault, lang: Lang) -> String {
    let mut help = remedy(fault, lang);
    if let Some(nearest) = fault.nearest().filter(|nearest| *nearest != fault.text) {
        help += &say!(lang, " Did you mean `{nearest}`?", "是否为“{nearest}”？");
    }
    help.trim_start().to_owned()
}

fn remedy(fault: &Fault, lang: Lang) -> String {
    let valid = fault.valid.join(&say!(lang, ", ", "、"));
    let text = match fault.code {
        Code::MissingFile => (
            "A register is a directory or zip with parties.csv and relationships.csv, a workbook, files in a known format, or a register.toml.",
            "台账应为含 parties.csv 和 relationships.csv 的目录或 zip、一个工作簿、已知格式的文件，或一个 register.toml。",
        ),
        Code::LockedWorkbook => ("Save it without a password.", "请另存为不带密码的工作簿。"),
        Code::BrokenWorkbook => (
            "Open it in the program that it is from and save it again, or get it again.",
            "请用生成它的程序打开并重新保存，或重新获取。",
        ),
        Code::WorkbookTooLarge => (
            "Save its tables as CSV files.",
            "请将其中的表另存为 CSV 文件。",
        ),
        Code::MissingSheet if fault.text.is_empty() && valid.is_empty() => (
            "Give a sheet the columns customer and supplier, or say in register.toml which sheet it is.",
            "请使某个工作表含有 customer 和 supplier 列，或在 register.toml 中指明工作表。",
        ),
        Code::MissingSheet => {
            return say!(
                lang,
                "Name it with `sheet` in register.toml; there are: {valid}.",
                "请在 register.toml 中以 sheet 指明；其中有：{valid}。"
            );
        }
        Code::UnknownSheet => (
            "Name it Suppliers, Contracts or Evidence if it belongs to the register, or map it in register.toml.",
            "若属于台账，请命名为“供应商”“合同”或“证据”，或在 register.toml 中映射。",
        ),
        Code::HiddenSheet => (
            "Show it if it belongs to the register.",
            "若属于台账，请取消隐藏。",
        ),
        Code::ErrorCell => ("It counts as unknown.", "视为未知。"),
        Code::EmptyFile => ("The first row names the columns.", "第一行应为列名。"),
        Code::MissingColumn => {
            return say!(
                lang,
                "The table has: {valid}. `ciiflow init FILE` drafts a register.toml that maps them.",
                "表中已有：{valid}。ciiflow init 文件 可起草映射这些列的 register.toml。"
            );
        }
        Code::DuplicateHeading => {
            let text = &fault.text;
            return say!(
                lang,
                "Only column {text} is read; rename the other if it says something else.",
                "只读取 {text} 列；若另一列内容不同，请改名。"
            );
        }
        Code::SecondHeading => ("It is set aside.", "该行不作为数据读取。"),
        Code::HeadingLikeRow => (
            "It is read as data; delete it if it is a second heading, or set `skip_rows` in register.toml.",
            "已作为数据读取；若为第二行表头，请删除，或在 register.toml 中设置 skip_rows。",
        ),
        Code::UnstatedFact => (
            "The status counts as the register gives it.",
            "仍按台账所载状态处理。",
        ),
        Code::UnexpectedOperator => (
            "It starts obligations all the same; correct whichever is wrong.",
            "仍会发起义务；请更正有误的一项。",
        ),
        Code::UnusedColumn => (
            "Map it in register.toml if it means something.",
            "若有意义，请在 register.toml 中映射。",
        ),
        Code::RaggedRow => (
            "Cells are read by position; quote a cell that holds the delimiter.",
            "按位置读取；含分隔符的单元格应加引号。",
        ),
        Code::UnclosedQuote => (
            "Its first line is read as it stands and the next rows go on.",
            "按原样读取其首行，后续行照常读取。",
        ),
        Code::UndecodableBytes => (
            "They are shown as �; set `encoding` in register.toml.",
            "以 � 显示；请在 register.toml 中设置 encoding。",
        ),
        Code::MixedEncodings => (
            "It is read in its own; see that the text is right, and save the file in one encoding.",
            "已按其自身编码读取；请核对文字，并将文件存为同一编码。",
        ),
        Code::UnsureEncoding => (
            "It is read as the file is; see that the text is right, and save the file in one encoding.",
            "已按文件编码读取；请核对文字，并将文件存为同一编码。",
        ),
        Code::ControlCharacter => ("It is shown as �.", "以 � 显示。"),
        Code::CellTooLong => (
            "At most 32767 characters are read; the cell counts as unknown.",
            "最多读取 32767 个字符；该单元格视为未知。",
        ),
        Code::UnknownValue | Code::EvidenceWithoutStatus if !valid.is_empty() => {
            return say!(
                lang,
                "It counts as unknown. Valid: {valid}.",
                "视为未知。可选值：{valid}。"
            );
        }
        Code::UnreadableAnswers => (
            "No answer of this file is taken; save it again as .docx, .md or .csv.",
            "该文件的答复均未采用；请重新存为 .docx、.md 或 .csv。",
        ),
        Code::NoAnswers => (
            "The first row of a form's table has the heading Key, and one of Answer, Document, Issued, Expires.",
            "答复表首行应有表头“编号”，以及“答复”“文件”“出具日期”“到期日期”之一。",
        ),
        Code::UnknownAnswerKey => (
            "The answer is not taken; leave the key as the form has it.",
            "未采用该答复；编号须与表单一致。",
        ),
        Code::AnswerNotAsked => ("The answer is not taken.", "未采用该答复。"),
        Code::AnswerConflict => (
            "The register stands; correct whichever is wrong.",
            "以台账为准；请更正有误的一方。",
        ),
        Code::SeveralAnswers => (
            "None of them is taken; ask which is right.",
            "均未采用；请核实哪个正确。",
        ),
        Code::NoDocument => (
            "It proves nothing; ask which document it is.",
            "不作为证据；请询问是哪份文件。",
        ),
        Code::WordInList => (
            "It stands alone in a cell or not at all; the list counts as incomplete.",
            "它只能单独出现；该列表视为不完整。",
        ),
        Code::SeveralValues | Code::ConflictingFact => ("It counts as unknown.", "视为未知。"),
        Code::BadYesNo => (
            "It counts as unknown. Valid: yes, no, true, false, y, n, t, f, 1, 0, 是, 否, 有, 无, √, ×.",
            "视为未知。可选值：yes、no、true、false、y、n、t、f、1、0、是、否、有、无、√、×。",
        ),
        Code::BadCountry => (
            "The list counts as incomplete. Use a code of two letters, such as CN.",
            "该列表视为不完整。请使用两字母代码，如 CN。",
        ),
        Code::BadNumber => (
            "It counts as unknown. Write digits with at most one point, grouped by three or not at all.",
            "视为未知。请只写数字和至多一个小数点，分节须为三位。",
        ),
        Code::BadDate => (
            "It counts as blank. Write YYYY-MM-DD, or set `date_format` in register.toml.",
            "视为空白。请写成 YYYY-MM-DD，或在 register.toml 中设置 date_format。",
        ),
        Code::AmbiguousDate => (
            "It counts as blank. Set `date_format` in register.toml, or write YYYY-MM-DD.",
            "视为空白。请在 register.toml 中设置 date_format，或写成 YYYY-MM-DD。",
        ),
        Code::EndsBeforeStarts => ("It is active on no day.", "任何日期都不生效。"),
        Code::MissingParty
        | Code::PartyWithoutId
        | Code::UnresolvedDirect
        | Code::EvidenceIncomplete => ("The row is set aside.", "该行被搁置。"),
        Code::DuplicateId => (
            "The first row stands, this one is set aside.",
            "保留第一行，搁置该行。",
        ),
        Code::UnknownParty => (
            "The party is taken as implied, every fact of it unknown.",
            "视为隐含主体，其事实均为未知。",
        ),
        Code::UnknownOwner => ("It counts as unknown.", "视为未知。"),
        Code::UnresolvedKey => (
            "What that file says of it is unknown.",
            "该文件中的有关内容视为未知。",
        ),
        Code::SecondOwner => (
            "A party has one owner: the first stands, this row is set aside.",
            "一个主体只有一个所有者：保留第一个，搁置该行。",
        ),
        Code::ListedOtherwise => (
            "What they say stays; this row fills only what they leave blank.",
            "以此前的内容为准；本行只补充空白。",
        ),
        Code::UnlistedParty => ("Every fact of it is unknown.", "其事实均为未知。"),
        Code::UnresolvedRank => (
            "What the relationship supports is unknown.",
            "该关系支撑哪些供应视为未知。",
        ),
        Code::UnknownSupport | Code::ForeignSupport => (
            "The list counts as incomplete: other deliveries may be meant.",
            "该列表视为不完整：可能另有所指。",
        ),
        Code::FormulaId => (
            "It is guarded by an apostrophe in files for spreadsheets.",
            "在供电子表格使用的文件中以单引号保护。",
        ),
        Code::BadChecksum => (
            "It is read as it stands. Compare it with its source: a character may be mistyped.",
            "按原样读取。请与来源核对：可能有字符录入错误。",
        ),
        Code::RowLikeId => ("Give the row another id.", "请更换 id。"),
        Code::MergedSpelling => (
            "They have the same letters and digits, so they are one party.",
            "二者的字母和数字相同，因此是同一主体。",
        ),
        Code::SimilarNames => {
            let [name, first] = [&fault.text, &fault.other].map(|name| quoted(name));
            let lines = format!("[[same]]\nparty = {first}\nnames = [{name}]");
            return say!(
                lang,
                "They are two parties. If they are one, put into register.toml:\n{lines}",
                "目前视为两个主体。若为同一主体，请在 register.toml 中加入：\n{lines}"
            );
        }
        Code::SharedName => (
            "They are two parties. If they are one, give them one id.",
            "目前视为两个主体。若为同一主体，请使用同一 id。",
        ),
        Code::IdleSame if fault.text.is_empty() => (
            "Merge parties by giving them one id.",
            "若要合并主体，请使用同一 id。",
        ),
        Code::IdleSame => ("Check how it is spelt.", "请检查写法。"),
        Code::IdleAssumption => ("Check its `where` and `set`.", "请检查其 where 与 set。"),
        Code::EvidenceParty | Code::UnknownObligation => ("It proves nothing.", "不作为证据。"),
        Code::UnknownRelationship => (
            "It still counts for a duty owed per party.",
            "对按主体承担的义务仍然有效。",
        ),
        Code::EvidenceWithoutStatus | Code::IncompleteWaiver | Code::IssuedLater => {
            ("It proves nothing.", "不作为证据。")
        }
        _ => ("", ""),
    };
    match lang {
        Lang::En => text.0.to_owned(),
        Lang::Zh => text.1.to_owned(),
    }
}

/// A text as TOML has it, on one line.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    let text: String = text.chars().map(escaped).collect();
    format!("\"{text}\"")
}
