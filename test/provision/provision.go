// Package provision finds or installs what only the tests need: axe-core, others'
// clients that the fake providers are tried with, linters of modules, what the
// JavaScript client is built and tried with, Kannel, isync and HAProxy, two SIP telephones, WireMock
// with Java, PostgreSQL, and a Docker engine. `go run ./test/setup` does it. No part of it
// is in the program; the browser is provided by steps/provision, whose Installer
// and cache directory are used here.
package provision

import (
	"context"
	"errors"
	"io"

	"example.com/netanswer/steps/provision"
)

// Options says where and on what is worked, as for steps/provision.
type Options = provision.Options

// Setup provides what is missing and writes a line for each thing to out. It
// goes on after a failure; the error joins a MissingError of steps/provision
// for each thing. Runs at the same time are safe.
func Setup(ctx context.Context, out io.Writer, opts Options) error {
	_, axe := SetupAxe(ctx, out, opts)
	phones := SetupPhones(ctx, out, opts)
	_, linters := SetupLinters(ctx, out, opts)
	_, clients := SetupClients(ctx, out, opts)
	_, javascript := SetupJavaScript(ctx, out, opts)
	gateways := SetupGateways(ctx, out, opts)
	_, wireMock := SetupWireMock(ctx, out, opts)
	postgres := SetupPostgres(ctx, out, opts)
	_, engine := SetupEngine(ctx, out, opts)
	return errors.Join(axe, phones, linters, clients, javascript, gateways, wireMock, postgres, engine)
}
