# What can't be changed in what is applied is found before the render that was applied is overwritten.
CLUSTERS=lab-only stackwright render --out rendered 2>/dev/null
sed -i 's/app.kubernetes.io\/name: hello/app: hello/' rendered/lab/web/deployment-hello.yaml
CLUSTERS=lab-only stackwright check --select immutable-change
CLUSTERS=lab-only stackwright render --out rendered
# Once it is deleted in the cluster, so is the file.
rm rendered/lab/web/deployment-hello.yaml
CLUSTERS=lab-only stackwright render --out rendered

# Anyone's manifests, against what was applied before.
printf 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: nfs}\nprovisioner: nfs\nparameters: {server: %s}\n' 10.0.0.1 > before.yaml
sed s/10.0.0.1/10.0.0.2/ before.yaml > after.yaml
stackwright check after.yaml --previous before.yaml
stackwright check after.yaml --previous after.yaml
stackwright check after.yaml --previous missing.yaml

# A stack that is renamed moves its files: the objects are the same. What cannot be read of the last render is said.
rm -r rendered
CLUSTERS=lab-only stackwright render --out rendered 2>/dev/null
mv rendered/lab/web rendered/lab/site && sed -i 's|web/|site/|' rendered/lab/kustomization.yaml
sed -i 's/app.kubernetes.io\/name: hello/app: hello/' rendered/lab/site/deployment-hello.yaml
CLUSTERS=lab-only stackwright check --select immutable-change --format json
mv rendered tree
CLUSTERS=lab-only stackwright check --select immutable-change --format json
CLUSTERS=lab-only stackwright check --select immutable-change --format json --out tree
mv tree rendered
echo '<<<<<<< HEAD' > rendered/lab/site/deployment-hello.yaml
CLUSTERS=lab-only stackwright check --select immutable-change
rm rendered/lab/kustomization.yaml
CLUSTERS=lab-only stackwright check --select immutable-change
