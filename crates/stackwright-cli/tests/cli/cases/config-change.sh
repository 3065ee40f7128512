# Pods that read their settings when they start do not notice new ones: a render says what restarts them.
CLUSTERS=lab-only stackwright render --out rendered 2>/dev/null
CLUSTERS=lab-only stackwright check
CLUSTERS=blue stackwright check
CLUSTERS=blue stackwright render --out rendered
CLUSTERS=blue stackwright check
# Or they roll with them.
CLUSTERS=green-rolls stackwright render --out rendered 2>/dev/null
CLUSTERS=blue-rolls stackwright render --out rendered
grep rolls-with rendered/lab/web/deployment-hello.yaml
# Anyone's manifests, against what was applied before.
cp -r rendered/lab/web before && sed 's/blue/red/' before/configmap-settings.yaml > red.yaml && cp before/deployment-hello.yaml .
stackwright check red.yaml deployment-hello.yaml --previous before --select config-change-unnoticed
