use std::str::FromStr as _;
use std::time::SystemTime;

use p256::ecdsa::{DerSignature, SigningKey};
use p256::elliptic_curve::Generate as _;
use p256::pkcs8::EncodePrivateKey as _;
use stackwright::Error;
use x509_cert::builder::{self, Builder as _, CertificateBuilder, profile::BuilderProfile};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{EncodePem as _, pem::LineEnding};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

use super::certificate::{CLOCK_SKEW, DAY, Pair, serial_number};

/// `id-kp-clientAuth`, for TLS clients: RFC 5280, section 4.2.1.12.
const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

/// A client's certificate and private key, and the authority that signed it, in PEM.
pub(super) struct Client {
    pub client: Pair,
    pub authority: Pair,
}

/// A new client of this common name, valid from now on for so many days, and a new authority for as many of its own.
pub(super) fn client(name: &str, days: u16, authority_days: u16, now: SystemTime) -> Result<Client, Error> {
    // The authority's name has three letters more, and 64 is the longest: RFC 5280, `ub-common-name`.
    let is_name = (1..=61).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte));
    if !is_name || days == 0 || authority_days < days {
        return Err(Error::new(
            format!(
                "a certificate is to name the client `{}` for {days} days, of an authority of {authority_days}",
                name.escape_debug()
            ),
            "use letters, digits, dots, colons and hyphens, at most 61, and a day at least; an authority lasts longer",
        ));
    }
    signed(name, [days, authority_days], now).map_err(|error| {
        Error::new(format!("no certificate can be made: {error}"), "see to it that this machine's clock is right")
    })
}

fn signed(name: &str, days: [u16; 2], now: SystemTime) -> Result<Client, Box<dyn std::error::Error>> {
    let (authority_key, key) = (SigningKey::try_generate()?, SigningKey::try_generate()?);
    let pair = |of: &SigningKey, is_authority, days: u16| -> Result<Pair, Box<dyn std::error::Error>> {
        let validity = Validity::new(Time::try_from(now - CLOCK_SKEW)?, Time::try_from(now + DAY * days.into())?);
        let public_key = SubjectPublicKeyInfo::from_key(of.verifying_key())?;
        let profile = Signed { name, is_authority };
        let builder = CertificateBuilder::new(profile, serial_number()?, validity, public_key)?;
        let certificate = builder.build::<_, DerSignature>(&authority_key)?.to_pem(LineEnding::LF)?;
        Ok(Pair { certificate, key: of.to_pkcs8_pem(LineEnding::LF)?.to_string() })
    };
    Ok(Client { client: pair(&key, false, days[0])?, authority: pair(&authority_key, true, days[1])? })
}

/// What the client's certificate says, and that of its authority, which may sign no further authority.
struct Signed<'a> {
    name: &'a str,
    is_authority: bool,
}

impl Signed<'_> {
    fn common_name(&self, is_authority: bool) -> Name {
        // Its letters were checked: nothing that a distinguished name would need to escape.
        Name::from_str(&format!("CN={}{}", self.name, if is_authority { "-ca" } else { "" })).unwrap_or_default()
    }
}

impl BuilderProfile for Signed<'_> {
    fn get_issuer(&self, _: &Name) -> Name {
        self.common_name(true)
    }

    fn get_subject(&self) -> Name {
        self.common_name(self.is_authority)
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        authority: SubjectPublicKeyInfoRef<'_>,
        certificate: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let subject = certificate.subject();
        let own = SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &[])?;
        if self.is_authority {
            return Ok(vec![
                BasicConstraints { ca: true, path_len_constraint: Some(0) }.to_extension(subject, &[])?,
                KeyUsage(KeyUsages::KeyCertSign.into()).to_extension(subject, &[])?,
                own,
            ]);
        }
        Ok(vec![
            BasicConstraints { ca: false, path_len_constraint: None }.to_extension(subject, &[])?,
            KeyUsage(KeyUsages::DigitalSignature.into()).to_extension(subject, &[])?,
            ExtendedKeyUsage(vec![CLIENT_AUTH]).to_extension(subject, &[])?,
            own,
            AuthorityKeyIdentifier::try_from(authority)?.to_extension(subject, &[])?,
        ])
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier as _;
    use p256::pkcs8::DecodePublicKey as _;
    use x509_cert::Certificate;
    use x509_cert::der::{DecodePem as _, Encode as _};

    use super::super::certificate::Reading;
    use super::*;

    #[test]
    fn a_client_is_signed_by_its_authority_and_of_no_organization() {
        let now = SystemTime::UNIX_EPOCH + DAY * 20_000;
        let made = client("front-proxy-client", 365, 3650, now).unwrap();
        let [authority, client] =
            [&made.authority.certificate, &made.client.certificate].map(|pem| Certificate::from_pem(pem).unwrap());
        let (authority, content) = (authority.tbs_certificate(), client.tbs_certificate());

        // That is all of the name: `system:masters` would be an organization.
        assert_eq!(content.subject().to_string(), "CN=front-proxy-client");
        assert_eq!(content.issuer(), authority.subject());
        assert_eq!(authority.subject().to_string(), "CN=front-proxy-client-ca");
        let (_, constraints) = authority.get_extension::<BasicConstraints>().unwrap().unwrap();
        assert!(constraints.ca && constraints.path_len_constraint == Some(0));
        let (_, ExtendedKeyUsage(usages)) = content.get_extension().unwrap().unwrap();
        assert_eq!(usages, [CLIENT_AUTH]);
        for (certificate, days) in [(authority, 3650), (content, 365)] {
            assert_eq!(certificate.validity().not_after.to_system_time(), now + DAY * days);
        }

        let key = authority.subject_public_key_info().to_der().unwrap();
        let signature = DerSignature::try_from(client.signature().raw_bytes()).unwrap();
        VerifyingKey::from_public_key_der(&key).unwrap().verify(&content.to_der().unwrap(), &signature).unwrap();
        for Pair { certificate, key } in [&made.client, &made.authority] {
            assert!(!Reading::of(certificate.as_bytes()).unwrap().is_not_for(key.as_bytes()));
        }
    }

    #[test]
    fn what_is_no_client_is_refused() {
        let now = SystemTime::now();
        for name in ["", "a b", "a,O=system:masters", "a+O=b", "\"", "é", &"x".repeat(62)] {
            assert!(client(name, 365, 3650, now).is_err(), "{name}");
        }
        assert!(client("a", 0, 3650, now).is_err() && client("a", 365, 364, now).is_err());
        assert!(client(&"x".repeat(61), 365, 365, now).is_ok());
    }
}
