use k8s_openapi::api::core::v1::{ContainerPort, Service, ServicePort, ServiceSpec};
use k8s_openapi::api::networking::v1::{IngressBackend, IngressServiceBackend, ServiceBackendPort};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::App;
use crate::workload::Workload;

/// A Service for every named port of a workload's containers, at the same numbers, with the workload's name.
pub fn service_for(workload: &impl Workload) -> Service {
    let pod = workload.template().spec.as_ref();
    let ports = pod.into_iter().flat_map(|pod| &pod.containers).flat_map(|container| container.ports.iter().flatten());
    let mut metadata = workload.metadata().clone();
    metadata.annotations = None;
    Service {
        metadata,
        spec: Some(ServiceSpec {
            selector: workload.selector().match_labels.clone(),
            ports: Some(ports.filter(|port| port.name.is_some()).map(service_port).collect()),
            ..ServiceSpec::default()
        }),
        ..Service::default()
    }
}

/// A headless Service that gives each pod of an app a stable name, whether it is ready or not: the one that a StatefulSet asks for.
pub fn headless_service(app: &App, ports: &[ContainerPort]) -> Service {
    Service {
        metadata: app.metadata(),
        spec: Some(ServiceSpec {
            cluster_ip: Some("None".to_owned()),
            publish_not_ready_addresses: Some(true),
            selector: app.selector().match_labels,
            ports: Some(ports.iter().map(service_port).collect()),
            ..ServiceSpec::default()
        }),
        ..Service::default()
    }
}

/// The Service's port for a container's port: the same number, and its name as the target.
pub fn service_port(port: &ContainerPort) -> ServicePort {
    ServicePort {
        name: port.name.clone(),
        port: port.container_port,
        protocol: port.protocol.clone(),
        target_port: port.name.clone().map(IntOrString::String),
        ..ServicePort::default()
    }
}

/// A named port of a Service, as an Ingress refers to it.
pub fn backend(service: &Service, port: &str) -> IngressBackend {
    IngressBackend {
        service: Some(IngressServiceBackend {
            name: service.metadata.name.clone().unwrap_or_default(),
            port: Some(ServiceBackendPort { name: Some(port.to_owned()), number: None }),
        }),
        resource: None,
    }
}

/// The name that a Service has in the cluster's DNS, from any namespace: `mysql.database.svc`.
pub fn dns_name(service: &Service) -> String {
    let metadata = &service.metadata;
    let name = metadata.name.as_deref().unwrap_or_default();
    format!("{name}.{}.svc", metadata.namespace.as_deref().unwrap_or("default"))
}
