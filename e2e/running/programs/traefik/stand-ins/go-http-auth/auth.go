// Package auth lets nobody in.
package auth

import "net/http"

// BasicAuth would check passwords.
type BasicAuth struct {
	Realm   string
	Secrets func(user, realm string) string
}

// CheckSecret refuses.
func CheckSecret(string, string) bool { return false }

// RequireAuth answers that a user is wanted.
func (*BasicAuth) RequireAuth(answer http.ResponseWriter, _ *http.Request) {
	answer.WriteHeader(http.StatusUnauthorized)
}

// DigestAuth would check digests.
type DigestAuth struct{}

// NewDigestAuthenticator is one that refuses.
func NewDigestAuthenticator(string, func(user, realm string) string) *DigestAuth {
	return &DigestAuth{}
}

// DigestAuthParams reads none.
func DigestAuthParams(string) map[string]string { return nil }

// CheckAuth finds no user.
func (*DigestAuth) CheckAuth(*http.Request) (user string, information *string) { return "", nil }

// RequireAuth answers that a user is wanted.
func (*DigestAuth) RequireAuth(answer http.ResponseWriter, _ *http.Request) {
	answer.WriteHeader(http.StatusUnauthorized)
}

// RequireAuthStale answers the same.
func (auth *DigestAuth) RequireAuthStale(answer http.ResponseWriter, request *http.Request) {
	auth.RequireAuth(answer, request)
}
