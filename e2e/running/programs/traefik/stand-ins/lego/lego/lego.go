// Package lego has a client that cannot be made.
package lego

import (
	"crypto/x509"
	"net/http"
	"time"

	"github.com/go-acme/lego/v5/acme"
	"github.com/go-acme/lego/v5/certificate"
	"github.com/go-acme/lego/v5/challenge"
	"github.com/go-acme/lego/v5/challenge/dns01"
	"github.com/go-acme/lego/v5/challenge/http01"
	"github.com/go-acme/lego/v5/challenge/tlsalpn01"
	"github.com/go-acme/lego/v5/registration"
)

// DirectoryURLLetsEncrypt is nowhere.
const DirectoryURLLetsEncrypt = ""

// Config of a client.
type Config struct {
	CADirURL, UserAgent string
	HTTPClient          *http.Client
	Certificate         struct{ Timeout time.Duration }
}

// NewConfig is an empty one.
func NewConfig(registration.User) *Config { return &Config{} }

// Client would get certificates.
type Client struct {
	Certificate  *certificate.Certifier
	Challenge    *Solvers
	Registration *registration.Registrar
}

// NewClient fails.
func NewClient(*Config) (*Client, error) { return nil, acme.ErrStandIn }

// CreateCertPool fails.
func CreateCertPool([]string, bool) (*x509.CertPool, error) { return nil, acme.ErrStandIn }

// Solvers would answer challenges.
type Solvers struct{}

// SetHTTP01Provider fails.
func (*Solvers) SetHTTP01Provider(challenge.Provider, ...http01.ChallengeOption) error {
	return acme.ErrStandIn
}

// SetTLSALPN01Provider fails.
func (*Solvers) SetTLSALPN01Provider(challenge.Provider, ...tlsalpn01.ChallengeOption) error {
	return acme.ErrStandIn
}

// SetDNS01Provider fails.
func (*Solvers) SetDNS01Provider(challenge.Provider, ...dns01.ChallengeOption) error {
	return acme.ErrStandIn
}
