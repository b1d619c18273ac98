//! The kinds of diagnostics and how much each matters.

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
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal $severity:ident,)*) => {
        /// The kind of a diagnostic; each has a section in `docs/diagnostics.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The stable kebab-case name.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
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
    MissingFile = "missing-file" Error,
    /// A file is there but cannot be read.
    UnreadableFile = "unreadable-file" Error,
    /// A workbook is locked with a password.
    LockedWorkbook = "locked-workbook" Error,
    /// A workbook is damaged, or is none.
    BrokenWorkbook = "broken-workbook" Error,
    /// A workbook would take more memory than it may.
    WorkbookTooLarge = "workbook-too-large" Error,
    /// A workbook or an archive has no sheet or file of this name, or a workbook none with relationships.
    MissingSheet = "missing-sheet" Error,
    /// A sheet of which nobody can tell what it holds.
    UnknownSheet = "unknown-sheet" Note,
    /// A sheet that is hidden.
    HiddenSheet = "hidden-sheet" Note,
    /// A file that a register in a known format should have.
    MissingTable = "missing-table" Warning,
    /// A file that nothing of a known format is in.
    UnreadFile = "unread-file" Note,
    /// A file in an archive whose name leads out of it.
    UnsafePath = "unsafe-path" Warning,
    /// A file has no heading row.
    EmptyFile = "empty-file" Error,
    /// A column that the table needs is missing.
    MissingColumn = "missing-column" Error,
    /// A table has a heading and no rows.
    EmptyTable = "empty-table" Warning,
    /// Two columns have the same heading.
    DuplicateHeading = "duplicate-heading" Warning,
    /// A second row of headings, set aside.
    SecondHeading = "second-heading" Note,
    /// A row below the heading that may be another row of headings.
    HeadingLikeRow = "heading-like-row" Warning,
    /// A column that nothing reads.
    UnusedColumn = "unused-column" Note,
    /// A row that the mapping leaves out.
    LeftOutRow = "left-out-row" Note,
    /// A cell that names a row of another file which is not there.
    UnresolvedKey = "unresolved-key" Warning,
    /// A row has more or fewer cells than the heading.
    RaggedRow = "ragged-row" Warning,
    /// A quoted cell never ends.
    UnclosedQuote = "unclosed-quote" Warning,
    /// Bytes that are no text in the file's encoding.
    UndecodableBytes = "undecodable-bytes" Warning,
    /// A row in another encoding than its file.
    MixedEncodings = "mixed-encodings" Warning,
    /// A row that may be in another encoding than its file.
    UnsureEncoding = "unsure-encoding" Warning,
    /// A cell holds NUL or another control character.
    ControlCharacter = "control-character" Warning,
    /// A cell is longer than a spreadsheet can hold.
    CellTooLong = "cell-too-long" Warning,
    /// A cell of a workbook holds an error.
    ErrorCell = "error-cell" Warning,
    /// A word is not in the column's vocabulary.
    UnknownValue = "unknown-value" Warning,
    /// `none`, `all` or `unknown` stands inside a list.
    WordInList = "word-in-list" Warning,
    /// A column of one value holds several.
    SeveralValues = "several-values" Warning,
    /// A cell is neither yes nor no.
    BadYesNo = "bad-yes-no" Warning,
    /// A word is no country.
    BadCountry = "bad-country" Warning,
    /// A cell is no plain decimal number.
    BadNumber = "bad-number" Warning,
    /// A cell is no date.
    BadDate = "bad-date" Warning,
    /// A date that may be either of two days.
    AmbiguousDate = "ambiguous-date" Warning,
    /// A relationship ends before it starts.
    EndsBeforeStarts = "ends-before-starts" Warning,
    /// A relationship without customer or supplier.
    MissingParty = "missing-party" Error,
    /// A party without id.
    PartyWithoutId = "party-without-id" Error,
    /// A second row with an id that is taken, with other content.
    DuplicateId = "duplicate-id" Error,
    /// A row that repeats another exactly.
    RepeatedRow = "repeated-row" Note,
    /// A party that a relationship names and no row lists.
    UnknownParty = "unknown-party" Warning,
    /// An owner that is no party.
    UnknownOwner = "unknown-owner" Warning,
    /// A relationship of a party with itself.
    SelfSupply = "self-supply" Note,
    /// A row that says something else of a party than the row that lists it.
    ListedOtherwise = "listed-otherwise" Warning,
    /// A party that a table of owners names and no row lists.
    UnlistedParty = "unlisted-party" Note,
    /// A party that has an owner already.
    SecondOwner = "second-owner" Error,
    /// Parties that own each other in a loop.
    OwnershipLoop = "ownership-loop" Note,
    /// A supplier by rank whose customer supplies nothing at the rank before.
    UnresolvedRank = "unresolved-rank" Warning,
    /// A direct supplier by rank of which no row says whom it supplies.
    UnresolvedDirect = "unresolved-direct" Error,
    /// `supports` names something that is neither a relationship nor a party.
    UnknownSupport = "unknown-support" Warning,
    /// `supports` names a delivery that is not this customer's.
    ForeignSupport = "foreign-support" Warning,
    /// An id that a spreadsheet would run as a formula.
    FormulaId = "formula-id" Warning,
    /// An id that reads like the label of a row without id.
    RowLikeId = "row-like-id" Warning,
    /// A code of a party whose check digits do not fit the rest of it.
    BadChecksum = "bad-checksum" Warning,
    /// Rows state different values of one party's fact.
    ConflictingFact = "conflicting-fact" Warning,
    /// A spelling of a name that is taken for another.
    MergedSpelling = "merged-spelling" Note,
    /// Two names that are nearly the same, and may be one party's.
    SimilarNames = "similar-names" Note,
    /// Two parties of different ids that have one name.
    SharedName = "shared-name" Note,
    /// A name of `[[same]]` that no cell has.
    IdleSame = "idle-same" Note,
    /// An assumption that filled no cell.
    IdleAssumption = "idle-assumption" Note,
    /// Evidence without party or obligation.
    EvidenceIncomplete = "evidence-incomplete" Error,
    /// Evidence of a party that the register does not know.
    EvidenceParty = "evidence-party" Warning,
    /// Evidence of an obligation that the pack does not have.
    UnknownObligation = "unknown-obligation" Warning,
    /// Evidence names a relationship that the register does not have.
    UnknownRelationship = "unknown-relationship" Warning,
    /// Evidence whose status is blank proves nothing.
    EvidenceWithoutStatus = "evidence-without-status" Warning,
    /// A waiver without owner, reason or last day proves nothing.
    IncompleteWaiver = "incomplete-waiver" Warning,
    /// A document issued after the date of the assessment proves nothing yet.
    IssuedLater = "issued-later" Note,
    /// Evidence that no finding and no clause asks for.
    UnmatchedEvidence = "unmatched-evidence" Note,
    /// A waiver whose last day is past.
    LapsedWaiver = "lapsed-waiver" Note,
    /// An operator of which a fact that should show it is blank.
    UnstatedFact = "unstated-fact" Note,
    /// An operator of which a fact is other than the pack expects.
    UnexpectedOperator = "unexpected-operator" Warning,
    /// A character that pictures cannot draw.
    MissingGlyph = "missing-glyph" Note,
}
