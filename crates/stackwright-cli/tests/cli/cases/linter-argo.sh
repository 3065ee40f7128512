# What Applications and ApplicationSets apply is checked, and what is not applied isn't.
cp -r "$CARGO_MANIFEST_DIR/tests/gitops/argo" repository
stackwright check repository
