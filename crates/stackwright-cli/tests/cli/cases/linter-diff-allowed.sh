# What is meant to be is shown as allowed, and no reason to fail.
cp "$CARGO_MANIFEST_DIR/tests/cli/diff/database.yaml" before.yaml
sed 's/postgres:17.5/postgres:17.6/' before.yaml > after.yaml
stackwright diff before.yaml after.yaml
sed 's/  name: db/&\n  annotations: {stackwright.dev\/allow.outage: it is updated at night}/' after.yaml > allowed.yaml
stackwright diff before.yaml allowed.yaml
stackwright diff before.yaml allowed.yaml --fail-on in-place
stackwright diff before.yaml allowed.yaml --format json | grep '"allowed"'
stackwright check allowed.yaml --select unused-allowance
# A custom resource of another name is the same one.
printf 'apiVersion: db.example.org/v1\nkind: Database\nmetadata: {name: orders, namespace: shop}\nspec: {size: 3, user: orders-rw, title: The orders}\n' > before.yaml
sed 's/orders/sales/g' before.yaml > after.yaml
stackwright diff before.yaml after.yaml --fail-on data-loss
# A level of failing is one of the consequences.
stackwright diff before.yaml after.yaml --fail-on outtage
