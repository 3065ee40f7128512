// Asks a TLS server for its certificate as Go programs do: handshake CERTIFICATE ADDRESS NAME OTHER.
// It must be accepted for NAME if CERTIFICATE is trusted, and refused for OTHER and if it is not trusted.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
)

func main() {
	if err := outcome(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func outcome(certificate, address, name, other string) error {
	pem, err := os.ReadFile(certificate)
	if err != nil {
		return err
	}
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(pem) {
		return fmt.Errorf("%s holds no certificate", certificate)
	}
	if err := handshake(address, name, trusted); err != nil {
		return fmt.Errorf("refused for %s: %w", name, err)
	}
	var mismatch x509.HostnameError
	if err := handshake(address, other, trusted); !errors.As(err, &mismatch) {
		return fmt.Errorf("for %s: %v, and not a name that does not match", other, err)
	}
	var unknown x509.UnknownAuthorityError
	if err := handshake(address, name, x509.NewCertPool()); !errors.As(err, &unknown) {
		return fmt.Errorf("with nobody trusted: %v, and not an unknown authority", err)
	}
	return nil
}

func handshake(address, name string, trusted *x509.CertPool) error {
	connection, err := tls.Dial("tcp", address, &tls.Config{ServerName: name, RootCAs: trusted})
	if err != nil {
		return err
	}
	return connection.Close()
}
