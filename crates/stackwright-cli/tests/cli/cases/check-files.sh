# Files, folders and standard input: anyone's manifests.
mkdir -p app/templates app/.git app/chart
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  DEBUG: on\n' > app/settings.yaml
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n' > app/again.yml
printf '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "json"}}' > app/fine.json
# What is no manifest in a folder is no business of ours.
printf 'replicas: 3\n' > app/values.yaml
printf 'not: [yaml\n' > app/.git/config.yaml
printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [settings.yaml]\n' > app/kustomization.yaml
printf 'apiVersion: v2\nname: chart\n' > app/chart/Chart.yaml
printf '{{ broken }}: {\n' > app/chart/deployment.yaml
stackwright check app
stackwright check app --format json
stackwright check app --namespace shop --select duplicate-object
cat app/again.yml app/fine.json | stackwright check -
stackwright check app/values.yaml
stackwright check app/missing.yaml
# One broken document does not hide the others.
printf 'kind: [\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  prots: []\n' | stackwright check -
printf 'namePrefix: test-\nresources: [settings.yaml]\n' > app/kustomization.yaml
stackwright check app --select references
