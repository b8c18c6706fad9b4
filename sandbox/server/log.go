package server

import (
	"io"
	"log/slog"
	"net/http"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/middleware"
)

// Logger writes as -log-level and -log-format say.
func (c Config) Logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// logged tells each request at debug: method, route, status, time and world.
// Addresses, headers and bodies may hold what is secret and are never told.
func logged(next http.Handler, listener string, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !log.Enabled(r.Context(), slog.LevelDebug) {
			next.ServeHTTP(w, r)
			return
		}
		began, answer := clock.Machine(), &statusWriter{ResponseWriter: w, status: http.StatusOK}
		ctx, told := middleware.Told(r.Context())
		next.ServeHTTP(answer, r.WithContext(ctx))
		log.DebugContext(ctx, "request", "listener", listener, "method", r.Method, "route", told.Route(), "status", answer.status,
			"took", clock.Machine().Sub(began), "world", told.World())
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
	wrote  bool
}

func (w *statusWriter) WriteHeader(status int) {
	if !w.wrote && status >= 200 {
		w.status, w.wrote = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(data []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController reach what streams and deadlines need.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
