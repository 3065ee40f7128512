# For code scanning and for workflows.
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {"h\303\251": on}\n' > 'two, 100%.yaml'
stackwright check 'two, 100%.yaml' --format github
stackwright check 'two, 100%.yaml' --format sarif --select duplicate-object
# Lines that move change nothing but the regions.
stackwright check 'two, 100%.yaml' --format sarif 2>/dev/null | grep finding/v1 > before
sed -i '1i # moved' 'two, 100%.yaml'
stackwright check 'two, 100%.yaml' --format sarif 2>/dev/null | grep finding/v1 | diff before -
# A finding about the cluster itself has no place.
CLUSTERS=twins stackwright check --format github
CLUSTERS=twins stackwright check --format json
CLUSTERS=twins stackwright check --format sarif --select host-identity-duplicate
