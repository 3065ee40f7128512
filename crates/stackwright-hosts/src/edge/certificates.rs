use stackwright::prelude::*;

use super::{Acme, Certificate, Challenge, Config, Site};

/// What a person gives for the sites behind Cloudflare: an origin certificate and its key, by each site's first name.
pub(super) fn origin(config: &Config) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for site in config.sites.iter().filter(|site| site.certificate == Certificate::Cloudflare) {
        for (file, what) in [("fullchain.pem", "certificate"), ("privkey.pem", "private key of the certificate")] {
            let key = Key {
                name: file.to_owned(),
                file: format!("edge/{}/{file}", site.name()).into(),
                material: Material::Given(format!(
                    "the origin {what} of Cloudflare for {}, in PEM: its dashboard makes it, under SSL/TLS, Origin Server",
                    names(config, site).join(", ")
                )),
            };
            if !keys.iter().any(|other| other.file == key.file) {
                keys.push(key);
            }
        }
    }
    keys
}

/// What gets each of the other sites its certificate, one for all sites of one first name.
pub(super) fn acme(config: &Config) -> Vec<Artefact> {
    let mut artefacts: Vec<Artefact> = Vec::new();
    let script = || File::script("machines/remote/certbot.sh", include_str!("remote/certbot.sh"));
    for site in config.sites {
        let Certificate::Acme(Acme { directory, email, challenge }) = &site.certificate else { continue };
        let (challenge, secrets) = match challenge {
            Challenge::Http => ("http".to_owned(), vec![]),
            Challenge::CloudflareDns(token) => (format!("secrets/{}", token.file), vec![token.clone()]),
        };
        let artefact = Artefact {
            arguments: [email.as_str(), directory, &challenge]
                .into_iter()
                .chain(names(config, site))
                .map(str::to_owned)
                .collect(),
            secrets,
            ..Artefact::new(config.host, &format!("certificate for {}", site.name()), script())
        };
        if !artefacts.contains(&artefact) {
            artefacts.push(artefact);
        }
    }
    artefacts
}

/// All names that one certificate is for: those of each site with the same first name.
fn names<'c>(config: &'c Config, site: &'c Site) -> Vec<&'c str> {
    let mut names: Vec<&str> = Vec::new();
    for name in config.sites.iter().filter(|other| other.name() == site.name()).flat_map(|other| &other.names) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// Refuses what no authority could look into.
pub(super) fn check(config: &Config, site: &Site) -> Result<(), Error> {
    let Certificate::Acme(Acme { directory, email, challenge }) = &site.certificate else { return Ok(()) };
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|char| char.is_ascii_graphic());
    if !directory.starts_with("https://") || !is_word(directory) {
        return Err(Error::new(
            format!("`{}` is no ACME directory", directory.escape_debug()),
            "give its URL, such as `edge::LETS_ENCRYPT`",
        ));
    }
    if !is_word(email) || !email.contains('@') || email.starts_with('-') {
        return Err(Error::new(
            format!("`{}` is no address of mail", email.escape_debug()),
            "an authority wants one, to tell of a certificate that ends: `Acme::email`",
        ));
    }
    let is_asked = |name: &str| {
        let sites = config.sites.iter().filter(|other| other.names.iter().any(|own| own == name));
        sites.filter_map(|other| other.http.port()).any(|port| port.public == 80)
    };
    if let Some(name) = site.names.iter().find(|name| *challenge == Challenge::Http && !is_asked(name)) {
        return Err(Error::new(
            format!("an authority asks for {name} at port 80, where nothing of it is"),
            "let `Site::http` have the public port 80, or prove the name by DNS: `Challenge::CloudflareDns`",
        ));
    }
    Ok(())
}
