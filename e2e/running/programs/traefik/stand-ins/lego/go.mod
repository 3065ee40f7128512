// A stand-in for the ACME client that Traefik gets certificates with: the real one brings the interfaces of some 200 DNS providers.
// What Traefik asks of it exists, and fails if it is used: certificates of a cluster here come from Secrets.
module github.com/go-acme/lego/v5

go 1.26.0
