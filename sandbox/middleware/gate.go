// Package middleware is what every HTTP handler of the sandbox has before it: it
// finds the world of a request, bounds the body, survives a panic, sets the
// headers that keep a page safe, and writes an error as RFC 9457 says.
package middleware

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"example.com/netanswer/sandbox/world"
)

// Header names the world of a request.
const Header = "Netanswer-World"

// Default is the world of a request that names none.
const Default = world.DefaultName

// ErrWorlds is the error of a request that names two worlds.
var ErrWorlds = errors.New("the header " + Header + " and the host name two different worlds")

type worldKey struct{}

// World is the world of a request that came through Worlds.
func World(ctx context.Context) string {
	if name, ok := ctx.Value(worldKey{}).(string); ok {
		return name
	}
	return Default
}

// Worlds finds the world of each request, by header or by the host
// <world>.localhost, and hands on to next; refuse answers where it cannot.
func Worlds(next http.Handler, refuse func(http.ResponseWriter, *http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, err := find(r)
		if err != nil {
			refuse(w, r, err)
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), worldKey{}, name))
		next.ServeHTTP(w, r)
		note(r)
	})
}

func find(r *http.Request) (string, error) {
	byHeader := r.Header.Get(Header)
	byHost, isWorld := strings.CutSuffix(strings.ToLower(hostname(r.Host)), ".localhost")
	switch {
	case byHeader == "" && !isWorld:
		return Default, nil
	case byHeader == "":
		return byHost, world.CheckName(byHost)
	case isWorld && byHost != byHeader:
		return "", ErrWorlds
	}
	return byHeader, world.CheckName(byHeader)
}

func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

// Hosts refuses requests for hosts that are not this machine, so that a page
// elsewhere cannot reach a sandbox on loopback by a name of its own making.
func Hosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(hostname(r.Host)) {
			http.Error(w, "421 this sandbox answers for localhost only", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

// Bound bounds the body of every request to limit bytes.
func Bound(next http.Handler, limit int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}

// Survive turns a panic in next into one failed request: it is logged with an
// incident number, and fail returns that number. Nothing of the request
// but its method and route is logged.
func Survive(next http.Handler, log *slog.Logger, fail func(w http.ResponseWriter, r *http.Request, incident string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			incident := rand.Text()[:10]
			log.Error("a request failed", "incident", incident, "method", r.Method, "route", r.Pattern,
				"panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			fail(w, r, incident)
		}()
		next.ServeHTTP(w, r)
		note(r)
	})
}

// Secure sets the headers of a page: no script but our own files, no frames, no
// sniffing, no trace in a cache or search engine.
func Secure(next http.Handler) http.Handler {
	return secured(next, "form-action 'self'; base-uri 'none'; frame-ancestors 'none'", "DENY")
}

// SecureFraming is Secure for pages that show others of this origin in a frame.
func SecureFraming(next http.Handler) http.Handler {
	return secured(next, "form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'", "DENY")
}

// SecureStory is Secure for pages that are only to be looked at, side by side:
// a page of this origin may frame them and be one of them, and no form of
// theirs goes anywhere.
func SecureStory(next http.Handler) http.Handler {
	return secured(next, "form-action 'none'; base-uri 'none'; frame-src 'self'; frame-ancestors 'self'", "SAMEORIGIN")
}

func secured(next http.Handler, forms, frames string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
			"connect-src 'self'; "+forms)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", frames)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
