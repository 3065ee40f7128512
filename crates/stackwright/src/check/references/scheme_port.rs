//! URLs that name a Service and no port: `http://web` asks for port 80, whatever the Service has.

use k8s_openapi::api::core::v1::{ConfigMap, Secret, Service};

use crate::check::{Item, Pods};

/// The schemes whose port everybody leaves out.
const OF_WEB: [(&str, i32); 2] = [("http", 80), ("https", 443)];

/// The variable by which programs are told where they listen themselves.
const OWN: &str = "PORT";

/// A scheme with its port, where it is one of those.
pub(super) fn of_scheme(scheme: &str) -> Option<(&'static str, i32)> {
    OF_WEB.into_iter().find(|(known, _)| *known == scheme)
}

/// What to do where a Service lacks the port of a URL's scheme; none where it has it, or where a program may be told the port beside the URL.
///
/// The URL of `name` stands in `item`: in the pods themselves, or in what they read.
pub(super) fn help(
    service: &Service,
    (scheme, port): (&str, i32),
    name: &str,
    (item, pods): (Item<'_>, &Pods<'_>),
) -> Option<String> {
    let spec = service.spec.as_ref()?;
    // A headless one leads to the pods themselves, and one of another name elsewhere.
    if spec.cluster_ip.as_deref() == Some("None") || spec.type_.as_deref() == Some("ExternalName") {
        return None;
    }
    let ports: Vec<_> = spec.ports.iter().flatten().map(|port| port.port).collect();
    if ports.contains(&port) || ports.iter().any(|port| is_told(*port, item, pods)) {
        return None;
    }
    Some(match ports[..] {
        [] => format!("add port {port} to the Service"),
        [only] => format!("name its port as well: {scheme}://{name}:{only}"),
        ref several => {
            let several: Vec<_> = several.iter().map(ToString::to_string).collect();
            format!("name its port as well, such as {scheme}://{name}:{}; it has {}", several[0], several.join(", "))
        }
    })
}

/// Whether the number of a port stands in another variable or argument, or elsewhere in the same files.
fn is_told(port: i32, item: Item<'_>, pods: &Pods<'_>) -> bool {
    let port = port.to_string();
    let has = |text: &str| text.split(|letter: char| !letter.is_ascii_digit()).any(|number| number == port);
    if let Some(map) = item.object.get::<ConfigMap>() {
        return map.data.iter().flatten().any(|(_, text)| has(text));
    }
    if let Some(secret) = item.object.get::<Secret>() {
        return secret.string_data.iter().flatten().any(|(_, text)| has(text));
    }
    pods.containers().any(|(_, container)| {
        let variables = container.env.iter().flatten().filter(|variable| variable.name != OWN);
        let values = variables.filter_map(|variable| variable.value.as_deref());
        let words = container.command.iter().chain(&container.args).flatten().map(String::as_str);
        values.chain(words).any(has)
    })
}
