package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/client"
	"example.com/netanswer/internal/mcp"
	"example.com/netanswer/internal/settings"
	"example.com/netanswer/sandbox/server"
)

// mcpCommand is `netanswer mcp`: the control API of a sandbox that runs, for an
// assistant at the other end of standard input and output. It reads the two
// variables that serve reads.
func mcpCommand(ctx context.Context, p Process, args []string) error {
	var address, token string
	set := settings.New("mcp", p.Err)
	set.StringVar(&address, "console", defaultConsole, "address of the console and control API, as serve was given it")
	set.StringVar(&token, "control-token", "", "its control token, \"\" for none")
	if err := set.Parse(args, p.Environ, "console", "control-token"); err != nil {
		return err
	}
	url, err := server.Reachable(address)
	if err != nil {
		return fmt.Errorf("mcp: console: %w", err)
	}
	controls := client.New(url, client.WithToken(token))
	if err := controls.Healthy(ctx); err != nil {
		return fmt.Errorf("mcp: %s: %w; start a sandbox with netanswer serve", url, err)
	}
	err = mcp.New(controls, version).Run(ctx, &sdk.IOTransport{Reader: io.NopCloser(p.In), Writer: unclosed{p.Out}})
	if ctx.Err() != nil || errors.Is(err, io.EOF) {
		return nil // who asked has gone
	}
	return err
}

// unclosed is a stream of the process, which the process closes.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }
