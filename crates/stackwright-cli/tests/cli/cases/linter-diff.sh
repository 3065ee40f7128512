# Two files of manifests, and what applying the second over the first one does.
cp "$CARGO_MANIFEST_DIR/tests/cli/diff/before.yaml" .
sed -e 's/nginx:1.29/nginx:1.30/' -e 's/green/blue/' -e 's/serviceName: db/serviceName: data/' -e 's/name: pictures/name: photos/' -e 's/nobody-sees-this/nor-that/' -e 's/text: hello/text: bye/' before.yaml > after.yaml
stackwright diff before.yaml after.yaml
stackwright diff before.yaml after.yaml --format markdown --fail-on data-loss
stackwright diff before.yaml after.yaml --format json | grep -c nor-that
# What a cluster filled in is no change.
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n' > service.yaml
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web, uid: 7d8a, resourceVersion: "5", creationTimestamp: "2026-11-28T10:00:00Z"}\nspec: {clusterIP: 10.96.3.4, clusterIPs: [10.96.3.4], internalTrafficPolicy: Cluster, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, selector: {app: web}, sessionAffinity: None, type: ClusterIP, ports: [{port: 80, protocol: TCP, targetPort: 80}]}\nstatus: {loadBalancer: {}}\n' > live.yaml
stackwright diff live.yaml service.yaml
# Nor is what it wrote for itself, where both sides are of one; and in its notes stand a Secret's values.
printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: login, namespace: web, uid: 7d8a, resourceVersion: "5", annotations: {kubectl.kubernetes.io/last-applied-configuration: nobody-sees-this}}\nstringData: {password: one}\n' > live.yaml
sed -e 's/nobody-sees-this/nor-that/' -e 's/"5"/"6"/' -e 's/7d8a/8e9b/' live.yaml > later.yaml && stackwright diff live.yaml later.yaml
# What can't be compared is said.
stackwright diff before.yaml
stackwright diff before.yaml nothing.yaml
printf 'nothing: here\n' > values.yaml && stackwright diff before.yaml values.yaml
stackwright diff
