// Traefik's own go.mod points at a folder of its repository for this module, which is not published: it is a place for extensions.
module github.com/traefik/traefik/dynamic/ext

go 1.26.0
