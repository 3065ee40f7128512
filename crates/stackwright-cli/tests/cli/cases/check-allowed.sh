# What is meant is allowed with a reason; what is allowed without need is found.
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' > a.yaml
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    stackwright.dev/allow.duplicate-object: the last one wins\n' > b.yaml
stackwright check a.yaml b.yaml
stackwright check b.yaml
stackwright check b.yaml --fail-on warning --format json
# Whether it is of need is known only where its check runs.
stackwright check b.yaml --ignore duplicate-object
