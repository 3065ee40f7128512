use k8s_openapi::api::admissionregistration::v1::{
    MutatingWebhookConfiguration, ServiceReference, ValidatingWebhookConfiguration, WebhookClientConfig,
};
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService;

use super::missing::{missing, of_part};
use super::ports;
use crate::check::{Check, Finding, Group, Index, Item, Profile, Severity};

pub(super) const CHECK: Check = Check {
    id: "webhook-backend",
    group: Group::References,
    severity: Severity::Error,
    profile: Profile::Link,
    about: "The API server is told to call a Service that is not there or lacks the port.",
    run,
};

/// The port at which the API server calls, where nothing else is said.
const HTTPS: i32 = 443;

fn run(index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut look = |item: Item<'_>, path: &str, (namespace, name): (&str, &str), port: Option<i32>| {
        let Some((service_item, service)) = index.get::<Service>(namespace, name) else {
            let message =
                format!("the API server calls Service {namespace}/{name} for {}, which is not there", item.label());
            let found = missing(&CHECK, index, ("Service".into(), namespace, name), message);
            findings.extend(found.map(|finding| finding.at(item, format!("{path}.name"))));
            return;
        };
        let wanted = port.unwrap_or(HTTPS);
        let Some(help) = ports::help_for_lacking(service, ports::Wanted::Number(wanted)) else { return };
        let place = service_item.label();
        let message =
            format!("the API server calls port {wanted} of {place} for {}, which has no such port", item.label());
        let field = if port.is_some() { format!("{path}.port") } else { path.to_owned() };
        findings.push(CHECK.finding(message, help).rated(of_part(&CHECK, index)).at(item, field).see(
            service_item,
            "spec.ports",
            ports::shown(service),
        ));
    };
    let mut webhook = |item: Item<'_>, number: usize, client: &WebhookClientConfig| {
        if let Some(ServiceReference { namespace, name, port, .. }) = &client.service {
            look(item, &format!("webhooks[{number}].clientConfig.service"), (namespace, name), *port);
        }
    };
    for (item, configuration) in index.all::<MutatingWebhookConfiguration>() {
        for (number, one) in configuration.webhooks.iter().flatten().enumerate() {
            webhook(item, number, &one.client_config);
        }
    }
    for (item, configuration) in index.all::<ValidatingWebhookConfiguration>() {
        for (number, one) in configuration.webhooks.iter().flatten().enumerate() {
            webhook(item, number, &one.client_config);
        }
    }
    for (item, definition) in index.all::<CustomResourceDefinition>() {
        let webhook = definition.spec.conversion.as_ref().and_then(|conversion| conversion.webhook.as_ref());
        if let Some(service) = webhook.and_then(|webhook| webhook.client_config.as_ref()?.service.as_ref()) {
            let path = "spec.conversion.webhook.clientConfig.service";
            look(item, path, (&service.namespace, &service.name), service.port);
        }
    }
    for (item, api) in index.all::<APIService>() {
        let service = api.spec.as_ref().and_then(|spec| spec.service.as_ref());
        if let Some((service, namespace, name)) =
            service.and_then(|service| Some((service, service.namespace.as_ref()?, service.name.as_ref()?)))
        {
            look(item, "spec.service", (namespace, name), service.port);
        }
    }
}
