//! Codes that parties have in public registers, and the digits in them that prove the rest.

/// The unified social credit code of organisations in China.
const SOCIAL_CREDIT: &str = "GB 32100-2015";
/// The legal entity identifier.
const LEI: &str = "ISO 17442 (LEI)";

/// The standard by which a cell is written, where its check digits do not fit; none for cells of any other shape.
pub(super) fn broken(cell: &str) -> Option<&'static str> {
    match cell.len() {
        18 if has_social_credit_shape(cell) => (!fits_social_credit(cell)).then_some(SOCIAL_CREDIT),
        20 if has_lei_shape(cell) => (!fits_lei(cell)).then_some(LEI),
        _ => None,
    }
}

/// The digits of social credit codes: without letters that look like others.
const DIGITS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A known kind of organisation, a province and a district, then ten digits of the alphabet.
fn has_social_credit_shape(cell: &str) -> bool {
    const KINDS: [&str; 37] = [
        "11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51",
        "52", "53", "54", "59", "61", "62", "69", "71", "72", "79", "81", "89", "91", "92", "93",
        "A1", "A9", "N1", "N2", "N3", "N9", "Y1",
    ];
    // 10 is the whole country.
    const PROVINCES: [&str; 33] = [
        "10", "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36",
        "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63",
        "64", "65", "71",
    ];
    let is_in_alphabet = cell.chars().all(|c| DIGITS.contains(c));
    is_in_alphabet
        && KINDS.contains(&&cell[..2])
        && PROVINCES.contains(&&cell[2..4])
        && cell[4..8].bytes().all(|byte| byte.is_ascii_digit())
        && !has_birthday(cell)
}

/// Whether this may be the number of a resident, which has another check digit: 17 digits, a birthday among them.
fn has_birthday(cell: &str) -> bool {
    let is_in = |range: std::ops::Range<usize>, least: u16, most: u16| {
        let number = cell[range].parse();
        number.is_ok_and(|number: u16| (least..=most).contains(&number))
    };
    let is_number = cell[..17].bytes().all(|byte| byte.is_ascii_digit());
    is_number && is_in(6..10, 1900, 2099) && is_in(10..12, 1, 12) && is_in(12..14, 1, 31)
}

/// The digits before the last, each times 3 to the power of its position, and the last make a multiple of 31.
fn fits_social_credit(cell: &str) -> bool {
    let mut digits: Vec<usize> = cell.chars().filter_map(|c| DIGITS.find(c)).collect();
    let check = digits.pop().unwrap_or_default();
    let weighed = digits.iter().fold((0, 1), |(sum, weight), digit| {
        (sum + digit * weight, weight * 3 % 31)
    });
    (weighed.0 + check).is_multiple_of(31)
}

/// Letters and digits, of both kinds, that end in two digits: a plain number of twenty digits is none.
fn has_lei_shape(cell: &str) -> bool {
    let (code, check) = cell.as_bytes().split_at(18);
    let is_allowed = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    code.iter().all(is_allowed)
        && code.iter().any(u8::is_ascii_uppercase)
        && code.iter().any(u8::is_ascii_digit)
        && check.iter().all(u8::is_ascii_digit)
}

/// With A as 10 to Z as 35, the number leaves 1 when divided by 97.
fn fits_lei(cell: &str) -> bool {
    let rest = cell.chars().fold(0, |rest, c| {
        let value = c.to_digit(36).unwrap_or_default();
        (rest * if value < 10 { 10 } else { 100 } + value) % 97
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    // Computed by the standards; the first of each kind are public.
    const SOCIAL_CREDIT_CODES: [&str; 5] = [
        "914403001922038216",
        "91350100M000100Y43",
        "91350211M00013FA00",
        "91110000MA0000001L",
        "12100000000000001J",
    ];
    const LEIS: [&str; 4] = [
        "HWUPKR0MPOU8FGXBT394",
        "54930084UKLVMY22DS16",
        "549300EXAMPLE0000073",
        "300300C1070211000091",
    ];

    /// The code with one character replaced.
    fn mistyped(code: &str, at: usize, c: char) -> String {
        let mut letters: Vec<char> = code.chars().collect();
        letters[at] = c;
        letters.into_iter().collect()
    }

    #[test]
    fn one_wrong_character_is_found() {
        for code in SOCIAL_CREDIT_CODES {
            assert_eq!(broken(code), None, "{code}");
            for (at, c) in (8..18).zip(code.chars().skip(8)) {
                let wrong = mistyped(code, at, if c == '7' { '8' } else { '7' });
                assert_eq!(broken(&wrong), Some(SOCIAL_CREDIT), "{wrong}");
            }
        }
        for code in LEIS {
            assert_eq!(broken(code), None, "{code}");
            // Without its only letter the last would be a plain number.
            for (at, c) in code.chars().enumerate().filter(|(at, _)| *at != 6) {
                let wrong = mistyped(code, at, if c == '7' { '8' } else { '7' });
                assert_eq!(broken(&wrong), Some(LEI), "{wrong}");
            }
        }
    }

    #[test]
    fn cells_of_other_shapes_are_left_alone() {
        for cell in [
            "",
            "bank",
            // A resident's number, whatever its check digit.
            "511102199003070012",
            "51110219900307001X",
            // Numbers of 18 and 20 digits, and ids with other signs.
            "000000000000012345",
            "202600000000000001",
            "12345678901234567890",
            "PURCHASE-ORDER-00012",
            "SUPPLIERSUPPLIERSU12",
            "hwupkr0mpou8fgxbt395",
            "HWUPKR0MPOU8FGXBT39A",
            // One letter of the alphabet, the kind, or the province is none.
            "91350100M000100YI3",
            "99350100M000100Y44",
            "91990100M000100Y44",
            // As long in bytes.
            "云河云云河云",
            "云河云云河云AB",
            "9一350100M000100Y4",
        ] {
            assert_eq!(broken(cell), None, "{cell}");
        }
    }
}
