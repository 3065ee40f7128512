# A cluster that Flux applies, from the repository that its files are committed to: a Kustomization for each step, and one that has them all.
mkdir -p repository/.git
CLUSTERS=flux homelab render --out repository/rendered
cd repository/rendered/lab && find . -type f | LC_ALL=C sort
cd repository/rendered/lab && for f in kustomization.yaml flux/*.yaml releases/*/*.yaml; do echo "--- $f"; cat $f; done
sed -n '/Bring\|Apply it/,/^```$/p' repository/rendered/lab/README.md
# What Flux would apply is walked, with nothing to find but that Flux itself and its kinds aren't in the repository.
stackwright check repository/rendered --ignore crd-missing,namespace-undeclared --fail-on info
CLUSTERS=flux homelab secrets rotate admin --out repository/rendered
# Where Flux opens the secrets, it is told how.
CLUSTERS=flux-opens homelab render --out repository/rendered
cat repository/rendered/lab/flux/kustomization-lab-secrets.yaml repository/rendered/lab/flux/gitrepository-lab.yaml
sed -n '/Apply it/,/^```$/p' repository/rendered/lab/README.md
CLUSTERS=flux-opens homelab secrets rotate admin --out repository/rendered
# Argo CD has an Application for each step.
CLUSTERS=argo-cd homelab render --out repository/rendered
cd repository/rendered/lab && find . -type f | LC_ALL=C sort
cd repository/rendered/lab && for f in argocd/*.yaml; do echo "--- $f"; cat $f; done
sed -n '/Apply it/,/^```$/p' repository/rendered/lab/README.md
stackwright check repository/rendered --ignore crd-missing,namespace-undeclared --fail-on info
