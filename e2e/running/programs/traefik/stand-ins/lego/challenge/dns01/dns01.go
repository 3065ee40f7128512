// Package dns01 has the options of challenges by DNS.
package dns01

import (
	"strings"
	"time"
)

// Options of a client.
type Options struct{ RecursiveNameservers []string }

// Client would ask DNS servers.
type Client struct{}

// NewClient is one that asks nobody.
func NewClient(*Options) *Client { return nil }

// SetDefaultClient does nothing.
func SetDefaultClient(*Client) {}

// ChallengeOption is without effect, as all that follow are.
type ChallengeOption func()

// LazyCondOption has none.
func LazyCondOption(bool, func() ChallengeOption) ChallengeOption { return nil }

// CombineOptions has none.
func CombineOptions(...ChallengeOption) ChallengeOption { return nil }

// CondOptions has none.
func CondOptions(bool, ...ChallengeOption) ChallengeOption { return nil }

// DisableAuthoritativeNssPropagationRequirement has none.
func DisableAuthoritativeNssPropagationRequirement() ChallengeOption { return nil }

// DisableRecursiveNSsPropagationRequirement has none.
func DisableRecursiveNSsPropagationRequirement() ChallengeOption { return nil }

// PropagationWait has none.
func PropagationWait(time.Duration, bool) ChallengeOption { return nil }

// UnFqdn is the name without its final dot. Traefik uses it for every certificate.
func UnFqdn(name string) string { return strings.TrimSuffix(name, ".") }
