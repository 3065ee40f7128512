# What capacity does not know, it says: a release whose pods no file shows, and what one node alone may run.
printf 'apiVersion: v1\nkind: Node\nmetadata: {name: n1, labels: {disk: ssd}}\nstatus: {allocatable: {cpu: "2", memory: 4Gi, pods: "110"}}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: n2}\nstatus: {allocatable: {cpu: "2", memory: 4Gi, pods: "110"}}\n' > nodes.yaml
printf 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: grafana, namespace: monitor}\nspec: {interval: 1h}\n' > release.yaml
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: db, namespace: shop}\nspec: {selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {nodeSelector: {disk: ssd}, containers: [{name: db, image: "db:1"}]}}}\n' > tied.yaml
stackwright capacity nodes.yaml tied.yaml release.yaml
stackwright capacity nodes.yaml tied.yaml release.yaml --format json
# With one port of a node for two, one is left over, whichever comes first.
sed 's/name: db/name: one/; s/"db:1"/"web:1", ports: [{containerPort: 80, hostPort: 80}]/' tied.yaml > one.yaml
sed 's/name: one/name: two/' one.yaml > two.yaml
stackwright capacity nodes.yaml one.yaml two.yaml
