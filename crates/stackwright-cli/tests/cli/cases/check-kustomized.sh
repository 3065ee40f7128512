# What a kustomization changes its objects by, or puts into them, is no object, however it looks.
mkdir -p app/parts app/component
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "example/web:1"}]}}\n' > app/web.yaml
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3, template: {spec: {containers: [{name: web}]}}}\n' > app/patch.yaml
cp app/patch.yaml app/parts/merge.yaml && cp app/patch.yaml app/parts/file.yaml && cp app/patch.yaml app/component/patch.yaml
printf 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: patch.yaml\n' > app/parts/transformer.yaml
printf 'resources: [web.yaml]\ncomponents: [component]\npatches: [{path: patch.yaml, target: {kind: Deployment}}]\npatchesStrategicMerge: [parts/merge.yaml]\ntransformers: [parts/transformer.yaml]\nconfigMapGenerator: [{name: conf, files: [web.yaml, own=parts/file.yaml]}]\n' > app/kustomization.yaml
printf 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: patch.yaml}]\n' > app/component/kustomization.yaml
stackwright check app
# Named, they are none either: a shell's pattern names all files.
stackwright check app/*.yaml
stackwright check app/patch.yaml
stackwright fmt app/patch.yaml
# Without the kustomization, nobody knows.
rm app/kustomization.yaml
stackwright check app/patch.yaml
