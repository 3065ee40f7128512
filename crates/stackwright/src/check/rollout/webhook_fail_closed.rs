use k8s_openapi::api::admissionregistration::v1::{
    MatchCondition, MutatingWebhookConfiguration, RuleWithOperations, ServiceReference, ValidatingWebhookConfiguration,
    WebhookClientConfig,
};
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::check::references::selects_namespace;
use crate::check::{Check, Finding, Group, Index, Item, Pods, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "webhook-fail-closed",
    group: Group::Rollout,
    profile: Profile::Link,
    severity: Severity::Error,
    about: "An admission webhook must answer before a pod is made, and is asked about its own pods.",
    run,
};

/// What a webhook of either kind says.
pub(super) struct Webhook<'a> {
    pub(super) item: Item<'a>,
    pub(super) path: String,
    name: &'a str,
    service: &'a ServiceReference,
    rules: &'a [RuleWithOperations],
    namespaces: Option<&'a LabelSelector>,
    objects: Option<&'a LabelSelector>,
}

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    for webhook in closed_webhooks(index) {
        let own = backends(index, &webhook);
        let Some(pods) = own.into_iter().find(|pods| webhook.asks_about(index, pods)) else { continue };
        let label = webhook.item.label();
        let message = format!("webhook {} of {label} must allow the pods that answer it", webhook.name);
        let namespace = &webhook.service.namespace;
        let finding = CHECK.finding(
            message,
            format!(
                "leave out namespace {namespace}: namespaceSelector.matchExpressions with kubernetes.io/metadata.name NotIn [{namespace}]"
            ),
        );
        findings.push(
            finding
                .why("once none of them runs, none can start, and no other pod that it is asked about either")
                .at(webhook.item, webhook.path)
                .see(pods.item, "metadata.name", "the pods that answer it"),
        );
    }
}

/// The webhooks that refuse what they cannot be asked about, and that pods of the cluster answer.
pub(super) fn closed_webhooks<'a>(index: &Index<'a>) -> Vec<Webhook<'a>> {
    let mut webhooks = Vec::new();
    let mut add = |webhook: Option<Webhook<'a>>| webhooks.extend(webhook);
    for (item, configuration) in index.all::<ValidatingWebhookConfiguration>() {
        for (number, hook) in configuration.webhooks.iter().flatten().enumerate() {
            let selectors = (hook.namespace_selector.as_ref(), hook.object_selector.as_ref());
            let closed = closed(hook.failure_policy.as_ref(), hook.match_conditions.as_ref(), &hook.client_config);
            let rules = hook.rules.as_deref();
            add(closed.map(|service| webhook(item, number, &hook.name, service, rules, selectors)));
        }
    }
    for (item, configuration) in index.all::<MutatingWebhookConfiguration>() {
        for (number, hook) in configuration.webhooks.iter().flatten().enumerate() {
            let selectors = (hook.namespace_selector.as_ref(), hook.object_selector.as_ref());
            let closed = closed(hook.failure_policy.as_ref(), hook.match_conditions.as_ref(), &hook.client_config);
            let rules = hook.rules.as_deref();
            add(closed.map(|service| webhook(item, number, &hook.name, service, rules, selectors)));
        }
    }
    webhooks
}

fn webhook<'a>(
    item: Item<'a>,
    number: usize,
    name: &'a str,
    service: &'a ServiceReference,
    rules: Option<&'a [RuleWithOperations]>,
    (namespaces, objects): (Option<&'a LabelSelector>, Option<&'a LabelSelector>),
) -> Webhook<'a> {
    let (path, rules) = (format!("webhooks[{number}]"), rules.unwrap_or_default());
    Webhook { item, path, name, service, rules, namespaces, objects }
}

/// The Service of a webhook that refuses what it cannot be asked about.
fn closed<'a>(
    policy: Option<&String>,
    conditions: Option<&Vec<MatchCondition>>,
    client: &'a WebhookClientConfig,
) -> Option<&'a ServiceReference> {
    let closed = policy.is_none_or(|policy| policy == "Fail") && conditions.is_none_or(Vec::is_empty);
    client.service.as_ref().filter(|_| closed)
}

/// The pods that answer a webhook.
pub(super) fn backends<'i, 'a>(index: &'i Index<'a>, webhook: &Webhook<'_>) -> Vec<&'i Pods<'a>> {
    let ServiceReference { namespace, name, .. } = webhook.service;
    let service = index.get::<Service>(namespace, name);
    let selector = service.and_then(|(_, service)| service.spec.as_ref()?.selector.as_ref());
    selector.map(|labels| index.selected(namespace, labels)).unwrap_or_default()
}

impl Webhook<'_> {
    /// Whether it is asked before these pods are made.
    pub(super) fn asks_about(&self, index: &Index<'_>, pods: &Pods<'_>) -> bool {
        let namespace = pods.item.namespace;
        self.rules.iter().any(asks_about_pods)
            && self.namespaces.is_none_or(|selector| selects_namespace(index, selector, namespace) == Some(true))
            && self.objects.is_none_or(|selector| pods.match_selector(selector))
    }
}

/// Whether a rule is about the making of pods.
fn asks_about_pods(rule: &RuleWithOperations) -> bool {
    let lists =
        |list: &Option<Vec<String>>, names: &[&str]| list.iter().flatten().any(|name| names.contains(&name.as_str()));
    lists(&rule.operations, &["CREATE", "*"])
        && lists(&rule.api_groups, &["", "*"])
        && lists(&rule.api_versions, &["v1", "*"])
        && lists(&rule.resources, &["pods", "*", "*/*"])
        && rule.scope.as_deref() != Some("Cluster")
}
