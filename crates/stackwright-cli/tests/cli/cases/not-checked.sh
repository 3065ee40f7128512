# What was not looked at is said, once.
printf 'apiVersion: example.org/v1\nkind: Greeting\nmetadata: {name: %s, namespace: web}\nspec: {wrods: hello}\n' one > one.yaml
sed s/one/two/ one.yaml > two.yaml
stackwright check one.yaml two.yaml
# A file that cannot be read hides only what it may have: not a probe's port, nor a mount in another file.
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: web}\nspec:\n  containers:\n  - name: web\n    image: nginx:1.29\n    envFrom: [{configMapRef: {name: settings}}]\n    volumeMounts: [{name: data, mountPath: /data}]\n    livenessProbe: {httpGet: {port: http}}\n' > pod.yaml
printf 'a: [1\n' > broken.yaml
stackwright check pod.yaml --format json --select probe-port-name,volume-mount-undefined,configmap-missing
stackwright check pod.yaml broken.yaml --format json --select probe-port-name,volume-mount-undefined,configmap-missing,schema
