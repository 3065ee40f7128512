// Package acme has the data of an account.
package acme

import "errors"

// ErrStandIn is what everything here fails with.
var ErrStandIn = errors.New("this build of Traefik has no ACME client")

// Account is one at a certificate authority.
type Account struct{}

// ExtendedAccount is an account and where it is.
type ExtendedAccount struct {
	Account

	Location string
}
