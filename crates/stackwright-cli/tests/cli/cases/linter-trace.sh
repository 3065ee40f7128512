# Anyone's files: the first hop that is broken says what to do.
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - {name: web, image: "shop:1.4", ports: [{name: http, containerPort: 8080}]}\n' > web.yaml
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: {app: shop}\n  ports: [{port: 80, targetPort: http}]\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec:\n  ingressClassName: nginx\n  rules:\n  - host: shop.example\n    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}\n' > way.yaml
stackwright trace web.yaml way.yaml -- http://shop.example/cart
stackwright trace web.yaml way.yaml http://shop.example/cart --format json
sed -i 's/app: shop/app: web/' way.yaml
stackwright trace . -- https://shop.example/cart
stackwright trace . -- http://shop.exmaple/cart
cat web.yaml way.yaml | sed 's/^apiVersion/---\n&/' | stackwright trace deployment/shop/web web:80
stackwright trace web.yaml -- deployment/shop/wbe web:80
stackwright trace missing.yaml -- http://shop.example
