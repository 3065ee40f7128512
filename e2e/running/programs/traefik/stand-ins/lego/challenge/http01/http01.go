// Package http01 has the options of challenges by HTTP.
package http01

import "time"

// PathPrefix is where a challenge is answered (RFC 8555, section 8.3).
const PathPrefix = "/.well-known/acme-challenge/"

// ChallengeOption is without effect.
type ChallengeOption func()

// SetDelay has none.
func SetDelay(time.Duration) ChallengeOption { return nil }
