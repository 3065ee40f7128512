// Package tlsalpn01 has the options of challenges by TLS.
package tlsalpn01

import (
	"time"

	"github.com/go-acme/lego/v5/acme"
)

// ACMETLS1Protocol is the protocol's name in a handshake (RFC 8737). Traefik offers it to every client.
const ACMETLS1Protocol = "acme-tls/1"

// ChallengeOption is without effect.
type ChallengeOption func()

// SetDelay has none.
func SetDelay(time.Duration) ChallengeOption { return nil }

// ChallengeBlocks fails.
func ChallengeBlocks(string, string) (certificate, key []byte, err error) {
	return nil, nil, acme.ErrStandIn
}
