package cli

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

// waitingLines is how many lines of the log wait for whoever reads it, and lastLines how
// long the end of the process waits for them.
const (
	waitingLines = 1024
	lastLines    = time.Second
)

// A slowLog is a log that keeps nobody waiting: a pipe that nobody reads, or a terminal
// that is stopped, holds whoever writes to it for ever. Lines beyond waitingLines are
// left out and counted.
type slowLog struct {
	out    io.Writer
	direct *slog.Logger // writes to out
	lines  chan []byte
	lost   atomic.Int64
	ends   chan struct{} // closed by Close
	ended  chan struct{} // closed when the last line is written
}

func newSlowLog(out io.Writer, direct *slog.Logger) *slowLog {
	l := &slowLog{out: out, direct: direct, lines: make(chan []byte, waitingLines), ends: make(chan struct{}), ended: make(chan struct{})}
	go l.follow()
	return l
}

// Write implements io.Writer for one line.
func (l *slowLog) Write(line []byte) (int, error) {
	select {
	case l.lines <- append([]byte(nil), line...):
	default:
		l.lost.Add(1)
	}
	return len(line), nil
}

func (l *slowLog) follow() {
	defer close(l.ended)
	for {
		select {
		case line := <-l.lines:
			l.write(line)
		case <-l.ends:
			for {
				select {
				case line := <-l.lines:
					l.write(line)
				default:
					return
				}
			}
		}
	}
}

func (l *slowLog) write(line []byte) {
	_, _ = l.out.Write(line) // nobody else could be told
	if lost := l.lost.Swap(0); lost > 0 {
		l.direct.Warn("lines of the log are left out: nobody read them", "lines", lost)
	}
}

// Close writes what waits, if that is read soon.
func (l *slowLog) Close() {
	close(l.ends)
	soon, cancel := context.WithTimeout(context.Background(), lastLines)
	defer cancel()
	select {
	case <-l.ended:
	case <-soon.Done():
	}
}
