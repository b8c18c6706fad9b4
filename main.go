// Netanswer is a sandbox for the new registration of a Japanese card company's
// internet service: the reference backend with its pages and JSON API, a phone
// and a mailbox to look into, a clock to move, and the Japanese scenarios that
// prove every documented rule. It is for tests only.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	_ "golang.org/x/crypto/x509roots/fallback" // whom TLS trusts where the machine names nobody, as in the image
)

const usage = `netanswer: サンドボックス（テスト専用）

  netanswer [serve] [flags]   serve the sandbox
  netanswer verify [flags]    run the Japanese scenarios against it
  netanswer verify -target target.yaml    run them against an implementation of your own
  netanswer verify doctor     try first what a target.yaml names
  netanswer merge DIR...      join the reports of shards and drivers
  netanswer qualify [flags]   break the sandbox in every way there is, to see whether the scenarios notice
  netanswer spec [flags]      write the specification as a site
  netanswer issuer export     write the card company's core system as files for WireMock
  netanswer setup             find or install what the scenarios and tests need
  netanswer health [flags]    ask whether a running sandbox is well
  netanswer version

netanswer <command> -h tells a command's flags.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "netanswer:", err)
		os.Exit(1)
	}
}

// run carries out one command. Without a command it serves.
func run(ctx context.Context, args []string, out, errOut io.Writer) error {
	command := "serve"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		command, args = args[0], args[1:]
	}
	switch command {
	case "serve":
		return serveCommand(ctx, args, out, errOut)
	case "verify":
		return verifyCommand(ctx, args, out, errOut)
	case "merge":
		return mergeCommand(args, out, errOut)
	case "qualify":
		return qualifyCommand(ctx, args, out, errOut)
	case "spec":
		return specCommand(ctx, args, out, errOut)
	case "issuer":
		return issuerCommand(ctx, args, out, errOut)
	case "setup":
		return setupCommand(ctx, args, out, errOut)
	case "health":
		return healthCommand(ctx, args, environ(), out, errOut)
	case "version":
		return versionCommand(args, out)
	case "help":
		_, err := io.WriteString(out, usage)
		return err
	}
	return fmt.Errorf("unknown command %q\n\n%s", command, usage)
}
