//! The sentences of diagnostics, in both languages.

mod answers;

use super::{Code, Fault, Likeness};
use crate::lang::{Lang, say};

/// One sentence that says what is wrong.
pub(super) fn message(fault: &Fault, lang: Lang) -> String {
    let Fault {
        code,
        column,
        text,
        other,
        ..
    } = fault;
    // What is listed there, not what is named.
    let several = other.replace(", ", &say!(lang, ", ", "、"));
    match code {
        Code::MissingFile => say!(lang, "`{text}` is not there", "找不到“{text}”"),
        Code::UnreadableFile => say!(
            lang,
            "`{text}` cannot be read: {other}",
            "无法读取“{text}”：{other}"
        ),
        Code::LockedWorkbook => say!(
            lang,
            "`{text}` is locked with a password",
            "“{text}”受密码保护"
        ),
        Code::BrokenWorkbook if other.is_empty() => say!(
            lang,
            "`{text}` is damaged, or no workbook, archive or JSON",
            "“{text}”已损坏，或不是工作簿、压缩包或 JSON"
        ),
        Code::BrokenWorkbook => say!(
            lang,
            "`{text}` is damaged, or no workbook, archive or JSON ({other})",
            "“{text}”已损坏，或不是工作簿、压缩包或 JSON（{other}）"
        ),
        Code::WorkbookTooLarge => say!(
            lang,
            "`{text}` would take too much memory",
            "“{text}”需要的内存过多"
        ),
        Code::MissingSheet if text.is_empty() && !fault.valid.is_empty() => say!(
            lang,
            "nothing says which file of the archive it is",
            "未指明是压缩包中的哪个文件"
        ),
        Code::MissingSheet if text.is_empty() => say!(
            lang,
            "no sheet of the workbook has relationships",
            "工作簿中没有关系工作表"
        ),
        Code::MissingSheet => say!(
            lang,
            "it has no sheet or file `{text}`",
            "其中没有工作表或文件“{text}”"
        ),
        Code::UnknownSheet => say!(
            lang,
            "the sheet `{text}` is not read: neither its name nor its headings say what it holds",
            "未读取工作表“{text}”：其名称和表头均不能说明内容"
        ),
        Code::HiddenSheet => say!(
            lang,
            "the sheet `{text}` is hidden and not read",
            "工作表“{text}”已隐藏，未读取"
        ),
        Code::ErrorCell => say!(
            lang,
            "the cell holds the error `{text}`",
            "单元格为错误值“{text}”"
        ),
        Code::MissingTable => say!(
            lang,
            "`{text}` is missing: a register in this format should have it",
            "缺少“{text}”：此格式的台账应当包含该文件"
        ),
        Code::UnreadFile => {
            let files = text.replace(", ", &say!(lang, ", ", "、"));
            say!(lang, "not read: {files}", "未读取：{files}")
        }
        Code::UnsafePath => say!(
            lang,
            "`{text}` leads out of the archive and is not read",
            "“{text}”指向压缩包之外，未读取"
        ),
        Code::EmptyFile => say!(lang, "the file has no heading row", "文件没有表头行"),
        Code::MissingColumn => say!(
            lang,
            "the table has no column `{column}`",
            "表中缺少“{column}”列"
        ),
        Code::EmptyTable => say!(
            lang,
            "the table has a heading and no rows",
            "表只有表头，没有数据行"
        ),
        Code::DuplicateHeading => say!(
            lang,
            "the heading `{column}` stands twice: over columns {text} and {other}",
            "表头“{column}”重复出现：{text} 列和 {other} 列"
        ),
        Code::SecondHeading => say!(
            lang,
            "a second row of headings: {several}",
            "第二行表头：{several}"
        ),
        Code::HeadingLikeRow => say!(
            lang,
            "the row has headings for cells: {several}",
            "该行的单元格是表头用词：{several}"
        ),
        Code::UnusedColumn => say!(
            lang,
            "nothing reads the column `{column}`",
            "“{column}”列未被使用"
        ),
        Code::RaggedRow => {
            say!(
                lang,
                "the number of cells is {text}, in the heading {other}",
                "该行有 {text} 个单元格，表头有 {other} 个"
            )
        }
        Code::UnclosedQuote => say!(
            lang,
            "a quote in this row never closes",
            "该行有未闭合的引号"
        ),
        Code::UndecodableBytes => {
            say!(
                lang,
                "`{text}` has bytes that are no {other} text",
                "“{text}”含有无法按 {other} 解码的字节"
            )
        }
        Code::MixedEncodings => say!(
            lang,
            "the row is in {other}, unlike its file: `{text}`",
            "该行为 {other} 编码，与文件不同：“{text}”"
        ),
        Code::UnsureEncoding => say!(
            lang,
            "the row may be in {other}, as other rows of its file are: `{text}`",
            "该行可能与文件中其他一些行同为 {other} 编码：“{text}”"
        ),
        Code::ControlCharacter => say!(
            lang,
            "`{text}` has a control character",
            "“{text}”含有控制字符"
        ),
        Code::CellTooLong => say!(
            lang,
            "the cell has {text} characters",
            "单元格有 {text} 个字符"
        ),
        Code::UnknownValue if !other.is_empty() => say!(
            lang,
            "`{text}` is not a value of `{other}`",
            "“{text}”不是“{other}”的可选值"
        ),
        Code::UnknownValue => say!(
            lang,
            "`{text}` is not a value of `{column}`",
            "“{text}”不是“{column}”的可选值"
        ),
        Code::WordInList => say!(
            lang,
            "`{text}` cannot stand inside a list",
            "“{text}”不能出现在列表中"
        ),
        Code::SeveralValues => {
            say!(
                lang,
                "`{text}` gives several values where one is asked",
                "“{text}”给出多个值，此处只能有一个"
            )
        }
        Code::BadYesNo => say!(
            lang,
            "`{text}` is neither yes nor no",
            "“{text}”既不是“是”也不是“否”"
        ),
        Code::BadCountry => say!(lang, "`{text}` is not a country", "“{text}”不是国家或地区"),
        Code::BadNumber => say!(
            lang,
            "`{text}` is not a number, or not certainly one",
            "“{text}”不是数字，或无法确定其数值"
        ),
        Code::BadDate => say!(lang, "`{text}` is not a date", "“{text}”不是日期"),
        Code::AmbiguousDate => say!(
            lang,
            "`{text}` is ambiguous: either number may be the month",
            "“{text}”有歧义：两个数都可能是月份"
        ),
        Code::EndsBeforeStarts => {
            say!(
                lang,
                "it ends ({text}) before it starts ({other})",
                "结束日期（{text}）早于开始日期（{other}）"
            )
        }
        Code::MissingParty => say!(lang, "a relationship without {column}", "关系缺少 {column}"),
        Code::PartyWithoutId => say!(lang, "a party without id", "主体缺少 id"),
        Code::DuplicateId => say!(
            lang,
            "the id `{text}` is taken by row {other}, with other content",
            "id“{text}”已被第 {other} 行占用，且内容不同"
        ),
        Code::RepeatedRow => {
            say!(
                lang,
                "the row repeats row {other} (`{text}`)",
                "该行与第 {other} 行（“{text}”）完全相同"
            )
        }
        Code::UnknownParty => say!(
            lang,
            "no row of parties has the id `{text}`",
            "主体表中没有 id“{text}”"
        ),
        Code::UnknownOwner => say!(
            lang,
            "the owner `{text}` is not a party",
            "所有者“{text}”不是已知主体"
        ),
        Code::ListedOtherwise => say!(
            lang,
            "earlier rows say something else of `{text}`, which {other} lists",
            "此前的行对“{text}”（列于 {other}）另有不同内容"
        ),
        Code::UnlistedParty => say!(
            lang,
            "no row lists the party `{text}`",
            "没有任何行列出主体“{text}”"
        ),
        Code::SecondOwner => say!(
            lang,
            "`{text}` is a second owner: `{other}` is the first",
            "“{text}”是第二个所有者：已有“{other}”"
        ),
        Code::OwnershipLoop => {
            let parties = text.replace(", ", &say!(lang, ", ", "、"));
            say!(
                lang,
                "these own each other in a loop: {parties}",
                "以下主体循环持有：{parties}"
            )
        }
        Code::UnresolvedRank => {
            let (chain, rank) = other.rsplit_once(", ").unwrap_or((other, ""));
            say!(
                lang,
                "`{text}` supplies nothing at rank {rank} of the chain `{chain}`",
                "“{text}”在供应链“{chain}”的第 {rank} 级没有供应"
            )
        }
        Code::UnresolvedDirect => say!(
            lang,
            "no row says whom `{text}` supplies directly in the chain `{other}`",
            "没有任何行说明“{text}”在供应链“{other}”中直接向谁供应"
        ),
        Code::LeftOutRow => say!(
            lang,
            "the row is left out because `{column}` is `{text}`",
            "因“{column}”为“{text}”，未读取该行"
        ),
        Code::UnresolvedKey => say!(lang, "`{text}` is not in {other}", "{other} 中没有“{text}”"),
        Code::SelfSupply => say!(lang, "`{text}` supplies itself", "“{text}”向自身供应"),
        Code::UnknownSupport => say!(
            lang,
            "`supports` names `{text}`, which is neither a relationship nor a party",
            "supports 中的“{text}”既不是关系也不是主体"
        ),
        Code::ForeignSupport => say!(
            lang,
            "`supports` names `{text}`, which is no delivery of `{other}`",
            "supports 中的“{text}”不是“{other}”的交付"
        ),
        Code::FormulaId => {
            say!(
                lang,
                "a spreadsheet would run the id `{text}` as a formula",
                "电子表格会把 id“{text}”当作公式执行"
            )
        }
        Code::RowLikeId => {
            say!(
                lang,
                "the id `{text}` reads like the label of a row without id",
                "id“{text}”与无 id 行的标签相同"
            )
        }
        Code::BadChecksum => say!(
            lang,
            "`{text}` is written like a code of {other}, but its check digits do not fit",
            "“{text}”形如 {other} 代码，但校验位不符"
        ),
        Code::ConflictingFact => say!(
            lang,
            "rows give several values of `{column}` for `{text}`: {several}",
            "各行为“{text}”给出不同的“{column}”：{several}"
        ),
        Code::MergedSpelling => say!(
            lang,
            "`{text}` is taken for `{other}`",
            "“{text}”视为“{other}”"
        ),
        Code::SimilarNames => {
            let likeness = likeness(fault.likeness, lang);
            say!(
                lang,
                "`{text}` may be `{other}`: {likeness}",
                "“{text}”可能就是“{other}”：{likeness}"
            )
        }
        Code::SharedName => say!(
            lang,
            "`{text}` is also the name of `{other}`",
            "“{text}”也是“{other}”的名称"
        ),
        Code::IdleSame if text.is_empty() => say!(
            lang,
            "[[same]] does nothing, because the parties have ids",
            "[[same]] 不起作用，因为主体有 id"
        ),
        Code::IdleSame => say!(
            lang,
            "no cell has the name `{text}` of [[same]]",
            "没有单元格含有 [[same]] 中的名称“{text}”"
        ),
        Code::IdleAssumption => say!(
            lang,
            "the assumption “{text}” fills no cell",
            "假设“{text}”没有填充任何单元格"
        ),
        Code::UnreadableAnswers
        | Code::NoAnswers
        | Code::UnknownAnswerKey
        | Code::AnswerNotAsked
        | Code::AnswerConflict
        | Code::SeveralAnswers
        | Code::NoDocument => answers::message(fault, lang),
        Code::EvidenceIncomplete => say!(lang, "a document without {column}", "证据缺少 {column}"),
        Code::EvidenceParty => say!(
            lang,
            "no party has the id `{text}`",
            "没有 id 为“{text}”的主体"
        ),
        Code::UnknownObligation => say!(
            lang,
            "the pack has no obligation `{text}`",
            "规则包中没有义务“{text}”"
        ),
        Code::UnknownRelationship => say!(
            lang,
            "no relationship has the id `{text}`",
            "没有 id 为“{text}”的关系"
        ),
        Code::EvidenceWithoutStatus => say!(
            lang,
            "the document `{text}` has no status",
            "文件“{text}”没有状态"
        ),
        Code::IncompleteWaiver => say!(
            lang,
            "the waiver `{text}` lacks {several}",
            "豁免“{text}”缺少 {several}"
        ),
        Code::IssuedLater => say!(
            lang,
            "the document `{text}` is issued on {other}, after the date of the assessment",
            "文件“{text}”签发于 {other}，晚于评估日期"
        ),
        Code::UnmatchedEvidence => {
            say!(
                lang,
                "nothing asks `{text}` for evidence of `{several}`",
                "没有任何事项要求“{text}”提供“{several}”的证据"
            )
        }
        Code::LapsedWaiver => say!(
            lang,
            "the waiver `{text}` lapsed on {other}",
            "豁免“{text}”已于 {other} 到期"
        ),
        Code::UnstatedFact => say!(
            lang,
            "its status is `{text}`, but nothing is in {several}",
            "状态为“{text}”，但 {several} 为空"
        ),
        Code::UnexpectedOperator => say!(
            lang,
            "its status is `{text}`, and {several} is not what the pack expects then",
            "状态为“{text}”，但 {several} 不符合规则包对该状态的预期"
        ),
        Code::MissingGlyph => say!(
            lang,
            "pictures cannot draw {text}",
            "图表无法绘制字符 {text}"
        ),
    }
}

/// How two names are nearly the same.
fn likeness(likeness: Option<Likeness>, lang: Lang) -> &'static str {
    let (en, zh) = match likeness {
        Some(Likeness::FormSpelling) => (
            "the legal form is written in another way",
            "组织形式的写法不同",
        ),
        Some(Likeness::LegalForm) => ("only the legal form differs", "仅组织形式不同"),
        Some(Likeness::SmallWords) => (
            "only accents, small words or the legal form differ",
            "仅重音符号、虚词或组织形式不同",
        ),
        Some(Likeness::Script) => (
            "one is the Chinese or Latin half of the other",
            "一个是另一个的中文或拉丁文部分",
        ),
        Some(Likeness::Order) => ("the words stand in another order", "词语顺序不同"),
        Some(Likeness::Letter) => ("they are one letter apart", "相差一个字符"),
        None => ("they are nearly the same", "几乎相同"),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
