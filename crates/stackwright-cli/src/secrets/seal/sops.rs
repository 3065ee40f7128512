//! Files of SOPS, as its version 3 writes and reads them: `aes/cipher.go`, `sops.go` and `stores/stores.go` of github.com/getsops/sops.
//!
//! Each value is AES-256-GCM of its own, bound to its path; all of them, in their order, are what the MAC is of. The key is new for each file, and
//! encrypted by age for each recipient.

use std::collections::BTreeMap;
use std::time::SystemTime;

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::aes::Aes256;
use aes_gcm::aes::cipher::consts::U32;
use aes_gcm::{AesGcm, KeyInit as _, Nonce};
use age::armor::ArmoredReader;
use age::{Decryptor, Identity, IdentityFile, x25519::Recipient};
use base64ct::{Base64, Encoding as _};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha512};
use stackwright::yaml::{self, Node};
use stackwright::{Error, SecretSpec};
use x509_cert::der::DateTime;

use crate::secrets::material::random_bytes;

/// Its initialization vectors have 32 bytes.
type Cipher = AesGcm<Aes256, U32>;

/// The key of a file's metadata.
const SOPS: &str = "sops";

/// What is encrypted: the values of a Secret, and nothing by which it is found.
const ENCRYPTED: &str = "^(data|stringData)$";

/// The version that these files were tried with.
const VERSION: &str = "3.13.2";

pub type Identities = [Box<dyn Identity + Send + Sync>];

/// The keys of a key file, as `age-keygen` writes it.
pub fn identities(text: &str) -> Result<Vec<Box<dyn Identity + Send + Sync>>, Error> {
    let help = "name the file that `age-keygen` wrote: a line of it begins with AGE-SECRET-KEY-1";
    let file = IdentityFile::from_buffer(text.as_bytes());
    // Neither says what the file holds.
    let file = file.map_err(|error| Error::new(format!("the key file cannot be read: {error}"), help))?;
    let identities = file.into_identities().map_err(|error| Error::new(error.to_string(), help))?;
    if identities.is_empty() { Err(Error::new("the key file has no key", help)) } else { Ok(identities) }
}

/// Who can open a sealed file, sorted.
pub fn recipients(text: &str) -> Result<Vec<String>, Error> {
    let document = document(text)?;
    let keys = document.at("sops.age").map_or(&[][..], Node::items);
    let mut recipients: Vec<_> =
        keys.iter().filter_map(|key| key.get("recipient")?.text()).map(str::to_owned).collect();
    recipients.sort();
    Ok(recipients)
}

/// A sealed Secret, or, without one, values that are in none.
pub fn sealed<'v>(
    secret: Option<&SecretSpec>,
    values: impl Iterator<Item = (&'v str, &'v [u8])>,
    recipients: &[String],
    now: SystemTime,
) -> Result<String, Error> {
    let mut document = Map::new();
    if let Some(secret) = secret {
        document.insert("apiVersion".into(), "v1".into());
        document.insert("kind".into(), "Secret".into());
        document.insert("metadata".into(), json!({"name": secret.name, "namespace": secret.namespace}));
        document.insert("type".into(), secret.type_.as_str().into());
    }
    let (mut texts, mut bytes) = (Map::new(), Map::new());
    for (name, value) in values {
        match str::from_utf8(value) {
            Ok(text) => _ = texts.insert(name.into(), text.into()),
            Err(_) => _ = bytes.insert(name.into(), Base64::encode_string(value).into()),
        }
    }
    for (field, map) in [("stringData", texts), ("data", bytes)] {
        if !map.is_empty() {
            document.insert(field.into(), map.into());
        }
    }

    let key = random_bytes::<32>()?;
    let cipher = Cipher::new(&key.into());
    let mut mac = Sha512::new();
    for (field, value) in &mut document {
        let is_encrypted = is_encrypted(field);
        encrypt(&cipher, value, &format!("{field}:"), is_encrypted, &mut mac)?;
    }
    let modified = DateTime::from_system_time(now)
        .map_err(|error| Error::new(format!("it is no time: {error}"), "see to it that this machine's clock is right"))?
        .to_string();
    let mac = hex(mac);
    let keys = recipients.iter().map(|recipient| {
        let enc = age::encrypt_and_armor(&parsed(recipient)?, &key).map_err(|error| failed(&error))?;
        Ok(json!({"recipient": recipient, "enc": enc}))
    });
    let metadata = json!({
        "age": keys.collect::<Result<Vec<_>, Error>>()?,
        "mac": value(&cipher, mac.as_bytes(), &modified)?,
        "lastmodified": modified,
        "encrypted_regex": ENCRYPTED,
        "version": VERSION,
    });
    document.insert(SOPS.into(), metadata);
    yaml::to_string(&document)
        .map_err(|error| Error::yaml("a sealed file cannot be written", "its names are text", error))
}

/// The values of a sealed file by name.
pub fn opened(text: &str, identities: &Identities) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let document = document(text)?;
    let metadata = |field: &str| {
        let text = document.get(SOPS).and_then(|sops| sops.get(field)).and_then(Node::text);
        text.ok_or_else(|| Error::new(format!("it has no {SOPS}.{field}"), "take git's version of the file"))
    };
    if metadata("encrypted_regex")? != ENCRYPTED {
        let help = format!("seal it again: `{ENCRYPTED}` is what is encrypted in files that are read here");
        return Err(Error::new("other parts of it are encrypted than its values", help));
    }
    let cipher = Cipher::new(&key(&document, identities)?.into());
    let (mut mac, mut values) = (Sha512::new(), BTreeMap::new());
    for entry in document.entries().iter().filter(|entry| entry.key != SOPS) {
        decrypt(
            &cipher,
            &entry.value,
            &format!("{}:", entry.key),
            is_encrypted(&entry.key),
            &mut mac,
            &mut |path, value| {
                let Some((field, name)) = path.trim_end_matches(':').split_once(':') else { return Ok(()) };
                let value = if field == "data" { bytes(&value)? } else { value };
                values.insert(name.to_owned(), value);
                Ok(())
            },
        )?;
    }
    if plain(&cipher, metadata("mac")?, metadata("lastmodified")?)? != hex(mac).as_bytes() {
        return Err(changed());
    }
    Ok(values)
}

fn document(text: &str) -> Result<Node, Error> {
    let help = "take git's version of the file; after a merge, seal it again";
    let read = yaml::read(text).map_err(|problems| {
        let problem = problems.first().map(|problem| format!("line {}: {}", problem.span.line, problem.message));
        Error::new(format!("it cannot be read: {}", problem.unwrap_or_default()), help)
    })?;
    let mut documents = read.documents.into_iter();
    match (documents.next(), documents.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Error::new("it is not one document", help)),
    }
}

fn is_encrypted(field: &str) -> bool {
    ["data", "stringData"].contains(&field)
}

/// Takes the values below a path to the MAC, and encrypts them if they are to be.
fn encrypt(cipher: &Cipher, node: &mut Value, path: &str, is_encrypted: bool, mac: &mut Sha512) -> Result<(), Error> {
    match node {
        Value::Object(members) => members
            .iter_mut()
            .try_for_each(|(key, value)| encrypt(cipher, value, &format!("{path}{key}:"), is_encrypted, mac)),
        Value::String(text) => {
            mac.update(text.as_bytes());
            if is_encrypted {
                *text = value(cipher, text.as_bytes(), path)?;
            }
            Ok(())
        }
        // There are none.
        _ => Ok(()),
    }
}

/// Takes the values below a path to the MAC, decrypted if they are encrypted, which are then found.
fn decrypt(
    cipher: &Cipher,
    node: &Node,
    path: &str,
    is_encrypted: bool,
    mac: &mut Sha512,
    found: &mut impl FnMut(&str, Vec<u8>) -> Result<(), Error>,
) -> Result<(), Error> {
    match &node.value {
        yaml::Value::Map(entries) => entries.iter().try_for_each(|entry| {
            decrypt(cipher, &entry.value, &format!("{path}{}:", entry.key), is_encrypted, mac, found)
        }),
        yaml::Value::List(items) => {
            items.iter().try_for_each(|item| decrypt(cipher, item, path, is_encrypted, mac, found))
        }
        yaml::Value::String(text) if is_encrypted => {
            let value = plain(cipher, text, path)?;
            mac.update(&value);
            found(path, value)
        }
        yaml::Value::String(text) => {
            mac.update(text.as_bytes());
            Ok(())
        }
        // As Python writes them, in which it was written first.
        yaml::Value::Bool(value) => {
            mac.update(if *value { "True" } else { "False" });
            Ok(())
        }
        yaml::Value::Number(number) => {
            mac.update(number.to_string());
            Ok(())
        }
        yaml::Value::Null => Ok(()),
    }
}

/// An encrypted value; an empty one is left as it is.
fn value(cipher: &Cipher, plain: &[u8], path: &str) -> Result<String, Error> {
    if plain.is_empty() {
        return Ok(String::new());
    }
    let iv = random_bytes::<32>()?;
    let payload = Payload { msg: plain, aad: path.as_bytes() };
    let sealed = cipher.encrypt(&Nonce::from(iv), payload).map_err(|error| failed(&error))?;
    let (data, tag) = sealed.split_at(sealed.len() - 16);
    let [data, iv, tag] = [data, &iv, tag].map(Base64::encode_string);
    Ok(format!("ENC[AES256_GCM,data:{data},iv:{iv},tag:{tag},type:str]"))
}

fn plain(cipher: &Cipher, value: &str, path: &str) -> Result<Vec<u8>, Error> {
    if value.is_empty() {
        return Ok(Vec::new());
    }
    let parts = || {
        let inner = value.strip_prefix("ENC[AES256_GCM,data:")?.strip_suffix(']')?;
        let (data, rest) = inner.split_once(",iv:")?;
        let (iv, rest) = rest.split_once(",tag:")?;
        let (tag, _) = rest.split_once(",type:")?;
        let [data, iv, tag] = [data, iv, tag].map(|part| Base64::decode_vec(part).ok());
        Some(([data?, tag?].concat(), <[u8; 32]>::try_from(iv?).ok()?))
    };
    let (sealed, iv) = parts().ok_or_else(changed)?;
    cipher.decrypt(&Nonce::from(iv), Payload { msg: &sealed, aad: path.as_bytes() }).map_err(|_| changed())
}

/// A MAC as it is written.
fn hex(mac: Sha512) -> String {
    mac.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02X}"))
}

/// The file's key, if one of these identities may have it.
fn key(document: &Node, identities: &Identities) -> Result<[u8; 32], Error> {
    for recipient in document.at("sops.age").map_or(&[][..], Node::items) {
        let Some(enc) = recipient.get("enc").and_then(Node::text) else { continue };
        let Ok(decryptor) = Decryptor::new_buffered(ArmoredReader::new(enc.as_bytes())) else { continue };
        let Ok(mut reader) = decryptor.decrypt(identities.iter().map(|identity| &**identity as &dyn Identity)) else {
            continue;
        };
        let mut key = Vec::new();
        if std::io::Read::read_to_end(&mut reader, &mut key).is_ok()
            && let Ok(key) = key.try_into()
        {
            return Ok(key);
        }
    }
    Err(Error::new(
        "no key of the key file opens it",
        "use the key of one whom it is sealed for, or let one of them seal it for you: `secrets seal -r age1...`",
    ))
}

/// Keys and typing errors are not shown: one may have been taken for the other.
fn parsed(recipient: &str) -> Result<Recipient, Error> {
    recipient.parse().map_err(|why| {
        let help = "a recipient begins with age1; `age-keygen -y KEYFILE` prints that of a key";
        Error::new(format!("one of the recipients is none of age's: {why}"), help)
    })
}

fn bytes(base64: &[u8]) -> Result<Vec<u8>, Error> {
    let text = str::from_utf8(base64).ok().and_then(|text| Base64::decode_vec(text).ok());
    text.ok_or_else(|| Error::new("what is in its `data` is no base64", "write text to `stringData`"))
}

fn changed() -> Error {
    Error::new(
        "it was changed by something that is not `sops`, or is of two versions",
        "take git's version of the file; after a merge, seal it again",
    )
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::new(format!("it cannot be encrypted: {error}"), "this is a bug of `secrets seal`")
}
