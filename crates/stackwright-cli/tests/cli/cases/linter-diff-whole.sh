# What a change means for the whole cluster: who reaches whom, who may do what, what pods may do, where images come from, where pods fit.
cp "$CARGO_MANIFEST_DIR/tests/cli/diff/whole.yaml" before.yaml
sed -e 's/app: none/app: web/' -e 's/ClusterIP/LoadBalancer/' -e 's/\[configmaps\]/[configmaps, secrets]/' -e 's/enforce: baseline/enforce: privileged/' -e 's|ghcr.io/acme/web:1.2.0|registry.example.org/web|' -e 's/600Mi/1800Mi/' before.yaml > after.yaml
stackwright diff before.yaml after.yaml
stackwright diff before.yaml after.yaml --format markdown
stackwright diff before.yaml after.yaml --format github
stackwright diff before.yaml after.yaml --format json | sed -n '/"shifts"/,$p' | head -n 40
# The other way round it is narrower; and a shift is no failure.
stackwright diff after.yaml before.yaml
# Where not all can be read, nothing is told of the whole.
sed 's/^spec: {podSelector/spec: {{podSelector/' after.yaml > broken.yaml && stackwright diff before.yaml broken.yaml | grep -e wider -e new
