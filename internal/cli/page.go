package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/steps/report"
	"example.com/netanswer/steps/say"
)

// A page is what verify and merge do with the page of a run once it is written.
type page struct {
	dir      string // of the reports; "" where none are written
	language say.Language
	open     bool
}

// flags declares what the page has of flags.
func (g *page) flags(set *settings.Set, history *string) {
	set.StringVar(
		history,
		"history",
		"",
		"folder in which each run is kept, so that the report tells new and fixed failures, the trend and what is flaky",
	)
	set.BoolVar(&g.open, "open", false, "open the report in the browser at the end")
}

// show tells where the page is, and opens it if that was asked for. Where there is
// none, as after an error that came before, it says nothing.
func (g page) show(ctx context.Context, out io.Writer) error {
	file := filepath.Join(g.dir, report.File)
	if _, err := os.Stat(file); g.dir == "" || err != nil {
		return nil
	}
	if _, err := fmt.Fprintf(out, "%s: %s\n", g.language.Of("報告", "report"), filepath.ToSlash(file)); err != nil || !g.open {
		return err
	}
	return openInBrowser(ctx, file)
}

// openInBrowser lets the machine open a file or an address as a click would.
func openInBrowser(ctx context.Context, what string) error {
	command := []string{"xdg-open", what}
	switch runtime.GOOS {
	case "darwin":
		command = []string{"open", what}
	case "windows":
		command = []string{"rundll32", "url.dll,FileProtocolHandler", what}
	}
	if err := exec.CommandContext(ctx, command[0], command[1:]...).Run(); err != nil {
		return fmt.Errorf("open %s by %s: %w", what, command[0], err)
	}
	return nil
}

// A plainWriter writes lines without what would steer a terminal: some of what they
// tell was made up by others.
type plainWriter struct{ out io.Writer }

func (w plainWriter) Write(text []byte) (int, error) {
	if _, err := io.WriteString(w.out, say.Plain(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// A toldError is an error as it is told in the language of a run.
type toldError struct {
	error
	text string
}

func (e toldError) Error() string { return e.text }
func (e toldError) Unwrap() error { return e.error }
