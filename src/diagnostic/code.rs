//! The kinds of diagnostics and how much each matters.

use crate::lang::Lang;

/// How much a diagnostic matters; `--strict` ends the run at the first two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something of the register is not in the result.
    Error,
    /// Something was not understood and counts as unknown.
    Warning,
    /// Nothing is lost, but the reader should know.
    Note,
}

impl Severity {
    /// The word for it, as `register-issues.csv` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($(#[doc = $doc:literal] $name:ident = $text:literal $severity:ident $chinese:literal,)*) => {
        /// The kind of a diagnostic; each has a section in `docs/diagnostics.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $doc] $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The stable kebab-case name.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// The kind in a sentence or a few words.
            pub fn summary(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Code::$name, Lang::En) => $doc.trim_ascii_start(),)*
                    $((Code::$name, Lang::Zh) => $chinese,)*
                }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A file that the register needs is not there.
    MissingFile = "missing-file" Error "缺少台账所需的文件",
    /// A file is there but cannot be read.
    UnreadableFile = "unreadable-file" Error "文件存在但无法读取",
    /// A workbook is locked with a password.
    LockedWorkbook = "locked-workbook" Error "工作簿有密码保护",
    /// A workbook is damaged, or is none.
    BrokenWorkbook = "broken-workbook" Error "工作簿损坏，或不是工作簿",
    /// A workbook would take more memory than it may.
    WorkbookTooLarge = "workbook-too-large" Error "工作簿占用内存超过上限",
    /// A workbook or an archive has no sheet or file of this name, or a workbook none with relationships.
    MissingSheet = "missing-sheet" Error "工作簿或压缩包中没有所需的工作表或文件",
    /// A sheet of which nobody can tell what it holds.
    UnknownSheet = "unknown-sheet" Note "不属于台账的工作表",
    /// A sheet that is hidden.
    HiddenSheet = "hidden-sheet" Note "隐藏的工作表",
    /// A file that a register in a known format should have.
    MissingTable = "missing-table" Warning "缺少已知格式的某个表",
    /// A file that nothing of a known format is in.
    UnreadFile = "unread-file" Note "未被读取的文件",
    /// A file in an archive whose name leads out of it.
    UnsafePath = "unsafe-path" Warning "压缩包中文件名指向包外",
    /// A file has no heading row.
    EmptyFile = "empty-file" Error "文件为空",
    /// A column that the table needs is missing.
    MissingColumn = "missing-column" Error "缺少必需的列",
    /// A table has a heading and no rows.
    EmptyTable = "empty-table" Warning "表中没有数据行",
    /// Two columns have the same heading.
    DuplicateHeading = "duplicate-heading" Warning "两列表头相同",
    /// A second row of headings, set aside.
    SecondHeading = "second-heading" Note "第二行表头，已搁置",
    /// A row below the heading that may be another row of headings.
    HeadingLikeRow = "heading-like-row" Warning "像表头的数据行",
    /// A column that nothing reads.
    UnusedColumn = "unused-column" Note "未被使用的列",
    /// A row that the mapping leaves out.
    LeftOutRow = "left-out-row" Note "按映射略去的行",
    /// A cell that names a row of another file which is not there.
    UnresolvedKey = "unresolved-key" Warning "关联的键不存在",
    /// A row has more or fewer cells than the heading.
    RaggedRow = "ragged-row" Warning "单元格数与表头不符的行",
    /// A quoted cell never ends.
    UnclosedQuote = "unclosed-quote" Warning "引号未闭合",
    /// Bytes that are no text in the file's encoding.
    UndecodableBytes = "undecodable-bytes" Warning "无法解码的字节",
    /// A row in another encoding than its file.
    MixedEncodings = "mixed-encodings" Warning "同一文件中有多种编码",
    /// A row that may be in another encoding than its file.
    UnsureEncoding = "unsure-encoding" Warning "编码无法确定的行",
    /// A cell holds NUL or another control character.
    ControlCharacter = "control-character" Warning "控制字符",
    /// A cell is longer than a spreadsheet can hold.
    CellTooLong = "cell-too-long" Warning "单元格过长",
    /// A cell of a workbook holds an error.
    ErrorCell = "error-cell" Warning "单元格含公式错误",
    /// A word is not in the column's vocabulary.
    UnknownValue = "unknown-value" Warning "不是可选值",
    /// `none`, `all` or `unknown` stands inside a list.
    WordInList = "word-in-list" Warning "列表中含 none、all 或 unknown",
    /// A column of one value holds several.
    SeveralValues = "several-values" Warning "只能有一个值处有多个值",
    /// A cell is neither yes nor no.
    BadYesNo = "bad-yes-no" Warning "既不是“是”也不是“否”",
    /// A word is no country.
    BadCountry = "bad-country" Warning "不是国家或地区",
    /// A cell is no plain decimal number.
    BadNumber = "bad-number" Warning "不是数字",
    /// A cell is no date.
    BadDate = "bad-date" Warning "不是日期",
    /// A date that may be either of two days.
    AmbiguousDate = "ambiguous-date" Warning "日期含义不唯一",
    /// A relationship ends before it starts.
    EndsBeforeStarts = "ends-before-starts" Warning "关系的结束日期早于开始日期",
    /// A relationship without customer or supplier.
    MissingParty = "missing-party" Error "关系缺少客户或供应商",
    /// A party without id.
    PartyWithoutId = "party-without-id" Error "主体没有标识",
    /// A second row with an id that is taken, with other content.
    DuplicateId = "duplicate-id" Error "标识重复而内容不同",
    /// A row that repeats another exactly.
    RepeatedRow = "repeated-row" Note "完全重复的行",
    /// A party that a relationship names and no row lists.
    UnknownParty = "unknown-party" Warning "关系提及而未列出的主体",
    /// An owner that is no party.
    UnknownOwner = "unknown-owner" Warning "所有者不是已知主体",
    /// A relationship of a party with itself.
    SelfSupply = "self-supply" Note "主体向自身供应",
    /// A row that says something else of a party than the row that lists it.
    ListedOtherwise = "listed-otherwise" Warning "与列出该主体的行不一致",
    /// A party that a table of owners names and no row lists.
    UnlistedParty = "unlisted-party" Note "所有权表提及而未列出的主体",
    /// A party that has an owner already.
    SecondOwner = "second-owner" Error "主体已有所有者",
    /// Parties that own each other in a loop.
    OwnershipLoop = "ownership-loop" Note "所有权成环",
    /// A supplier by rank whose customer supplies nothing at the rank before.
    UnresolvedRank = "unresolved-rank" Warning "上一层级没有对应的供应商",
    /// A direct supplier by rank of which no row says whom it supplies.
    UnresolvedDirect = "unresolved-direct" Error "直接供应商没有对应的客户",
    /// `supports` names something that is neither a relationship nor a party.
    UnknownSupport = "unknown-support" Warning "supports 中的名称无法识别",
    /// `supports` names a delivery that is not this customer's.
    ForeignSupport = "foreign-support" Warning "supports 提及的供应不属于该客户",
    /// An id that a spreadsheet would run as a formula.
    FormulaId = "formula-id" Warning "会被电子表格当作公式的标识",
    /// An id that reads like the label of a row without id.
    RowLikeId = "row-like-id" Warning "形似行号的标识",
    /// A code of a party whose check digits do not fit the rest of it.
    BadChecksum = "bad-checksum" Warning "主体代码的校验码不符",
    /// Rows state different values of one party's fact.
    ConflictingFact = "conflicting-fact" Warning "各行对同一事实的说法不一",
    /// A spelling of a name that is taken for another.
    MergedSpelling = "merged-spelling" Note "被视为同一名称的写法",
    /// Two names that are nearly the same, and may be one party's.
    SimilarNames = "similar-names" Note "相近的名称",
    /// Two parties of different ids that have one name.
    SharedName = "shared-name" Note "标识不同而名称相同的主体",
    /// A name of `[[same]]` that no cell has.
    IdleSame = "idle-same" Note "[[same]] 中未出现的名称",
    /// An assumption that filled no cell.
    IdleAssumption = "idle-assumption" Note "没有填充任何单元格的假设",
    /// A file of answers that cannot be read.
    UnreadableAnswers = "unreadable-answers" Error "无法读取的答复文件",
    /// A file of answers without any table of a form.
    NoAnswers = "no-answers" Warning "没有答复表的文件",
    /// An answer to something that the register or the pack does not have.
    UnknownAnswerKey = "unknown-answer-key" Warning "答复的编号无法对应",
    /// An answer to something that no supplier is asked.
    AnswerNotAsked = "answer-not-asked" Warning "不由供应商答复的事项",
    /// An answer that is not what the register says.
    AnswerConflict = "answer-conflict" Warning "答复与台账不一致",
    /// Several answers to one question.
    SeveralAnswers = "several-answers" Warning "同一问题有不同答复",
    /// An answer that names no document where one is asked for.
    NoDocument = "no-document" Warning "没有写明文件的答复",
    /// Evidence without party or obligation.
    EvidenceIncomplete = "evidence-incomplete" Error "证据缺少主体或义务",
    /// Evidence of a party that the register does not know.
    EvidenceParty = "evidence-party" Warning "证据的主体不在台账中",
    /// Evidence of an obligation that the pack does not have.
    UnknownObligation = "unknown-obligation" Warning "证据的义务不在规则包中",
    /// Evidence names a relationship that the register does not have.
    UnknownRelationship = "unknown-relationship" Warning "证据的关系不在台账中",
    /// Evidence whose status is blank proves nothing.
    EvidenceWithoutStatus = "evidence-without-status" Warning "证据状态为空，不能证明任何事",
    /// A waiver without owner, reason or last day proves nothing.
    IncompleteWaiver = "incomplete-waiver" Warning "豁免缺少责任人、理由或截止日期",
    /// A document issued after the date of the assessment proves nothing yet.
    IssuedLater = "issued-later" Note "文件签发于评估日期之后",
    /// Evidence that no finding and no clause asks for.
    UnmatchedEvidence = "unmatched-evidence" Note "没有结论或条款需要的证据",
    /// A waiver whose last day is past.
    LapsedWaiver = "lapsed-waiver" Note "豁免已过期",
    /// An operator of which a fact that should show it is blank.
    UnstatedFact = "unstated-fact" Note "缺少应有的说明",
    /// An operator of which a fact is other than the pack expects.
    UnexpectedOperator = "unexpected-operator" Warning "运营者与规则包的预期不符",
    /// A character that pictures cannot draw.
    MissingGlyph = "missing-glyph" Note "图表无法绘制的字符",
}
