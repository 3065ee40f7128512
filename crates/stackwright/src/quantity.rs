use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// An amount of a resource, exactly as Kubernetes reads it: `250m`, `1.5Gi`, `64M`, `1e3`.
///
/// ```
/// use stackwright::Quantity;
///
/// let half = Quantity::parse("0.5Gi").unwrap();
/// assert_eq!(half, Quantity::parse("512Mi").unwrap());
/// assert_eq!(half.units(), 536_870_912);
/// assert_eq!(Quantity::parse("1.5").unwrap().thousandths(), 1500);
/// assert!(Quantity::parse("512MB").is_none());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    /// In billionths, the finest that Kubernetes keeps.
    billionths: i128,
}

const BILLION: i128 = 1_000_000_000;
/// The largest that Kubernetes keeps: what is more is cut to it.
const MOST: i128 = i64::MAX as i128 * BILLION;

impl Quantity {
    /// The quantity that a text says; `None` where Kubernetes would refuse it.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let end = text.bytes().position(|byte| !byte.is_ascii_digit() && byte != b'.').unwrap_or(text.len());
        let (number, suffix) = text.split_at(end);
        let (whole, fraction) = match number.bytes().position(|byte| byte == b'.') {
            Some(point) => (&number[..point], &number[point + 1..]),
            None => (number, ""),
        };
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return None;
        }
        let (binary, decimal) = scale(suffix)?;
        let exponent = 9 + decimal - i32::try_from(fraction.len()).ok()?;
        let amount = scaled(whole.bytes().chain(fraction.bytes()), exponent, binary).min(MOST);
        Some(Self { billionths: if negative { -amount } else { amount } })
    }

    /// What was probably meant by a text that is none: `5G or 5Gi` by `5GB`.
    pub(crate) fn meant_by(text: &str) -> Option<String> {
        let text = text.trim();
        let (number, unit) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
        let number = number.trim_end();
        Self::parse(number)?;
        let without_space = format!("{number}{unit}");
        if Self::parse(&without_space).is_some() {
            return Some(without_space);
        }
        let lower = unit.to_ascii_lowercase();
        let prefix = ["bytes", "byte", "b"].iter().find_map(|bytes| lower.strip_suffix(bytes)).unwrap_or(&lower);
        let meant = match prefix {
            "" | "cpu" | "cpus" | "core" | "cores" => number.to_owned(),
            "k" => format!("{number}k or {number}Ki"),
            "m" | "g" | "t" | "p" | "e" => format!("{number}{0} or {number}{0}i", prefix.to_ascii_uppercase()),
            "ki" | "mi" | "gi" | "ti" | "pi" | "ei" => format!("{number}{}i", prefix[..1].to_ascii_uppercase()),
            _ => return None,
        };
        Some(meant)
    }

    /// So many whole units.
    pub fn of_units(units: i64) -> Self {
        Self { billionths: i128::from(units) * BILLION }
    }

    /// So many thousandths.
    pub fn of_thousandths(thousandths: i64) -> Self {
        Self { billionths: i128::from(thousandths) * (BILLION / 1000) }
    }

    /// In whole units, rounded up: bytes of memory.
    pub fn units(self) -> i64 {
        self.rounded_up(BILLION)
    }

    /// In thousandths, rounded up: what CPUs are counted in.
    pub fn thousandths(self) -> i64 {
        self.rounded_up(BILLION / 1000)
    }

    fn rounded_up(self, unit: i128) -> i64 {
        let amount = self.billionths.div_euclid(unit) + i128::from(self.billionths.rem_euclid(unit) > 0);
        i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX })
    }

    /// So many times it.
    #[must_use]
    pub fn times(self, number: u32) -> Self {
        Self { billionths: self.billionths.saturating_mul(i128::from(number)) }
    }
}

/// The powers of 2 and of 10 that a suffix stands for.
fn scale(suffix: &str) -> Option<(u32, i32)> {
    Some(match suffix {
        "" => (0, 0),
        "Ki" => (10, 0),
        "Mi" => (20, 0),
        "Gi" => (30, 0),
        "Ti" => (40, 0),
        "Pi" => (50, 0),
        "Ei" => (60, 0),
        "n" => (0, -9),
        "u" => (0, -6),
        "m" => (0, -3),
        "k" => (0, 3),
        "M" => (0, 6),
        "G" => (0, 9),
        "T" => (0, 12),
        "P" => (0, 15),
        "E" => (0, 18),
        _ => (0, suffix.strip_prefix(['e', 'E'])?.parse().ok()?),
    })
}

/// The digits times 10 to the `decimal`th and 2 to the `binary`th, rounded up, or [`MOST`] where that is too much to count.
fn scaled(digits: impl Iterator<Item = u8>, decimal: i32, binary: u32) -> i128 {
    /// What comes after so many digits is far below a billionth, or far above the most.
    const KEPT: u32 = 30;
    let (mut number, mut kept, mut decimal) = (0_i128, 0, decimal);
    for digit in digits {
        if kept < KEPT {
            number = number * 10 + i128::from(digit - b'0');
            kept += u32::from(number > 0);
        } else {
            decimal = decimal.saturating_add(1);
        }
    }
    if number == 0 { 0 } else { scaled_number(number, decimal, binary) }
}

fn scaled_number(number: i128, decimal: i32, binary: u32) -> i128 {
    let power = decimal.unsigned_abs();
    let power = 10_i64.checked_pow(power).map(i128::from).or_else(|| 10_i128.checked_pow(power));
    if decimal < 0 {
        // The last digits of a long fraction with a large suffix are less than a billionth.
        let shorter = || number / 10 + i128::from(number % 10 > 0);
        match number.checked_mul(1 << binary) {
            Some(number) => power.map_or(1, |power| number / power + i128::from(number % power > 0)),
            None => scaled_number(shorter(), decimal + 1, binary),
        }
    } else {
        let amount =
            power.and_then(|power| number.checked_mul(power)).and_then(|amount| amount.checked_mul(1 << binary));
        amount.unwrap_or(MOST)
    }
}

impl Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { billionths: self.billionths.saturating_add(other.billionths) }
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
        quantities.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn billionths(text: &str) -> Option<i128> {
        Quantity::parse(text).map(|quantity| quantity.billionths)
    }

    #[test]
    fn every_suffix_and_form() {
        let cases = [
            ("0", 0),
            ("1", BILLION),
            ("+1.", BILLION),
            (".5", BILLION / 2),
            ("-0.5", -BILLION / 2),
            ("100m", BILLION / 10),
            ("1n", 1),
            ("1u", 1000),
            ("2k", 2000 * BILLION),
            ("1Ki", 1024 * BILLION),
            ("1.5Gi", 1_610_612_736 * BILLION),
            ("1e3", 1000 * BILLION),
            ("1E3", 1000 * BILLION),
            ("5e-1", BILLION / 2),
            ("1E", BILLION.pow(3)),
            ("0.1n", 1),
            ("9Ei", MOST),
            ("1e40", MOST),
            ("123456789012345678901234567890123456789012345", MOST),
            ("0.000000000000000000000000000000000000000000001", 1),
        ];
        for (text, expected) in cases {
            assert_eq!(billionths(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_kubernetes_refuses() {
        for text in ["", "-", ".", "1.2.3", "1K", "1mi", "512MB", "1 Gi", " 1", "1e", "1e1.5", "Mi", "0x10", "--1"] {
            assert_eq!(billionths(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_meant() {
        let cases = [
            ("5GB", "5G or 5Gi"),
            ("5MB", "5M or 5Mi"),
            ("100mb", "100M or 100Mi"),
            ("2gb", "2G or 2Gi"),
            ("1.5 kB", "1.5k or 1.5Ki"),
            ("1K", "1k or 1Ki"),
            ("5GiB", "5Gi"),
            ("1mi", "1Mi"),
            ("1 Gi", "1Gi"),
            (" 1 ", "1"),
            ("1 core", "1"),
            ("512 bytes", "512"),
        ];
        for (text, meant) in cases {
            assert_eq!(billionths(text), None, "{text}");
            assert_eq!(Quantity::meant_by(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "-", "GB", "1,5GB", "five", "1é", "1 2", "5 apples", "1.2.3"] {
            assert_eq!(Quantity::meant_by(text), None, "{text}");
        }
    }

    #[test]
    fn rounds_up() {
        assert_eq!(Quantity::parse("1u").map(Quantity::thousandths), Some(1));
        assert_eq!(Quantity::parse("400m").map(Quantity::units), Some(1));
        assert_eq!(Quantity::parse("-400m").map(Quantity::units), Some(0));
    }
}
