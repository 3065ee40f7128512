# What the code changes in a cluster, by what kubectl prints of it: what nobody says to have applied is left alone.
CLUSTERS=lab-only homelab render > live.yaml
sed -i.bak -e 's/^  name: hello$/  name: hello\n  uid: 7d8a/' -e 's/nginx:1.29/nginx:1.28/' live.yaml
printf -- '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-root-ca.crt, namespace: web, uid: 8e9b}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: old, namespace: web, uid: 9fac, labels: {applyset.kubernetes.io/part-of: applyset-x-v1}}\n' >> live.yaml
CLUSTERS=lab-only homelab diff live.yaml
cat live.yaml | CLUSTERS=lab-only homelab diff -
CLUSTERS=two homelab diff live.yaml
CLUSTERS=two homelab diff live.yaml --cluster lab --format json | grep -c '"kind"'
