# Clusters: all, or those that are named.
stackwright check
CLUSTERS=duplicate-object stackwright check
CLUSTERS=duplicate-object stackwright check lab --format json
CLUSTERS=twins stackwright check --ignore machines
CLUSTERS=twins stackwright check --select references,duplicate-object
CLUSTERS=allowed stackwright check --fail-on warning
stackwright check --select refrences
stackwright check --ignore everything 2>&1 | head -n 1
stackwright check lba
stackwright check --kubernetes latest
# A release that is not known is none that can be checked for.
stackwright check --kubernetes 1.99
CLUSTERS=unknown-release stackwright check
CLUSTERS=unknown-release stackwright render
# How bad it must be.
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "nginx:1.29"}], volumes: [{name: spare, emptyDir: {}}]}\n' > a.yaml
stackwright check a.yaml --fail-on info
stackwright check a.yaml --fail-on information
stackwright check a.yaml --fail-on warning
