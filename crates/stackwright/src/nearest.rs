/// The name that was probably meant: another case, or at most three slips away (two in a name of less than twelve letters, one in
/// one of less than five).
///
/// ```
/// use stackwright::nearest;
///
/// let checks = ["service-selects-nothing", "service-target-port"];
/// assert_eq!(nearest("servce-selects-nothin", checks), Some("service-selects-nothing"));
/// assert_eq!(nearest("service-port", checks), None);
/// ```
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = match name.len() {
        ..5 => 1,
        5..12 => 2,
        _ => 3,
    };
    let slips = known.into_iter().map(|candidate| (slips(name.as_bytes(), candidate.as_bytes(), most), candidate));
    slips.filter(|(slips, _)| *slips <= most).min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate)
}

/// How many letters must be inserted, removed, replaced or swapped with their neighbour to make one name of the other;
/// where it is more than `most`, some number above that: of thousands of names few come near.
fn slips(from: &[u8], to: &[u8], most: usize) -> usize {
    if from.len().abs_diff(to.len()) > most {
        return most + 1;
    }
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let start = from.iter().zip(to).take_while(same).count();
    let (from, to) = (&from[start..], &to[start..]);
    let end = from.iter().rev().zip(to.iter().rev()).take_while(same).count();
    let (from, to) = (&from[..from.len() - end], &to[..to.len() - end]);

    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let differ = usize::from(!a.eq_ignore_ascii_case(b));
            let mut fewest = (above[j] + differ).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a.eq_ignore_ascii_case(&to[j - 1]) && from[i - 1].eq_ignore_ascii_case(b) {
                fewest = fewest.min(before[j - 1] + 1);
            }
            row.push(fewest);
        }
        // What follows is made of these two rows.
        if above.iter().chain(&row).all(|slips| *slips > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut above, row);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    /// What was typed, and what was meant by it, if it is known.
    type Typed = (&'static str, Option<&'static str>);

    /// Slips as people make them (of letters, of case, of a plural), and right names that are only not among the known ones: a suggestion
    /// for those would mislead. `docs/design.md` says how another algorithm does on them.
    const NAMES: [(&[&str], &[Typed]); 5] = [
        // Fields of a container.
        (
            &[
                "args",
                "command",
                "env",
                "envFrom",
                "image",
                "imagePullPolicy",
                "lifecycle",
                "livenessProbe",
                "name",
                "ports",
                "readinessProbe",
                "resizePolicy",
                "resources",
                "restartPolicy",
                "securityContext",
                "startupProbe",
                "stdin",
                "stdinOnce",
                "terminationMessagePath",
                "terminationMessagePolicy",
                "tty",
                "volumeDevices",
                "volumeMounts",
                "workingDir",
            ],
            &[
                ("volumeMount", Some("volumeMounts")),
                ("evnFrom", Some("envFrom")),
                ("imagePullpolicy", Some("imagePullPolicy")),
                ("readynessProbe", Some("readinessProbe")),
                ("livelinessProbe", Some("livenessProbe")),
                ("livenessprobe", Some("livenessProbe")),
                ("port", Some("ports")),
                ("securtyContext", Some("securityContext")),
                ("restartpolcy", Some("restartPolicy")),
                ("comand", Some("command")),
                ("workdir", None),
                ("limits", None),
                ("healthCheck", None),
                ("replicas", None),
                ("nodeSelector", None),
                ("hostNetwork", None),
                ("serviceAccountName", None),
                ("matchLabels", None),
                ("enviroment", None),
            ],
        ),
        // Fields of a Service's spec.
        (
            &[
                "allocateLoadBalancerNodePorts",
                "clusterIP",
                "clusterIPs",
                "externalIPs",
                "externalName",
                "externalTrafficPolicy",
                "healthCheckNodePort",
                "internalTrafficPolicy",
                "ipFamilies",
                "ipFamilyPolicy",
                "loadBalancerClass",
                "loadBalancerIP",
                "loadBalancerSourceRanges",
                "ports",
                "publishNotReadyAddresses",
                "selector",
                "sessionAffinity",
                "sessionAffinityConfig",
                "trafficDistribution",
                "type",
            ],
            &[
                ("selctor", Some("selector")),
                ("externalTrafficPolciy", Some("externalTrafficPolicy")),
                ("sessionAfinity", Some("sessionAffinity")),
                ("clusterIp", Some("clusterIP")),
                ("loadbalancerIP", Some("loadBalancerIP")),
                ("loadBalancerSourceRange", Some("loadBalancerSourceRanges")),
                ("externalIp", Some("externalIPs")),
                ("targetPort", None),
                ("replicas", None),
                ("template", None),
                ("annotations", None),
                ("publishNotReadyAdresses", Some("publishNotReadyAddresses")),
            ],
        ),
        // Kinds.
        (
            &[
                "ClusterRole",
                "ClusterRoleBinding",
                "ConfigMap",
                "CronJob",
                "DaemonSet",
                "Deployment",
                "Endpoints",
                "HorizontalPodAutoscaler",
                "Ingress",
                "IngressClass",
                "Job",
                "LimitRange",
                "Namespace",
                "NetworkPolicy",
                "Node",
                "PersistentVolume",
                "PersistentVolumeClaim",
                "Pod",
                "PodDisruptionBudget",
                "ReplicaSet",
                "ResourceQuota",
                "Role",
                "RoleBinding",
                "Secret",
                "Service",
                "ServiceAccount",
                "StatefulSet",
                "StorageClass",
            ],
            &[
                ("Deploymnet", Some("Deployment")),
                ("Statefulset", Some("StatefulSet")),
                ("ConfigMaps", Some("ConfigMap")),
                ("Ingres", Some("Ingress")),
                ("Cronjob", Some("CronJob")),
                ("PersistantVolumeClaim", Some("PersistentVolumeClaim")),
                ("HorizontalPodAutoScaler", Some("HorizontalPodAutoscaler")),
                ("NetworkPolicies", Some("NetworkPolicy")),
                ("PodDisruptionBugdet", Some("PodDisruptionBudget")),
                ("HPA", None),
                ("PVC", None),
                ("Certificate", None),
                ("Middleware", None),
                ("Gateway", None),
                ("IngressRoute", None),
                ("Application", None),
                ("ServiceMonitor", None),
                ("StorageCLass", Some("StorageClass")),
            ],
        ),
        // Names of objects.
        (
            &[
                "wordpress-database",
                "wordpress-salts",
                "wordpress-theme",
                "mysql",
                "mysql-read",
                "mysql-root",
                "grafana-admin",
                "nfs-client",
                "web",
                "api",
            ],
            &[
                ("wordpress-databse", Some("wordpress-database")),
                ("wordpres-salts", Some("wordpress-salts")),
                ("wordpress-slats", Some("wordpress-salts")),
                ("mysq", Some("mysql")),
                ("mysql-raed", Some("mysql-read")),
                ("mysql-rot", Some("mysql-root")),
                ("grafana_admin", Some("grafana-admin")),
                ("nfsclient", Some("nfs-client")),
                ("redis", None),
                ("wordpress-cache", None),
                ("mysql-backup", None),
                ("grafana-tls", None),
                ("prometheus", None),
            ],
        ),
        // Checks, as they are typed at a prompt.
        (
            &[
                "service-selects-nothing",
                "service-selects-several",
                "service-target-port",
                "netpol-blocks-edge",
                "netpol-peer-nothing",
                "netpol-selects-nothing",
                "probe-port-name",
                "crd-missing",
                "crd-schema",
                "configmap-missing",
                "configmap-key-missing",
                "secret-missing",
                "secret-key-missing",
                "hpa-no-request",
                "hpa-min-max",
                "lb-provider",
                "lb-pool-exhausted",
            ],
            &[
                ("service-selects-nothin", Some("service-selects-nothing")),
                ("netpol-block-edge", Some("netpol-blocks-edge")),
                ("crd-mising", Some("crd-missing")),
                ("config-map-missing", Some("configmap-missing")),
                ("secret-key-mising", Some("secret-key-missing")),
                ("hpa-norequest", Some("hpa-no-request")),
                ("lb-pool-exausted", Some("lb-pool-exhausted")),
                ("deprecated", None),
                ("pdb-overlap", None),
                ("job-restart", None),
                ("tls-expiry", None),
            ],
        ),
    ];

    #[test]
    fn what_was_meant_is_found_and_nothing_else() {
        for (known, typed) in NAMES {
            for (name, meant) in typed {
                assert_eq!(nearest(name, known.iter().copied()), *meant, "{name}");
            }
        }
    }

    #[test]
    fn a_short_name_may_have_one_slip() {
        let known = ["name", "namespace", "containerPort", "spec", "status"];
        let near = |name| nearest(name, known);
        assert_eq!([near("sepc"), near("Names"), near("namepsaces")], [Some("spec"), Some("name"), Some("namespace")]);
        assert_eq!([near("x"), near("stat"), near("label")], [None; 3]);
    }
}
