use k8s_openapi::api::core::v1::ConfigMap;

use crate::App;

/// A ConfigMap of an app, from keys to texts.
pub fn config_map<K: Into<String>, V: Into<String>>(
    app: &App,
    name: &str,
    data: impl IntoIterator<Item = (K, V)>,
) -> ConfigMap {
    ConfigMap {
        metadata: app.named(name),
        data: Some(data.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
        ..ConfigMap::default()
    }
}
