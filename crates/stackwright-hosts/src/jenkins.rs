//! Jenkins on a host, as code, and the rights by which it brings an application into one namespace of a cluster.
//!
//! All that it knows is in a file of Configuration as Code: who administers it, which pipelines there are, which kubeconfig they use.
//! Its plugins are pinned. It has no page to set it up, and starts with no other configuration: until then it does not start.
//!
//! Pipelines run on this host, as Jenkins' own user. So who may write a repository's `Jenkinsfile` may do what Jenkins may do.
//!
//! Its kubeconfig holds a token of a ServiceAccount that the API server makes when it is asked ([TokenRequest]), and not one of a Secret. Such a
//! token is in no etcd, nobody can read it by a right on Secrets, and it ends by itself. The price is [`kubeconfig`]'s step, which has to be taken again
//! before that. It needs the cluster, so it is no part of what the host is given at first.
//!
//! [TokenRequest]: https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
//!
//! ```
//! use stackwright::prelude::*;
//! use stackwright_hosts::{jenkins, Download};
//!
//! # fn main() -> Result<(), Error> {
//! # let sum = "0".repeat(64);
//! let lan = Network::new("lan", Subnet::new("10.120.52.0/24")?);
//! let host = Host::new("ops", (2, 4096), Nic::on(&lan, 50)?);
//! let deployer = App::new("jenkins", "shop");
//! let jenkins = jenkins::artefact(&jenkins::Config {
//!     host: &host,
//!     url: "http://10.120.52.50:8080/",
//!     administrator: "admin",
//!     release: jenkins::LTS,
//!     kubectl: Download { version: "1.35.4", amd64: &sum, arm64: &sum },
//!     pipelines: &[jenkins::Pipeline {
//!         name: "shop",
//!         repository: "https://git.example.com/shop.git",
//!         branch: "main",
//!         path: "Jenkinsfile",
//!     }],
//! })?;
//! let (script, step) = jenkins::kubeconfig(&deployer, &host, "https://10.120.52.23:6443", 30)?;
//! let stack = Stack {
//!     objects: jenkins::rights(&deployer).into(),
//!     files: vec![script],
//!     steps: vec![step],
//!     ..Stack::new("jenkins", [])
//! };
//! # assert_eq!((stack.objects.len(), jenkins.listeners[0].port), (3, 8080));
//! # Ok(())
//! # }
//! ```

mod configuration;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use stackwright::prelude::*;

use crate::Download;
use crate::facts;
use crate::names::{check_host_name, is_dns_name};

/// The release with long-term support that the pinned plugins were published with, and the tool that brings plugins.
///
/// See <https://www.jenkins.io/changelog-stable/> and <https://github.com/jenkinsci/plugin-installation-manager-tool/releases>: read on 2026-11-27.
pub const LTS: Release<'static> = Release {
    jenkins: "2.568.3",
    plugin_manager: "2.15.0",
    plugin_manager_sum: "a86853ec2e2933f37a4b471ba65099b61e03c87a80c2ef8fe2315eb135672d43",
};

/// The port at which Jenkins' package listens.
const PORT: u16 = 8080;

/// The secret's file, as systemd hands it to Jenkins, and as Configuration as Code calls it.
const ADMINISTRATOR: &str = "administrator";

/// Jenkins on a host.
#[derive(Debug, Clone, Copy)]
pub struct Config<'a> {
    /// The host. Jenkins listens at its address.
    pub host: &'a Host,
    /// What people type to reach it, with a slash at its end. Links in its pages begin with it.
    pub url: &'a str,
    /// The name of the one user, who may do everything. The password is a secret that is made.
    pub administrator: &'a str,
    /// What is installed: [`LTS`].
    pub release: Release<'a>,
    /// The kubectl that pipelines use, by the sums that Kubernetes publishes. Its version is without `v`.
    pub kubectl: Download<'a>,
    /// The pipelines.
    pub pipelines: &'a [Pipeline<'a>],
}

/// A release of Jenkins, and the version and SHA-256 of the plugin installation manager.
#[derive(Debug, Clone, Copy)]
pub struct Release<'a> {
    /// The version of Jenkins' package.
    pub jenkins: &'a str,
    /// The version of the tool.
    pub plugin_manager: &'a str,
    /// Its sum.
    pub plugin_manager_sum: &'a str,
}

/// A pipeline, which a file of a repository describes. When it runs the file says, too.
#[derive(Debug, Clone, Copy)]
pub struct Pipeline<'a> {
    /// Its name.
    pub name: &'a str,
    /// The URL of the repository, which anybody may read.
    pub repository: &'a str,
    /// The branch.
    pub branch: &'a str,
    /// The path of the file there.
    pub path: &'a str,
}

/// Jenkins, its plugins and kubectl, as a host is given them.
///
/// # Errors
/// When the host has no address that is known, a name, URL or path cannot be one, a pipeline is there twice, or a sum is none.
pub fn artefact(config: &Config) -> Result<Artefact, Error> {
    let Config { host, release, kubectl, .. } = config;
    check(config)?;
    let administrator = Key {
        name: "jenkins-administrator".into(),
        file: format!("jenkins/{}/{ADMINISTRATOR}", host.name).into(),
        material: Material::Password,
    };
    let path = format!("jenkins/{}.yaml", host.name);
    let drop_in = template(
        &format!("machines/jenkins/{}.service", host.name),
        include_str!("jenkins/drop-in.service.j2"),
        DropIn { address: host.address()?.to_string(), port: PORT },
    )?;
    let arguments = [
        path.as_str(),
        drop_in.path.as_str().trim_start_matches("machines/"),
        config.administrator,
        config.url,
        release.jenkins,
        release.plugin_manager,
        release.plugin_manager_sum,
        kubectl.version,
        kubectl.amd64,
        kubectl.arm64,
    ];
    let secret = format!("secrets/{}", administrator.file);
    Ok(Artefact {
        arguments: arguments.iter().map(|word| (*word).to_owned()).chain([secret]).collect(),
        files: vec![
            File::new(format!("machines/{path}"), configuration::yaml(config)?),
            drop_in,
            File::new("machines/jenkins/plugins.txt", plugins()),
        ],
        secrets: vec![administrator],
        listeners: vec![Listener::tcp("Jenkins", PORT)],
        ..Artefact::new(host, "Jenkins", File::script("machines/remote/jenkins.sh", include_str!("jenkins/jenkins.sh")))
    })
}

/// The ServiceAccount of a deployer, and what it may do: change the Deployments of its namespace, and nothing else.
///
/// Who can write a Deployment can mount the namespace's Secrets in its pods: a namespace with others' secrets is not one to deploy to.
pub fn rights(deployer: &App) -> [Object; 3] {
    let account = ServiceAccount {
        // No pod has it.
        automount_service_account_token: Some(false),
        ..service_account(deployer)
    };
    let verbs = ["create", "get", "list", "patch", "update", "watch"];
    let role = rbac::role(deployer, vec![rbac::rule("apps", ["deployments"], verbs)]);
    let binding = rbac::role_binding(&role, &account);
    [account.into(), role.into(), binding.into()]
}

/// The script that asks the cluster for a deployer's token, valid for so many days, and brings a kubeconfig with it to the host by ssh; and its step.
/// The API server may shorten the time, and the script says when it ends.
///
/// # Errors
/// When the namespace or the account's name, or the API server's URL, cannot be one, or the token would be valid for no day.
pub fn kubeconfig(deployer: &App, host: &Host, api_server: &str, days: u16) -> Result<(File, (When, Step)), Error> {
    check_host_name(&host.name)?;
    for name in [&deployer.name, &deployer.namespace] {
        check_word("the name of an account or a namespace", name, is_dns_name)?;
    }
    check_word("the URL of an API server", api_server, |url| url.starts_with("https://") && is_plain(url))?;
    if !(1..=365).contains(&days) {
        return Err(Error::new(format!("a token that is valid for {days} days"), "give it 1 to 365 days"));
    }
    let values =
        Kubeconfig { host: &host.name, namespace: &deployer.namespace, account: &deployer.name, api_server, days };
    let text = template("machines/jenkins-kubeconfig.sh", include_str!("jenkins/kubeconfig.sh.j2"), values)?;
    let does =
        format!("Let Jenkins on {} deploy to {}; again before {days} days are over", host.name, deployer.namespace);
    Ok((File { executable: true, ..text }, (When::Running, Step::new(&does, "machines/jenkins-kubeconfig.sh"))))
}

#[derive(Serialize)]
struct Kubeconfig<'a> {
    host: &'a str,
    namespace: &'a str,
    account: &'a str,
    api_server: &'a str,
    days: u16,
}

#[derive(Serialize)]
struct DropIn {
    address: String,
    port: u16,
}

/// The plugins that Jenkins is given, each with its version: what they need comes with them, at the versions that they name.
fn plugins() -> String {
    let lines: Vec<_> = PLUGINS.iter().map(|Plugin { name, version, .. }| format!("{name}:{version}\n")).collect();
    lines.concat()
}

static PLUGINS: LazyLock<Vec<Plugin>> = LazyLock::new(|| facts::table(include_str!("jenkins/plugins.yaml")));

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plugin {
    name: String,
    version: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the facts again"))]
    read: String,
}

fn check(config: &Config) -> Result<(), Error> {
    let Config { host, url, administrator, release, kubectl, pipelines } = config;
    check_host_name(&host.name)?;
    check_word("a URL of Jenkins", url, |url| is_http(url) && url.ends_with('/'))?;
    check_word("a user of Jenkins", administrator, is_dns_name)?;
    kubectl.check()?;
    Download { version: release.plugin_manager, amd64: release.plugin_manager_sum, arm64: release.plugin_manager_sum }
        .check()?;
    for version in [release.jenkins, release.plugin_manager, kubectl.version] {
        check_word("a version", version, |version| {
            version.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        })?;
    }
    for (number, Pipeline { name, repository, branch, path }) in pipelines.iter().enumerate() {
        check_word("the name of a pipeline", name, |name| is_dns_name(name) && !name.contains('.'))?;
        check_word("the URL of a repository", repository, is_http)?;
        check_word("the name of a branch", branch, |branch| is_plain(branch) && !branch.contains(':'))?;
        check_word("the path of a file", path, |path| {
            is_plain(path) && !path.starts_with('/') && !path.contains("..")
        })?;
        if pipelines[..number].iter().any(|other| other.name == *name) {
            return Err(Error::new(format!("pipeline `{name}` is there twice"), "give each a name of its own"));
        }
    }
    Ok(())
}

/// Words of YAML, of Groovy, of a shell and of URLs at once: what would need quotes in one of them is refused.
fn check_word(what: &str, word: &str, is_one: impl Fn(&str) -> bool) -> Result<(), Error> {
    if is_one(word) {
        return Ok(());
    }
    Err(Error::new(
        format!("`{}` is not {what}", word.escape_debug()),
        "write it with letters, digits and . _ ~ / : - only, as far as it may have them",
    ))
}

fn is_http(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && is_plain(url)
}

fn is_plain(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"._~/:-".contains(&byte);
    !word.is_empty() && !word.starts_with('-') && word.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_plugin_has_its_source_and_a_version() {
        for Plugin { name, version, source, read } in &*PLUGINS {
            facts::assert_sourced(source, read);
            assert!(is_dns_name(name) && is_plain(version), "{name}:{version}");
        }
        // Without it Jenkins would read no configuration, and be anybody's.
        assert!(PLUGINS.iter().any(|plugin| plugin.name == "configuration-as-code"));
    }
}
