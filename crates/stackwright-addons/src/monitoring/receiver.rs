//! Whom Alertmanager tells of alerts.

use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use stackwright::charts::alertmanager::{
    self as chart, DiscordConfig, Receiver as ReceiverConfig, Route, SlackConfig, WebhookConfig,
};
use stackwright::prelude::*;

use super::Config;

/// The Secret with the receiver's URL, and the key of it.
pub(super) const SECRET: &str = "alertmanager-receiver";
const KEY: &str = "url";
/// The receivers' names: who tells people, and who tells nobody. kube-prometheus-stack has a route to the second.
const PEOPLE: &str = "people";
const NOBODY: &str = "null";

/// Whom Alertmanager tells of alerts. Whoever knows its URL can write there: it is a secret that a person gives, and a file for Alertmanager.
#[derive(Debug, Clone, PartialEq)]
pub struct Receiver {
    /// What it takes.
    pub takes: Messages,
    /// Where it is, as NetworkPolicies see it: everyone but one's own subnets, for a service in the internet.
    pub at: Vec<NetworkPolicyPeer>,
    /// Its port, such as 443.
    pub port: u16,
}

/// What a receiver takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Messages {
    /// Alertmanager's own JSON.
    Webhook,
    /// Messages for a channel of Slack, or of what takes the same, such as Mattermost.
    Slack,
    /// Messages for a channel of Discord.
    Discord,
}

impl Messages {
    /// What its URL is.
    fn url(self) -> &'static str {
        match self {
            Self::Webhook => "the URL to which Alertmanager posts alerts as JSON",
            Self::Slack => "the URL of an incoming webhook, from the settings of an app in Slack",
            Self::Discord => "the URL of a webhook, from the integrations of a channel in Discord",
        }
    }
}

/// The Secret with the receiver's URL.
pub(super) fn secret(config: &Config<'_>) -> Option<SecretSpec> {
    let Receiver { takes, .. } = config.receiver.as_ref()?;
    // Alertmanager reads the file anew for each message: nothing is left to do after a rotation.
    Some(SecretSpec {
        purpose: "Where Alertmanager tells people of alerts".into(),
        ..SecretSpec::new(&config.namespace, SECRET, [(KEY, Material::Given(takes.url().into()))])
    })
}

/// Alertmanager's configuration, with the Secret's keys as files of this folder.
pub(super) fn configuration(config: &Config<'_>, folder: &str) -> Option<chart::Config> {
    let Receiver { takes, .. } = config.receiver.as_ref()?;
    let (file, send_resolved) = (Some(format!("{folder}/{KEY}")), Some(true));
    let people = match takes {
        Messages::Webhook => {
            ReceiverConfig { webhook_configs: Some(vec![WebhookConfig { url_file: file, send_resolved }]), ..default() }
        }
        Messages::Slack => {
            ReceiverConfig { slack_configs: Some(vec![SlackConfig { api_url_file: file, send_resolved }]), ..default() }
        }
        Messages::Discord => ReceiverConfig {
            discord_configs: Some(vec![DiscordConfig { webhook_url_file: file, send_resolved }]),
            ..default()
        },
    };
    Some(chart::Config {
        route: Some(Route {
            receiver: Some(PEOPLE.into()),
            group_by: Some(vec!["namespace".into(), "alertname".into()]),
            group_wait: Some("30s".into()),
            group_interval: Some("5m".into()),
            repeat_interval: Some("12h".into()),
            // kube-prometheus-stack's: the first always fires, to show that alerts arrive; the second only keeps others back.
            routes: Some(vec![Route {
                receiver: Some(NOBODY.into()),
                matchers: Some(vec![r#"alertname =~ "Watchdog|InfoInhibitor""#.into()]),
                ..default()
            }]),
            ..default()
        }),
        receivers: Some(vec![
            ReceiverConfig { name: Some(NOBODY.into()), ..default() },
            ReceiverConfig { name: Some(PEOPLE.into()), ..people },
        ]),
        ..default()
    })
}
