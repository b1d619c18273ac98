//! Numbers as registers write them: grouped, in tens of thousands, and with a currency.

use super::width::half_width;

/// The number that a cell means, if it is certain.
pub(super) fn number(cell: &str, decimal_comma: bool) -> Option<f64> {
    let cell = half_width(cell);
    let (minus, rest) = sign(cell.trim());
    let rest = without_currency(rest);
    let (minus, rest) = match minus {
        None => sign(rest),
        minus => (minus, rest),
    };
    let (digits, exponent) = scale(rest);
    let plain = ungrouped(digits, decimal_comma)?;
    let minus = if minus == Some(true) { "-" } else { "" };
    // As text, because 7160.69 times 10000 is not quite 71606900.
    let number = format!("{minus}{plain}e{exponent}").parse();
    number.ok().filter(|number: &f64| number.is_finite())
}

/// Whether a sign says minus, and what follows it.
fn sign(text: &str) -> (Option<bool>, &str) {
    let rest = |minus: bool, mark: char| Some((Some(minus), text.strip_prefix(mark)?.trim_start()));
    rest(true, '-')
        .or_else(|| rest(true, '\u{2212}'))
        .or_else(|| rest(false, '+'))
        .unwrap_or((None, text))
}

/// Words for currencies; those of three letters are the codes of ISO 4217.
const CURRENCIES: &str = "人民币 美元 欧元 港元 港币 日元 英镑 元 US$ HK$ NT$ AU$ CA$ NZ$ A$ C$ S$ R$ $ € £ ¥ ₩ ₹ ₽ ₺ ₫ ₪ ฿ ₴ ₦ ₱ \
    RMB AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP \
    CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF \
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK \
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES \
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

/// The text without a currency before it and one behind it.
fn without_currency(text: &str) -> &str {
    let words = || CURRENCIES.split_whitespace();
    // Most cells are digits alone, and a column may have millions of them.
    let text = match text.starts_with(|c: char| c.is_ascii_digit()) {
        true => text,
        false => words()
            .find_map(|word| text.strip_prefix(word))
            .unwrap_or(text)
            .trim_start(),
    };
    match text.ends_with(|c: char| c.is_ascii_digit()) {
        true => text,
        false => words()
            .find_map(|word| text.strip_suffix(word))
            .unwrap_or(text)
            .trim_end(),
    }
}

/// What stands before 万 or 亿, and how many zeros they add.
fn scale(text: &str) -> (&str, u8) {
    for (word, zeros) in [("万亿", 12), ("亿", 8), ("万", 4)] {
        if let Some(digits) = text.strip_suffix(word) {
            return (digits.trim_end(), zeros);
        }
    }
    (text, 0)
}

/// The digits with a decimal point, if they are grouped by three or not at all.
fn ungrouped(text: &str, decimal_comma: bool) -> Option<String> {
    let (point, mark) = if decimal_comma {
        (',', '.')
    } else {
        ('.', ',')
    };
    let (whole, fraction) = text.split_once(point).unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let Some(between) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(format!("{whole}.{fraction}"));
    };
    let marks = [mark, ' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'];
    let mut groups = whole.split(between);
    let first = groups.next().unwrap_or_default();
    // 0,123 is a decimal comma that nobody announced.
    let is_first = matches!(first.len(), 1..=3) && !first.starts_with('0');
    let is_grouped = is_first && groups.all(|group| group.len() == 3 && is_digits(group));
    (is_grouped && marks.contains(&between))
        .then(|| format!("{}.{fraction}", whole.replace(between, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_numbers() {
        for (cell, expected) in [
            ("7160.69", 7160.69),
            ("7,160.69", 7160.69),
            ("7 160.69", 7160.69),
            ("1,200", 1200.0),
            ("1'234'567", 1_234_567.0),
            ("-12.5", -12.5),
            ("+5", 5.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1.200", 1.2),
            ("\u{2212}3", -3.0),
            ("€ 1,200", 1200.0),
            ("€1,200.50", 1200.5),
            ("-€5", -5.0),
            ("€-5", -5.0),
            ("1,200 €", 1200.0),
            ("CNY 3.5", 3.5),
            ("CNY3.5", 3.5),
            ("3.5 USD", 3.5),
            ("US$ 3,000", 3000.0),
            ("￥１，２００", 1200.0),
            ("1,200元", 1200.0),
            ("120万", 1_200_000.0),
            ("120 万元", 1_200_000.0),
            ("人民币120万元", 1_200_000.0),
            ("7160.69万", 71_606_900.0),
            ("1.2亿", 120_000_000.0),
            ("3万亿", 3e12),
        ] {
            assert_eq!(number(cell, false), Some(expected), "{cell}");
        }
        for (cell, expected) in [
            ("7.160,69", 7160.69),
            ("7 160,69", 7160.69),
            ("7\u{202f}160,69", 7160.69),
            ("7160,69", 7160.69),
            ("1.200", 1200.0),
            ("1,200", 1.2),
            ("€ 1.200,50", 1200.5),
            ("1,2亿", 120_000_000.0),
        ] {
            assert_eq!(number(cell, true), Some(expected), "{cell}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for cell in [
            "1,20",
            "1,2000",
            "12,34,567",
            "0,123",
            "1,200,30",
            "7 160,69",
            "7.160,69",
            "1,234 567",
            "1.2.3",
            "1e5",
            "inf",
            "NaN",
            ".",
            "",
            "--1",
            "+-1",
            "5%",
            "10²",
            "(1,200)",
            "5 MLN",
            "5 pcs",
            "cny 5",
            "about 4m",
            "€",
            "CNY",
            "万",
            "五万",
            "1-2",
            "1/2",
            ",5",
            "5,",
            "x",
        ] {
            assert_eq!(number(cell, false), None, "{cell}");
        }
        for cell in ["7.16", "1.5", "7,160.69", "1.20,5", "1,2,3"] {
            assert_eq!(number(cell, true), None, "{cell}");
        }
    }
}
