use std::time::SystemTime;

use camino::Utf8Path;
use stackwright::Error;

use super::declared::{Piece, Recipe};
use super::{certificate, client_certificate};

const LETTERS_AND_DIGITS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// New material for a piece: each of its files with what goes into it, a private key before its certificate. What a person gives
/// has none.
///
/// Text ends without a newline, since kustomize takes a file's bytes as they are.
pub(super) fn files<'a>(piece: &Piece<'a>, now: SystemTime) -> Result<Vec<(&'a Utf8Path, String)>, Error> {
    Ok(match piece.recipe {
        Recipe::Text(text) => vec![(piece.file, text.to_owned())],
        Recipe::Random(length) => vec![(piece.file, letters_and_digits(length)?)],
        Recipe::Certificate { hosts, days, key_file } => {
            let new = certificate::self_signed(hosts, days, now)?;
            vec![(key_file, new.key), (piece.file, new.certificate)]
        }
        Recipe::Client { name, days, key_file, authority } => {
            let new = client_certificate::client(name, days, authority.days, now)?;
            vec![
                (authority.key_file, new.authority.key),
                (authority.file, new.authority.certificate),
                (key_file, new.client.key),
                (piece.file, new.client.certificate),
            ]
        }
        Recipe::Given(_) => Vec::new(),
    })
}

/// So many random letters and digits, each as likely as any other.
fn letters_and_digits(length: usize) -> Result<String, Error> {
    // 248 is the largest multiple of 62 that a byte can count to: bytes from there on would favour the first letters.
    const FAIR: u8 = 248;
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let bytes = random_bytes::<64>()?;
        let fair = bytes.into_iter().filter(|byte| *byte < FAIR);
        text.extend(fair.map(|byte| char::from(LETTERS_AND_DIGITS[usize::from(byte % 62)])).take(length - text.len()));
    }
    Ok(text)
}

/// Bytes from the operating system's source of randomness.
pub(super) fn random_bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        Error::new(
            format!("the operating system gave no random bytes: {error}"),
            "secrets cannot be made without them: run this on a machine that has them",
        )
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn random_text_has_its_length_its_alphabet_and_no_favourites() {
        let texts: Vec<String> = (0..2_000).map(|_| letters_and_digits(64).unwrap()).collect();
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len(), "all differ");
        assert!(texts.iter().all(|text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())));

        // 128000 draws of 62 letters: 2065 each, give or take 45. Taking bytes modulo 62 would give the first eight 2500.
        let mut counts = [0_u32; 256];
        texts.iter().flat_map(|text| text.bytes()).for_each(|byte| counts[usize::from(byte)] += 1);
        let drawn = LETTERS_AND_DIGITS.map(|letter| counts[usize::from(letter)]);
        assert!(drawn.iter().all(|count| (1_790..2_340).contains(count)), "{drawn:?}");
    }

    #[test]
    fn any_length_is_met() {
        for length in 0..200 {
            assert_eq!(letters_and_digits(length).unwrap().len(), length);
        }
    }
}
