//! Values that a tool puts in later.

/// Whether nobody can say yet what a value is: `${NAME}`, which Flux replaces when it applies the object, `__NAME__`, which scripts replace
/// before, or what SOPS encrypted.
///
/// Flux: fluxcd/pkg kustomize/kustomize_varsub.go, with the syntax of drone/envsubst. SOPS: getsops/sops aes/cipher.go. Both read in
/// August 2026.
pub(crate) fn is_unknown(text: &str) -> bool {
    is_encrypted(text) || is_substituted(text) || is_placeholder(text)
}

fn is_encrypted(text: &str) -> bool {
    text.starts_with("ENC[AES256_GCM,") && text.trim_end().ends_with(']')
}

fn is_placeholder(text: &str) -> bool {
    let is_name =
        |part: &str| part.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
    let mut parts = text.split("__");
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
    use super::is_unknown;

    #[test]
    fn what_is_put_in_later() {
        for text in [
            "${NAME}",
            "app.${DOMAIN:=example.org}",
            "${SECRET_DOMAIN/./-}",
            "ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]",
            "__HOST__",
            "shop.__BASE_DOMAIN__",
        ] {
            assert!(is_unknown(text), "{text}");
        }
        for text in ["", "$(NAME)", "$${NAME}", "${}", "$NAME", "ENC[x", "{NAME}", "__HOST", "____", "__meta_name__"] {
            assert!(!is_unknown(text), "{text}");
        }
    }
}
