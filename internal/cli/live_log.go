package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"example.com/netanswer/mocks/clock"
)

// keptLines is how many requests, and lines of the log, the live view has.
const keptLines = 8

// A liveLog is the log of a sandbox that a live view shows: its last lines, and the
// last requests of members and to providers, at whatever level it logs.
type liveLog struct {
	slog.Handler // writes one record as a line of buffer
	lines        *liveLines
}

// liveLines are shared by all handlers made of one.
type liveLines struct {
	mu       sync.Mutex
	buffer   bytes.Buffer
	besides  io.Writer // gets every line as well, nil for nobody
	requests []string
	logged   []string
}

// newLiveLog logs from a level on; besides gets every line as well, nil for nobody.
func newLiveLog(level slog.Level, besides io.Writer) *liveLog {
	lines := &liveLines{besides: besides}
	return &liveLog{slog.NewTextHandler(&lines.buffer, &slog.HandlerOptions{Level: level}), lines}
}

// Enabled wants every request.
func (*liveLog) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs implements slog.Handler.
func (l *liveLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &liveLog{l.Handler.WithAttrs(attrs), l.lines}
}

// WithGroup implements slog.Handler.
func (l *liveLog) WithGroup(name string) slog.Handler {
	return &liveLog{l.Handler.WithGroup(name), l.lines}
}

// Handle implements slog.Handler.
func (l *liveLog) Handle(ctx context.Context, r slog.Record) error {
	l.lines.mu.Lock()
	defer l.lines.mu.Unlock()
	if r.Message == "request" {
		l.lines.request(r)
	}
	if !l.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	l.lines.buffer.Reset()
	if err := l.Handler.Handle(ctx, r); err != nil {
		return err
	}
	line := l.lines.buffer.String()
	if r.Level > slog.LevelInfo { // what listens is shown above
		l.lines.logged = kept(l.lines.logged, "  "+plainLine(strings.TrimSpace(line)))
	}
	if l.lines.besides == nil {
		return nil
	}
	_, err := io.WriteString(l.lines.besides, line)
	return err
}

// request notes a request as package server logs it. The console asks by itself all
// the time, and files of pages tell nothing.
func (l *liveLines) request(r slog.Record) {
	told := map[string]slog.Value{}
	r.Attrs(func(a slog.Attr) bool {
		told[a.Key] = a.Value
		return true
	})
	route := told["route"].String()
	if told["listener"].String() == "console" || strings.Contains(route, "/assets/") || strings.Contains(route, "/docs/") {
		return
	}
	if route == "" { // nothing is there
		route = told["method"].String() + " …"
	}
	took := time.Duration(0)
	if told["took"].Kind() == slog.KindDuration {
		took = told["took"].Duration().Round(time.Millisecond)
	}
	l.requests = kept(l.requests, fmt.Sprintf("  %s  %-12s  %v  %s  %s", r.Time.In(clock.Japan).Format("15:04:05"),
		plainLine(told["world"].String()), told["status"],
		plainLine(route), took))
}

func kept(lines []string, line string) []string {
	lines = append(lines, line)
	return lines[max(0, len(lines)-keptLines):]
}

// last are the last requests and lines, oldest first.
func (l *liveLog) last() (requests, logged []string) {
	l.lines.mu.Lock()
	defer l.lines.mu.Unlock()
	return append([]string(nil), l.lines.requests...), append([]string(nil), l.lines.logged...)
}
