# Without an inflated release, or a cluster of the name, there is nothing to do.
CLUSTERS=two homelab inflate
CLUSTERS=two homelab inflate nowhere
stackwright inflate --release web

# A release that Helm did not make yet is found; Helm is asked for its chart, and has to be there.
CLUSTERS=inflated homelab check --select references
mkdir bin && ln -s "$(command -v homelab)" bin/homelab
PATH=bin CLUSTERS=inflated homelab inflate
PATH=bin CLUSTERS=inflated homelab inflate --chart nowhere

# This one only prints what Helm would.
printf '#!/bin/sh\ncase $1 in pull) echo x > ${4}/web.tgz;; show) if [ $2 = chart ]; then echo "name: web"; echo "version: 1.0.0"; else echo "auth: {existingSecret: x}"; fi;; *) cat "$OBJECTS";; esac\n' > bin/helm && chmod +x bin/helm
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: b}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: test, annotations: {helm.sh/hook: test}}\n' > objects.yaml
PATH="$PWD/bin:$PATH" OBJECTS=objects.yaml CLUSTERS=inflated homelab inflate
cat inflated/lab/web.yaml
PATH="$PWD/bin:$PATH" OBJECTS=objects.yaml CLUSTERS=inflated homelab inflate lab --release web
# What is there and nobody inflated is not written over, and what was is.
echo 'mine: true' > inflated/lab/web.yaml; PATH="$PWD/bin:$PATH" OBJECTS=objects.yaml CLUSTERS=inflated homelab inflate
: > inflated/lab/web.yaml; PATH="$PWD/bin:$PATH" OBJECTS=objects.yaml CLUSTERS=inflated homelab inflate
# What must not be committed, what is no object, and what the API refuses.
printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: hunter2}\n' > secret.yaml; PATH="$PWD/bin:$PATH" OBJECTS=secret.yaml CLUSTERS=inflated homelab inflate
printf 'a: [\n' > broken.yaml; PATH="$PWD/bin:$PATH" OBJECTS=broken.yaml CLUSTERS=inflated homelab inflate
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: 1}\n' > wrong.yaml; PATH="$PWD/bin:$PATH" OBJECTS=wrong.yaml CLUSTERS=inflated homelab inflate
