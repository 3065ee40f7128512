use super::Rule::*;
use super::{Faults, TypeRules, VALUE, syntax};
use crate::check::HashSet;
use crate::check::api::tree::Value;

const HOST_PATHS: &[&str] =
    &["", "DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"];

const ISCSI: &[(&str, super::Rule)] = &[
    ("targetPortal", Required),
    ("iqn", Must(iscsi_name)),
    ("initiatorName", IsIfSet(iscsi_name)),
    ("lun", Range(0, 255)),
    ("", By(chap)),
    ("", By(connection)),
];

pub(super) const RULES: &[TypeRules] = &[
    ("Volume", &[("name", Must(syntax::dns_label)), ("", By(source))]),
    ("EmptyDirVolumeSource", &[("sizeLimit", Amount), ("sizeLimit", By(super::quantity::unit))]),
    ("HostPathVolumeSource", &[("path", Must(syntax::without_backsteps)), ("type", OneOfIfSet(HOST_PATHS))]),
    ("NFSVolumeSource", &[("server", Required), ("path", Must(syntax::absolute_path))]),
    ("SecretVolumeSource", &[("secretName", Required), ("defaultMode", By(mode))]),
    ("ConfigMapVolumeSource", &[("name", Required), ("defaultMode", By(mode))]),
    ("DownwardAPIVolumeSource", &[("defaultMode", By(mode))]),
    ("ProjectedVolumeSource", &[("defaultMode", By(mode)), ("", By(projected))]),
    ("KeyToPath", &[("key", Required), ("path", Must(file_path)), ("mode", By(mode))]),
    (
        "DownwardAPIVolumeFile",
        &[("path", Must(file_path)), ("mode", By(mode)), ("", ExactlyOne(&["fieldRef", "resourceFieldRef"]))],
    ),
    (
        "VolumeProjection",
        &[(
            "",
            AtMostOne(&[
                "secret",
                "configMap",
                "downwardAPI",
                "serviceAccountToken",
                "clusterTrustBundle",
                "podCertificate",
            ]),
        )],
    ),
    ("SecretProjection", &[("name", Required)]),
    ("ConfigMapProjection", &[("name", Required)]),
    ("ServiceAccountTokenProjection", &[("path", Must(file_path)), ("expirationSeconds", Range(600, 1 << 32))]),
    ("PersistentVolumeClaimVolumeSource", &[("claimName", Required)]),
    ("EphemeralVolumeSource", &[("volumeClaimTemplate", Required)]),
    ("CSIVolumeSource", &[("driver", Must(driver)), ("nodePublishSecretRef", By(named))]),
    (
        "CSIPersistentVolumeSource",
        &[
            ("driver", Must(driver)),
            ("volumeHandle", Required),
            ("controllerPublishSecretRef", By(secret)),
            ("controllerExpandSecretRef", By(secret)),
            ("nodePublishSecretRef", By(secret)),
            ("nodeExpandSecretRef", By(secret)),
        ],
    ),
    ("LocalVolumeSource", &[("path", Must(syntax::without_backsteps))]),
    ("GitRepoVolumeSource", &[("repository", Required), ("directory", Is(syntax::relative_path))]),
    ("ImageVolumeSource", &[("pullPolicy", OneOf(&["Always", "IfNotPresent", "Never"])), ("", By(reference))]),
    ("ISCSIVolumeSource", ISCSI),
    ("ISCSIPersistentVolumeSource", ISCSI),
    ("FCVolumeSource", &[("", By(fibre))]),
    ("RBDVolumeSource", &[("monitors", Required), ("image", Required)]),
    ("RBDPersistentVolumeSource", &[("monitors", Required), ("image", Required)]),
    ("CephFSVolumeSource", &[("monitors", Required)]),
    ("CephFSPersistentVolumeSource", &[("monitors", Required)]),
    ("GlusterfsVolumeSource", &[("endpoints", Required), ("path", Required)]),
    ("FlexVolumeSource", &[("driver", Required)]),
    ("FlexPersistentVolumeSource", &[("driver", Required)]),
    ("AWSElasticBlockStoreVolumeSource", &[("volumeID", Required), ("partition", Range(0, 255))]),
    ("GCEPersistentDiskVolumeSource", &[("pdName", Required), ("partition", Range(0, 255))]),
    ("AzureFileVolumeSource", &[("secretName", Required), ("shareName", Required)]),
    ("AzureFilePersistentVolumeSource", &[("secretName", Required), ("shareName", Required)]),
    (
        "AzureDiskVolumeSource",
        &[
            ("diskName", Required),
            ("diskURI", Required),
            ("cachingMode", OneOfIfSet(&["None", "ReadOnly", "ReadWrite"])),
            ("kind", OneOfIfSet(&["Shared", "Dedicated", "Managed"])),
            ("", By(azure_disk)),
        ],
    ),
    ("CinderVolumeSource", &[("volumeID", Required), ("secretRef", By(of_any_name))]),
    ("CinderPersistentVolumeSource", &[("volumeID", Required), ("secretRef", By(of_any_name))]),
    ("VsphereVirtualDiskVolumeSource", &[("volumePath", Required)]),
];

fn file_path(path: &str) -> Option<&'static str> {
    syntax::relative_path(path).or(path.starts_with("..").then_some("names that begin with `..` are the kubelet's"))
}

pub(super) fn driver(name: &str) -> Option<&'static str> {
    if name.len() > 63 { Some("63 characters are the most") } else { syntax::dns_name(&name.to_ascii_lowercase()) }
}

/// A name of the three kinds that iSCSI has: `iqn.2026-01.org.example:disk`, `eui.` and 16 digits, `naa.` and 32.
fn iscsi_name(name: &str) -> Option<&'static str> {
    let is_one = match name.get(..3) {
        Some("iqn") => is_iqn(name),
        Some("eui") => name.len() == 20 && name[4..].bytes().all(|byte| byte.is_ascii_alphanumeric()),
        Some("naa") => name.len() == 36 && name[4..].bytes().all(|byte| byte.is_ascii_alphanumeric()),
        _ => false,
    };
    (!is_one).then_some("it is a name such as iqn.2026-01.org.example:disk, or begins with eui. or naa.")
}

fn is_iqn(name: &str) -> bool {
    let Some((authority, disk)) = name.split_once(':') else { return false };
    let mut parts = authority.splitn(3, '.');
    let date = parts.nth(1).unwrap_or_default();
    let is_date = date.len() == 7
        && date.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() });
    let domain = parts.next().unwrap_or_default();
    let is_domain =
        !domain.is_empty() && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    is_date && is_domain && !disk.is_empty() && !disk.contains([',', ';', '*', '&', '$', '|', ' ', '\t', '\n', '\r'])
}

fn chap(volume: Value<'_>, faults: &mut Faults) {
    let secret = volume.get("secretRef");
    if volume.get("chapAuthDiscovery").is_true() || volume.get("chapAuthSession").is_true() {
        if !secret.is_set() {
            faults.missing(volume, "secretRef", "with CHAP");
        } else if volume.type_name() == "ISCSIPersistentVolumeSource" && secret.get("name").is_blank() {
            faults.missing(secret, "name", "");
        }
    }
}

fn of_any_name(reference: Value<'_>, faults: &mut Faults) {
    if reference.is_set() {
        Required.check(reference.get("name"), reference, "name", faults);
    }
}

fn azure_disk(disk: Value<'_>, faults: &mut Faults) {
    let (kind, place) = (disk.get("kind").text(), disk.get("diskURI"));
    let (kind, start) = if kind == "Managed" { (kind, "/subscriptions/") } else { ("blob", "https://") };
    if !place.is_blank() && !place.text().starts_with(start) {
        faults.add(VALUE, place, format!("is {place}"), format!("that of a {kind} disk begins with {start}"));
    }
}

/// With an initiator of its own, a connection is named after the volume and where it leads.
fn connection(source: Value<'_>, faults: &mut Faults) {
    let volume = source.parent();
    let name = if volume.get("name").is_set() { volume.get("name") } else { volume.root().at("metadata.name") };
    let portal = source.get("targetPortal");
    let length = name.text().len() + 1 + portal.text().len();
    if source.get("initiatorName").is_set() && length > 64 {
        let fact = format!("makes {length} characters with the volume's name");
        faults.add(VALUE, portal, fact, "64 are the most beside initiatorName: shorten one of them");
    }
}

/// A volume is found by the names of its ports and a number, or by its own names.
fn fibre(volume: Value<'_>, faults: &mut Faults) {
    let (ports, own, lun) = (volume.get("targetWWNs"), volume.get("wwids"), volume.get("lun"));
    if ports.len() > 0 && own.len() > 0 {
        faults.forbidden(own, "beside targetWWNs");
    } else if ports.len() + own.len() == 0 {
        faults.missing(volume, "targetWWNs or wwids", "");
    }
    if ports.len() > 0 && !lun.is_set() {
        faults.missing(volume, "lun", "with targetWWNs");
    } else if ports.len() > 0 {
        super::in_range(lun, 0, 255, faults);
    }
}

/// Templates of controllers may leave it open.
fn reference(image: Value<'_>, faults: &mut Faults) {
    if image.root().type_name() == "Pod" {
        Required.check(image.get("reference"), image, "reference", faults);
    }
}

fn named(reference: Value<'_>, faults: &mut Faults) {
    if reference.is_set() {
        Must(syntax::dns_name).check(reference.get("name"), reference, "name", faults);
    }
}

fn secret(reference: Value<'_>, faults: &mut Faults) {
    named(reference, faults);
    if reference.is_set() {
        Must(syntax::dns_label).check(reference.get("namespace"), reference, "namespace", faults);
    }
}

/// A volume is a name and one source; without any it is an empty directory.
fn source(volume: Value<'_>, faults: &mut Faults) {
    let mut sources = volume.items().filter(|field| field.key() != "name");
    let first = sources.next();
    for more in sources {
        faults.forbidden(more, &format!("beside {}", first.map_or("", Value::key)));
    }
    let template = volume.at("ephemeral.volumeClaimTemplate");
    if !template.at("metadata.name").is_blank() {
        faults.forbidden(template.at("metadata.name"), "here: the claim is named after the pod and the volume");
    }
    let name = volume.root().at("metadata.name").text();
    if template.is_set() && volume.root().type_name() == "Pod" && !name.is_empty() {
        let claim = format!("{name}-{}", volume.get("name").text());
        if let Some(why) = syntax::dns_name(&claim) {
            faults.add("name-syntax", volume.get("name"), format!("makes a claim of the name {claim:?}"), why);
        }
    }
}

/// JSON has no octal numbers: what was meant as one is far from any mode that people use.
fn mode(mode: Value<'_>, faults: &mut Faults) {
    let Some(number) = mode.int() else { return };
    let meant = u32::from_str_radix(&number.to_string(), 8).ok().filter(|mode| *mode <= 0o777);
    let help = match meant {
        Some(meant) => format!("write 0{number:03}, or {meant} where the text is JSON"),
        None => "modes are 0000 to 0777".to_owned(),
    };
    if !(0..=0o777).contains(&number) {
        faults.add("file-mode-octal", mode, format!("is {number}, which is no mode of a file"), help);
    } else if meant.is_some_and(|meant| looks_octal(number) && !is_usual(number) && is_usual(i64::from(meant))) {
        faults.warn("file-mode-octal", mode, format!("is the decimal number {number}, the mode {number:04o}"), help);
    }
}

fn looks_octal(number: i64) -> bool {
    (400..=777).contains(&number)
}

/// Modes in which the owner can read, and nobody else can do more than the owner or write what they can't read.
fn is_usual(mode: i64) -> bool {
    let (owner, group, others) = (mode >> 6 & 7, mode >> 3 & 7, mode & 7);
    let reads = |part: i64| part == 0 || part & 4 != 0;
    owner & 4 != 0 && group & !owner == 0 && others & !group == 0 && reads(group) && reads(others)
}

fn projected(projected: Value<'_>, faults: &mut Faults) {
    let mut taken = HashSet::default();
    for source in projected.get("sources").items() {
        let files =
            ["secret", "configMap", "downwardAPI"].into_iter().flat_map(|kind| source.get(kind).get("items").items());
        for path in files.map(|file| file.get("path")) {
            if !path.is_blank() && !taken.insert(path.text()) {
                faults.add(VALUE, path, format!("is {path} a second time"), "write another path");
            }
        }
    }
}
