# Applied is what was rendered and reviewed, and by who delivers the cluster.
CLUSTERS=edge-only homelab apply
CLUSTERS=edge-only homelab render --out rendered
echo mine >> rendered/edge/README.md && CLUSTERS=edge-only homelab apply
CLUSTERS=edge-only homelab render --out rendered --force
CLUSTERS=edge-only homelab apply egde
CLUSTERS=flux homelab apply
CLUSTERS=argo-cd homelab status
CLUSTERS=none homelab apply
# kubectl is the person's own, at one of its contexts.
CLUSTERS=edge-only PATH=$(dirname "$(command -v homelab)") homelab apply
cp "$CARGO_MANIFEST_DIR/tests/cli/apply/kubectl" ../bin/
CLUSTERS=edge-only homelab apply --context home
CLUSTERS=edge-only SERVER=away homelab apply
# It has to be the cluster that the code describes.
CLUSTERS=edge-only SERVER=other homelab status
CLUSTERS=edge-only SERVER=taken homelab apply
CLUSTERS=existing homelab render --out clouds 2> /dev/null
CLUSTERS=existing SERVER=strange homelab apply gke --out clouds --yes
# Secrets are made of what lies here.
CLUSTERS=existing SERVER=bare homelab apply eks --out clouds
# Nobody is asked where nobody is.
CLUSTERS=edge-only homelab apply --dry-run
CLUSTERS=edge-only homelab apply < /dev/null
CLUSTERS=edge-only homelab apply --timeout 10
CLUSTERS=edge-only homelab apply --yes --delete-data Namespace/else
CLUSTERS=edge-only homelab status
CLUSTERS=edge-only homelab status --format json
