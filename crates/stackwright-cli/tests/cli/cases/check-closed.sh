# Whose world is closed: what isn't there may be made elsewhere, unless somebody says that there is no elsewhere.
cat > pod.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: web}
data: {a: b}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: web}
spec: {containers: [{name: main, image: "example/main:1", envFrom: [{configMapRef: {name: other}}]}]}
YAML
stackwright check pod.yaml
stackwright check pod.yaml --closed

# A patch is a part of an object.
mkdir -p base overlay
mv pod.yaml base/pod.yaml
printf 'resources: [pod.yaml]\n' > base/kustomization.yaml
printf 'resources: [../base]\npatches: [{path: patch.yaml}]\n' > overlay/kustomization.yaml
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: api, namespace: web}\nspec: {activeDeadlineSeconds: 9}\n' > overlay/patch.yaml
stackwright check .
