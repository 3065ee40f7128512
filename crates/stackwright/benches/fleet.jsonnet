// The fleet of examples/fleet.rs in Jsonnet, to compare: jrsonnet --string --tla-code n=2000 fleet.jsonnet
local application(number) =
  local name = 'app-%d' % number;
  local host = name + '.example.com';
  local labels = { 'app.kubernetes.io/name': name };
  local metadata = { labels: labels, name: name, namespace: 'fleet' };
  [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata,
      data: {
        DATABASE_HOST: 'postgresql.example.com',
        DATABASE_PORT: '5432',
        FEATURE_SEARCH: 'on',
        GREETING: 'Hello: welcome to the fleet',
        LOG_FORMAT: 'json',
        LOG_LEVEL: 'info',
        PUBLIC_URL: host,
        'nginx.conf': 'server {\n  listen 8080;\n  location / {\n    proxy_pass http://127.0.0.1:9000;\n  }\n}\n',
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: labels },
          spec: {
            containers: [{
              envFrom: [{ configMapRef: { name: name } }],
              image: 'registry.example.com/fleet/%s:1.%d.0' % [name, number],
              name: 'web',
              ports: [{ containerPort: 8080, name: 'http' }],
              readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
              resources: {
                limits: { cpu: '500m', memory: '256Mi' },
                requests: { cpu: '100m', memory: '128Mi' },
              },
            }],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata,
      spec: { ports: [{ name: 'http', port: 8080, targetPort: 'http' }], selector: labels },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata,
      spec: {
        ingressClassName: 'traefik',
        rules: [{
          host: host,
          http: { paths: [{ backend: { service: { name: name, port: { name: 'http' } } }, path: '/', pathType: 'Prefix' }] },
        }],
        tls: [{ hosts: [host], secretName: name + '-tls' }],
      },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata,
      spec: {
        maxReplicas: 5,
        metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 70, type: 'Utilization' } }, type: 'Resource' }],
        minReplicas: 2,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: name },
      },
    },
  ];

function(n) std.manifestYamlStream(std.flattenArrays([application(i) for i in std.range(1, n)]), c_document_end=false, quote_keys=false)
