# Charts that lie in a repository are not looked at, until Helm is asked for.
mkdir -p repo/clusters repo/apps repo/charts/web/templates bin
printf 'name: web\nversion: 1.0.0\n' > repo/charts/web/Chart.yaml
printf 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {interval: 1h, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substitute: {SIZE: "2"}}}\n' > repo/clusters/apps.yaml
printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-values, namespace: shop}\ndata:\n  values.yaml: |\n    replicas: ${SIZE}\n  host: web.example\n' > repo/apps/shop.yaml
printf 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: shop}\nspec:\n  interval: 1h\n  chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}\n  valuesFrom: [{kind: ConfigMap, name: web-values}, {kind: ConfigMap, name: web-values, valuesKey: host, targetPath: "hosts[0]"}]\n  values: {colour: "${SIZE}"}\n' > repo/apps/web.yaml
stackwright check repo
# Without one it can't work. This one tells what it was asked, and makes two objects.
PATH=bin $(command -v stackwright) check --helm repo
printf '#!/bin/sh\nfor a in "$@"; do if [ -f "$a" ]; then echo "$(basename $a): $(cat $a)"; else echo "$a"; fi; done >> asked\nif [ $1 = version ]; then exit; fi\nif [ -f says ]; then cat says >&2; exit 1; fi; cat objects.yaml\n' > bin/helm && chmod +x bin/helm
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: wbe}, ports: [{port: 80}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: web, image: "nginx:1.29", envFrom: [{configMapRef: {name: web-valeus}}]}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: test, annotations: {helm.sh/hook: test}}\nspec: {}\n' > objects.yaml
stackwright check --helm=bin/helm --kubernetes 1.35 repo
cat asked
# What the objects are changed by, and what can't be known.
printf '  postRenderers: [{kustomize: {patches: [{target: {kind: Service}, patch: "[{op: replace, path: /spec/selector/app, value: web}]"}]}}]\n' >> repo/apps/web.yaml
sed -i 's/{kind: ConfigMap, name: web-values}/{kind: Secret, name: login}/' repo/apps/web.yaml
PATH="$PWD/bin:$PATH" stackwright check --helm repo
# What a Secret holds is in no command's arguments, which everybody on the machine can see.
printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: admin, namespace: shop}\nstringData: {password: letmein}\n' > repo/apps/admin.yaml
sed -i 's/{kind: Secret, name: login}/{kind: Secret, name: admin, valuesKey: password, targetPath: admin.password}/' repo/apps/web.yaml && rm asked
stackwright check --helm=bin/helm repo --select storage && sed 's|=/.*/|=.../|' asked
sed -i 's/{kind: Secret, name: admin, valuesKey: password, targetPath: admin.password}/{kind: Secret, name: login}/' repo/apps/web.yaml && rm repo/apps/admin.yaml
# What Helm refuses is found where the release is; a dependency that is to be fetched is none of its faults.
sed -i 's/{kind: Secret, name: login}, //' repo/apps/web.yaml
printf 'WARNING: a\nError: execution error at (web/templates/web.yaml:1:3): host is needed\n\nUse --debug flag to render out invalid YAML\n' > says
stackwright check --helm=bin/helm repo
echo 'Error: found in Chart.yaml, but missing in charts/ directory: redis' > says
stackwright check --helm=bin/helm repo
# A chart that isn't there, and one of a repository of charts.
rm says && sed -i 's|./charts/web|./charts/wbe|' repo/apps/web.yaml
stackwright check --helm=bin/helm repo
sed -i 's|./charts/wbe, sourceRef: {kind: GitRepository|web, sourceRef: {kind: HelmRepository|' repo/apps/web.yaml
stackwright check --helm=bin/helm repo
# Argo CD renders a folder that is a chart, and one with helmCharts where it is told to.
mkdir -p argo/apps argo/site argo/lab && cp -r repo/charts/web argo/site/chart && mkdir argo/lab/charts && cp -r repo/charts/web argo/lab/charts/web && echo 'a: 1' > argo/site/lab.yaml
printf 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: site, namespace: argocd}\nspec:\n  destination: {namespace: site}\n  source:\n    repoURL: https://git.example/lab\n    path: site/chart\n    helm: {releaseName: front, valueFiles: [../lab.yaml, no.yaml], valuesObject: {b: 2}, parameters: [{name: c, value: "3,4", forceString: true}]}\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: lab, namespace: argocd}\nspec: {destination: {namespace: lab}, source: {repoURL: https://git.example/lab, path: lab}}\n' > argo/apps/apps.yaml
printf 'helmCharts: [{name: web, releaseName: web, valuesInline: {d: 5}, includeCRDs: true}, {name: far, repo: https://charts.example, version: 1.0.0}]\n' > argo/lab/kustomization.yaml
rm asked; stackwright check --helm=bin/helm argo
cat asked
stackwright check argo
# A patch may be for what such a chart makes, where it isn't rendered.
printf 'patches: [{patch: "{apiVersion: v1, kind: Service, metadata: {name: far}, spec: {type: NodePort}}"}]\n' >> argo/lab/kustomization.yaml
stackwright check argo
