# What Applications and ApplicationSets apply is checked, and what is not applied isn't.
cp -r "$CARGO_MANIFEST_DIR/tests/gitops/argo" repository
stackwright check repository
# What is put into a template by more than names is said.
sed -i 's/{{.path.basename}}/{{.path.basename | upper}}/; s/{{path.basename}}/{{path.basename | upper}}/' repository/apps/set.yaml && stackwright check repository
