# Manifests as they would be applied to a cluster: what they replace is no duplicate, what the cluster has itself is not theirs.
stackwright render > all.yaml
stackwright check all.yaml --cluster lab
CLUSTERS=twins stackwright check all.yaml --cluster lab
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: web}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: web}\n' > twice.yaml
stackwright check twice.yaml --cluster lab
stackwright check twice.yaml --cluster lba
