//! What operators make of their objects: which objects, of which names. Data, with where each row was read in August 2026.

/// An object of an operator, and what the operator makes of it.
pub(super) struct Maker {
    /// The group of its kind.
    pub(super) group: &'static str,
    /// Its kind.
    pub(super) kind: &'static str,
    /// What is made: a kind, and names. A name is text with fields of the object in braces, the first of several that it has; `name`
    /// is its own name, `[]` stands for each item of a list, and `*` for whatever is there.
    pub(super) makes: &'static [(&'static str, &'static [&'static str])],
    /// Where it is made.
    pub(super) place: Place,
    /// The public repository, and the files in it, that say so.
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reads the table"))]
    pub(super) source: &'static str,
}

/// The namespace in which an operator makes something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// That of the object.
    Beside,
    /// Any of them.
    Everywhere,
}

const SECRET: &str = "Secret";
const SERVICE: &str = "Service";
const CONFIG_MAP: &str = "ConfigMap";
const ACCOUNT: &str = "ServiceAccount";
const CLAIM: &str = "PersistentVolumeClaim";

/// Every row; one kind may have several.
pub(super) const MAKERS: &[Maker] = &[
    // Secrets.
    row(
        "cert-manager.io",
        "Certificate",
        &[(SECRET, &["{spec.secretName}"])],
        "cert-manager/cert-manager pkg/apis/certmanager/v1/types_certificate.go",
    ),
    row(
        "bitnami.com",
        "SealedSecret",
        &[(SECRET, &["{name}"])],
        "bitnami-labs/sealed-secrets pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go",
    ),
    row(
        "external-secrets.io",
        "ExternalSecret",
        &[(SECRET, &["{spec.target.name|name}"])],
        "external-secrets/external-secrets pkg/controllers/externalsecret/externalsecret_controller.go",
    ),
    everywhere(
        "external-secrets.io",
        "ClusterExternalSecret",
        &[(SECRET, &["{spec.externalSecretSpec.target.name|spec.externalSecretName|name}"])],
        "external-secrets/external-secrets pkg/controllers/clusterexternalsecret/clusterexternalsecret_controller.go",
    ),
    row(
        "isindir.github.com",
        "SopsSecret",
        &[(SECRET, &["{spec.secretTemplates[].name}"])],
        "isindir/sops-secrets-operator api/v1alpha3/sopssecret_types.go",
    ),
    row(
        "secrets.hashicorp.com",
        "VaultStaticSecret",
        &[(SECRET, &["{spec.destination.name}"])],
        "hashicorp/vault-secrets-operator api/v1beta1/common.go",
    ),
    row(
        "secrets.hashicorp.com",
        "VaultDynamicSecret",
        &[(SECRET, &["{spec.destination.name}"])],
        "hashicorp/vault-secrets-operator api/v1beta1/common.go",
    ),
    row(
        "secrets.hashicorp.com",
        "VaultPKISecret",
        &[(SECRET, &["{spec.destination.name}"])],
        "hashicorp/vault-secrets-operator api/v1beta1/common.go",
    ),
    row(
        "secrets.hashicorp.com",
        "HCPVaultSecretsApp",
        &[(SECRET, &["{spec.destination.name}"])],
        "hashicorp/vault-secrets-operator api/v1beta1/common.go",
    ),
    row(
        "secrets.infisical.com",
        "InfisicalSecret",
        &[(SECRET, &["{spec.managedSecretReference.secretName}", "{spec.managedKubeSecretReferences[].secretName}"])],
        "Infisical/kubernetes-operator api/v1alpha1/infisicalsecret_types.go",
    ),
    row(
        "onepassword.com",
        "OnePasswordItem",
        &[(SECRET, &["{name}"])],
        "1Password/onepassword-operator internal/controller/onepassworditem_controller.go",
    ),
    row(
        "k8s.bitwarden.com",
        "BitwardenSecret",
        &[(SECRET, &["{spec.secretName}"])],
        "bitwarden/sm-kubernetes api/v1/bitwardensecret_types.go",
    ),
    everywhere(
        "trust.cert-manager.io",
        "Bundle",
        &[(CONFIG_MAP, &["{name}"]), (SECRET, &["{name}"])],
        "cert-manager/trust-manager pkg/bundle/bundle.go",
    ),
    // Databases.
    row(
        "postgresql.cnpg.io",
        "Cluster",
        &[
            (
                SERVICE,
                &[
                    "{name}-rw",
                    "{name}-ro",
                    "{name}-r",
                    "{name}-any",
                    "{spec.managed.services.additional[].serviceTemplate.metadata.name}",
                ],
            ),
            (
                SECRET,
                &[
                    "{name}-app",
                    "{name}-superuser",
                    "{name}-ca",
                    "{name}-server",
                    "{name}-replication",
                    "{name}-pull-secret",
                ],
            ),
            (ACCOUNT, &["{name}"]),
            (CLAIM, &["{name}-*"]),
        ],
        "cloudnative-pg/cloudnative-pg api/v1/cluster_types.go",
    ),
    row(
        "postgresql.cnpg.io",
        "Pooler",
        &[(SERVICE, &["{name}"]), (ACCOUNT, &["{name}"])],
        "cloudnative-pg/cloudnative-pg pkg/specs/pgbouncer/services.go",
    ),
    row(
        "postgres-operator.crunchydata.com",
        "PostgresCluster",
        &[
            (
                SERVICE,
                &[
                    "{name}-primary",
                    "{name}-replicas",
                    "{name}-ha",
                    "{name}-pods",
                    "{name}-pgbouncer",
                    "{name}-pgadmin",
                ],
            ),
            (
                SECRET,
                &[
                    "{name}-pguser-*",
                    "{name}-cluster-cert",
                    "{name}-replication-cert",
                    "{name}-pgbouncer",
                    "{name}-monitoring",
                ],
            ),
            (CONFIG_MAP, &["{name}-config"]),
            (ACCOUNT, &["{name}-instance"]),
        ],
        "CrunchyData/postgres-operator internal/naming/names.go",
    ),
    row(
        "acid.zalan.do",
        "postgresql",
        &[
            (SERVICE, &["{name}", "{name}-repl", "{name}-config", "{name}-pooler", "{name}-pooler-repl"]),
            (SECRET, &["*.{name}.credentials.postgresql.acid.zalan.do"]),
        ],
        "zalando/postgres-operator pkg/cluster/k8sres.go, pkg/util/config/config.go",
    ),
    row(
        "k8s.mariadb.com",
        "MariaDB",
        &[
            (SERVICE, &["{name}", "{name}-primary", "{name}-secondary", "{name}-internal", "{name}-metrics"]),
            (
                SECRET,
                &[
                    "{spec.rootPasswordSecretKeyRef.name}",
                    "{spec.passwordSecretKeyRef.name}",
                    "{name}-root",
                    "{name}-password",
                    "{name}-ca",
                    "{name}-ca-bundle",
                    "{name}-client-cert",
                    "{name}-server-cert",
                ],
            ),
            (CONFIG_MAP, &["{name}-config", "{name}-config-default", "{spec.myCnfConfigMapKeyRef.name}"]),
            (ACCOUNT, &["{name}"]),
        ],
        "mariadb-operator/mariadb-operator api/v1alpha1/mariadb_keys.go",
    ),
    row(
        "psmdb.percona.com",
        "PerconaServerMongoDB",
        &[
            (SERVICE, &["{name}-{spec.replsets[].name}", "{name}-mongos", "{name}-cfg"]),
            (
                SECRET,
                &[
                    "{spec.secrets.users}",
                    "{name}-ssl",
                    "{name}-ssl-internal",
                    "{name}-mongodb-keyfile",
                    "{name}-mongodb-encryption-key",
                ],
            ),
        ],
        "percona/percona-server-mongodb-operator pkg/apis/psmdb/v1/psmdb_defaults.go, pkg/psmdb/service.go",
    ),
    row(
        "pxc.percona.com",
        "PerconaXtraDBCluster",
        &[
            (
                SERVICE,
                &[
                    "{name}-pxc",
                    "{name}-pxc-unready",
                    "{name}-haproxy",
                    "{name}-haproxy-replicas",
                    "{name}-proxysql",
                    "{name}-proxysql-unready",
                ],
            ),
            (SECRET, &["{spec.secretsName}", "{name}-secrets", "{name}-ssl", "{name}-ssl-internal"]),
        ],
        "percona/percona-xtradb-cluster-operator pkg/pxc/service.go, pkg/apis/pxc/v1/pxc_types.go",
    ),
    row(
        "dragonflydb.io",
        "Dragonfly",
        &[(SERVICE, &["{spec.serviceSpec.name|name}"])],
        "dragonflydb/dragonfly-operator internal/resources/resources.go",
    ),
    row(
        "databases.spotahome.com",
        "RedisFailover",
        &[(SERVICE, &["rfs-{name}", "rfr-{name}", "rfrm-{name}", "rfrs-{name}"])],
        "spotahome/redis-operator operator/redisfailover/service/names.go",
    ),
    row(
        "redis.redis.opstreelabs.in",
        "Redis",
        &[(SERVICE, &["{name}", "{name}-headless", "{name}-additional"])],
        "OT-CONTAINER-KIT/redis-operator internal/k8sutils/redis-standalone.go",
    ),
    row(
        "redis.redis.opstreelabs.in",
        "RedisReplication",
        &[(SERVICE, &["{name}", "{name}-headless", "{name}-additional", "{name}-master", "{name}-replica"])],
        "OT-CONTAINER-KIT/redis-operator internal/k8sutils/redis-replication.go",
    ),
    row(
        "redis.redis.opstreelabs.in",
        "RedisSentinel",
        &[(SERVICE, &["{name}-sentinel", "{name}-sentinel-headless", "{name}-sentinel-additional"])],
        "OT-CONTAINER-KIT/redis-operator internal/k8sutils/redis-sentinel.go",
    ),
    row(
        "redis.redis.opstreelabs.in",
        "RedisCluster",
        &[(SERVICE, &["{name}-leader*", "{name}-follower*", "{name}-master"])],
        "OT-CONTAINER-KIT/redis-operator internal/k8sutils/redis-cluster.go",
    ),
    row(
        "elasticsearch.k8s.elastic.co",
        "Elasticsearch",
        &[
            (
                SERVICE,
                &[
                    "{name}-es-http",
                    "{name}-es-internal-http",
                    "{name}-es-transport",
                    "{name}-es-remote-cluster",
                    "{name}-es-{spec.nodeSets[].name}",
                ],
            ),
            (
                SECRET,
                &[
                    "{name}-es-elastic-user",
                    "{name}-es-http-certs-public",
                    "{name}-es-http-certs-internal",
                    "{name}-es-http-ca-internal",
                    "{name}-es-remote-ca",
                ],
            ),
        ],
        "elastic/cloud-on-k8s pkg/apis/elasticsearch/v1/name.go",
    ),
    row(
        "kibana.k8s.elastic.co",
        "Kibana",
        &[(SERVICE, &["{name}-kb-http"]), (SECRET, &["{name}-kb-http-certs-public"])],
        "elastic/cloud-on-k8s pkg/apis/kibana/v1/name.go",
    ),
    row(
        "kafka.strimzi.io",
        "Kafka",
        &[
            (SERVICE, &["{name}-kafka-bootstrap", "{name}-kafka-brokers", "{name}-kafka-*"]),
            (
                SECRET,
                &[
                    "{name}-cluster-ca-cert",
                    "{name}-cluster-ca",
                    "{name}-clients-ca-cert",
                    "{name}-clients-ca",
                    "{name}-kafka-brokers",
                    "{name}-cluster-operator-certs",
                ],
            ),
            (CONFIG_MAP, &["{name}-kafka-config"]),
        ],
        "strimzi/strimzi-kafka-operator api/src/main/java/io/strimzi/api/kafka/model/kafka/KafkaResources.java",
    ),
    row(
        "kafka.strimzi.io",
        "KafkaUser",
        &[(SECRET, &["{name}"])],
        "strimzi/strimzi-kafka-operator api/src/main/java/io/strimzi/api/kafka/model/user/KafkaUserSpec.java",
    ),
    row(
        "rabbitmq.com",
        "RabbitmqCluster",
        &[
            (SERVICE, &["{name}", "{name}-nodes"]),
            (SECRET, &["{name}-default-user", "{name}-erlang-cookie"]),
            (CONFIG_MAP, &["{name}-server-conf", "{name}-plugins-conf"]),
            (ACCOUNT, &["{name}-server"]),
        ],
        "rabbitmq/cluster-operator internal/resource",
    ),
    // Storage.
    row(
        "ceph.rook.io",
        "CephCluster",
        &[
            (SERVICE, &["rook-ceph-mgr", "rook-ceph-mgr-dashboard", "rook-ceph-mon-*", "rook-ceph-exporter"]),
            (
                SECRET,
                &[
                    "rook-ceph-mon",
                    "rook-ceph-config",
                    "rook-ceph-admin-keyring",
                    "rook-ceph-dashboard-password",
                    "rook-csi-*",
                ],
            ),
            (CONFIG_MAP, &["rook-ceph-mon-endpoints", "rook-config-override"]),
        ],
        "rook/rook pkg/operator/ceph/cluster/mon/mon.go, pkg/operator/ceph/cluster/mgr/spec.go, pkg/operator/ceph/config/store.go",
    ),
    row(
        "ceph.rook.io",
        "CephObjectStore",
        &[(SERVICE, &["rook-ceph-rgw-{name}"])],
        "rook/rook pkg/operator/ceph/object/objectstore.go",
    ),
    row(
        "ceph.rook.io",
        "CephObjectStoreUser",
        &[(SECRET, &["rook-ceph-object-user-{spec.store}-{name}"])],
        "rook/rook pkg/operator/ceph/object/user/controller.go",
    ),
    row(
        "ceph.rook.io",
        "CephClient",
        &[(SECRET, &["rook-ceph-client-{name}"])],
        "rook/rook pkg/operator/ceph/client/controller.go",
    ),
    row(
        "objectbucket.io",
        "ObjectBucketClaim",
        &[(SECRET, &["{name}"]), (CONFIG_MAP, &["{name}"])],
        "rook/rook Documentation/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim.md",
    ),
    row(
        "volsync.backube",
        "ReplicationDestination",
        &[(CLAIM, &["volsync-{name}-dest"])],
        "backube/volsync internal/controller/mover/restic/mover.go",
    ),
    row(
        "volsync.backube",
        "ReplicationSource",
        &[(CLAIM, &["volsync-{name}-src"])],
        "backube/volsync internal/controller/mover/restic/mover.go",
    ),
    row(
        "cdi.kubevirt.io",
        "DataVolume",
        &[(CLAIM, &["{name}"])],
        "kubevirt/containerized-data-importer doc/datavolumes.md",
    ),
    row(
        "minio.min.io",
        "Tenant",
        &[(SERVICE, &["minio", "{name}-hl", "{name}-console"])],
        "minio/operator pkg/apis/minio.min.io/v2/names.go",
    ),
    row(
        "garage.rajsingh.info",
        "GarageCluster",
        &[(SERVICE, &["{name}", "{name}-headless", "{name}-gateway", "{name}-rpc"]), (CONFIG_MAP, &["{name}-config"])],
        "rajsinghtech/garage-operator internal/controller/garagecluster_controller.go",
    ),
    row(
        "garage.rajsingh.info",
        "GarageKey",
        &[(SECRET, &["{spec.secretTemplate.name|name}"])],
        "rajsinghtech/garage-operator api/v1beta1/garagekey_types.go",
    ),
    // What watches.
    row(
        "monitoring.coreos.com",
        "Prometheus",
        &[(SERVICE, &["prometheus-operated"])],
        "prometheus-operator/prometheus-operator pkg/prometheus/server/statefulset.go",
    ),
    row(
        "monitoring.coreos.com",
        "Alertmanager",
        &[(SERVICE, &["alertmanager-operated"])],
        "prometheus-operator/prometheus-operator pkg/alertmanager/statefulset.go",
    ),
    row(
        "monitoring.coreos.com",
        "ThanosRuler",
        &[(SERVICE, &["thanos-ruler-operated"])],
        "prometheus-operator/prometheus-operator pkg/thanos/statefulset.go",
    ),
    row(
        "grafana.integreatly.org",
        "Grafana",
        &[
            (SERVICE, &["{name}-service"]),
            (SECRET, &["{name}-admin-credentials"]),
            (CONFIG_MAP, &["{name}-ini"]),
            (ACCOUNT, &["{name}-sa"]),
            (CLAIM, &["{name}-pvc"]),
        ],
        "grafana/grafana-operator controllers/model/grafana_resources.go",
    ),
    row(
        "opentelemetry.io",
        "OpenTelemetryCollector",
        &[
            (SERVICE, &["{name}-collector", "{name}-collector-headless", "{name}-collector-monitoring"]),
            (ACCOUNT, &["{name}-collector"]),
        ],
        "open-telemetry/opentelemetry-operator internal/naming/main.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VMSingle",
        &[(SERVICE, &["vmsingle-{name}"])],
        "VictoriaMetrics/operator api/operator/v1beta1/vmsingle_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VMAgent",
        &[(SERVICE, &["vmagent-{name}"])],
        "VictoriaMetrics/operator api/operator/v1beta1/vmagent_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VMAlert",
        &[(SERVICE, &["vmalert-{name}"])],
        "VictoriaMetrics/operator api/operator/v1beta1/vmalert_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VMAlertmanager",
        &[(SERVICE, &["vmalertmanager-{name}"])],
        "VictoriaMetrics/operator api/operator/v1beta1/vmalertmanager_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VMAuth",
        &[(SERVICE, &["vmauth-{name}"])],
        "VictoriaMetrics/operator api/operator/v1beta1/vmauth_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VMCluster",
        &[(SERVICE, &["vmselect-{name}", "vminsert-{name}", "vmstorage-{name}"])],
        "VictoriaMetrics/operator api/operator/v1beta1/vmcluster_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VLogs",
        &[(SERVICE, &["vlogs-{name}"])],
        "VictoriaMetrics/operator api/operator/v1beta1/vlogs_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VLSingle",
        &[(SERVICE, &["vlsingle-{name}"])],
        "VictoriaMetrics/operator api/operator/v1/vlsingle_types.go",
    ),
    row(
        "operator.victoriametrics.com",
        "VLCluster",
        &[(SERVICE, &["vlselect-{name}", "vlinsert-{name}", "vlstorage-{name}"])],
        "VictoriaMetrics/operator api/operator/v1/vlcluster_types.go",
    ),
    // What scales and delivers.
    row(
        "keda.sh",
        "ScaledObject",
        &[(
            "HorizontalPodAutoscaler.autoscaling",
            &["{spec.advanced.horizontalPodAutoscalerConfig.name}", "keda-hpa-{name}"],
        )],
        "kedacore/keda controllers/keda/hpa.go",
    ),
    row(
        "fluxcd.controlplane.io",
        "FluxInstance",
        &[(SERVICE, &["source-controller", "notification-controller", "webhook-receiver"])],
        "controlplaneio-fluxcd/flux-operator config/data/flux/v2.6.0/notification-controller.yaml",
    ),
    row(
        "notification.toolkit.fluxcd.io",
        "Receiver",
        &[(SERVICE, &["webhook-receiver"])],
        "controlplaneio-fluxcd/flux-operator config/data/flux/v2.6.0/notification-controller.yaml",
    ),
];

const fn row(
    group: &'static str,
    kind: &'static str,
    makes: &'static [(&'static str, &'static [&'static str])],
    source: &'static str,
) -> Maker {
    Maker { group, kind, makes, place: Place::Beside, source }
}

const fn everywhere(
    group: &'static str,
    kind: &'static str,
    makes: &'static [(&'static str, &'static [&'static str])],
    source: &'static str,
) -> Maker {
    Maker { group, kind, makes, place: Place::Everywhere, source }
}
