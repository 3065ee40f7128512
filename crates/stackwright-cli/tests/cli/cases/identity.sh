# Cluster-wide objects have no namespace, whatever is given: this one takes the place of the cluster's own.
printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n' > namespace.yaml
stackwright check namespace.yaml --cluster lab --namespace shop --select duplicate-object
# A second version of an object is the same object.
printf 'apiVersion: autoscaling/v%s\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n' 1 > hpa-1.yaml
sed s/v1/v2/ hpa-1.yaml > hpa-2.yaml
stackwright check hpa-1.yaml hpa-2.yaml --select duplicate-object --format json
