//! Values that a tool puts in later.

/// Whether nobody can say yet what a value is: `${NAME}`, which Flux replaces when it applies the object, `<path:STORE#KEY>`, which Argo CD's
/// Vault plugin does, `__NAME__`, `%%NAME%%` and `{{ NAME }}`, which scripts replace before, or what SOPS encrypted.
///
/// Flux: fluxcd/pkg kustomize/kustomize_varsub.go, with the syntax of drone/envsubst. SOPS: getsops/sops aes/cipher.go. Both read in
/// August 2026. Vault: argoproj-labs/argocd-vault-plugin docs/howitworks.md, read in November 2026.
pub fn is_unknown(text: &str) -> bool {
    is_encrypted(text)
        || is_substituted(text)
        || is_placeholder(text, "__")
        || is_placeholder(text, "%%")
        || is_between(text, "<path:", "#", ">")
        || is_between(text, "{{", "", "}}")
}

/// Whether an object as text may have such a value: most have none, so that nobody needs to read them again.
pub(crate) fn may_have_unknown(text: &str) -> bool {
    ["${", "ENC[", "__", "%%", "<path:", "{{"].iter().any(|mark| text.contains(mark))
}

/// Whether a text is a word as scripts replace it, `DB_PASSWORD`, with nothing around it. It may be meant as it is, too.
pub(crate) fn is_word_of_script(text: &str) -> bool {
    let mut letters = text.bytes();
    letters.next().is_some_and(|letter| letter.is_ascii_uppercase())
        && letters.all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'_')
        && text.contains('_')
}

/// Whether three marks follow each other in a text.
fn is_between(text: &str, start: &str, middle: &str, end: &str) -> bool {
    let after = |text: &'_ str, mark: &str| text.find(mark).map(|place| place + mark.len());
    let Some(inner) = after(text, start).map(|place| &text[place..]) else { return false };
    after(inner, middle).is_some_and(|place| inner[place..].contains(end))
}

fn is_encrypted(text: &str) -> bool {
    text.starts_with("ENC[AES256_GCM,") && text.trim_end().ends_with(']')
}

fn is_placeholder(text: &str, mark: &str) -> bool {
    let is_name =
        |part: &str| part.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
    let mut parts = text.split(mark);
    parts.next();
    parts.next().is_some_and(|name| !name.is_empty() && is_name(name)) && parts.next().is_some()
}

fn is_substituted(text: &str) -> bool {
    text.match_indices("${").any(|(place, _)| {
        // `$${NAME}` stays as it is.
        let is_escaped = text[..place].ends_with('$');
        let name = &text[place + 2..];
        let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(name.len());
        let is_name = name[..end].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
        !is_escaped && is_name && name[end..].contains('}')
    })
}

#[cfg(test)]
mod tests {
    use super::{is_unknown, is_word_of_script};

    #[test]
    fn what_is_put_in_later() {
        for text in [
            "${NAME}",
            "app.${DOMAIN:=example.org}",
            "${SECRET_DOMAIN/./-}",
            "ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]",
            "__HOST__",
            "shop.__BASE_DOMAIN__",
            "%%HOST%%",
            "<path:kv/data/shop#password>",
            "<path:kv/data/shop#password | base64encode>",
            "{{ host }}.example.org",
        ] {
            assert!(is_unknown(text), "{text}");
        }
        for text in ["", "$(NAME)", "$${NAME}", "${}", "$NAME", "ENC[x", "{NAME}", "__HOST", "____", "__meta_name__"] {
            assert!(!is_unknown(text), "{text}");
        }
        for text in ["%%", "100%%", "<path:kv>", "<password>", "a#<path:b>", "{{", "}} {{"] {
            assert!(!is_unknown(text), "{text}");
        }
    }

    #[test]
    fn words_that_scripts_replace() {
        for text in ["DB_PASSWORD", "KEY_2"] {
            assert!(is_word_of_script(text), "{text}");
        }
        for text in ["", "PASSWORD", "_A", "Db_Password", "2_A", "DB_PASSWORD=="] {
            assert!(!is_word_of_script(text), "{text}");
        }
    }
}
