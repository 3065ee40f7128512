use std::net::IpAddr;
use std::str::FromStr as _;
use std::time::{Duration, SystemTime};

use p256::SecretKey;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::elliptic_curve::Generate as _;
use p256::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _};
use stackwright::Error;
use x509_cert::Certificate;
use x509_cert::builder::{self, Builder as _, CertificateBuilder, profile::BuilderProfile};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::asn1::{Ia5String, ObjectIdentifier};
use x509_cert::der::{Encode as _, EncodePem as _, pem::LineEnding};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, SubjectAltName, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

use super::material::random_bytes;

/// `id-kp-serverAuth`, for TLS servers: RFC 5280, section 4.2.1.12.
const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");

pub(super) const DAY: Duration = Duration::from_hours(24);

/// The clocks of other machines may be behind by so much when they first see a certificate.
pub(super) const CLOCK_SKEW: Duration = Duration::from_mins(5);

/// The longest common name: RFC 5280, `ub-common-name`.
const LONGEST_COMMON_NAME: usize = 64;

/// A certificate and its private key, in PEM.
pub(super) struct Pair {
    pub certificate: String,
    pub key: String,
}

/// A new ECDSA P-256 key and a certificate for it that is valid for these hosts, from now on for so many days.
pub(super) fn self_signed(hosts: &[String], days: u16, now: SystemTime) -> Result<Pair, Error> {
    if days == 0 {
        return Err(Error::new(
            "a certificate is to be valid for 0 days",
            "a year, 365, is usual and the longest advised",
        ));
    }
    let names = hosts.iter().map(|host| general_name(host)).collect::<Result<Vec<_>, _>>()?;
    if names.is_empty() {
        return Err(Error::new(
            "a certificate names no host",
            "clients compare its hosts with the one they asked for: name it",
        ));
    }
    let common_name = hosts.iter().find(|host| host.len() <= LONGEST_COMMON_NAME);
    let profile = SelfSigned { common_name: common_name.map_or("self-signed", |host| host), names };

    signed(profile, now, now + DAY * days.into()).map_err(|error| {
        Error::new(format!("no certificate can be made: {error}"), "see to it that this machine's clock is right")
    })
}

fn signed(profile: SelfSigned<'_>, now: SystemTime, end: SystemTime) -> Result<Pair, Box<dyn std::error::Error>> {
    let key = SigningKey::try_generate()?;
    let validity = Validity::new(Time::try_from(now - CLOCK_SKEW)?, Time::try_from(end)?);
    let public_key = SubjectPublicKeyInfo::from_key(key.verifying_key())?;
    let builder = CertificateBuilder::new(profile, serial_number()?, validity, public_key)?;
    let certificate = builder.build::<_, DerSignature>(&key)?;
    Ok(Pair { certificate: certificate.to_pem(LineEnding::LF)?, key: key.to_pkcs8_pem(LineEnding::LF)?.to_string() })
}

/// A positive number of 16 bytes, 126 bits of them random: no two certificates of one name share it, which browsers refuse.
pub(super) fn serial_number() -> Result<SerialNumber, Box<dyn std::error::Error>> {
    let mut bytes = random_bytes::<16>()?;
    bytes[0] = bytes[0] & 0x3f | 0x40;
    Ok(SerialNumber::new(&bytes)?)
}

/// What a server's certificate says when nobody but itself vouches for it.
///
/// It is a leaf, `CA:FALSE`: browsers and rustls refuse an authority as a server's certificate, and whoever trusts this one
/// trusts it for its own hosts alone. It has no key usage, which a leaf need not have: LibreSSL and old OpenSSLs take a
/// certificate that has one for self-signed only if it allows `keyCertSign`, which a leaf must not have. Once it is among the
/// certificates that they trust, OpenSSL (so curl and Python, in strict mode too), GnuTLS, NSS, Go and rustls accept it.
struct SelfSigned<'a> {
    common_name: &'a str,
    names: Vec<GeneralName>,
}

impl BuilderProfile for SelfSigned<'_> {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        // Its letters were checked: nothing that a distinguished name would need to escape.
        Name::from_str(&format!("CN={}", self.common_name)).unwrap_or_default()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        certificate: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let subject = certificate.subject();
        Ok(vec![
            BasicConstraints { ca: false, path_len_constraint: None }.to_extension(subject, &[])?,
            ExtendedKeyUsage(vec![SERVER_AUTH]).to_extension(subject, &[])?,
            SubjectAltName(self.names.clone()).to_extension(subject, &[])?,
            SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &[])?,
        ])
    }
}

/// The host as a subject alternative name: an address, or a DNS name, whose first label may be a star.
fn general_name(host: &str) -> Result<GeneralName, Error> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(address.into());
    }
    let parent = host.strip_prefix("*.");
    let labels: Vec<_> = parent.unwrap_or(host).split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_number = |label: &&str| label.bytes().all(|byte| byte.is_ascii_digit());
    let valid = host.len() <= 253
        && labels.iter().all(is_label)
        && !labels.last().is_some_and(is_number)
        // Clients do not let a star stand for whatever is in a top-level domain.
        && (parent.is_none() || labels.len() > 1);
    match Ia5String::new(host) {
        Ok(name) if valid => Ok(GeneralName::DnsName(name)),
        _ => Err(Error::new(
            format!("`{}` is not a host that a certificate can name", host.escape_debug()),
            "write a DNS name such as example.com or *.example.com (letters beyond ASCII as xn--...) or an address",
        )),
    }
}

/// What a certificate file says that people ask about.
pub(super) struct Reading {
    /// When it stops being valid.
    pub end: SystemTime,
    /// Its last day, as 2027-01-31.
    pub last_day: String,
    hosts: Vec<GeneralName>,
    public_key: Vec<u8>,
}

impl Reading {
    /// The first certificate of a PEM file, whoever made it.
    pub fn of(pem: &[u8]) -> Option<Self> {
        let certificates = Certificate::load_pem_chain(pem).ok()?;
        let certificate = certificates.first()?.tbs_certificate();
        let end = certificate.validity().not_after;
        let date = end.to_date_time();
        // A client's has none.
        let hosts = certificate.get_extension::<SubjectAltName>().ok()?.map_or_else(Vec::new, |(_, names)| names.0);
        Some(Self {
            end: end.to_system_time(),
            last_day: format!("{}-{:02}-{:02}", date.year(), date.month(), date.day()),
            hosts,
            public_key: certificate.subject_public_key_info().to_der().ok()?,
        })
    }

    /// The first of these hosts that it was not made for.
    pub fn lacking<'a>(&self, hosts: &'a [String]) -> Option<&'a str> {
        let named = |host: &str| general_name(host).is_ok_and(|name| self.hosts.contains(&name));
        hosts.iter().map(String::as_str).find(|host| !named(host))
    }

    /// Whether clients that ask for this host accept it.
    pub fn is_for(&self, host: &str) -> bool {
        self.hosts.iter().any(|name| match name {
            GeneralName::DnsName(name) => stackwright::check::is_for(name.as_str(), host),
            other => general_name(host).is_ok_and(|host| host == *other),
        })
    }

    /// Whether this private key is another certificate's. Of keys that are not P-256, and so not ours, it says no.
    pub fn is_not_for(&self, key_pem: &[u8]) -> bool {
        let key = str::from_utf8(key_pem).ok().and_then(|pem| SecretKey::from_pkcs8_pem(pem).ok());
        let public_key = key.and_then(|key| key.public_key().to_public_key_der().ok());
        public_key.is_some_and(|public_key| public_key.as_bytes() != self.public_key)
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier as _;
    use p256::pkcs8::DecodePublicKey as _;
    use x509_cert::der::DecodePem as _;

    use super::*;

    fn owned<const N: usize>(hosts: [&str; N]) -> Vec<String> {
        hosts.map(str::to_owned).into()
    }

    #[test]
    fn a_certificate_is_its_own_issuer_for_its_hosts_and_days() {
        let now = SystemTime::UNIX_EPOCH + DAY * 20_000;
        let hosts = owned(["example.com", "*.example.com", "192.168.56.200", "fd00::1"]);
        let pair = self_signed(&hosts, 365, now).unwrap();
        let certificate = Certificate::from_pem(&pair.certificate).unwrap();
        let content = certificate.tbs_certificate();

        assert_eq!(content.subject().to_string(), "CN=example.com");
        assert_eq!(content.issuer(), content.subject());
        assert_eq!(content.validity().not_before.to_system_time(), now - CLOCK_SKEW);
        assert_eq!(content.validity().not_after.to_system_time(), now + DAY * 365);

        let (critical, SubjectAltName(names)) = content.get_extension().unwrap().unwrap();
        let dns = |name| GeneralName::DnsName(Ia5String::new(name).unwrap());
        let addresses =
            ["192.168.56.200", "fd00::1"].map(|address| GeneralName::from(address.parse::<IpAddr>().unwrap()));
        assert!(!critical);
        assert_eq!(names, [[dns("example.com"), dns("*.example.com")], addresses].concat());

        let (critical, constraints) = content.get_extension::<BasicConstraints>().unwrap().unwrap();
        assert!(critical && !constraints.ca);
        let (_, ExtendedKeyUsage(usages)) = content.get_extension().unwrap().unwrap();
        assert_eq!(usages, [SERVER_AUTH]);
    }

    #[test]
    fn the_key_is_the_certificates_and_signed_it() {
        let pair = self_signed(&owned(["example.com"]), 1, SystemTime::now()).unwrap();
        let certificate = Certificate::from_pem(&pair.certificate).unwrap();
        let public_key = certificate.tbs_certificate().subject_public_key_info().to_der().unwrap();
        let key = SecretKey::from_pkcs8_pem(&pair.key).unwrap();
        assert_eq!(key.public_key().to_public_key_der().unwrap().as_bytes(), public_key);

        let signature = DerSignature::try_from(certificate.signature().raw_bytes()).unwrap();
        let signed = certificate.tbs_certificate().to_der().unwrap();
        VerifyingKey::from_public_key_der(&public_key).unwrap().verify(&signed, &signature).unwrap();

        let reading = Reading::of(pair.certificate.as_bytes()).unwrap();
        let other = self_signed(&owned(["example.com"]), 1, SystemTime::now()).unwrap();
        assert!(!reading.is_not_for(pair.key.as_bytes()));
        assert!(reading.is_not_for(other.key.as_bytes()));
    }

    #[test]
    fn serial_numbers_are_positive_long_and_never_the_same() {
        let numbers: std::collections::BTreeSet<_> =
            (0..1_000).map(|_| serial_number().unwrap().as_bytes().to_vec()).collect();
        assert_eq!(numbers.len(), 1_000);
        assert!(numbers.iter().all(|number| number.len() == 16 && (0x40..0x80).contains(&number[0])));
    }

    #[test]
    fn a_common_name_is_at_most_64_characters() {
        let long = format!("{}.example.com", "a".repeat(60));
        let common_name = |hosts: &[String]| {
            let pair = self_signed(hosts, 365, SystemTime::now()).unwrap();
            Certificate::from_pem(&pair.certificate).unwrap().tbs_certificate().subject().to_string()
        };
        assert_eq!(common_name(&[long.clone(), "short.example.com".to_owned()]), "CN=short.example.com");
        assert_eq!(common_name(&[long]), "CN=self-signed");
    }

    #[test]
    fn the_longest_validity_is_written_and_read() {
        let now = SystemTime::UNIX_EPOCH + DAY * 20_000;
        let pair = self_signed(&owned(["example.com"]), u16::MAX, now).unwrap();
        assert_eq!(Reading::of(pair.certificate.as_bytes()).unwrap().end, now + DAY * u16::MAX.into());
    }

    #[test]
    fn what_is_no_certificate_is_not_read() {
        for text in ["", "\n", "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----", "hello"] {
            assert!(Reading::of(text.as_bytes()).is_none(), "{text:?}");
        }
    }
}
