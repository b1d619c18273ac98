//! What the page itself says, in both languages.

use crate::lang::{Lang, say};

/// What a view of the page is called.
pub(super) fn tab(name: &str, lang: Lang) -> String {
    match name {
        "report" => say!(lang, "Report", "报告"),
        "parties" => say!(lang, "Parties", "主体"),
        "findings" => say!(lang, "Findings", "结论"),
        "contracts" => say!(lang, "Contracts", "合同条款"),
        "chains" => say!(lang, "Chains", "链条图"),
        "questions" => say!(lang, "Questions", "问题"),
        _ => say!(lang, "Register faults", "台账问题"),
    }
}

/// A list of words by name, each in the language.
macro_rules! words {
    ($lang:ident, $($name:ident: $en:literal, $zh:literal;)*) => {
        vec![$((stringify!($name), match $lang {
            Lang::En => $en.to_owned(),
            Lang::Zh => $zh.to_owned(),
        })),*]
    };
}

/// Every word of the page by its name. A word in braces is replaced by the page.
pub(super) fn all(lang: Lang) -> Vec<(&'static str, String)> {
    let mut all = words! { lang,
        views: "Views of this report", "报告视图";
        search: "Search", "搜索";
        all: "all", "全部";
        reset: "Clear filters", "清除筛选";
        shown: "{count} of {all}", "共 {all} 项，列出 {count} 项";
        none: "Nothing matches these filters.", "没有符合筛选条件的内容。";
        empty: "There are none.", "没有相关内容。";
        previous: "Previous", "上一页";
        next: "Next", "下一页";
        page: "Page {page} of {pages}", "第 {page} 页，共 {pages} 页";
        pages: "Pages", "分页";
        sort: "Sort by {column}", "按“{column}”排序";
        party: "Party", "主体";
        obligation: "Obligation", "义务";
        status: "Status", "状态";
        tier: "Tier", "层级";
        binding: "Binding", "约束力";
        owed: "Owed", "如何承担";
        evidence: "Evidence", "证据";
        operator: "Operator", "运营者";
        country: "Country or region", "国家/地区";
        rank: "No.", "序号";
        role: "Role", "角色";
        open: "No full evidence", "无完整有效证据";
        criticality: "Criticality", "重要程度";
        contract: "Contract", "合同";
        customer: "Customer", "客户";
        supplier: "Supplier", "供应商";
        gap: "Chain breaks at", "条款链断点";
        step: "step {step}", "第 {step} 步";
        chain: "Chain", "链条";
        chains: "Chains", "链条";
        show: "Show in the graph", "在图中查看";
        duty: "Duty", "义务内容";
        basis: "Legal basis", "法律依据";
        accepts: "Accepted as evidence", "可接受的证据";
        facts: "What the register says", "台账记载";
        unknown: "unknown", "未知";
        own: "borne as the operator itself", "作为运营者自身承担";
        long: "too long to be shown here", "过长，此处不予显示";
        asks: "Open questions", "待解决的问题";
        contracts_above: "Contracts with its customers", "与客户的合同";
        contracts_below: "Contracts with its suppliers", "与供应商的合同";
        owes: "What it owes", "所承担的义务";
        nothing: "No finding. That says only that no rule reached it from what the register gives.", "没有结论。这仅表示：根据台账给出的内容，没有规则传导至此。";
        unclear: "Whether this customer is an operator is not known, so it starts nothing here. That is no all-clear.", "该客户是否为运营者尚不清楚，因此此处不发起任何义务，但这不等于没有义务。";
        implied: "No row of the register lists this party; relationships name it.", "台账没有该主体的记录，仅在关系中出现。";
        named: "Its findings are not on this page, which shows the parties of most concern only.", "本页仅列最需关注的主体，未列出该主体的结论。";
        missing: "There is no such party on this page.", "本页没有这个主体。";
        role_operator: "operator", "运营者";
        role_partner: "partner", "合作方";
        role_bare: "no finding", "没有结论";
        role_unclear: "status unknown", "状态未知";
        if_applies: "If it applies: ", "若适用：";
        undetermined: "binding undetermined", "约束力未定";
        origins: "operators that reach it", "传导至此的运营者数";
        focus: "Party", "主体";
        focus_hint: "Name or id", "名称或标识";
        direction: "Show", "显示";
        both: "up and down the chain", "上游和下游";
        up: "upstream only", "仅上游";
        down: "downstream only", "仅下游";
        whole: "Whole graph", "全图";
        fit: "Fit to window", "适应窗口";
        closer: "Zoom in", "放大";
        farther: "Zoom out", "缩小";
        graph: "Graph of who passes obligations to whom, by tier", "义务逐层传导图";
        graph_hint: "Operators on the left, suppliers by tier to the right. Select a party to see what reaches it and what it passes on. The same as a list stands below.", "运营者在左，供应商按层级向右排列。选择一个主体，可查看传导至该主体及其向下传递的义务。下方列有相同内容的清单。";
        graph_cut: "The graph shows {count} of {all} parties, those of most concern first. Choose a party to see all around it.", "图中显示 {all} 个主体中最需关注的 {count} 个。选择某一主体可查看其全部上下游。";
        graph_none: "Nothing travels between these parties.", "这些主体之间没有义务传导。";
        list: "The same as a list", "清单";
        to: "passes on to", "传递至";
        carries: "{count} obligations", "{count} 项义务";
        tier_of: "Tier {tier}", "第 {tier} 层";
        operators: "Operators", "运营者";
        lit: "Lit: {finding}", "突出显示：{finding}";
        ask: "Ask", "询问对象";
        about: "About", "事项";
        question: "Question", "问题";
        answers: "Answers, and what each would change", "各答复及其影响";
        changes: "Findings", "结论";
        first: "Ask first", "优先";
        file: "File", "文件";
        row: "Row", "行";
        column: "Column", "列";
        severity: "Severity", "严重程度";
        code: "Code", "代码";
        text: "Text", "原文";
        message: "What is wrong", "问题";
        help: "What to do", "处理办法";
        of: "{party}: {obligation}", "{party}：{obligation}";
        print: "Print", "打印";
        legend: "Legend", "图例";
        clauses: "clauses: {count}", "{count} 项条款";
        error: "error", "错误";
        warning: "warning", "警告";
        note: "note", "提示";
        no_questions: "There is no open question whose answer would change a finding.", "没有待解决且会改变结论的问题。";
    };
    let tabs = [
        ("tab_report", "report"),
        ("tab_parties", "parties"),
        ("tab_findings", "findings"),
        ("tab_contracts", "contracts"),
        ("tab_chains", "chains"),
        ("tab_questions", "questions"),
        ("tab_faults", "faults"),
    ];
    all.extend(tabs.map(|(name, view)| (name, tab(view, lang))));
    all
}
