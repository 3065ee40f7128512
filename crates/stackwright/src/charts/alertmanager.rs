//! Alertmanager, which tells people of alerts: its chart, as a part of the `prometheus` chart, and its own configuration.

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::core::v1::{Affinity, ResourceRequirements, Toleration};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::{ServiceType, values};

values! {
    rename_all = "camelCase";

    /// All values of the chart that can be set here.
    pub struct Values {
        /// Whether it is installed.
        pub enabled: bool,
        /// Whom it tells what.
        pub config: Config,
        /// The Service in front of it.
        pub service: Service,
        /// The address that people type; links in messages lead there (`baseURL`).
        #[serde(rename = "baseURL")]
        pub base_url: String,
        /// CPU and memory of the pod.
        pub resources: ResourceRequirements,
        /// Labels that a node must have to run the pod.
        pub node_selector: BTreeMap<String, String>,
        /// Taints that the pod puts up with.
        pub tolerations: Vec<Toleration>,
        /// Which nodes and neighbours the pod prefers or refuses.
        pub affinity: Affinity,
        /// Where it keeps silences and what it told.
        pub persistence: Persistence,
        /// Secrets whose keys are files of the container.
        pub extra_secret_mounts: Vec<SecretMount>,
    }

    /// The Service in front of Alertmanager.
    pub struct Service {
        /// How it is reached (`type`).
        #[serde(rename = "type")]
        pub type_: ServiceType,
        /// Port of the Service.
        pub port: u16,
        /// Port of every node, if the type is `NodePort`.
        pub node_port: u16,
        /// Annotations of the Service.
        pub annotations: BTreeMap<String, String>,
        /// Address that is asked of a load balancer (`loadBalancerIP`); MetalLB prefers an annotation.
        #[serde(rename = "loadBalancerIP")]
        pub load_balancer_ip: IpAddr,
        /// Subnets from which a load balancer lets requests in.
        pub load_balancer_source_ranges: Vec<String>,
    }

    /// Where Alertmanager keeps silences and what it told.
    pub struct Persistence {
        /// Whether it keeps them when the pod ends. The chart's default is a volume.
        pub enabled: bool,
        /// Size of the volume.
        pub size: Quantity,
        /// Class of the volume.
        pub storage_class: String,
        /// How it is mounted, such as `ReadWriteOnce`.
        pub access_modes: Vec<String>,
    }

    /// A Secret whose keys are files of the container.
    pub struct SecretMount {
        /// Name of the volume.
        pub name: String,
        /// Name of the Secret.
        pub secret_name: String,
        /// The folder of the files.
        pub mount_path: String,
        /// Whether they can't be changed there.
        pub read_only: bool,
    }
}

values! {
    rename_all = "snake_case";

    /// Alertmanager's own configuration file. No password or address that is one stands in it: each has a member that names its file.
    pub struct Config {
        /// What holds for all of it.
        pub global: Global,
        /// Which alerts go where: the root, which takes all that no other route does.
        pub route: Route,
        /// Whom alerts are told to.
        pub receivers: Vec<Receiver>,
        /// Which alerts are not told while others last.
        pub inhibit_rules: Vec<InhibitRule>,
    }

    /// What holds for all of the configuration.
    pub struct Global {
        /// After what time an alert that nobody repeats is over.
        pub resolve_timeout: String,
    }

    /// Which alerts go to a receiver, and how they are put together.
    pub struct Route {
        /// The receiver's name.
        pub receiver: String,
        /// Labels: alerts that have all of them alike are one message.
        pub group_by: Vec<String>,
        /// How long the first message of a group waits for more alerts.
        pub group_wait: String,
        /// How long the next message of a group waits.
        pub group_interval: String,
        /// After what time what lasts is told again.
        pub repeat_interval: String,
        /// Which alerts, such as `severity = critical`: those that every one of them matches.
        pub matchers: Vec<String>,
        /// Routes that are asked before this one.
        pub routes: Vec<Route>,
    }

    /// Whom alerts are told to; nobody, where it has nothing but its name.
    pub struct Receiver {
        /// Its name.
        pub name: String,
        /// Programs that take Alertmanager's own JSON.
        pub webhook_configs: Vec<WebhookConfig>,
        /// Channels of Slack.
        pub slack_configs: Vec<SlackConfig>,
        /// Channels of Discord.
        pub discord_configs: Vec<DiscordConfig>,
    }

    /// A program that takes Alertmanager's own JSON.
    pub struct WebhookConfig {
        /// The file with its URL.
        pub url_file: String,
        /// Whether it is told when an alert is over.
        pub send_resolved: bool,
    }

    /// A channel of Slack.
    pub struct SlackConfig {
        /// The file with the URL of its incoming webhook.
        pub api_url_file: String,
        /// Whether it is told when an alert is over.
        pub send_resolved: bool,
    }

    /// A channel of Discord.
    pub struct DiscordConfig {
        /// The file with the URL of its webhook.
        pub webhook_url_file: String,
        /// Whether it is told when an alert is over.
        pub send_resolved: bool,
    }

    /// Alerts that are not told while others last.
    pub struct InhibitRule {
        /// Which last.
        pub source_matchers: Vec<String>,
        /// Which are not told.
        pub target_matchers: Vec<String>,
        /// Labels that both have to have alike.
        pub equal: Vec<String>,
    }
}
