//! The Gateway API: what leads visitors to Services where no Ingress does. Its kinds have to be there: kubespray brings them.

use serde_json::json;
use stackwright::prelude::*;

const API_VERSION: &str = "gateway.networking.k8s.io/v1";

/// A Gateway that takes routes of every namespace, at one port of its pods, by HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// The app that it is of: its pods listen.
    pub app: App,
    /// Its class.
    pub class: String,
    /// The port that the pods listen at, which is not the Service's.
    pub port: u16,
}

impl Gateway {
    /// The name of its listener.
    const LISTENER: &'static str = "web";

    /// Its class, by what the controller that serves it calls itself.
    #[track_caller]
    pub fn class(&self, controller: &str) -> Object {
        let spec = json!({"controllerName": controller});
        Object::custom(API_VERSION, "GatewayClass", self.app.cluster_wide(&self.class), [("spec", spec)])
    }

    /// Itself.
    #[track_caller]
    pub fn object(&self) -> Object {
        let spec = json!({
            "gatewayClassName": self.class,
            "listeners": [{
                "name": Self::LISTENER,
                "port": self.port,
                "protocol": "HTTP",
                "allowedRoutes": {"namespaces": {"from": "All"}},
            }],
        });
        Object::custom(API_VERSION, "Gateway", self.app.metadata(), [("spec", spec)])
    }

    /// A route of an app: whoever asks it for a path or what is below, of this host or of any, is led to the first port of a Service.
    #[track_caller]
    pub fn route(&self, app: &App, host: Option<&str>, path: &str, service: &Service) -> Object {
        let port = service.spec.as_ref().and_then(|spec| spec.ports.as_ref()?.first()).map(|port| port.port);
        let mut spec = json!({
            "parentRefs": [{"name": self.app.name, "namespace": self.app.namespace, "sectionName": Self::LISTENER}],
            "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": path}}],
                "backendRefs": [{"name": service.metadata.name, "port": port}],
            }],
        });
        if let Some(host) = host {
            spec["hostnames"] = json!([host]);
        }
        Object::custom(API_VERSION, "HTTPRoute", app.metadata(), [("spec", spec)])
    }
}
