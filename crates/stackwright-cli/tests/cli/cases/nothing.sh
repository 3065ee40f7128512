# Where nothing is an object nothing was checked: that is not clean.
mkdir -p empty/.hidden values chart
stackwright check empty
printf 'replicas: 3\n' > values/values.yaml && stackwright check values
printf 'apiVersion: v2\nname: chart\n' > chart/Chart.yaml && stackwright check chart
printf '# apiVersion: v1\n' > comments.yaml && stackwright check comments.yaml
stackwright check - < /dev/null
printf 'resources: [../base]\n' > empty/kustomization.yaml && stackwright check empty
stackwright check empty values --format sarif
stackwright check lab empty
stackwright capacity empty
# Beside something, it is a note.
printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' > a.yaml
stackwright check a.yaml empty
# Nothing to compare with is no agreement.
stackwright check a.yaml --previous empty
