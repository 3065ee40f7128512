stackwright adopt --help

# The code, the files beside it, and what is left to do.
mkdir manifests
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {LOG: info}\n' > manifests/settings.yaml
stackwright adopt manifests --name shop --namespace shop --no-proof
cat src/shop.rs

# Nothing is written over what is there, except what is the same.
stackwright adopt manifests --name shop --namespace shop --no-proof
stackwright adopt manifests --name shop --no-proof

# What Secrets hold is not in the code; where they are is asked for, since their files are named after it.
printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: login, labels: {app: web}}\nstringData: {password: open-sesame}\n' > secret.yaml
stackwright adopt secret.yaml --name login --no-proof
stackwright adopt secret.yaml --name login --no-proof --namespace shop
grep -r sesame src

# What can't be adopted.
printf '# nothing\n' > nothing.yaml
stackwright adopt nothing.yaml --name nothing --no-proof
printf 'kind: [' > broken.yaml
stackwright adopt broken.yaml --name broken --no-proof
stackwright adopt manifests --name Shop --no-proof
stackwright adopt manifests --name match --no-proof
stackwright adopt manifests --name away --out away
ls

# A custom resource is typed where stackwright-crds has a type that holds all of it; else it is said what that can't hold.
printf 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: lab, namespace: metallb-system}\nspec: {addresses: [192.0.2.0/28]}\n' > pool.yaml
stackwright adopt pool.yaml --name pool --no-proof
cat src/pool.rs
printf 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: lab, namespace: metallb-system}\nspec: {addresses: [192.0.2.0/28], newer: 1}\n' > newer.yaml
stackwright adopt newer.yaml --name newer --no-proof
cat src/newer.rs
