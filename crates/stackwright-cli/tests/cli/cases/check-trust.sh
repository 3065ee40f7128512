# No false alarms. What is applied with -n is in the namespace that is given.
printf 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n  maxReplicas: 3\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n' > hpa.yaml
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: {matchLabels: {app: web}}\n  template: {metadata: {labels: {app: web}}}\n' > web.yaml
stackwright check hpa.yaml web.yaml --namespace shop --select hpa-target-missing
stackwright check hpa.yaml web.yaml --select hpa-target-missing --format json
# The items of a list are objects.
(printf 'apiVersion: v1\nkind: List\nitems:\n- '; sed '1n; s/^/  /' web.yaml) > list.yaml
stackwright check hpa.yaml list.yaml --namespace shop --select hpa-target-missing
# What cannot be read is one finding: what others miss of it is none.
sed 's/selector:/selectro:/' web.yaml > field.yaml
stackwright check hpa.yaml field.yaml --namespace shop --select hpa-target-missing,schema --format json
sed 's/kind: Deployment/kind: Deploymnt/' web.yaml > kind.yaml
stackwright check hpa.yaml kind.yaml --namespace shop --select hpa-target-missing,schema --format json
sed 's/{name: web/[name: web/' web.yaml > broken.yaml
stackwright check hpa.yaml broken.yaml --namespace shop --select hpa-target-missing,schema --format json
# Nor does it hide what is wrong elsewhere.
stackwright check hpa.yaml field.yaml --namespace other --select hpa-target-missing,schema --format json
# What kustomize makes of files is more than they say; what it reads itself is no object.
printf 'resources: [hpa.yaml]\nnamespace: shop\n' > kustomization.yaml
rm field.yaml kind.yaml broken.yaml list.yaml
stackwright check . --select hpa-target-missing
printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [web.yaml]\n' | stackwright check -
# Comments and empty documents are nothing; a byte order mark and Windows' line ends are.
printf '\357\273\277# nothing\r\n---\r\n---\r\napiVersion: v1\r\nkind: Namespace\r\nmetadata: {name: shop}\r\n' | stackwright check -
