# Whose world is closed: what isn't there may be made elsewhere, unless somebody says that there is no elsewhere.
mkdir -p base overlay
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: api, namespace: web}\nspec: {containers: [{name: main, image: "example/main:1", envFrom: [{configMapRef: {name: other}}]}]}\n' > base/pod.yaml
stackwright check base
stackwright check base --closed
# A patch is a part of an object.
printf 'resources: [pod.yaml]\n' > base/kustomization.yaml
printf 'resources: [../base]\npatches: [{path: patch.yaml}]\n' > overlay/kustomization.yaml
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: api, namespace: web}\nspec: {activeDeadlineSeconds: 9}\n' > overlay/patch.yaml
stackwright check . --select api
