package cli

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/steps/say"
)

// Live is the live view of a sandbox, for its tests.
type Live struct{ view liveView }

// NewLive returns the view and the log that it shows, which besides gets as well.
func NewLive(besides io.Writer) (*Live, *slog.Logger) {
	told := newLiveLog(slog.LevelInfo, besides)
	return &Live{liveView{told: told}}, slog.New(told)
}

// Lines are what the view shows of a sandbox.
func (l *Live) Lines(ctx context.Context, s *server.Sandbox) string {
	l.view.sandbox = s
	return strings.Join(l.view.lines(ctx), "\n")
}

// Draw draws lines on a terminal of a size.
func (l *Live) Draw(out io.Writer, columns, rows int, lines ...string) {
	l.view.draw(out, lines, columns, rows)
}

// What the tests of this package try besides Run.
var (
	Greet            = greet
	ReadVerification = readVerification
	TerminalOf       = terminalOf
)

// Names are the commands there are.
func Names() []string { return slices.Sorted(maps.Keys(commands)) }

// NamesAuthorities tells whether the first of the files that is there names one.
var NamesAuthorities = named

// NeedsSpoken writes to out what setup tells, in a language.
func NeedsSpoken(out io.Writer, language say.Language) io.Writer {
	return &needsSpoken{out: out, language: language}
}
