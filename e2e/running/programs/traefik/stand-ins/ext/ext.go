// Package ext has what a build of Traefik adds to its dynamic configuration: nothing.
package ext

// HTTP is added to the configuration of HTTP.
type HTTP struct{}

// Router is added to a router.
type Router struct{}
