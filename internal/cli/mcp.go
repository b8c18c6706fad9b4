package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/internal/mcp"
)

// mcpCommand is `netanswer mcp`: the control API of a sandbox that runs, for an
// assistant at the other end of standard input and output.
func mcpCommand(ctx context.Context, p Process, args []string) error {
	var at console
	if err := at.parse(p.settings("mcp", args), args, p.Environ); err != nil {
		return err
	}
	controls, url, err := at.client()
	if err != nil {
		return fmt.Errorf("mcp: %w", err)
	}
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
