//! What our commands and arguments say, in Chinese.

/// What a command does, and examples of it.
pub(super) fn about(path: &str) -> (&'static str, &'static str) {
    match path {
        " ciiflow" => (
            "找出哪些供应商和合作方承担沿供应链传导的义务、经由哪条链条、有多确定。\n\n\
             台账是含 parties.csv 和 relationships.csv（以及 evidence.csv）的目录或 zip、含有这些工作表的工作簿、已知格式的文件，或含有将其他表映射为上述各表的 register.toml 的目录。\
             所有数据都留在本机。不构成法律意见。",
            "  ciiflow analyze samples/cloud-partner --as-of 2026-11-01 --lang zh -o out
  ciiflow explain samples/cloud-partner chichu data-handling --lang zh",
        ),
        " ciiflow analyze" => (
            "找出每个主体的每项义务，写出结论、条款、报告和图表",
            "  ciiflow analyze samples/cloud-partner --as-of 2026-11-01 --lang zh -o out
  ciiflow analyze samples/cloud-partner --focus ostrevind --lang zh -o focus
  ciiflow analyze samples/cloud-partner --policy cn-cii --lang zh -o out --write findings,report",
        ),
        " ciiflow check" => (
            "只读取台账，报告每一处问题；有任何错误或警告时退出码为 1",
            "  ciiflow check samples/cloud-partner --lang zh
  ciiflow check samples/canada-contracts/register.toml --as-of 2020-01-01 --lang zh",
        ),
        " ciiflow explain" => (
            "说明某主体为何承担其义务：链条，以及每一步的事实和法律依据",
            "  ciiflow explain samples/cloud-partner nephelis --as-of 2026-11-01 --lang zh
  ciiflow explain samples/cloud-partner chichu data-handling --lang zh",
        ),
        " ciiflow ask" => (
            "首先应向谁询问什么，以及每个答复会改变什么",
            "  ciiflow ask samples/cloud-partner --as-of 2026-11-01 --lang zh
  ciiflow ask samples/cloud-partner --focus ostrevind --lang zh -o questions",
        ),
        " ciiflow letter" => (
            "致函供应商，说明经其自身合同传导至其的义务，并索取证明材料",
            "  ciiflow letter samples/cloud-partner halvoro --reviewed-by 李审核 --lang zh -o out
  ciiflow letter samples/cloud-partner --all --from ostrevind --reviewed-by 李审核 --lang zh -o out",
        ),
        " ciiflow convert" => (
            "将读到的内容写成规范 CSV，再次读取时结果相同",
            "  ciiflow convert samples/canada-contracts --lang zh -o canonical
  ciiflow convert samples/cloud-partner --redact --lang zh -o shared",
        ),
        " ciiflow what-if" => (
            "若情况不同，哪些义务新增、消失或变化",
            "  ciiflow what-if samples/cloud-partner --set bank-luming.cii_status=not-designated --lang zh
  ciiflow what-if samples/cloud-partner --remove R09 --lang zh -o delta
  ciiflow what-if samples/cloud-partner --add customer=grid-heyan,supplier=newco --lang zh",
        ),
        " ciiflow diff" => (
            "两份台账或已保存的评估之间，哪些义务新增、消失或变化",
            "  ciiflow diff samples/cloud-partner samples/cloud-partner --old-as-of 2026-01-01 --lang zh -o delta
  ciiflow diff out/assessment.json samples/cloud-partner --lang zh",
        ),
        " ciiflow init" => (
            "根据任意表的表头和单元格起草 register.toml，并标出不确定之处",
            "  ciiflow init samples/canada-contracts/contracts.csv --lang zh -o draft.toml
  ciiflow init samples/cloud-partner --lang zh -o -
  ciiflow init --list --lang zh",
        ),
        " ciiflow policy" => (
            "列出、显示或检查规则包",
            "  ciiflow policy show cn-cii --lang zh
  ciiflow policy check samples/canada-contracts/policy.toml --lang zh",
        ),
        " ciiflow policy list" => (
            "列出内置规则包",
            "  ciiflow policy list --lang zh
  ciiflow policy list --lang en",
        ),
        " ciiflow policy show" => (
            "打印规则包，供律师阅读",
            "  ciiflow policy show cn-cii --lang zh
  ciiflow policy show samples/canada-contracts/policy.toml --lang zh --as-of 2025-12-31",
        ),
        " ciiflow policy check" => (
            "检查规则包，报告每一处错误及其位置",
            "  ciiflow policy check samples/canada-contracts/policy.toml --lang zh
  ciiflow policy check cn-cii --lang zh",
        ),
        " ciiflow completions" => (
            "打印可在 shell 中补全命令和选项的脚本",
            "  ciiflow completions bash --lang zh > ciiflow.bash
  ciiflow completions zsh --lang zh > _ciiflow",
        ),
        " ciiflow man" => (
            "打印手册页，或写出每个命令的手册页",
            "  ciiflow man --lang zh > ciiflow.1
  ciiflow man --lang zh -o man1",
        ),
        _ => ("", ""),
    }
}

/// What an argument means, and what stands for its value.
pub(super) fn argument_words(path: &str, argument: &str) -> (&'static str, &'static str) {
    match (path, argument) {
        (_, "lang") => (
            "所有输出的语言：en（英文）或 zh（简体中文） [默认：en]",
            "语言",
        ),
        (_, "register") => ("目录、工作簿、zip、已知格式的文件或 register.toml", "台账"),
        (" ciiflow ask", "output") => (
            "写入 questions.csv 和 questions.md 的目录，没有则创建",
            "目录",
        ),
        (" ciiflow check", "output") => {
            ("写入 register-issues.csv 和 ciiflow.sarif 的目录", "目录")
        }
        (" ciiflow letter", "party") => ("收函的供应商：标识或名称", "主体"),
        (" ciiflow letter", "all") => ("向有义务传导至其的每个供应商发函", ""),
        (" ciiflow letter", "from") => (
            "发函方：标识或名称 [默认：供应商仅有一个客户时为该客户]",
            "主体",
        ),
        (" ciiflow letter", "output") => (
            "写入 letters/ 和内部使用的 letters.md 的目录；不存在时自动创建",
            "目录",
        ),
        (" ciiflow letter", "written_in") => (
            "函件语言：en（英文）、zh（简体中文）或 both（中英对照） [默认：同 --lang]",
            "语言",
        ),
        (" ciiflow letter", "reviewed_by") => (
            "规则包要求复核时的复核人；只记入 letters.md，不写入函件",
            "姓名",
        ),
        (" ciiflow letter", "by") => ("答复期限，YYYY-MM-DD [默认：函件日期起 30 天]", "日期"),
        (" ciiflow letter", "as_of") => ("评估和函件的日期，YYYY-MM-DD [默认：今天]", "日期"),
        (" ciiflow what-if", "set") => (
            "设某项事实、supports、starts 或 ends 为此值：主体.事实=值 或 关系.事实=值",
            "对象.事实=值",
        ),
        (" ciiflow what-if", "remove") => ("设某关系已终止", "关系"),
        (" ciiflow what-if", "replace") => ("设主体 B 接替主体 A 的供应", "A=B"),
        (" ciiflow what-if", "add") => ("增加一条关系：customer=…,supplier=…,事实=值,…", "单元格"),
        (" ciiflow what-if", "acquire") => ("设某主体被收购", "收购方=主体"),
        (" ciiflow what-if", "dissolve") => ("设某主体解散", "主体"),
        (" ciiflow what-if", "changes") => (
            "含有此类变化的 TOML 文件：set、remove、replace、add、acquire、dissolve，各为列表",
            "文件",
        ),
        (" ciiflow what-if" | " ciiflow diff", "output") => {
            ("写入变化的目录；不存在时自动创建", "目录")
        }
        (" ciiflow diff", "old") => ("之前的台账，或为其保存的 assessment.json", "旧台账"),
        (" ciiflow diff", "new") => ("之后的台账，或 assessment.json", "新台账"),
        (" ciiflow diff", "old_as_of") => ("之前的评估日期，YYYY-MM-DD [默认：同一日期]", "日期"),
        (" ciiflow init", "files") => {
            ("表和工作簿，或含有它们的目录；或已知格式的一份台账", "文件")
        }
        (" ciiflow init", "list") => ("列出可直接读取的已知格式", ""),
        (" ciiflow init", "show") => ("打印已知格式的映射，以便修改", "格式"),
        (" ciiflow init", "output") => (
            "要写入的文件，- 为标准输出 [默认：各文件旁的 register.toml]",
            "文件",
        ),
        (" ciiflow init", "force") => ("替换已存在的文件", ""),
        (" ciiflow init", "policy") => (
            "要查找其事实的规则包：文件，或内置规则包的标识 [默认：cn-cii]",
            "文件|标识",
        ),
        (" ciiflow init", "quiet") => ("只打印无法完成之事", ""),
        (" ciiflow convert", "output") => (
            "写入 parties.csv、relationships.csv 和 evidence.csv 的目录；不存在时自动创建",
            "目录",
        ),
        (" ciiflow completions", "shell") => {
            ("shell 名称：bash、zsh、fish、powershell 或 elvish", "shell")
        }
        (" ciiflow man", "output") => ("写入各命令手册页的目录；不存在时自动创建", "目录"),
        (_, "output") => (
            "写入结果的目录；不存在时自动创建。不给出时只打印摘要",
            "目录",
        ),
        (_, "fail_on") => (
            "存在以下任一情形时以退出码 1 结束：open（适用义务无有效证据）、open-statute（其中法定的）、expired（证据已过期）、gap（链条上缺合同条款）、unconfirmed（待确认结论）、unclear-customer（状态为空或无法识别的客户）、register-error（台账错误）、register-warning（台账错误和警告）",
            "规则",
        ),
        (_, "screen") => (
            "将规则包筛查得出的主体视为可能的运营者；在每份输出中标明",
            "",
        ),
        (_, "write") => (
            "要写出的结果：findings、clauses、exposure、questions、screening、register-issues、json、report、html、workbook、charts、sarif [默认：除 sarif 外全部]",
            "结果",
        ),
        (" ciiflow check", "as_of") => ("核对证据的日期 [默认：今天]", "YYYY-MM-DD"),
        (" ciiflow policy show", "as_of") => ("判断法律是否施行的日期 [默认：今天]", "YYYY-MM-DD"),
        (_, "as_of") => ("评估日期 [默认：今天]", "YYYY-MM-DD"),
        (_, "focus") => (
            "只看传导至该主体的义务及其向下传递的内容：标识或名称",
            "主体",
        ),
        (_, "party") => ("主体的标识或名称", "主体"),
        (_, "obligation") => ("义务的标识；不给出时为该主体的全部义务", "义务"),
        (" ciiflow policy show", "policy") => {
            ("文件，或内置规则包的标识 [默认：cn-cii]", "文件|标识")
        }
        (" ciiflow policy check", "policy") => ("文件，或内置规则包的标识", "文件|标识"),
        (_, "policy") => (
            "规则包：文件，或内置规则包的标识 [默认：register.toml 所指明的，否则为 cn-cii]",
            "文件|标识",
        ),
        (_, "assume") => (
            "将某项事实的所有空白单元格视为该值；记入每份输出",
            "事实=值",
        ),
        (_, "answers") => (
            "供应商填好的答复表，或其所在目录：填补台账未载明之处；记入每份输出",
            "文件",
        ),
        (_, "redact") => (
            "以固定化名代替主体、关系、合同和文件，以便分享结果；文件用于保存化名",
            "文件",
        ),
        (_, "strict") => ("台账有任何错误或警告时以退出码 2 结束", ""),
        (_, "threads") => ("工作线程数 [默认：处理器数]", "1-512"),
        (_, "timings") => ("打印各阶段用时和内存用量", ""),
        (_, "quiet") => ("不打印进度和台账问题", ""),
        _ => ("", ""),
    }
}
