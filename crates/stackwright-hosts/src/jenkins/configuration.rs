//! The file that the plugin Configuration as Code reads, as far as it is used here:
//! <https://github.com/jenkinsci/configuration-as-code-plugin/tree/master/demos>.

use serde::Serialize;
use stackwright::{Error, yaml};

use super::{ADMINISTRATOR, Config, Pipeline};

/// The text of the file.
pub(super) fn yaml(config: &Config) -> Result<String, Error> {
    yaml::to_string(&Configuration::of(config)).map_err(|error| {
        Error::new(format!("Jenkins' configuration cannot be written: {error}"), "it has plain values")
    })
}

#[derive(Serialize)]
struct Configuration<'a> {
    jenkins: Jenkins<'a>,
    credentials: Credentials,
    unclassified: Unclassified<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    jobs: Vec<Job>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Jenkins<'a> {
    system_message: &'static str,
    num_executors: u32,
    mode: &'static str,
    /// No port for agents: there are none.
    slave_agent_port: i32,
    security_realm: SecurityRealm<'a>,
    authorization_strategy: AuthorizationStrategy,
}

#[derive(Serialize)]
struct SecurityRealm<'a> {
    local: Local<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Local<'a> {
    allows_signup: bool,
    users: [User<'a>; 1],
}

#[derive(Serialize)]
struct User<'a> {
    id: &'a str,
    /// The plugin puts the secret in, when it reads the file.
    password: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthorizationStrategy {
    logged_in_users_can_do_anything: LoggedIn,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LoggedIn {
    allow_anonymous_read: bool,
}

#[derive(Serialize)]
struct Credentials {
    system: System,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct System {
    domain_credentials: [Domain; 1],
}

#[derive(Serialize)]
struct Domain {
    credentials: [Credential; 1],
}

#[derive(Serialize)]
struct Credential {
    file: SecretFile,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SecretFile {
    scope: &'static str,
    id: &'static str,
    file_name: &'static str,
    description: &'static str,
    secret_bytes: &'static str,
}

#[derive(Serialize)]
struct Unclassified<'a> {
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    url: &'a str,
}

/// What the plugin Job DSL runs.
#[derive(Serialize)]
struct Job {
    script: String,
}

impl<'a> Configuration<'a> {
    fn of(config: &Config<'a>) -> Self {
        let user = User { id: config.administrator, password: format!("${{{ADMINISTRATOR}}}") };
        let kubeconfig = SecretFile {
            scope: "GLOBAL",
            id: "kubeconfig",
            file_name: "kubeconfig",
            description: "The deployer's, which machines/jenkins-kubeconfig.sh brings",
            secret_bytes: "${readFileBase64:/run/credentials/jenkins.service/kubeconfig}",
        };
        Self {
            jenkins: Jenkins {
                system_message: "All of this is code: what is changed here by hand is gone after the next start.",
                num_executors: 2,
                mode: "NORMAL",
                slave_agent_port: -1,
                security_realm: SecurityRealm { local: Local { allows_signup: false, users: [user] } },
                authorization_strategy: AuthorizationStrategy {
                    logged_in_users_can_do_anything: LoggedIn { allow_anonymous_read: false },
                },
            },
            credentials: Credentials {
                system: System { domain_credentials: [Domain { credentials: [Credential { file: kubeconfig }] }] },
            },
            unclassified: Unclassified { location: Location { url: config.url } },
            jobs: config.pipelines.iter().map(Job::of).collect(),
        }
    }
}

impl Job {
    /// Each value is a word that needs no quotes of Groovy: it was checked.
    fn of(pipeline: &Pipeline) -> Self {
        let Pipeline { name, repository, branch, path } = pipeline;
        let scm = format!("git {{ remote {{ url('{repository}') }}; branch('{branch}') }}");
        let script = format!(
            "pipelineJob('{name}') {{\n  definition {{\n    cpsScm {{\n      scm {{ {scm} }}\n      scriptPath('{path}')\n      lightweight(true)\n    }}\n  }}\n}}\n"
        );
        Self { script }
    }
}
