//! live: adopted from live.yaml.

use std::collections::BTreeMap;

use stackwright::prelude::*;

const NAMESPACE: &str = "web";
const HTTP: &str = "http";

/// The objects of live.
pub fn stack() -> Stack {
    let app = App { labels: BTreeMap::from([("app".into(), "echo".into())]), ..App::new("echo", NAMESPACE) };
    let mut echo = deployment(
        &app,
        PodSpec {
            containers: vec![Container {
                image: Some("ealen/echo-server:0.9.2".into()),
                image_pull_policy: Some("IfNotPresent".into()),
                name: "echo".into(),
                ports: Some(vec![container_port(HTTP, 80)]),
                ..default()
            }],
            ..default()
        },
    );
    echo.spec.replicas = Some(1);
    echo.spec.selector.match_labels = Some(app.labels.clone());
    let echo_service = service_for(&echo);
    Stack::new("live", [echo.into(), echo_service.into()])
}
