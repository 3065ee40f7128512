# A repository of Flux is walked as Flux does: bases, components, patches, generators and variables.
cp -r "$CARGO_MANIFEST_DIR/tests/gitops/flux" repository
stackwright check repository
# What is wrong is found where it is written: in a patch, in a file of the base, in a Kustomization.
sed -i 's/name: ZONE, value: .*/name: ZONE, valeu: x}]/' repository/apps/lab/web-patch.yaml
sed -i 's/key: GREETING/key: GREETINGS/' repository/apps/base/web/web.yaml
sed -i 's/{name: infrastructure}/{name: infrastucture}/' repository/clusters/lab/apps.yaml
sed -i 's/name: podinfo, namespace: flux-system}}/name: podinf, namespace: flux-system}}/' repository/infrastructure/podinfo.yaml
stackwright check repository
# So is what is a variable that nobody sets, or that Flux can't read.
rm -r repository && cp -r "$CARGO_MANIFEST_DIR/tests/gitops/flux" repository
sed -i 's/LEVEL: info/LEVLE: info/' repository/clusters/lab/apps.yaml
sed -i 's/targetPort: http/targetPort: htpp/' repository/apps/base/web/web.yaml
stackwright check repository
sed -i 's/host: web.${DOMAIN}/host: web.${DOMAIN[0]}/' repository/apps/base/web/web.yaml
stackwright check repository
# And what is listed and not there, and a folder that is to be applied and isn't there.
rm -r repository && cp -r "$CARGO_MANIFEST_DIR/tests/gitops/flux" repository
sed -i 's/extra.yaml/extras.yaml/' repository/apps/lab/kustomization.yaml
sed -i 's|path: ./infrastructure|path: ./infrastucture|' repository/clusters/lab/infrastructure.yaml
stackwright check repository
# Paths are told from the repository's root, also where a folder below it is named.
rm -r repository && cp -r "$CARGO_MANIFEST_DIR/tests/gitops/flux" repository && mkdir repository/.git
stackwright check repository/clusters
cd repository/clusters/lab && stackwright check .
# A file alone is read as it is.
stackwright check repository/clusters/lab/apps.yaml
# Capacity counts what is applied.
stackwright capacity repository | head -n 20
# What Flux leaves out of its source isn't there, and health is only that of what is.
rm -r repository && cp -r "$CARGO_MANIFEST_DIR/tests/gitops/flux" repository
printf 'kind: Broken\nmetadata: [\n' > repository/infrastructure/draft.yaml && printf '# not yet\ndraft.yaml\n' > repository/.sourceignore
printf '  healthChecks: [{apiVersion: apps/v1, kind: Deployment, name: lab-wbe, namespace: web}, {apiVersion: apps/v1, kind: Deployment, name: lab-web, namespace: web}]\n' >> repository/clusters/lab/apps.yaml
stackwright check repository --select gitops-depends-on
echo /apps/lab/extra.yaml >> repository/.sourceignore && stackwright check repository
rm repository/.sourceignore repository/infrastructure/draft.yaml && sed -i 's|^spec: {interval: 1m,|spec: {ignore: "/*\\n!/clusters\\n!/apps", interval: 1m,|' repository/clusters/lab/flux-system/gotk-sync.yaml && stackwright check repository
# What another repository brings is not missing; what only Flux can tell, and what it doesn't apply now, is said.
rm -r repository && cp -r "$CARGO_MANIFEST_DIR/tests/gitops/flux" repository
sed -i 's|^spec: {interval: 1m,|spec: {include: [{repository: {name: shared}, toPath: brought}], interval: 1m,|' repository/clusters/lab/flux-system/gotk-sync.yaml
sed -i 's|path: ./infrastructure|path: ./brought/infrastructure|' repository/clusters/lab/infrastructure.yaml
sed -i 's|extra.yaml|../../brought/extra.yaml|' repository/apps/lab/kustomization.yaml
printf '  suspend: true\n  healthCheckExprs: [{apiVersion: web.example/v1, kind: Site, current: status.ready}]\n' >> repository/clusters/lab/apps.yaml
stackwright check repository
