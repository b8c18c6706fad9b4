package cli

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/settings"
	"example.com/netanswer/sandbox/server"
)

// consoleFlag and the others of a running sandbox's console are read from the
// variables that serve reads as well, so that a container's health check needs
// no arguments.
const (
	consoleFlag     = "console"
	certificateFlag = "tls-cert"
)

// A console is where a command finds the console of a sandbox that runs.
type console struct{ address, token, tokenFile, certificate string }

// parse declares the flags of a console and reads the settings of a command.
func (c *console) parse(set *settings.Set, args, environ []string) error {
	set.StringVar(&c.address, consoleFlag, defaultConsole, "address of the console and control API, as serve was given it")
	set.StringVar(&c.certificate, certificateFlag, "",
		`file of the certificate that serve was given: the console is asked by TLS and has to show it; "" for no TLS`)
	tokenFlags(set, &c.token, &c.tokenFile)
	if err := set.Parse(args, environ, consoleFlag, certificateFlag, settings.TokenFlag, settings.TokenFileFlag); err != nil {
		return err
	}
	return settings.ReadToken(set.Placed(), &c.token, c.tokenFile)
}

func tokenFlags(set *settings.Set, token, file *string) {
	set.StringVar(token, settings.TokenFlag, "", `control token of that sandbox, "" for none`)
	set.StringVar(file, settings.TokenFileFlag, "",
		"file that holds the control token; unlike a flag's value, other users of the machine do not see it in the list of processes")
}

// client is the client of the console, and its URL.
func (c *console) client() (*client.Client, string, error) {
	address, secure := strings.CutPrefix(strings.TrimSuffix(c.address, "/"), "https://") // as it is copied from a browser
	url, err := server.Reachable(strings.TrimPrefix(address, "http://"))
	if err != nil {
		return nil, "", fmt.Errorf("console: %w", err)
	}
	options := []client.Option{client.WithToken(c.token)}
	if secure || c.certificate != "" {
		url = strings.Replace(url, "http://", "https://", 1)
	}
	if c.certificate != "" {
		pinned, err := pin(c.certificate)
		if err != nil {
			return nil, "", fmt.Errorf("tls-cert: %w", err)
		}
		options = append(options, client.WithHTTPClient(pinned))
	}
	return client.New(url, options...), url, nil
}

// pin is a client that takes one certificate only, whatever host and time it is
// of: who has its key is the sandbox that was given it.
func pin(file string) (*http.Client, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s: no certificate in PEM", file)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{
		InsecureSkipVerify: true, // what is checked instead is that it is the same certificate
		VerifyPeerCertificate: func(shown [][]byte, _ [][]*x509.Certificate) error {
			if len(shown) == 0 || !bytes.Equal(shown[0], block.Bytes) {
				return errors.New("it shows another certificate")
			}
			return nil
		},
	}
	return &http.Client{Transport: transport}, nil
}
