// A stand-in for the fork that Traefik's basic and digest authentication uses, which is not published where Go looks for one.
// Both refuse everyone here.
module github.com/abbot/go-http-auth

go 1.26.0
