//! shop: adopted from shop.yaml.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::ContainerPort;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use stackwright::prelude::*;
use stackwright_crds::cert_manager_io::v1::{Certificate, CertificateIssuerRef, CertificateSpec};

const NAMESPACE: &str = "shop";
const HTTP: &str = "http";
const METRICS: &str = "metrics";

/// The objects of shop.
pub fn stack() -> Stack {
    let login = SecretSpec::new(
        NAMESPACE,
        "login",
        [
            ("password", Material::Given("`password` of login, as in shop.yaml:26".into())),
            ("username", Material::Given("`username` of login, as in shop.yaml:26".into())),
        ],
    );
    let app = App::new("web", NAMESPACE);
    // The shop, as it ran before.
    let shop_namespace = namespace(NAMESPACE, PodSecurity::Restricted);
    let settings =
        config_map(&app, "settings", [("LOG_LEVEL", "info"), ("nginx.conf", include_str!("shop/nginx.conf"))]);
    let mut uploads = claim(&app, "uploads", Access::OneNode, "5Gi");
    uploads.spec.get_or_insert_default().storage_class_name = Some("local-path".into());
    let web_service_account = service_account(&app);
    let web_role = rbac::role(&app, vec![rbac::rule("", ["configmaps"], ["get", "list"])]);
    let web_role_binding = rbac::role_binding(&web_role, &web_service_account);
    let config = Volume { name: "config".into(), ..config_volume(&settings) };
    let uploads_vol = claim_volume(&uploads);
    let tmp = empty_volume("tmp");
    // Two replicas, so that one can be drained.
    let mut web = deployment(
        &app,
        PodSpec {
            containers: vec![Container {
                env: Some(vec![
                    env_var_from("PASSWORD", secret_key(&login, "password")),
                    env_var_from("TOKEN", secret_key("made-elsewhere", "token")),
                    env_var_from("NODE", pod_field("spec.nodeName")),
                ]),
                env_from: Some(vec![all_keys(&settings)]),
                // Pinned until the plug-in works with 1.30.
                image: Some("nginx:1.29.3".into()),
                name: "web".into(),
                ports: Some(vec![
                    container_port(HTTP, 8080),
                    ContainerPort { protocol: Some("TCP".into()), ..container_port(METRICS, 9113) },
                ]),
                readiness_probe: Some(Probe {
                    // fast enough
                    period_seconds: Some(5),
                    ..http_probe("/", HTTP)
                }),
                resources: Some(resources(("100m", "64Mi"), ("1", "128Mi"))),
                volume_mounts: Some(vec![
                    mount_read_only(&config, "/etc/nginx/conf.d"),
                    VolumeMount { sub_path: Some("uploads".into()), ..mount(&uploads_vol, "/srv") },
                    mount(&tmp, "/tmp"),
                ]),
                ..default()
            }],
            service_account_name: web_service_account.metadata.name.clone(),
            volumes: Some(vec![config, uploads_vol, tmp]),
            ..default()
        },
    );
    web.spec.replicas = Some(2);
    let mut web_service = service_for(&web);
    web_service.spec.get_or_insert_default().type_ = Some("LoadBalancer".into());
    let mut web_ingress = ingress(&app, "traefik", "shop.example", backend(&web_service, HTTP));
    web_ingress.metadata.annotations = Some(BTreeMap::from([("cert-manager.io/cluster-issuer".into(), "lab".into())]));
    web_ingress.spec.get_or_insert_default().tls = Some(vec![ingress_tls(["shop.example"], "shop-tls")]);
    let web_pod_disruption_budget = disruption_budget(&web, 1);
    let shop_certificate = Certificate {
        metadata: ObjectMeta { name: Some("shop".into()), namespace: Some(NAMESPACE.into()), ..default() },
        spec: Some(CertificateSpec {
            dns_names: Some(vec!["shop.example".into()]),
            issuer_ref: CertificateIssuerRef { kind: Some("ClusterIssuer".into()), name: "lab".into(), ..default() },
            secret_name: "shop-tls".into(),
            ..default()
        }),
    };
    let objects = [
        shop_namespace.into(),
        settings.into(),
        uploads.into(),
        web_service_account.into(),
        web_role.into(),
        web_role_binding.into(),
        web.into(),
        web_service.into(),
        web_ingress.into(),
        web_pod_disruption_budget.into(),
        shop_certificate.into(),
    ];
    Stack { secrets: vec![login], ..Stack::new("shop", objects) }
}
